"""Who is asking, with every role that they hold and where they hold it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from guiju.portal.access.matrix import ACCOUNT, VISITOR


@dataclass(frozen=True, slots=True)
class Held:
    """A role somewhere: in an organisation, or in an office of an authority (`path`: its place in the tree)."""

    role: str
    organisation: int | None = None
    office: int | None = None
    authority: int | None = None
    path: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, or nobody in particular. Made anew for each request, so that a role taken away is gone at once."""

    user_id: int | None
    held: tuple[Held, ...]


NOBODY = Actor(None, (Held(VISITOR),))


def actor_of(user: Any) -> Actor:
    """Return the actor behind an account (two queries), or nobody; an account that is switched off is nobody."""
    if not user.is_authenticated or not user.is_active:
        return NOBODY
    members = [
        Held(role, organisation=organisation)
        for role, organisation in user.memberships.values_list("role", "organisation_id")
    ]
    posts = user.postings.values_list("role", "office_id", "office__authority_id", "office__authority__path")
    officials = [Held(role, None, office, authority, path) for role, office, authority, path in posts]
    return Actor(user.pk, (Held(VISITOR), Held(ACCOUNT), *members, *officials))
