"""Clocks of a case: their runs, replayed from events, and the last day that follows from a run.

Art. 201 of the Civil Code (民法典): the day of the event does not count. So the days after a pausing act, through the
resuming act, do not count, and the count goes on with the day after.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from guiju.calendar.count import DueDate, before, due, nominal_end
from guiju.calendar.days import WorkCalendar
from guiju.calendar.period import Period, Unit
from guiju.procedures.case import Event, How
from guiju.procedures.model import Clock

Status = Literal["waiting", "running", "paused", "overdue", "over", "in_time", "late", "unsure", "lapsed", "moot"]
_ONE_DAY = dt.timedelta(days=1)
_OWED: dict[How, bool | None] = {"end": True, "void": False, "doubt": None}
_REMEMBERED = 1 << 14
"""Counts that are remembered: many cases begin on the same days, and there are few periods."""


@dataclass(slots=True)
class Run:
    """One run of a clock. `start` is the day from which (or back from which) it is counted; None while unknown.

    `pauses` are pairs of the pausing and the resuming day, the last one open while the clock stands still. `pointless`:
    what stopped it did not perform it; `owed` then says whether anybody had to act, None if that was unknown.
    """

    start: dt.date | None
    pauses: list[tuple[dt.date, dt.date | None]] = field(default_factory=list)
    extensions: int = 0
    stopped: dt.date | None = None
    lapsed: bool = False
    pointless: bool = False
    owed: bool | None = True

    @property
    def paused(self) -> bool:
        """Whether it stands still."""
        return bool(self.pauses) and self.pauses[-1][1] is None

    @property
    def ended(self) -> bool:
        """Whether it was stopped or has lapsed."""
        return self.lapsed or self.stopped is not None


def runs_of(events: Iterable[Event]) -> dict[str, Run]:
    """Return the latest run of every clock that was ever started; the events come in their canonical order."""
    runs: dict[str, Run] = {}
    for event in events:
        if event.clocks:
            move(runs, event)
    return runs


def move(runs: dict[str, Run], event: Event) -> None:
    """Carry over what one event did to the clocks."""
    on = event.on
    for step in event.clocks:
        how, name = step.how, step.clock
        if how == "start":
            runs[name] = Run(step.day or on)
            continue
        run = runs.get(name)
        if run is None:
            runs[name] = run = Run(None)
        match how:
            case "stop" | "end" | "void" | "doubt":
                if run.paused:
                    # Whatever was left of the period was left on this day, as if it had gone on.
                    run.pauses[-1] = (run.pauses[-1][0], on)
                run.stopped = on
                run.pointless, run.owed = how in _OWED, _OWED.get(how, True)
            case "pause":
                run.pauses.append((on, None))
            case "resume":
                run.pauses[-1] = (run.pauses[-1][0], on)
            case "extend":
                run.extensions += 1
            case "anchor":
                run.start = step.day
            case "lapse":
                run.lapsed = True


def last_day(clock: Clock, run: Run, calendar: WorkCalendar) -> DueDate | None:
    """Find the last day of a run; None while it stands still or its start is unknown. CalendarError as `due`.

    A pause that begins after the last day changes nothing: what had run out before stays run out.
    """
    start = run.start
    if start is None:
        return None
    if clock.form == "within":
        if not run.paused:
            return _within(clock, run, run.pauses, calendar)
        before_it = _within(clock, run, run.pauses[:-1], calendar)
        return before_it if run.pauses[-1][0] > before_it.latest else None
    if clock.form == "at_least":
        assert clock.period is not None
        return _counted_back(start, clock.period, calendar)
    return _itself(start)


def _within(clock: Clock, run: Run, pauses: list[tuple[dt.date, dt.date | None]], calendar: WorkCalendar) -> DueDate:
    start, period = run.start, clock.period
    assert start is not None
    assert period is not None
    amount = period.amount
    if run.extensions and clock.extend is not None:
        amount += run.extensions * clock.extend.by.amount
    if not pauses:
        return _counted(start, amount, period.unit, calendar)
    if period.unit == "working_day":
        return _paused_working_days(start, amount, pauses, calendar)
    return _paused_days(start, Period(amount, period.unit), pauses, calendar)


def first_day(clock: Clock, run: Run, calendar: WorkCalendar) -> DueDate | None:
    """Find the first day of a window (`from … before`); None for every other clock."""
    if clock.form != "from" or run.start is None:
        return None
    assert clock.period is not None
    return before(run.start, clock.period, calendar)


def status_of(run: Run | None, day: DueDate | None, today: dt.date, *, owed: bool | None = True) -> Status:
    """Say in one word how a clock stands on a day; `day` is its last day.

    `owed`: whether somebody has to act, while it runs; where that is unknown nobody is called overdue.
    """
    if run is None:
        return "waiting"
    if run.lapsed:
        return "lapsed"
    if run.stopped is not None:
        return _ended(run, run.stopped, day)
    if run.start is None:
        return "waiting"
    if run.paused and day is None:
        return "paused"
    if day is None or today <= day.latest:
        return "running"
    return "overdue" if owed else "over"


def _ended(run: Run, stopped: dt.date, day: DueDate | None) -> Status:
    if run.pointless and run.owed is False:
        return "moot"
    if day is None:
        return "moot" if run.pointless else "unsure"
    if stopped <= day.earliest:
        return "moot" if run.pointless else "in_time"
    return "late" if stopped > day.latest and run.owed else "unsure"


def passed(day: DueDate, today: dt.date) -> bool | None:
    """Tell whether a last day has passed; None between the earliest and the latest that it can turn out to be."""
    if today > day.latest:
        return True
    return None if today > day.earliest else False


@functools.lru_cache(maxsize=_REMEMBERED)
def _counted(start: dt.date, amount: int, unit: Unit, calendar: WorkCalendar) -> DueDate:
    return due(start, Period(amount, unit), calendar)


@functools.lru_cache(maxsize=_REMEMBERED)
def _counted_back(start: dt.date, period: Period, calendar: WorkCalendar) -> DueDate:
    return before(start, period, calendar)


@functools.lru_cache(maxsize=_REMEMBERED)
def _itself(day: dt.date) -> DueDate:
    return DueDate(day, day, day, False)


def _paused_working_days(
    start: dt.date, amount: int, pauses: Iterable[tuple[dt.date, dt.date | None]], calendar: WorkCalendar
) -> DueDate:
    """Count working days, leaving out those after each pausing day through the day that lets it go on."""
    at, fewest_left, most_left = start, amount, amount
    over: list[dt.date] = []
    for pause, resume in pauses:
        assert resume is not None
        soonest, farthest = _reached(at, fewest_left, calendar)[0], _reached(at, most_left, calendar)[1]
        if pause > farthest:
            break
        if pause > soonest:
            # It may turn out that the period had ended before the pause.
            over.append(soonest)
        if pause > at:
            fewest, most = calendar.working_days_between(at, pause)
            fewest_left, most_left = fewest_left - most, most_left - fewest
        at = max(at, resume)
    earliest = min([_reached(at, fewest_left, calendar)[0], *over])
    latest = _reached(at, most_left, calendar)[1]
    return DueDate(earliest, earliest, latest, earliest != latest)


@functools.lru_cache(maxsize=_REMEMBERED)
def _reached(at: dt.date, left: int, calendar: WorkCalendar) -> tuple[dt.date, dt.date]:
    """Find the day on which the remaining days are used up; with none left, the day itself or the next worked one."""
    return calendar.working_day_after(at, left) if left > 0 else calendar.working_day_after(at - _ONE_DAY, 1)


def _paused_days(
    start: dt.date, period: Period, pauses: Iterable[tuple[dt.date, dt.date | None]], calendar: WorkCalendar
) -> DueDate:
    """Move the corresponding day by the days of each pause; then a day of rest moves it (art. 203).

    A clock can also be paused on the working day to which a day of rest has moved its end: then nothing is left of it.
    """
    end = nominal_end(start, period)
    over: list[dt.date] = []
    for pause, resume in pauses:
        assert resume is not None
        last = _at_work(end, calendar)
        if pause > last.latest:
            break
        if pause > last.earliest:
            # It may turn out that the period had ended before the pause.
            over.append(last.earliest)
        if pause > end:
            end = resume
        elif resume > start:
            end += resume - max(pause, start)
    last = _at_work(end, calendar)
    earliest = min([last.earliest, *over])
    return DueDate(earliest, earliest, last.latest, earliest != last.latest)


def _at_work(day: dt.date, calendar: WorkCalendar) -> DueDate:
    """Find the day itself or, if it is a day of rest, the next working day."""
    return due(day - _ONE_DAY, Period(1, "day"), calendar)
