"""Whose turn it is: the acts open to this person now and, where there are none, who must act next and by when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from guiju.bilingual import Bilingual
from guiju.calendar.days import WorkCalendar
from guiju.portal.casefile.clocks import Clocks
from guiju.portal.casefile.reach import Reached
from guiju.portal.casefile.words import capital, filled, joined, span
from guiju.portal.faces.places import place_of
from guiju.portal.faces.provisions import provisions
from guiju.portal.look.components import ProvisionLink
from guiju.procedures.interpret import open_to
from guiju.procedures.model import Transition
from guiju.procedures.standing import ClockView

_OPEN = Bilingual(zh="轮到{who}：{clock}，最迟 {day}。", en="Next to act: {who}. {clock}: by {day} at the latest.")
_OPEN_YOU = Bilingual(zh="轮到您：{clock}，最迟 {day}。", en="It is your turn. {clock}: by {day} at the latest.")
_LATE = Bilingual(zh="{who}已逾期：{clock}，最后一日为 {day}。", en="{who} is late. {clock}: the last day was {day}.")
_LATE_YOU = Bilingual(zh="您已逾期：{clock}，最后一日为 {day}。", en="You are late. {clock}: the last day was {day}.")
_NO_CLOCK = Bilingual(
    zh="目前没有正在计算的期限；可以办理的是{who}。", en="No deadline is running now; who can act: {who}."
)
_NOBODY = Bilingual(zh="目前没有人需要办理。", en="Nobody has to act now.")
_CLOSED = Bilingual(zh="案件已于 {day} 终结。", en="The case was closed on {day}.")


@dataclass(frozen=True, slots=True)
class OpenAct:
    """An act that is open now, and where it is carried out. `due`: a clock waits for it."""

    transition: Transition
    role: Bilingual
    href: str
    due: bool

    @property
    def label(self) -> Bilingual:
        """What it is called."""
        return capital(self.transition.label)

    @property
    def cites(self) -> tuple[ProvisionLink, ...]:
        """What it rests on."""
        return provisions(self.transition.cites)


def open_acts(reached: Reached, clocks: Clocks, calendar: WorkCalendar, today: dt.date) -> list[OpenAct]:
    """List the acts that are open now to this person, what a clock waits for first; each in one role that may do it."""
    found: dict[str, OpenAct] = {}
    active = reached.standing.active
    due = {hook.on for view in clocks.live for hook in active.hooks(view.clock, "stops")}
    for role in reached.acts_as:
        for name in open_to(reached.standing, role, today, calendar):
            href = place_of("case_act", number=reached.case.number, act=name)
            label = capital(reached.kind.role_label(role))
            found.setdefault(name, OpenAct(active.transitions[name], label, href, name in due))
    order = list(active.transitions)
    return sorted(found.values(), key=lambda act: (not act.due, order.index(act.transition.name)))


def whose_turn(reached: Reached, clocks: Clocks, calendar: WorkCalendar, today: dt.date) -> list[Bilingual]:
    """Say in a sentence for each side that must act what and by when; where no clock says so, who can act."""
    standing = reached.standing
    if standing.final:
        return [filled(_CLOSED, day=standing.last_on)]
    if clocks.next:
        return [_bound(reached, view) for view in clocks.next]
    able = [side for side in ("applicant", "authority", "public") if _can_act(reached, side, calendar, today)]
    return [filled(_NO_CLOCK, who=joined(_side(reached, side) for side in able))] if able else [_NOBODY]


def _bound(reached: Reached, view: ClockView) -> Bilingual:
    mine = (view.clock.side == "authority") == reached.official
    text = (_LATE_YOU if mine else _LATE) if view.status == "overdue" else (_OPEN_YOU if mine else _OPEN)
    day = span(view.due.earliest, view.due.latest) if view.due else ""
    return capital(filled(text, who=_side(reached, view.clock.side), clock=capital(view.clock.label), day=day))


def _can_act(reached: Reached, side: str, calendar: WorkCalendar, today: dt.date) -> bool:
    roles = (role for party in reached.kind.parties.values() if party.side == side for role in party.roles)
    return any(open_to(reached.standing, role, today, calendar) for role in roles)


def _side(reached: Reached, side: str) -> Bilingual:
    """Name the parties of a side as the case type does."""
    parties = [party.label for party in reached.kind.parties.values() if party.side == side]
    return joined(parties) if parties else Bilingual(zh=side, en=side)
