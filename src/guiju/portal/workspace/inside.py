"""Who asks, and for which organisation; what is out of reach does not exist."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from guiju.bilingual import Bilingual
from guiju.portal.access.actor import Actor
from guiju.portal.access.deciding import may, require, visible
from guiju.portal.access.gate import actor_behind
from guiju.portal.faces.places import Place, place_of, workspace_of
from guiju.portal.organisations.models import Organisation, System
from guiju.portal.people.models import User

OVERVIEW = Bilingual(zh="概览", en="Overview")
SYSTEMS = Bilingual(zh="系统", en="Systems")


@dataclass(frozen=True, slots=True)
class Inside:
    """A member on the side of their organisation."""

    actor: Actor
    organisation: Organisation

    @property
    def place(self) -> Place:
        """The organisation's side of the site."""
        return workspace_of(self.organisation)

    def to(self, route: str, **arguments: int | str) -> str:
        """Return an address on this side."""
        return place_of(route, organisation=self.organisation.pk, **arguments)

    def may(self, action: str) -> bool:
        """Tell whether this person may do that to the organisation; a button that would be refused is not shown."""
        return may(self.actor, action, self.organisation)

    def system(self, pk: int) -> System:
        """Return a system of the organisation; raises Http404."""
        own = visible(self.actor, "system.read", System).filter(organisation=self.organisation)
        return get_object_or_404(own.select_related("organisation"), pk=pk)


def inside(request: HttpRequest, organisation: int, action: str = "organisation.read") -> Inside:
    """Find the organisation that a request is about; raises Http404, and ForbiddenError for what a member may not."""
    actor = actor_behind(request)
    found = get_object_or_404(visible(actor, "organisation.read", Organisation), pk=organisation)
    if action != "organisation.read":
        require(actor, action, found)
    return Inside(actor, found)


def user_of(request: HttpRequest) -> User:
    """Return the person who asks; the gate lets nobody else into pages that ask for them."""
    assert isinstance(request.user, User)
    return request.user


def name_of(thing: Organisation | System) -> Bilingual:
    """Return the name in both languages; where there is no English one, the Chinese one stands in both."""
    return Bilingual(zh=thing.zh, en=thing.en or thing.zh)
