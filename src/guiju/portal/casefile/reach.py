"""How a person reaches a case: which case, in which roles, from which side. Every page of a case begins here."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from guiju.bilingual import Bilingual
from guiju.portal.access.actor import Actor
from guiju.portal.access.deciding import visible
from guiju.portal.access.gate import actor_behind
from guiju.portal.cases.evidence import Recorded, pin_of, recorded
from guiju.portal.cases.models import Case
from guiju.portal.cases.roles import roles_of
from guiju.portal.faces.places import Place, desk_of, own_place, place_of, workspace_of
from guiju.procedures.catalogue import built_in_types
from guiju.procedures.model import CaseType
from guiju.procedures.standing import Standing, replay
from guiju.procedures.visibility import visible_fields

_QUEUE = Bilingual(zh="待办", en="Queue")
_CASES = Bilingual(zh="案件", en="Cases")
_OWN_CASES = Bilingual(zh="我的案件", en="My cases")


@dataclass(frozen=True)
class Reached:
    """A case within somebody's reach. `seen_as`, `acts_as`: the roles of its type in which they see it and act."""

    actor: Actor
    case: Case
    kind: CaseType
    recorded: Recorded
    standing: Standing
    seen_as: tuple[str, ...]
    acts_as: tuple[str, ...]

    @functools.cached_property
    def official(self) -> bool:
        """Whether it is reached from the authority's side alone; whoever is also a party sees the party's page."""
        return all(self.kind.side_of(role) == "authority" for role in self.seen_as)

    @functools.cached_property
    def trusted(self) -> bool:
        """Whether what is confidential is shown: to the parties, never to the public side (procedures.visibility)."""
        return any(self.kind.side_of(role) != "public" for role in self.seen_as)

    @functools.cached_property
    def place(self) -> Place:
        """The side of the site on which the pages of the case stand."""
        if self.official:
            return desk_of(self.actor)
        return workspace_of(self.case.organisation) if self.case.organisation else own_place()

    def shown(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Return those values of fields that this person may see."""
        found: dict[str, Any] = {}
        for role in self.seen_as:
            found |= visible_fields(self.kind, fields, role)
        return found

    @property
    def above(self) -> tuple[Bilingual, str, str]:
        """The list in which the case stands: its name, its route in the menu, its address."""
        if self.official:
            return _QUEUE, "desk", place_of("desk")
        if self.case.organisation_id:
            return _CASES, "organisation_cases", place_of("organisation_cases", organisation=self.case.organisation_id)
        return _OWN_CASES, "own_cases", place_of("own_cases")


def reach(request: HttpRequest, number: str, *, acting: bool = False) -> Reached:
    """Find the case and how the person who asks reaches it; 404 where there is none and where it is out of reach.

    With `acting` the roles in which they may act are found too. Raises UnreadableCaseError.
    """
    actor = actor_behind(request)
    cases = visible(actor, "case.read", Case).select_related("office__authority", "organisation", "person")
    case = get_object_or_404(cases, number=number)
    kind = built_in_types().pinned(pin_of(case))
    found = recorded(case)
    return Reached(
        actor,
        case,
        kind,
        found,
        replay(found.procedure, kind),
        tuple(roles_of(actor, "case.read", case, kind)),
        tuple(roles_of(actor, "case.act", case, kind)) if acting else (),
    )
