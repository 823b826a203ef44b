"""The clock of a row in a queue, in words and days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from guiju.bilingual import Bilingual
from guiju.calendar.days import WorkCalendar
from guiju.calendar.errors import CalendarError
from guiju.portal.cases.evidence import pin_of
from guiju.portal.cases.models import QueueRow
from guiju.portal.look.components import ClockBadge
from guiju.procedures.catalogue import built_in_types
from guiju.procedures.model import CaseType, Clock
from guiju.procedures.problems import ProcedureError

_PAUSED = Bilingual(zh="期限中止", en="Clock paused")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockCell(ClockBadge):
    """A clock as small as a cell of a table."""

    template: ClassVar[str] = "desk/clock.html"


def type_of(row: QueueRow) -> CaseType | None:
    """Return the version of the case type that a case follows; None where it is not at hand any more."""
    try:
        return built_in_types().pinned(pin_of(row.case))
    except ProcedureError:
        return None


def clock_of(row: QueueRow, kind: CaseType | None, today: dt.date, calendar: WorkCalendar) -> ClockCell | None:
    """Return the clock by which a case stands in the queue; None where none runs."""
    ends = (row.desk_clock, row.desk_due, row.desk_due_latest)
    if row.turn != QueueRow.Turn.AUTHORITY:
        ends = (row.next_clock, row.next_due, row.next_due_latest)
    name, earliest, latest = ends
    if name and earliest and latest:
        return _cell(name, _clock(row, kind, name), (earliest, latest), today, calendar)
    return ClockCell(name=_PAUSED, status="paused") if row.turn == QueueRow.Turn.APPLICANT else None


def _cell(
    name: str, clock: Clock | None, ends: tuple[dt.date, dt.date], today: dt.date, calendar: WorkCalendar
) -> ClockCell:
    earliest, latest = ends
    worked = clock is not None and clock.period is not None and clock.period.unit == "working_day"
    late = latest < today
    days, by_working_days = _days(*((latest, today) if late else (today, earliest)), worked, calendar)
    return ClockCell(
        name=clock.label if clock else name,
        status="overdue" if late else "running",
        due=earliest,
        latest=latest,
        days=days,
        unit="working_day" if by_working_days else "day",
    )


def _clock(row: QueueRow, kind: CaseType | None, name: str) -> Clock | None:
    if kind is None:
        return None
    readings = tuple((question, candidate) for question, candidate in row.case.readings)
    return kind.under(readings).clocks.get(name)


def _days(after: dt.date, through: dt.date, worked: bool, calendar: WorkCalendar) -> tuple[int, bool]:
    """Count the days between: working days where the law counts those, and there is at least one for certain."""
    whole = max(0, (through - after).days)
    if worked:
        try:
            certain = calendar.working_days_between(after, through)[0]
        except CalendarError:
            certain = 0
        if certain:
            return certain, True
    return whole, False
