"""The tables as a profile (docs/profile.md): the same that `guiju assess` reads from a file, and back again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction

from guiju.engine.collection import Impossible
from guiju.engine.values import Event
from guiju.portal.access.actor import Actor
from guiju.portal.access.deciding import require
from guiju.portal.cases.yielded import Yielded, yielded_by_cases_of
from guiju.portal.faces.books import rulebooks
from guiju.portal.organisations.facts import add_system, impossible, keep_version, known, written
from guiju.portal.organisations.models import Occurrence, Organisation, System
from guiju.profiles.profile import Profile, SystemProfile
from guiju.profiles.written import profile_text


@dataclass(frozen=True, slots=True)
class Described:
    """An organisation's profile, the systems by the names that they bear in it, and what its cases put into it."""

    profile: Profile
    systems: Mapping[str, System]
    yielded: tuple[Yielded, ...]

    @property
    def text(self) -> str:
        """The profile as a YAML file."""
        return profile_text(self.profile)


def profile_of(organisation: Organisation) -> Profile:
    """Turn what the tables say of an organisation into its profile (four queries)."""
    return described(organisation).profile


def described(organisation: Organisation) -> Described:
    """Turn what the tables say of an organisation into its profile, and tell which system is which (four queries).

    Events are those that members recorded, and those that acts in the organisation's cases meant; the same event on the
    same day of the same system is one, and as it was recorded.
    """
    books = rulebooks()
    systems = _named(organisation.systems.order_by("pk"))
    names = {system.pk: name for name, system in systems.items()}
    recorded = Occurrence.objects.filter(organisation=organisation, withdrawn_at=None).order_by("date", "pk")
    rows = [(row.date, row.event, names.get(row.system_id or 0), row.attributes) for row in recorded]
    yielded = tuple(yielded_by_cases_of(organisation))
    rows += [(one.on, one.event, names.get(one.system or 0), one.attributes) for one in yielded]
    events = {
        (day, event, system): Event(day, event, system, tuple(attributes.items()))
        for day, event, system, attributes in reversed(rows)
        if event in books.events and (system is not None) == (books.events[event].of == "system")
    }
    of_systems = tuple(SystemProfile(name, known(one.facts, books)) for name, one in systems.items())
    profile = Profile(
        f"{organisation.pk}.yaml",
        organisation.zh,
        known(organisation.facts, books),
        of_systems,
        tuple(sorted(events.values())),
    )
    return Described(profile, systems, yielded)


def _named(systems: Iterable[System]) -> dict[str, System]:
    """Give every system a name of its own, as a profile needs it."""
    found: dict[str, System] = {}
    for system in systems:
        found[f"{system.zh} #{system.pk}" if system.zh in found else system.zh] = system
    return found


@transaction.atomic
def take_in(actor: Actor, organisation: Organisation, profile: Profile) -> int:
    """Put a profile into the tables; returns how many things were made or changed. Raises ForbiddenError.

    Systems are known by their names. What the profile says replaces what was known; what it does not mention stays.
    Events that are there already are not doubled.
    """
    require(actor, "organisation.describe", organisation)
    now = Organisation.objects.select_for_update().get(pk=organisation.pk)
    count = int(_give(actor, now, profile.facts))
    organisation.facts, organisation.revision = now.facts, now.revision
    systems = _named(now.systems.select_for_update().order_by("pk"))
    for one in profile.systems:
        system = systems.get(one.name)
        if system is None:
            system = systems[one.name] = add_system(actor, now, {"zh": one.name})
            count += 1
        count += _give(actor, system, one.facts)
    there = {
        (row.date, row.event, row.system_id): row
        for row in Occurrence.objects.filter(organisation=now, withdrawn_at=None)
    }
    for event in profile.events:
        owner = systems[event.system] if event.system else None
        if (event.date, event.name, owner and owner.pk) not in there:
            Occurrence.objects.create(
                organisation=now, system=owner, event=event.name, date=event.date,
                attributes=dict(event.attributes), recorded_by_id=actor.user_id,
            )  # fmt: skip
            count += 1
    return count


def impossible_in(profile: Profile) -> Impossible | None:
    """Find facts of a profile that cannot be true together: a file may contradict what was known before."""
    books = rulebooks()
    of_systems = [one.facts for one in profile.systems] or [{}]
    found = (impossible({**profile.facts, **own}, books) for own in of_systems)
    return next((rule for rule in found if rule is not None), None)


def _give(actor: Actor, thing: Organisation | System, facts: Mapping[str, object]) -> bool:
    after = {name: written(value) for name, value in facts.items()}  # type: ignore[arg-type]
    after = {name: value for name, value in after.items() if thing.facts.get(name) != value}
    if not after:
        return False
    before = {name: thing.facts.get(name) for name in after}
    thing.facts = {**thing.facts, **after}
    thing.revision += 1
    thing.save(update_fields=["facts", "revision"])
    keep_version(actor, thing, before, after)
    return True
