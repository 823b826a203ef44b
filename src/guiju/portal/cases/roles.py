"""How the portal's roles and those of case types meet: `acts_as` of access/roles.yaml."""

from __future__ import annotations

import functools

from django.db.models import Exists, OuterRef, Q

from guiju.portal.access.actor import Actor
from guiju.portal.access.belonging import BELONGINGS, reached
from guiju.portal.access.deciding import grants
from guiju.portal.access.matrix import matrix
from guiju.portal.cases.models import Case
from guiju.procedures.catalogue import built_in_types
from guiju.procedures.model import CaseType
from guiju.procedures.visibility import may_see


def roles_in(kind: CaseType, role: str) -> list[str]:
    """List the roles of a case type that a role of the portal acts in."""
    acts_as = matrix().acts_as.get(role)
    if acts_as is None:
        return []
    held = [(party.side, name) for party in kind.parties.values() for name in party.roles]
    return [name for side, name in held if side == acts_as.side or name in acts_as.roles]


def shown_as(kind: CaseType, role: str) -> list[str]:
    """List the roles of a case type as which a role of the portal sees its cases."""
    other = matrix().sees_as.get(role)
    found = [*roles_in(kind, role), *(roles_in(kind, other) if other else ())]
    return [one for one in found if may_see(kind, one)]


@functools.cache
def kinds_shown_to(role: str) -> tuple[str, ...]:
    """List the case types whose cases a role of the portal may see."""
    types = built_in_types()
    return tuple(key for key in types.keys() if shown_as(types.get(key), role))  # noqa: SIM118  (no mapping)


def roles_of(actor: Actor, action: str, case: Case, kind: CaseType) -> list[str]:
    """List the roles of its type that the actor holds in a case, through those of their roles that reach it.

    Nobody deals for the authority with a case of their own, or of an organisation of which they are a member.
    """
    acting = action == "case.act"
    ways: list[tuple[list[str], Q]] = []
    for held, reach in grants(actor, action):
        condition = reached(BELONGINGS[Case._meta.label], actor, held, reach)
        names = roles_in(kind, held.role) if acting else shown_as(kind, held.role)
        if condition is not None and names:
            ways.append((names, condition))
    # One query for all of them: somebody may hold many roles.
    asked = {f"way_{place}": Exists(Case.objects.filter(one, pk=OuterRef("pk"))) for place, (_, one) in enumerate(ways)}
    holds = Case.objects.filter(pk=case.pk).values_list(*asked.values()).first() if asked else ()
    found = dict.fromkeys(name for (names, _), one in zip(ways, holds or (), strict=False) if one for name in names)
    if acting and _is_party(actor, case):
        return [name for name in found if kind.side_of(name) != "authority"]
    return list(found)


def _is_party(actor: Actor, case: Case) -> bool:
    own = case.person_id is not None and case.person_id == actor.user_id
    return own or any(held.organisation == case.organisation_id for held in actor.held if held.organisation)
