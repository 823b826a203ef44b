"""Years without a notice: what history would have made of our earliest and latest dates.

Each published year from 2008 is taken as it was before its notice came out, later years with it, and
every count is held against how the year then turned out.
"""

import datetime as dt
from collections.abc import Iterator
from functools import cache
from statistics import mean, median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.calendar.count import before, due
from guiju.calendar.days import WorkCalendar, prc_calendar
from guiju.calendar.period import Period
from guiju.calendar.statute import festivals_of

ACTUAL = prc_calendar()
ONE_DAY = dt.timedelta(days=1)
COUNTS = (1, 2, 3, 5, 10, 15, 20, 30, 45, 60)
YEARS = range(2008, 2027)
VICTORY_DAY_SUNDAY = dt.date(2015, 9, 6)


@cache
def before_the_notice(year: int) -> WorkCalendar:
    return WorkCalendar(year - 1)


def starts(year: int) -> list[dt.date]:
    first, last = dt.date(year - 1, 10, 1), min(dt.date(year, 12, 31), dt.date(2026, 9, 1))
    return [first + offset * ONE_DAY for offset in range((last - first).days + 1)]


def missed_forward(year: int) -> Iterator[tuple[dt.date, dt.date]]:
    for start in starts(year):
        for count in COUNTS:
            actual, _ = ACTUAL.working_day_after(start, count)
            earliest, latest = before_the_notice(year).working_day_after(start, count)
            if actual <= ACTUAL.certain_through and not earliest <= actual <= latest:
                yield start, actual


def missed_backward(year: int) -> Iterator[tuple[dt.date, dt.date]]:
    for day in starts(year):
        for count in COUNTS:
            if day.year == 2007:
                continue
            actual, _ = ACTUAL.working_day_before(day, count)
            earliest, latest = before_the_notice(year).working_day_before(day, count)
            if not earliest <= actual <= latest:
                yield day, actual


@pytest.mark.parametrize("year", [year for year in YEARS if year != 2015])
def test_every_count_turned_out_between_earliest_and_latest(year: int) -> None:
    assert list(missed_forward(year)) == []
    assert list(missed_backward(year)) == []


def test_only_the_sunday_worked_by_the_order_of_2015_was_beyond_foresight() -> None:
    """国发明电〔2015〕1号 of May 2015 made Sunday 6 September a workday, far from every festival.

    Counts that start on the two days off before it, or come back to it, end one working day earlier
    than any notice of before could tell.
    """
    assert {start for start, _ in missed_forward(2015)} == {dt.date(2015, 9, 4), dt.date(2015, 9, 5)}
    assert {actual for _, actual in missed_backward(2015)} == {VICTORY_DAY_SUNDAY}


@given(
    year=st.sampled_from([year for year in YEARS if year != 2015]),
    offset=st.integers(0, 440),
    period=st.builds(Period, st.integers(1, 40), st.just("day"))
    | st.builds(Period, st.integers(1, 6), st.just("month")),
)
def test_periods_in_days_and_months_turned_out_in_between_too(year: int, offset: int, period: Period) -> None:
    start = dt.date(year - 1, 10, 1) + offset * ONE_DAY
    actual = due(start, period, ACTUAL)
    if not actual.provisional:
        foreseen = due(start, period, before_the_notice(year))
        assert foreseen.earliest <= actual.due <= foreseen.latest


@given(
    year=st.sampled_from(range(2007, 2026)),
    start=st.dates(dt.date(2008, 3, 1), dt.date(2026, 6, 1)),
    count=st.integers(1, 60),
)
def test_a_date_that_is_not_provisional_stays(year: int, start: dt.date, count: int) -> None:
    foreseen = due(start, Period(count, "working_day"), WorkCalendar(year))
    if not foreseen.provisional:
        assert foreseen == due(start, Period(count, "working_day"), ACTUAL)


@pytest.mark.parametrize("count", [10, 30, 45])
def test_the_spread_stays_within_what_a_festival_can_move(count: int) -> None:
    spreads = []
    for year in YEARS:
        for start in starts(year):
            earliest, latest = before_the_notice(year).working_day_after(start, count)
            if earliest != latest:
                spreads.append((latest - earliest).days)
    assert median(spreads) <= 4
    assert mean(spreads) < 5
    assert max(spreads) <= 15


