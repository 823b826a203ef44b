"""Where one is on the site: which of its three sides, for whom one acts, and what else is to be found there."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.urls import reverse

from guiju.bilingual import Bilingual
from guiju.portal.access.actor import Actor
from guiju.portal.access.deciding import may
from guiju.portal.access.matrix import matrix
from guiju.portal.authorities.models import Office
from guiju.portal.look.components import Face, Label, NavigationItem
from guiju.portal.organisations.models import Organisation

_PUBLIC = {
    "start": Bilingual(zh="首页", en="Home"),
    "check": Bilingual(zh="自查", en="Self-check"),
    "registers": Bilingual(zh="登记查询", en="Registers"),
    "number_check": Bilingual(zh="核对编号", en="Check a number"),
    "law": Bilingual(zh="法规", en="The law"),
    "procedures": Bilingual(zh="办事程序", en="Procedures"),
    "statistics": Bilingual(zh="统计", en="Statistics"),
}
_WORKSPACE = {
    "workspace": Bilingual(zh="概览", en="Overview"),
    "systems": Bilingual(zh="系统", en="Systems"),
    "duties": Bilingual(zh="义务", en="Duties"),
    "organisation_cases": Bilingual(zh="案件", en="Cases"),
    "file": Bilingual(zh="办理", en="File"),
    "members": Bilingual(zh="成员", en="Members"),
}
_OWN = {
    "own_cases": Bilingual(zh="我的案件", en="My cases"),
    "own_file": Bilingual(zh="办理", en="File"),
}
_DESK = {
    "desk": Bilingual(zh="待办", en="Queue"),
    "desk_search": Bilingual(zh="案件查询", en="Search"),
    "offices": Bilingual(zh="处室与人员", en="Offices and people"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A side of the site and its main menu: names of routes (with `arguments`) and what they are called.

    `counts` says for some of them what waits there.
    """

    face: Face
    menu: dict[str, Bilingual]
    holder: Label | None = None
    arguments: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def navigation(self, current: str) -> tuple[NavigationItem, ...]:
        """Return the menu; `current` names the route under which this page stands."""
        return tuple(
            NavigationItem(
                label=label,
                href=place_of(route, **self.arguments),
                current=route == current,
                count=self.counts.get(route),
            )
            for route, label in self.menu.items()
        )


PUBLIC = Place(Face.PUBLIC, _PUBLIC)


def workspace_of(organisation: Organisation) -> Place:
    """Return the side of an organisation."""
    name = Bilingual(zh=organisation.zh, en=organisation.en or organisation.zh)
    return Place(Face.ORGANISATION, _WORKSPACE, name, {"organisation": organisation.pk})


def own_place() -> Place:
    """Return the side of a person who files for nobody but themself."""
    return Place(Face.PERSON, _OWN)


def desk_of(actor: Actor) -> Place:
    """Return the side of an official: named after the office, or the number of offices that they serve."""
    wanted = {held.office for held in actor.held if held.office is not None}
    offices = list(Office.objects.filter(pk__in=wanted).select_related("authority").order_by("code")[:2])
    if len(offices) == 1:
        one = offices[0]
        holder = Bilingual(zh=f"{one.authority.zh} · {one.zh}", en=f"{one.authority.en} · {one.en}")
    else:
        holder = Bilingual(zh=f"{len(wanted)} 个处室", en=f"{len(wanted)} offices")
    return Place(Face.AUTHORITY, {route: label for route, label in _DESK.items() if _may_go(actor, route)}, holder)


def _may_go(actor: Actor, route: str) -> bool:
    """Whether the gate lets them in: who only appoints people has no queue."""
    action = matrix().action_of(route, "GET")
    return action is not None and may(actor, action)


def place_of(route: str, **arguments: int | str) -> str:
    """Return the address of a page; raises NoReverseMatch for a route that does not exist."""
    return reverse(route, kwargs=arguments)
