"""Statutory clocks of a case on a day: badges, whose turn it is, and by when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from guiju.bilingual import Bilingual
from guiju.calendar.days import WorkCalendar
from guiju.portal.casefile.reach import Reached
from guiju.portal.casefile.words import capital, filled
from guiju.portal.faces.provisions import provisions
from guiju.portal.look.components import ClockBadge, Label
from guiju.procedures.model import Clock
from guiju.procedures.situation import owes
from guiju.procedures.standing import ClockView

LIVE = ("running", "paused", "overdue")
_OPENS = Bilingual(zh="自 {day} 起可以办理。", en="Open from {day}.")
_HOW_MANY = Bilingual(zh="期限：{period}。", en="Period: {period}.")


@dataclass(frozen=True, slots=True)
class Clocks:
    """The clocks of a case that have begun: those by which somebody must act, the most pressing first, and the rest.

    Among the rest are clocks that ended, and those that run without binding anybody as the case stands.
    """

    live: tuple[ClockView, ...]
    rest: tuple[ClockView, ...]

    @property
    def next(self) -> tuple[ClockView, ...]:
        """For each side that must act the clock that presses it most."""
        found: dict[str, ClockView] = {}
        for view in self.live:
            if view.status != "paused" and view.due is not None:
                found.setdefault(view.clock.side, view)
        return tuple(found.values())


def clocks_of(reached: Reached, calendar: WorkCalendar, today: dt.date) -> Clocks:
    """Find the clocks of a case as they stand today."""
    begun = [view for view in reached.standing.clocks(calendar, today).values() if view.run and view.run.start]
    live = [
        view
        for view in begun
        if view.status in LIVE
        and not reached.standing.final
        and owes(view.clock, reached.standing, today, calendar) is not False
    ]
    return Clocks(tuple(sorted(live, key=_urgency)), tuple(view for view in begun if view not in live))


def badge(reached: Reached, view: ClockView, calendar: WorkCalendar, today: dt.date) -> ClockBadge:
    """Show a clock: what is left or how late it is, its last day, and the page that counts it day by day."""
    due, run, clock = view.due, view.run, view.clock
    unit = "working_day" if clock.period is not None and clock.period.unit == "working_day" else "day"
    return ClockBadge(
        name=capital(clock.label),
        status=view.status,
        due=due.earliest if due else None,
        latest=due.latest if due else None,
        days=days_of(view, calendar, today),
        whole=clock.period.amount if clock.period and clock.form == "within" and unit == clock.period.unit else None,
        unit=unit,  # type: ignore[arg-type]
        since=run.pauses[-1][0] if run and run.paused and view.status == "paused" else None,
        stopped=run.stopped if run else None,
        href=reverse("case_clock", kwargs={"number": reached.case.number, "clock": clock.name}),
        how=tuple(_how(view)),
        cites=provisions(clock.cites),
    )


def days_of(view: ClockView, calendar: WorkCalendar, today: dt.date) -> int | None:
    """Count what is left of a clock, or how late it was or is; None where that is no number."""
    due, run = view.due, view.run
    if due is None or run is None:
        return None
    match view.status:
        case "running":
            return _between(view.clock, today, due.earliest, calendar)
        case "overdue":
            return _between(view.clock, due.latest, today, calendar)
        case "late" if run.stopped is not None:
            return _between(view.clock, due.latest, run.stopped, calendar)
    return None


def _between(clock: Clock, after: dt.date, through: dt.date, calendar: WorkCalendar) -> int:
    if through <= after:
        return 0
    if clock.period is not None and clock.period.unit == "working_day":
        return calendar.working_days_between(after, through)[0]
    return (through - after).days


def _how(view: ClockView) -> list[Label]:
    clock, found = view.clock, []
    if clock.period is not None:
        period = Bilingual(zh=clock.period.text("zh"), en=clock.period.text("en"))
        found.append(filled(_HOW_MANY, period=period))
    if view.opens is not None:
        found.append(filled(_OPENS, day=view.opens.latest))
    if clock.note is not None:
        found.append(clock.note)
    return list(found)


def _urgency(view: ClockView) -> tuple[bool, bool, dt.date]:
    due = view.due.earliest if view.due else dt.date.max
    return view.status != "overdue", view.status == "paused", due
