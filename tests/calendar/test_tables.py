"""The calendar as rows, for populations: equal to the single answers, row by row."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.calendar.count import due
from guiju.calendar.days import WorkCalendar
from guiju.calendar.errors import CalendarError
from guiju.calendar.period import Period
from guiju.calendar.table import calendar_table, due_table

CALENDAR = WorkCalendar(2026)


def test_a_row_for_every_day() -> None:
    rows = calendar_table(2026, 2027, CALENDAR)
    assert [row.date for row in rows[:2]] == [dt.date(2026, 1, 1), dt.date(2026, 1, 2)]
    assert rows[-1].date == dt.date(2027, 12, 31)
    assert len(rows) == 730
    assert all(row.workday == CALENDAR.is_workday(row.date) for row in rows)


def test_counts_grow_by_one_on_working_days_of_published_years() -> None:
    rows = calendar_table(2007, 2026, CALENDAR)
    assert rows[0].fewest == 0
    assert all(row.fewest == row.most for row in rows)
    for before, after in pairwise(rows):
        assert after.fewest - before.fewest == after.workday


@given(st.dates(dt.date(2007, 1, 1), dt.date(2026, 6, 30)), st.integers(1, 90))
def test_the_table_finds_the_same_last_days(start: dt.date, amount: int) -> None:
    rows = calendar_table(2007, 2026, CALENDAR)
    counted = rows[(start - rows[0].date).days].fewest + amount
    found = next(row.date for row in rows if row.fewest == counted)
    assert found == due(start, Period(amount, "working_day"), CALENDAR).due


@pytest.mark.parametrize("period", ["10 working days", "30 days", "6 months", "1 year"])
def test_a_table_of_last_days_equals_the_single_answers(period: str) -> None:
    rows = due_table(2025, 2028, Period.parse(period), CALENDAR)
    assert len(rows) == 365 * 3 + 366
    for row in rows:
        single = due(row.start, Period.parse(period), CALENDAR)
        assert (row.due, row.latest) == (single.due, single.latest)


def test_a_table_of_last_days_stops_where_the_calendar_does() -> None:
    rows = due_table(2060, 2060, Period(6, "month"), CALENDAR)
    assert rows[-1].start == dt.date(2060, 6, 28)


@pytest.mark.parametrize(
    ("first", "last", "message"),
    [
        (2027, 2026, "the years 2027 to 2026 run backwards"),
        (2006, 2026, "2006-01-01 lies before 2007-01-01, where the table of published years begins"),
        (2026, 2061, "2061-12-31 lies beyond 2060-12-31, where this calendar ends"),
        (0, 2026, "0 is not a year"),
    ],
)
def test_years_outside_the_calendar_are_refused(first: int, last: int, message: str) -> None:
    with pytest.raises(CalendarError, match=message):
        calendar_table(first, last, CALENDAR)
