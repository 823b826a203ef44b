"""Last days of many cases at once: only what the clocks need is replayed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from guiju.calendar.count import DueDate
from guiju.calendar.days import WorkCalendar
from guiju.procedures.case import Case, Pin
from guiju.procedures.clocks import last_day, runs_of
from guiju.procedures.model import CaseType


def due_dates(case: Case, kind: CaseType, calendar: WorkCalendar) -> dict[str, DueDate]:
    """Return the last day of every clock that runs; those that stand still or wait for a date are left out.

    Equal to what `Standing.clocks` says, without replaying the fields. Raises BrokenCaseError and CalendarError.
    """
    clocks = kind.under(case.readings).clocks
    found = {}
    for name, run in runs_of(case.history()).items():
        if run.stopped is None and not run.lapsed:
            day = last_day(clocks[name], run, calendar)
            if day is not None:
                found[name] = day
    return found


def due_dates_of(
    cases: Iterable[Case], pinned: Callable[[Pin], CaseType], calendar: WorkCalendar
) -> Iterable[dict[str, DueDate]]:
    """Yield the last days of case after case; `pinned` finds a case's type, such as `Catalogue.pinned`."""
    kinds: dict[Pin, CaseType] = {}
    for case in cases:
        kind = kinds.get(case.pin)
        if kind is None:
            kind = kinds[case.pin] = pinned(case.pin)
        yield due_dates(case, kind, calendar)
