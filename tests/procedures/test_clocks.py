"""Clocks: what starts, pauses, extends, stops them, and the last day that follows."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from guiju.calendar.count import due
from guiju.calendar.days import WorkCalendar, prc_calendar
from guiju.calendar.period import Period
from guiju.procedures.clocks import Run, last_day
from tests.procedures.at_hand import PERMIT
from tests.procedures.leading import Leading, day

CALENDAR = prc_calendar()
UNPUBLISHED = WorkCalendar(2025)
DECISION = next(clock for clock in PERMIT.clocks if clock.name == "decision")
RENEWALS = [clock for clock in PERMIT.clocks if clock.name == "renewal"]
DAYS = st.dates(dt.date(2019, 1, 1), dt.date(2026, 3, 1))


def run(start: dt.date, *pauses: tuple[dt.date, dt.date | None], extensions: int = 0) -> Run:
    return Run(start, list(pauses), extensions)


def due_of(start: dt.date, *pauses: tuple[dt.date, dt.date], extensions: int = 0) -> dt.date:
    found = last_day(DECISION, run(start, *pauses, extensions=extensions), CALENDAR)
    assert found is not None
    assert not found.provisional
    return found.due


def test_the_period_is_that_of_the_norm() -> None:
    assert DECISION.period == Period(45, "working_day")
    assert DECISION.of == "mail4:44.3#decide"


@given(start=DAYS, after=st.integers(0, 60), length=st.integers(0, 90))
@example(start=dt.date(2025, 9, 1), after=29, length=9)
def test_a_pause_of_n_working_days_moves_the_last_day_by_n(start: dt.date, after: int, length: int) -> None:
    whole = due_of(start)
    pause = start + dt.timedelta(days=after)
    resume = pause + dt.timedelta(days=length)
    assume(pause < whole)
    paused, _ = CALENDAR.working_days_between(pause, resume)
    moved = CALENDAR.working_day_after(whole, paused)[0] if paused else whole
    assert due_of(start, (pause, resume)) == moved


@given(start=DAYS, gaps=st.lists(st.integers(1, 12), min_size=4, max_size=4))
def test_two_pauses_move_the_last_day_by_their_sum(start: dt.date, gaps: list[int]) -> None:
    days = [start]
    for gap in gaps:
        days.append(days[-1] + dt.timedelta(days=gap))
    assume(days[-1] < due_of(start))
    paused = sum(CALENDAR.working_days_between(a, b)[0] for a, b in ((days[1], days[2]), (days[3], days[4])))
    whole = due_of(start)
    moved = CALENDAR.working_day_after(whole, paused)[0] if paused else whole
    assert due_of(start, (days[1], days[2]), (days[3], days[4])) == moved


@given(start=DAYS)
def test_an_extension_lengthens_the_period(start: dt.date) -> None:
    assert due_of(start, extensions=1) == due(start, Period(55, "working_day"), CALENDAR).due


@given(start=DAYS, after=st.integers(0, 40), length=st.integers(0, 40))
def test_it_does_not_matter_whether_the_extension_or_the_pause_comes_first(
    start: dt.date, after: int, length: int
) -> None:
    pause = start + dt.timedelta(days=after)
    resume = pause + dt.timedelta(days=length)
    assume(pause < due_of(start))
    first = due_of(start, (pause, resume), extensions=1)
    paused, _ = CALENDAR.working_days_between(pause, resume)
    whole = due(start, Period(55, "working_day"), CALENDAR).due
    assert first == (CALENDAR.working_day_after(whole, paused)[0] if paused else whole)


def test_paused_on_its_last_day_it_is_due_on_the_day_it_goes_on() -> None:
    start = day("03-02")
    whole = due_of(start)
    assert due_of(start, (whole, day("06-10"))) == day("06-10")
    assert due_of(start, (whole, day("06-13"))) == day("06-15")  # a Saturday


def test_a_pause_after_the_last_day_changes_nothing() -> None:
    start = day("03-02")
    late = due_of(start) + dt.timedelta(days=1)
    assert due_of(start, (late, late + dt.timedelta(days=30))) == due_of(start)


def test_while_it_stands_still_it_has_no_last_day() -> None:
    assert last_day(DECISION, run(day("03-02"), (day("03-10"), None)), CALENDAR) is None


@given(start=st.dates(dt.date(2026, 6, 1), dt.date(2027, 6, 1)), after=st.integers(0, 80), length=st.integers(0, 80))
def test_over_an_unpublished_year_the_last_day_has_an_earliest_and_a_latest(
    start: dt.date, after: int, length: int
) -> None:
    pause = start + dt.timedelta(days=after)
    resume = pause + dt.timedelta(days=length)
    found = last_day(DECISION, run(start, (pause, resume)), UNPUBLISHED)
    assert found is not None
    assert found.due == found.earliest <= found.latest
    published = last_day(DECISION, run(start, (pause, resume)), CALENDAR)
    assert published is not None
    if not published.provisional and published.latest.year == 2026:
        assert found.earliest <= published.due <= found.latest


@pytest.mark.parametrize(
    ("pauses", "expected"),
    [
        ((), "2026-05-28"),
        ((("04-01", "04-06"),), "2026-06-02"),
        ((("04-01", "04-11"),), "2026-06-08"),  # the 7th is a Sunday
    ],
)
def test_a_period_in_months_moves_by_the_days_of_the_pause(pauses: tuple[tuple[str, str], ...], expected: str) -> None:
    months = next(clock for clock in PERMIT.clocks if clock.name == "cancelling")
    assert months.period == Period(3, "month")
    found = last_day(months, run(day("2026-02-28"), *((day(a), day(b)) for a, b in pauses)), CALENDAR)
    assert found is not None
    assert found.due == day(expected)


def test_the_window_of_renewal_follows_the_reading() -> None:
    early = Leading().does("03-02", "apply").does("03-10", "grant", expires_on="2027-10-08")
    assert early.clock("renewal", "03-10").due is not None
    assert early.clock("renewal", "03-10").due.due == day("2027-04-08")  # type: ignore[union-attr]
    early.does("2027-04-08", "renew", expires_on="2029-10-08")
    late = Leading(readings={"renewal_window": "within_last_six_months"}).does("03-02", "apply")
    late.does("03-10", "grant", expires_on="2027-10-08")
    view = late.clock("renewal", "03-10")
    assert view.opens is not None
    assert view.due is not None
    assert (view.opens.due, view.due.due) == (day("2027-04-08"), day("2027-10-08"))
    assert late.refused("2027-04-07", "renew").code == "not_in_the_window"
    late.does("2027-04-08", "renew", expires_on="2029-10-08")


def test_restarted_it_begins_anew_without_its_pauses() -> None:
    asked = Leading().does("03-02", "apply", name=None).does("03-04", "ask").does("03-20", "supply", name=None)
    first = asked.clock("supplement", "03-20")
    assert first.status == "in_time"
    again = asked.does("03-23", "ask")
    view = again.clock("supplement", "03-23")
    assert view.due is not None
    assert view.due.due == due(day("03-23"), Period(20, "working_day"), CALENDAR).due
    assert view.status == "running"


def test_a_clock_says_how_it_stands() -> None:
    case = Leading().does("03-02", "apply")
    assert case.clock("decision", "03-02").status == "running"
    assert case.clock("supplement", "03-02").status == "waiting"
    last = case.clock("preliminary", "03-02").due
    assert last is not None
    after = str(last.due + dt.timedelta(days=1))
    assert case.clock("preliminary", str(last.due)).status == "running"
    assert case.clock("preliminary", after).status == "overdue"
    assert Leading().does("03-02", "apply").does(str(last.due), "grant").clock("preliminary", after).status == "in_time"
    assert case.does(after, "grant").clock("preliminary", after).status == "late"