@pytest.mark.parametrize(
    ("day", "is_workday", "kind", "festivals"),
    [
        ("2027-01-01", False, "holiday", ("new_year",)),
        ("2027-01-02", False, "weekend", ()),
        ("2027-01-04", True, "workday", ()),
        ("2027-02-03", True, "workday", ()),
        ("2027-02-04", None, "open", ("spring_festival",)),
        ("2027-02-05", False, "holiday", ("spring_festival",)),
        ("2027-02-08", False, "holiday", ("spring_festival",)),
        ("2027-02-09", None, "open", ("spring_festival",)),
        ("2027-02-14", None, "open", ("spring_festival",)),
        ("2027-02-15", True, "workday", ()),
        ("2027-03-13", False, "weekend", ()),
        ("2027-05-02", False, "holiday", ("labour_day",)),
        ("2027-05-03", None, "open", ("labour_day",)),
    ],
)
def test_what_is_known_of_2027_before_its_notice(
    day: str, is_workday: bool | None, kind: str, festivals: tuple[str, ...]
) -> None:
    calendar = WorkCalendar(2026)
    known = calendar.day(dt.date.fromisoformat(day))
    assert calendar.is_workday(known.date) is is_workday
    assert (known.kind, known.festivals, known.published) == (kind, festivals, False)


@pytest.mark.parametrize(
    ("published_through", "certain_through"),
    [
        (2010, "2010-12-29"),
        (2011, "2011-12-29"),
        (2012, "2012-12-28"),
        (2018, "2018-12-28"),
        (2025, "2025-12-26"),
        # 1 January 2027 is a Friday: a long weekend by itself, for which nothing moves.
        (2026, "2026-12-31"),
    ],
)
def test_next_new_year_may_leave_the_last_december_days_open(published_through: int, certain_through: str) -> None:
    """The notice for 2019 worked Saturday 29 December 2018; that for 2012 worked 31 December 2011."""
    assert WorkCalendar(published_through).certain_through == dt.date.fromisoformat(certain_through)


def test_every_statutory_day_off_costs_one_working_day() -> None:
    """The balance on which earliest and latest rest; two orders outside the yearly notices broke it.

    A Saturday worked in December 2011 paid for a day off in January 2012.
    """
    surplus = {}
    for year in YEARS:
        first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
        days = [first + offset * ONE_DAY for offset in range((last - first).days + 1)]
        days_off = sum(len(festival.days_off) for festival in festivals_of(year))
        expected = sum(day.weekday() < 5 for day in days) - days_off
        surplus[year] = sum(bool(ACTUAL.is_workday(day)) for day in days) - expected
    assert {year: difference for year, difference in surplus.items() if difference} == {
        2011: 1,
        2012: -1,
        2015: -1,
        2020: -2,
    }


@given(start=st.dates(dt.date(2026, 6, 1), dt.date(2050, 1, 1)), count=st.integers(1, 250))
def test_both_ends_can_be_working_days(start: dt.date, count: int) -> None:
    found = due(start, Period(count, "working_day"), ACTUAL)
    assert ACTUAL.is_workday(found.earliest) is not False
    assert ACTUAL.is_workday(found.latest) is not False


@given(start=st.dates(dt.date(2026, 12, 1), dt.date(2050, 1, 1)), count=st.integers(1, 250))
def test_counts_agree_with_the_dates_they_lead_to(start: dt.date, count: int) -> None:
    found = due(start, Period(count, "working_day"), ACTUAL)
    assert ACTUAL.working_days_between(start, found.earliest)[1] == count
    if found.provisional:
        assert ACTUAL.working_days_between(start, found.latest)[0] == count


@given(day=st.dates(dt.date(2026, 12, 1), dt.date(2050, 1, 1)), count=st.integers(1, 250))
def test_counting_back_gives_a_span_too(day: dt.date, count: int) -> None:
    found = before(day, Period(count, "working_day"), ACTUAL)
    assert found.earliest <= found.latest < day
    assert found.due == found.earliest
    assert found.provisional == (found.earliest < found.latest)
