"""Facts in the tables: how a value is written, who changes it, and what was known before.

Of two who change the same revision one wins; the other is told what the first changed, and keeps what they entered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils import timezone

from guiju.engine.collection import Impossible, Rulebooks
from guiju.engine.complete import complete, contradiction
from guiju.engine.values import Value
from guiju.engine.vocabulary import FactSpec
from guiju.portal.access.actor import Actor
from guiju.portal.access.deciding import require
from guiju.portal.faces.books import rulebooks
from guiju.portal.organisations.models import Organisation, System, Version

NAMES = ("zh", "en")
"""What a version may tell of beside facts, for an organisation also `credit_code` and `area`."""
_CHANGING: dict[type[Organisation | System], str] = {System: "system.change", Organisation: "organisation.describe"}


@dataclass(frozen=True, slots=True)
class Changed:
    """The change was made; without a difference there is no new revision."""

    revision: int


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """Somebody else was first, and nothing was changed.

    `theirs`: what they made of names and facts (null: unknown); `before`: what the actor had seen of these.
    """

    revision: int
    before: Mapping[str, Any]
    theirs: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Contradicted:
    """These facts cannot be true together; nothing was changed."""

    rule: Impossible


def written(value: Value) -> Any:
    """Return a value as the table holds it: a list for a set, text for a number with decimals, null for unknown."""
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else str(value)
    return value


def known(facts: Mapping[str, Any], books: Rulebooks | None = None) -> dict[str, Value]:
    """Return the values of facts as the engine takes them; what is unknown or is no fact any more is left out."""
    specs = (books or rulebooks()).facts
    found = {name: _value(specs[name], value) for name, value in facts.items() if name in specs}
    return {name: value for name, value in found.items() if value is not None}


def _value(spec: FactSpec, value: Any) -> Value:
    if value is None:
        return None
    if spec.type == "set":
        return frozenset(value) if isinstance(value, list) else None
    if spec.type in ("count", "number", "money"):
        return _number(value)
    return value if isinstance(value, bool) == (spec.type == "bool") else None


def _number(value: Any) -> Value:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return None
    return int(exact) if exact == exact.to_integral_value() else exact


@transaction.atomic
def add_system(actor: Actor, organisation: Organisation, names: Mapping[str, str]) -> System:
    """Make a system of which nothing is known but its names. Raises ForbiddenError."""
    require(actor, "system.add", organisation)
    system = System.objects.create(organisation=organisation, **names)
    keep_version(actor, system, {}, dict(names))
    return system


@transaction.atomic
def change(
    actor: Actor,
    thing: Organisation | System,
    *,
    seen: int,
    facts: Mapping[str, Value],
    names: Mapping[str, str] | None = None,
) -> Changed | Meanwhile | Contradicted:
    """Give facts (None: unknown) and names of a thing of which the actor saw revision `seen`. Raises ForbiddenError.

    Facts that are not mentioned stay as they are.
    """
    require(actor, _CHANGING[type(thing)], thing)
    now = type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    if now.revision != seen:
        return Meanwhile(now.revision, *made_since(now, seen))
    before, after = _differences(now, facts, names or {})
    if not after:
        return Changed(now.revision)
    rule = contradicts(now, known({**now.facts, **_facts_in(after)}))
    if rule is not None:
        return Contradicted(rule)
    for name in NAMES:
        setattr(now, name, after.get(name, getattr(now, name)))
    kept = {**now.facts, **_facts_in(after)}
    now.facts = {name: value for name, value in kept.items() if value is not None}
    now.revision += 1
    if isinstance(now, System):
        now.changed_at = timezone.now()
    now.save()
    keep_version(actor, now, before, after)
    return Changed(now.revision)


@transaction.atomic
def organisation_names(actor: Actor, organisation: Organisation, values: Mapping[str, str]) -> None:
    """Give an organisation other names, another code or seat (names of columns). Raises ForbiddenError."""
    require(actor, "organisation.change", organisation)
    now = Organisation.objects.select_for_update().get(pk=organisation.pk)
    before = {name: getattr(now, name) for name, value in values.items() if getattr(now, name) != value}
    if not before:
        return
    for name in before:
        setattr(now, name, values[name])
    now.revision += 1
    now.save()
    keep_version(actor, now, before, {name: values[name] for name in before})


def keep_version(actor: Actor, thing: Organisation | System, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Write a change into the history."""
    of_system = isinstance(thing, System)
    Version.objects.create(
        organisation_id=thing.organisation_id if of_system else thing.pk,
        system=thing if of_system else None,
        revision=thing.revision,
        by_id=actor.user_id,
        before=before,
        after=after,
    )


def made_since(thing: Organisation | System, seen: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return names and facts that were changed since a revision: as they were in it, and as they are now."""
    rows = Version.objects.filter(revision__gt=seen, revision__lte=thing.revision).order_by("revision")
    own = rows.filter(system=thing) if isinstance(thing, System) else rows.filter(organisation=thing, system=None)
    was: dict[str, Any] = {}
    now: dict[str, Any] = {}
    for before, after in own.values_list("before", "after"):
        was = {**before, **was}
        now |= after
    return was, now


def contradicts(thing: Organisation | System, facts: Mapping[str, Value]) -> Impossible | None:
    """Find what makes these facts impossible, beside those of the organisation or of its systems."""
    books = rulebooks()
    if isinstance(thing, System):
        return impossible({**known(thing.organisation.facts), **facts}, books)
    of_systems = [known(one) for one in thing.systems.values_list("facts", flat=True)] or [{}]
    found = (impossible({**facts, **own}, books) for own in of_systems)
    return next((rule for rule in found if rule is not None), None)


def impossible(facts: Mapping[str, Value], books: Rulebooks) -> Impossible | None:
    """Find a combination that cannot be true among these facts and what follows from them."""
    return contradiction(books, complete(books, facts)[0])


def _differences(
    thing: Organisation | System, facts: Mapping[str, Value], names: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what will be changed: as it was, and as it will be."""
    wanted = {name: written(value) for name, value in facts.items()}
    now = {name: thing.facts.get(name) for name in wanted} | {name: getattr(thing, name) for name in names}
    changed = [name for name, value in {**wanted, **names}.items() if now[name] != value]
    return {name: now[name] for name in changed}, {name: {**wanted, **names}[name] for name in changed}


def _facts_in(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in NAMES}
