"""The last day of a period: boundary days of the published years, and what holds for all of them."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.calendar.count import DueDate, before, due, due_between, months_after, years_after
from guiju.calendar.days import prc_calendar
from guiju.calendar.errors import CalendarError
from guiju.calendar.period import Period

CALENDAR = prc_calendar()
ONE_DAY = dt.timedelta(days=1)
published_days = st.dates(dt.date(2008, 1, 1), dt.date(2025, 12, 31))
any_days = st.dates(dt.date(2008, 1, 1), dt.date(2040, 12, 31))
working_days = st.integers(1, 120).map(lambda amount: Period(amount, "working_day"))
calendar_periods = st.builds(Period, st.integers(1, 60), st.sampled_from(["day", "month"])) | st.builds(
    Period, st.integers(1, 10), st.just("year")
)


def day(written: str) -> dt.date:
    return dt.date.fromisoformat(written)


@pytest.mark.parametrize(
    ("event", "period", "last_day"),
    [
        # The week of National Day 2026: seven days off, Saturday 10 October worked.
        ("2026-09-28", "10 working days", "2026-10-16"),
        ("2026-09-28", "2 working days", "2026-09-30"),
        ("2026-09-28", "3 working days", "2026-10-08"),
        ("2026-09-30", "1 working day", "2026-10-08"),
        ("2026-10-01", "1 working day", "2026-10-08"),
        ("2026-10-07", "1 working day", "2026-10-08"),
        ("2026-10-08", "1 working day", "2026-10-09"),
        ("2026-10-09", "1 working day", "2026-10-10"),
        ("2026-10-10", "1 working day", "2026-10-12"),
        # An event on a day of rest: the count starts on the next day all the same.
        ("2026-10-11", "1 working day", "2026-10-12"),
        # Days, months and years move off a day of rest, and only forwards.
        ("2026-09-01", "29 days", "2026-09-30"),
        ("2026-09-01", "30 days", "2026-10-08"),
        ("2026-09-01", "39 days", "2026-10-10"),
        ("2026-09-01", "40 days", "2026-10-12"),
        ("2026-07-03", "3 months", "2026-10-08"),
        ("2026-07-10", "3 months", "2026-10-10"),
        ("2025-10-10", "1 year", "2026-10-10"),
        ("2021-10-04", "5 years", "2026-10-08"),
        # No corresponding day: the month's last day (art. 202).
        ("2026-01-31", "3 months", "2026-04-30"),
        ("2025-08-31", "6 months", "2026-02-28"),
        ("2024-02-29", "1 year", "2025-02-28"),
        ("2019-08-31", "6 months", "2020-03-02"),
        ("2026-08-31", "3 months", "2026-11-30"),
    ],
)
def test_the_last_day_of_a_period(event: str, period: str, last_day: str) -> None:
    found = due(day(event), Period.parse(period), CALENDAR)
    assert found == DueDate(day(last_day), day(last_day), day(last_day), provisional=False)


@pytest.mark.parametrize(
    ("given_day", "period", "last_day"),
    [
        ("2026-10-16", "10 working days", "2026-09-28"),
        ("2026-10-12", "1 working day", "2026-10-10"),
        ("2026-10-10", "1 working day", "2026-10-09"),
        ("2026-10-08", "1 working day", "2026-09-30"),
        ("2026-10-05", "1 working day", "2026-09-30"),
        ("2026-11-30", "30 working days", "2026-10-19"),
        ("2026-10-31", "30 days", "2026-10-01"),
        ("2026-08-31", "6 months", "2026-02-28"),
        ("2026-11-22", "6 months", "2026-05-22"),
        ("2024-02-29", "1 year", "2023-02-28"),
        ("2026-04-04", "6 months", "2025-10-04"),
    ],
)
def test_the_last_day_to_act_before_a_day(given_day: str, period: str, last_day: str) -> None:
    found = before(day(given_day), Period.parse(period), CALENDAR)
    assert found == DueDate(day(last_day), day(last_day), day(last_day), provisional=False)


@given(published_days, working_days)
def test_a_period_in_working_days_ends_on_one_and_holds_that_many(start: dt.date, period: Period) -> None:
    end = due(start, period, CALENDAR).due
    days = [start + offset * ONE_DAY for offset in range(1, (end - start).days + 1)]
    assert CALENDAR.is_workday(end)
    assert sum(bool(CALENDAR.is_workday(counted)) for counted in days) == period.amount


@given(published_days, st.integers(1, 120))
def test_one_working_day_more_ends_later(start: dt.date, amount: int) -> None:
    shorter, longer = Period(amount, "working_day"), Period(amount + 1, "working_day")
    assert due(start, shorter, CALENDAR).due < due(start, longer, CALENDAR).due


@given(any_days, working_days | calendar_periods)
def test_a_later_event_never_ends_earlier(start: dt.date, period: Period) -> None:
    first, second = due(start, period, CALENDAR), due(start + ONE_DAY, period, CALENDAR)
    assert first.earliest <= second.earliest
    assert first.latest <= second.latest


@given(published_days, working_days)
def test_counting_back_undoes_counting_forward(day_of_act: dt.date, period: Period) -> None:
    if not CALENDAR.is_workday(day_of_act):
        day_of_act = due(day_of_act, Period(1, "working_day"), CALENDAR).due
    try:
        latest_start = before(day_of_act, period, CALENDAR).due
    except CalendarError:
        return
    assert due(latest_start, period, CALENDAR).due == day_of_act
    next_working_day = due(latest_start, Period(1, "working_day"), CALENDAR).due
    assert due(next_working_day, period, CALENDAR).due > day_of_act


@given(published_days, calendar_periods)
def test_other_periods_end_on_a_working_day_and_pass_over_rest_days_only(start: dt.date, period: Period) -> None:
    found = due(start, period, CALENDAR)
    nominal = {
        "day": lambda: start + period.amount * ONE_DAY,
        "month": lambda: months_after(start, period.amount),
        "year": lambda: years_after(start, period.amount),
    }[period.unit]()
    skipped = [nominal + offset * ONE_DAY for offset in range((found.due - nominal).days)]
    assert found.due >= nominal
    assert not any(CALENDAR.is_workday(passed) for passed in skipped)


@given(any_days, working_days | calendar_periods)
def test_a_date_is_provisional_exactly_where_it_has_a_spread(start: dt.date, period: Period) -> None:
    found = due(start, period, CALENDAR)
    assert found.due == found.earliest <= found.latest
    assert found.provisional == (found.earliest < found.latest)
    assert found.provisional == (found.latest > CALENDAR.certain_through)


@given(any_days, st.integers(0, 30), working_days | calendar_periods)
def test_a_chained_period_spans_what_its_start_can_be(start: dt.date, spread: int, period: Period) -> None:
    latest_start = start + spread * ONE_DAY
    chained = due_between(start, latest_start, period, CALENDAR)
    assert chained.earliest == due(start, period, CALENDAR).earliest
    assert chained.latest == due(latest_start, period, CALENDAR).latest
    assert chained.provisional == (chained.earliest < chained.latest)


def test_a_chain_cannot_start_backwards() -> None:
    with pytest.raises(CalendarError, match="the latest start 2026-01-01 lies before the earliest, 2026-01-02"):
        due_between(day("2026-01-02"), day("2026-01-01"), Period(1, "day"), CALENDAR)


@given(st.dates(), st.integers(-2400, 2400))
def test_corresponding_days_keep_the_day_or_end_the_month(start: dt.date, months: int) -> None:
    try:
        found = months_after(start, months)
    except CalendarError:
        return
    assert found.day == start.day or (found.day < start.day and (found + ONE_DAY).day == 1)
    assert (found.year - start.year) * 12 + found.month - start.month == months


def test_the_29th_of_february_has_its_day_only_in_leap_years() -> None:
    leap = day("2024-02-29")
    assert [years_after(leap, years) for years in (1, 2, 3, 4)] == [
        day("2025-02-28"),
        day("2026-02-28"),
        day("2027-02-28"),
        day("2028-02-29"),
    ]


def test_starts_in_a_row_end_in_a_row() -> None:
    """One break holds many starts together: all nights of National Day 2026 lead to the same first workday."""
    ends = [due(day("2026-09-30") + offset * ONE_DAY, Period(1, "working_day"), CALENDAR).due for offset in range(8)]
    assert ends == [day("2026-10-08")] * 8
    assert all(first <= second for first, second in pairwise(ends))


@pytest.mark.parametrize(
    ("start", "period", "message"),
    [
        (
            "2001-01-01",
            "3 working days",
            "2001-01-01 lies before 2007-01-01, where the table of published years begins; "
            "working days before it are not known here",
        ),
        ("2026-01-01", "99999 working days", "the count reaches beyond 2060-12-31, where this calendar ends"),
        ("2026-01-02", "35 years", "2061-01-01 lies beyond 2060-12-31, where this calendar ends"),
        ("9999-12-01", "1 month", "9999-12-01 +1 months leads out of the years 1 to 9999"),
        ("9999-12-01", "31 days", "9999-12-01 +31 days leads out of the years 1 to 9999"),
        ("9999-12-01", "999 years", "9999-12-01 +11988 months leads out of the years 1 to 9999"),
    ],
)
def test_a_period_that_leaves_the_calendar_is_refused(start: str, period: str, message: str) -> None:
    with pytest.raises(CalendarError) as caught:
        due(day(start), Period.parse(period), CALENDAR)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("given_day", "period", "message"),
    [
        (
            "2007-01-10",
            "30 working days",
            "the count reaches back before 2007-01-01, where the table of published years begins",
        ),
        ("0001-01-05", "30 days", "0001-01-05 -30 days leads out of the years 1 to 9999"),
        ("0001-01-05", "1 month", "0001-01-05 -1 months leads out of the years 1 to 9999"),
    ],
)
def test_a_count_back_that_leaves_the_calendar_is_refused(given_day: str, period: str, message: str) -> None:
    with pytest.raises(CalendarError) as caught:
        before(day(given_day), Period.parse(period), CALENDAR)
    assert str(caught.value) == message
