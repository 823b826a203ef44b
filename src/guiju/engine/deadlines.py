"""When a norm must be performed: its clock, started by an event of the case, counted on the working-day calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from guiju.calendar.count import DueDate, before, due, due_between, nominal_end
from guiju.calendar.days import WorkCalendar
from guiju.engine.norms import Clock, Norm
from guiju.engine.values import Event
from guiju.law.address import Address


@dataclass(frozen=True, slots=True)
class Deadline:
    """A clock in a case. Without its event there is no date yet, only the period.

    `due` is the earliest of the possible days: the safe one for whoever must act. `opens` is the first day of a
    window. `overdue` means that even the latest possible day is past and nothing shows that the duty was met.
    """

    clock: Clock
    anchor_date: dt.date | None
    day: DueDate | None
    opens: dt.date | None = None
    overdue: bool = False

    @property
    def due(self) -> dt.date | None:
        """The day by which to act."""
        return self.day.due if self.day else None

    @property
    def provisional(self) -> bool:
        """Whether the day depends on a holiday arrangement that is not published yet."""
        return bool(self.day and self.day.provisional)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The listed events of one case, and how to find the deadline of another norm of the same case."""

    events: Mapping[str, Sequence[Event]]
    calendar: WorkCalendar
    readings: Mapping[str, str]
    as_of: dt.date
    other: Callable[[Address], Deadline | None]


def deadline_of(norm: Norm, timeline: Timeline) -> Deadline | None:
    """Work out the deadline of a norm, or None if the law sets none under the chosen readings.

    Until an event happens, the plan that announces it gives the expected date; the clock then names the plan.
    """
    clock = chosen_clock(norm.deadlines, timeline.readings)
    if clock is None:
        return None
    if isinstance(clock.anchor, Address):
        return _chained(clock, timeline.other(clock.anchor), timeline.calendar)
    if clock.day is not None:
        return _yearly(clock, clock.day, timeline)
    start = _start(norm, clock, timeline)
    if start is None and clock.announced_by is not None and clock.announced_by in timeline.events:
        clock = replace(clock, anchor=clock.announced_by, announced_by=None)
        start = _start(norm, clock, timeline)
    return Deadline(clock, start, None) if start is None else _counted(clock, start, timeline.calendar)


def retention_of(norm: Norm, timeline: Timeline) -> Deadline | None:
    """Work out how long records must be kept, counted from the latest event of their kind.

    The last day is the corresponding one, wherever it falls: nothing has to be done on it, so it does not move
    to a working day.
    """
    clock = chosen_clock(norm.retentions, timeline.readings)
    if clock is None or isinstance(clock.anchor, Address):
        return None
    past = _until(timeline.events.get(clock.anchor, ()), timeline.as_of)
    if not past:
        return Deadline(clock, None, None)
    assert clock.period is not None
    end = nominal_end(past[-1].date, clock.period)
    return Deadline(clock, past[-1].date, DueDate(end, end, end, False))


def chosen_clock(clocks: Sequence[Clock], readings: Mapping[str, str]) -> Clock | None:
    """Return the clock that holds under the chosen readings."""
    for clock in clocks:
        if all(readings.get(question) == candidate for question, candidate in clock.reading):
            return clock
    return None


def performed(norm: Norm, deadline: Deadline | None, timeline: Timeline) -> bool | None:
    """Tell from the events whether the duty was performed; the absence of an event leaves it unknown."""
    if norm.fulfilled_by is None or norm.fulfilled_by.event is None:
        return None
    done = _until(timeline.events.get(norm.fulfilled_by.event, ()), timeline.as_of)
    if deadline is None or deadline.day is None or (deadline.anchor_date is None and deadline.clock.day is None):
        return True if done else None
    if deadline.anchor_date is None:
        return None
    if deadline.clock.form == "at_least":
        in_time = any(event.date <= deadline.day.latest for event in done)
        return in_time if done else None
    if deadline.clock.form in ("every", "each_year"):
        return True if deadline.day.latest >= timeline.as_of else None
    return True if any(event.date >= deadline.anchor_date for event in done) else None


def _start(norm: Norm, clock: Clock, timeline: Timeline) -> dt.date | None:
    """Find the event that starts the clock: the oldest that nothing shows to be dealt with, else the newest."""
    assert isinstance(clock.anchor, str)
    events = sorted(timeline.events.get(clock.anchor, ()))
    if not events:
        return None
    if clock.form == "every" or clock.backwards:
        return events[-1].date
    done = _fulfilments(norm, timeline)
    unmet = [event.date for event in events if not done or event.date > done[-1].date]
    return unmet[0] if unmet else events[-1].date


def _fulfilments(norm: Norm, timeline: Timeline) -> list[Event]:
    if norm.fulfilled_by is None or norm.fulfilled_by.event is None:
        return []
    return sorted(timeline.events.get(norm.fulfilled_by.event, ()))


def _counted(clock: Clock, start: dt.date, calendar: WorkCalendar) -> Deadline:
    if clock.form == "at_once":
        return Deadline(clock, start, DueDate(start, start, start, False))
    assert clock.period is not None
    if clock.form == "from":
        opening = before(start, clock.period, calendar)
        return Deadline(clock, start, DueDate(start, start, start, False), opens=opening.due)
    count = before if clock.form == "at_least" else due
    return Deadline(clock, start, count(start, clock.period, calendar))


def _yearly(clock: Clock, day: tuple[int, int], timeline: Timeline) -> Deadline:
    """Find the day in the year after the last time; without a last time, the next such day that comes."""
    assert isinstance(clock.anchor, str)
    done = _until(timeline.events.get(clock.anchor, ()), timeline.as_of)
    if done:
        due_day = dt.date(done[-1].date.year + 1, *day)
    else:
        due_day = dt.date(timeline.as_of.year, *day)
        if due_day < timeline.as_of:
            due_day = dt.date(due_day.year + 1, *day)
    return Deadline(clock, done[-1].date if done else None, DueDate(due_day, due_day, due_day, False))


def _chained(clock: Clock, first: Deadline | None, calendar: WorkCalendar) -> Deadline:
    if first is None or first.day is None:
        return Deadline(clock, None, None)
    assert clock.period is not None
    day = due_between(first.day.earliest, first.day.latest, clock.period, calendar)
    return Deadline(clock, first.day.due, day)


def _until(events: Sequence[Event], day: dt.date) -> list[Event]:
    return sorted(event for event in events if event.date <= day)
