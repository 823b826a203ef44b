"""The calendar as a plain table, for deadlines over many rows at once."""

from datetime import date, timedelta
from typing import NamedTuple

from guiju.calendar.count import due
from guiju.calendar.days import WorkCalendar
from guiju.calendar.errors import CalendarError
from guiju.calendar.period import Period


class TableRow(NamedTuple):
    """One day. ``workday`` is None while it is open.

    ``fewest`` and ``most`` are working days since the calendar began, through this day; they are equal
    through ``certain_through``, where the n-th working day after a day is the first row whose count is
    that day's count plus n.
    """

    date: date
    workday: bool | None
    fewest: int
    most: int


def calendar_table(first_year: int, last_year: int, calendar: WorkCalendar) -> list[TableRow]:
    """List every day of the years, in order; ``CalendarError`` where the calendar does not reach."""
    if last_year < first_year:
        raise CalendarError(f"the years {first_year} to {last_year} run backwards", f"{first_year}年晚于{last_year}年")
    first = calendar.number(_first_of(first_year))
    days = calendar.number(_first_of(last_year).replace(month=12, day=31)) - first + 1
    start = _first_of(first_year)
    dates = (start + timedelta(days=offset) for offset in range(days))
    return [
        TableRow(day, calendar.is_workday(day), *calendar.bounds.through(first + offset))
        for offset, day in enumerate(dates)
    ]


def _first_of(year: int) -> date:
    if not date.min.year <= year <= date.max.year:
        raise CalendarError(f"{year} is not a year", f"{year}不是年份")
    return date(year, 1, 1)


class DueRow(NamedTuple):
    """The last day of one period for an event on ``start``; ``due`` is the earliest, as in ``DueDate``."""

    start: date
    due: date
    latest: date


def due_table(first_year: int, last_year: int, period: Period, calendar: WorkCalendar) -> list[DueRow]:
    """List the last day of a period for an event on every day of the years, equal to ``due`` row by row.

    A population joins it on the day of the event. Starts whose period leaves the calendar are left out.
    """
    rows = []
    for row in calendar_table(first_year, last_year, calendar):
        try:
            found = due(row.date, period, calendar)
        except CalendarError:
            break
        rows.append(DueRow(row.date, found.due, found.latest))
    return rows
