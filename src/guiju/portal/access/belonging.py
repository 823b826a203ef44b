"""To whom each kind of thing belongs: the one place where reaches become conditions on tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q

from guiju.portal.access.actor import Actor, Held


@dataclass(frozen=True, slots=True)
class Belonging:
    """Where in a table the owner stands; None where things of this kind have no such owner.

    `public`: what is shown to everybody; `published`: that, and what once was. `narrowed` narrows a role
    further, whatever its reach.
    """

    person: str | None = None
    organisation: str | None = None
    office: str | None = None
    authority: str | None = None
    public: Q | None = None
    published: Q | None = None
    narrowed: Callable[[str], Q] | None = None


def _by_case_type(role: str) -> Q:
    """Narrow cases to those whose type shows itself to a role that this one acts in."""
    from guiju.portal.cases.roles import kinds_shown_to

    return Q(kind__in=kinds_shown_to(role))


BELONGINGS = {
    "people.User": Belonging(person="pk"),
    "organisations.Organisation": Belonging(organisation="pk"),
    "organisations.Membership": Belonging(organisation="organisation"),
    "organisations.Invitation": Belonging(organisation="organisation"),
    "organisations.System": Belonging(organisation="organisation"),
    "authorities.Office": Belonging(office="pk", authority="authority"),
    "authorities.Posting": Belonging(office="office", authority="office__authority"),
    "cases.Case": Belonging(
        person="person", organisation="organisation", office="office", authority="office__authority",
        narrowed=_by_case_type,
    ),
    "cases.QueueRow": Belonging(
        person="person", organisation="organisation", office="office", authority="office__authority",
        narrowed=_by_case_type,
    ),
    "cases.HandedOver": Belonging(
        office="left_office", authority="left_office__authority", narrowed=_by_case_type
    ),
    # For an organisation it is the organisation's: a member who leaves has it no more, and the others have it still.
    "drafts.Draft": Belonging(person="person", organisation="organisation"),
    "drafts.Upload": Belonging(person="person", organisation="organisation"),
    "registers.Entry": Belonging(
        office="case__office", authority="case__office__authority",
        public=Q(public=True, shown=True), published=Q(public=True),
    ),
}  # fmt: skip


def reached(belonging: Belonging, actor: Actor, held: Held, reach: str) -> Q | None:
    """Return the condition under which a thing is within reach; None where nothing of this kind is."""
    found = _owned(belonging, actor, held, reach)
    if found is None or belonging.narrowed is None:
        return found
    return found & belonging.narrowed(held.role)


def _owned(belonging: Belonging, actor: Actor, held: Held, reach: str) -> Q | None:
    match reach:
        case "anything":
            return Q()
        case "public":
            return belonging.public
        case "published":
            return belonging.published
        case "own" if belonging.person:
            return Q((belonging.person, actor.user_id))
        case "organisation" if belonging.organisation:
            return Q((belonging.organisation, held.organisation))
        case "office" if belonging.office:
            return Q((belonging.office, held.office))
        case "authority" if belonging.authority:
            return Q((belonging.authority, held.authority))
        case "below" if belonging.authority:
            return Q((f"{belonging.authority}__path__startswith", held.path))
    return None
