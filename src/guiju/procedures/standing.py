"""How a case stands: state, fields, clocks, register entries, all replayed from its events."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from guiju.calendar.count import DueDate
from guiju.calendar.days import WorkCalendar
from guiju.procedures.case import Case, EntryChange, Event, LetterSent
from guiju.procedures.clocks import Run, Status, first_day, last_day, move, status_of
from guiju.procedures.model import SAME, Active, CaseType, Clock


@dataclass(frozen=True, slots=True)
class ClockView:
    """A clock on a day: its status in one word, its last day, the first day of a window, and the run behind it."""

    clock: Clock
    status: Status
    due: DueDate | None
    opens: DueDate | None
    run: Run | None


@dataclass(slots=True)
class Standing:
    """How a case stands after its events. `settled` is the authority, once an act has settled it."""

    kind: CaseType
    active: Active
    state: str
    fields: dict[str, Any] = field(default_factory=dict)
    runs: dict[str, Run] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    entries: dict[str, EntryChange] = field(default_factory=dict)
    letters: list[tuple[dt.date, LetterSent]] = field(default_factory=list)
    settled: str | None = None

    @property
    def final(self) -> bool:
        """Whether the case is closed."""
        return self.kind.states[self.state].kind == "final"

    @property
    def last_on(self) -> dt.date | None:
        """The day of the latest event."""
        return self.events[-1].on if self.events else None

    def apply(self, event: Event) -> None:
        """Carry over one event."""
        target = self.active.transitions[event.act].to
        if target != SAME:
            self.state = target
        for changes in (given_fields(self.kind, event), event.sets):
            for name, value in changes.items():
                if value is None:
                    self.fields.pop(name, None)
                else:
                    self.fields[name] = value
        move(self.runs, event)
        for change in event.entries:
            self.entries[change.register] = change
        self.letters.extend((event.on, letter) for letter in event.letters)
        self.settled = event.competent or self.settled
        self.events.append(event)

    def clock(self, name: str, calendar: WorkCalendar, today: dt.date) -> ClockView:
        """Return a clock on a day; CalendarError where the calendar does not reach."""
        clock, run = self.active.clocks[name], self.runs.get(name)
        day = last_day(clock, run, calendar) if run else None
        opens = first_day(clock, run, calendar) if run else None
        owed: bool | None = True
        if clock.owed_when is not None and run is not None and not run.ended:
            owed = self._owes(clock, calendar, today)
        return ClockView(clock, status_of(run, day, today, owed=owed), day, opens, run)

    def _owes(self, clock: Clock, calendar: WorkCalendar, today: dt.date) -> bool | None:
        from guiju.procedures.situation import owes

        return owes(clock, self, today, calendar)

    def clocks(self, calendar: WorkCalendar, today: dt.date) -> dict[str, ClockView]:
        """Return every clock that exists under the case's readings, on a day."""
        return {name: self.clock(name, calendar, today) for name in self.active.clocks}


def given_fields(kind: CaseType, event: Event) -> dict[str, Any]:
    """Return those values of an event that fill fields (the others are inputs of that act alone)."""
    return {name: value for name, value in event.values.items() if name in kind.form or name in kind.record}


def replay(case: Case, kind: CaseType) -> Standing:
    """Derive how a case stands from its events, in whichever order they are kept. Raises BrokenCaseError."""
    standing = Standing(kind, kind.under(case.readings), kind.initial)
    for event in case.history():
        standing.apply(event)
    return standing
