"""Clocks at their edges: no day is wrongly in time or late, whatever pauses, extensions and unpublished years do."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.calendar.days import WorkCalendar, prc_calendar
from guiju.calendar.errors import CalendarError
from guiju.calendar.period import Period
from guiju.procedures.clocks import Run, last_day, status_of
from guiju.procedures.interpret import tick
from guiju.procedures.loading import parse_case_type
from guiju.procedures.model import CaseType, Clock
from tests.procedures.at_hand import PERMIT, TYPES_FOLDER, lawbook
from tests.procedures.leading import Leading, day

CALENDAR = prc_calendar()
TEXT = (TYPES_FOLDER / "mail4/procedures/permit.yaml").read_text("utf-8")
DECISION = next(clock for clock in PERMIT.clocks if clock.name == "decision")
PERIODS = st.sampled_from(
    [Period(1, "working_day"), Period(10, "working_day"), Period(20, "day"), Period(1, "month"), Period(1, "year")]
)
STEPS = st.lists(st.integers(0, 40), min_size=1, max_size=6)


def changed(*changes: tuple[str, str]) -> CaseType:
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return parse_case_type(text, "mail4", lawbook(), file="permit.yaml", stem="permit")


def clock_of(period: Period) -> Clock:
    return replace(DECISION, period=period, extend=None)


def run_of(start: dt.date, steps: list[int]) -> tuple[Run, dt.date]:
    """A run that is paused and goes on, again and again, and the day of the last of it."""
    run, today = Run(start), start
    for step in steps:
        today += dt.timedelta(days=step)
        if run.paused:
            run.pauses[-1] = (run.pauses[-1][0], today)
        else:
            run.pauses.append((today, None))
    return run, today


@given(PERIODS, st.dates(dt.date(2008, 1, 2), dt.date(2025, 6, 1)), STEPS, st.integers(0, 60), st.booleans())
def test_what_is_certain_before_the_holidays_are_published_is_true_afterwards(
    period: Period, start: dt.date, steps: list[int], later: int, stops: bool
) -> None:
    """New Year, pauses and all: an answer may be left open, never be wrong."""
    clock, (run, today) = clock_of(period), run_of(start, steps)
    today += dt.timedelta(days=later)
    if stops:
        if run.paused:
            run.pauses[-1] = (run.pauses[-1][0], today)
        run.stopped = today
    try:
        known = WorkCalendar(max(2007, start.year))
    except CalendarError:
        known = WorkCalendar(2008)
    before, after = last_day(clock, run, known), last_day(clock, run, CALENDAR)
    said, truth = status_of(run, before, today), status_of(run, after, today)
    if said in ("in_time", "late", "overdue"):
        assert said == truth
    if before is not None and after is not None and not after.provisional:
        assert before.earliest <= after.due <= before.latest


@given(st.integers(1, 30), st.dates(dt.date(2010, 1, 4), dt.date(2025, 1, 1)), STEPS)
def test_working_days_are_counted_one_by_one(amount: int, start: dt.date, steps: list[int]) -> None:
    """The count of the law, done by hand: a day after the start counts if it is worked and not paused."""
    run, _ = run_of(start, steps if len(steps) % 2 == 0 else steps[:-1])
    found = last_day(clock_of(Period(amount, "working_day")), run, CALENDAR)
    left, today = amount, start
    pauses = [(a, b) for a, b in run.pauses if b is not None]
    while True:
        ended = left == 0 and CALENDAR.is_workday(today) and today > start
        if ended and not any(a <= today < b for a, b in pauses):
            break
        today += dt.timedelta(days=1)
        paused = any(a < today < b or (a < today == b and left > 0) for a, b in pauses)
        if not paused and CALENDAR.is_workday(today) and left > 0:
            left -= 1
    assert found is not None
    assert found.due == today


@pytest.mark.parametrize("unit", ["working_day", "day", "month"])
def test_what_had_run_out_before_a_pause_stays_run_out(unit: str) -> None:
    clock = clock_of(Period(1, unit))  # type: ignore[arg-type]
    start = day("03-02")
    last = last_day(clock, Run(start), CALENDAR)
    assert last is not None
    after = last.due + dt.timedelta(days=1)
    paused = Run(start, [(after, None)])
    assert last_day(clock, paused, CALENDAR) == last
    assert status_of(paused, last, after) == "overdue"
    stopped = Run(start, [(after, after)], stopped=after)
    assert status_of(stopped, last_day(clock, stopped, CALENDAR), after) == "late"


def test_paused_after_its_last_day_the_authority_is_late_all_the_same() -> None:
    case = Leading().does("03-02", "apply", areas=["medicine"])
    last = case.clock("decision", "03-02").due
    assert last is not None
    after = str(last.due + dt.timedelta(days=1))
    case.does(after, "ask")
    assert case.clock("decision", after).status == "overdue"
    assert Leading.does(case, after, "supply", proof="p").does(after, "grant").clock("decision", after).status == "late"


def test_closed_while_it_stands_still_a_clock_was_in_time() -> None:
    refuse = "    label: {zh: 不予许可, en: refuse}\n    from: accepted"
    kind = changed((refuse, refuse.replace("accepted", "[accepted, waiting]")))
    case = Leading(kind).does("03-02", "apply", areas=["medicine"]).does("03-04", "ask").does("03-20", "refuse")
    view = case.clock("decision", "12-31")
    assert view.status == "in_time"
    assert view.due is not None
    assert view.due.due > day("03-20")


def test_paused_on_the_working_day_to_which_a_day_of_rest_has_moved_its_end() -> None:
    """A month from 7 May 2026 ends on a Sunday, and so on Monday 8 June; paused on that Monday, it is not late."""
    clock = clock_of(Period(1, "month"))
    for resume, expected in (("06-08", "06-08"), ("06-16", "06-16"), ("06-20", "06-22")):
        found = last_day(clock, Run(day("05-07"), [(day("06-08"), day(resume))]), CALENDAR)
        assert found is not None
        assert found.due == day(expected)
    assert last_day(clock, Run(day("05-07"), [(day("06-08"), None)]), CALENDAR) is None


def test_a_pause_that_is_over_before_the_count_begins_shortens_nothing() -> None:
    clock, start = clock_of(Period(20, "day")), day("06-30")
    assert last_day(clock, Run(start, [(day("06-01"), day("06-10"))]), CALENDAR) == last_day(
        clock, Run(start), CALENDAR
    )


@pytest.mark.parametrize(
    ("start", "period", "last"),
    [
        ("2025-09-11", Period(20, "day"), "2025-10-09"),  # 1 October; the break ends on the 8th
        ("2025-09-28", Period(3, "day"), "2025-10-09"),
        ("2026-02-12", Period(1, "working_day"), "2026-02-13"),
        ("2026-02-13", Period(1, "working_day"), "2026-02-14"),  # a Saturday that is worked
        ("2026-02-13", Period(1, "day"), "2026-02-14"),
        ("2026-02-14", Period(1, "working_day"), "2026-02-24"),
    ],
)
def test_a_period_that_ends_on_a_day_of_rest_moves_to_the_next_day_that_is_worked(
    start: str, period: Period, last: str
) -> None:
    found = last_day(clock_of(period), Run(day(start)), CALENDAR)
    assert found is not None
    assert (found.due, found.provisional) == (day(last), False)


def test_a_state_that_is_deemed_comes_at_the_end_of_the_day_to_which_its_clock_has_moved() -> None:
    kind = changed(("within: 20 working days\n    starts: [ask]", "within: 10 days\n    starts: [ask]"))
    case = Leading(kind).does("2025-09-20", "apply", name=None).does("2025-09-25", "ask")
    view = case.clock("supplement", "2025-09-25")
    assert view.due is not None
    assert view.due.due == day("2025-10-09")
    assert tick(case.case, kind, CALENDAR, day("2025-10-09")) == ()
    (event,) = tick(case.case, kind, CALENDAR, day("2025-10-10"))
    assert event.on == day("2025-10-09")
    case.does("2025-10-09", "supply", name="Xinghe")
    assert case.clock("supplement", "2025-10-09").status == "in_time"


def test_an_extension_comes_on_the_last_day_at_the_latest() -> None:
    kind = changed(("    requires: not overdue(decision)\n", ""))
    last = Leading(kind).does("03-02", "apply").clock("decision", "03-02").due
    assert last is not None
    Leading(kind).does("03-02", "apply").does(str(last.due), "extend")
    late = Leading(kind).does("03-02", "apply").refused(str(last.due + dt.timedelta(days=1)), "extend")
    assert late.code == "run_out"
    assert "已经届满" in late.reason.zh


def test_while_nobody_knows_whether_a_clock_has_run_out_it_is_not_extended() -> None:
    kind, unpublished = changed(("    requires: not overdue(decision)\n", "")), WorkCalendar(2025)
    case = Leading(kind, unpublished).does("2026-01-12", "apply")
    view = case.clock("decision", "2026-01-12")
    assert view.due is not None
    assert view.due.provisional
    refusal = case.refused(str(view.due.earliest + dt.timedelta(days=1)), "extend")
    assert (refusal.code, refusal.missing) == ("missing", ("decision",))
    case.does(str(view.due.earliest), "extend")


CEASE = "    from: permitted\n    to: same\n    by: applicant\n    fills: [ceased_on]"
TOLD = (CEASE, CEASE.replace("permitted", "[permitted, suspended]"))
STOPPED = ("after: ceased_on\n    stops: [cancel]", "after: ceased_on\n    stops: [cancel, suspend]")
CORRECTS = (
    "after: ceased_on\n    stops: [cancel]",
    "after: ceased_on\n    stops: [cancel, suspend]\n    corrects: [cease]",
)
MAJOR = {"major": True}


def stopped(kind: CaseType) -> Leading:
    case = (
        Leading(kind).does("03-02", "apply").does("03-10", "grant").does("04-01", "report_incident", "anyone", **MAJOR)
    )
    return case.does("04-02", "cease", ceased_on="2026-04-01").does("04-10", "suspend")


def test_another_date_is_a_new_occasion_unless_the_act_only_puts_it_right() -> None:
    anew = stopped(changed(TOLD, STOPPED)).does("05-06", "cease", ceased_on="2026-04-02")
    assert anew.clock("cancelling", "12-31").status == "overdue"
    right = stopped(changed(TOLD, CORRECTS)).does("05-06", "cease", ceased_on="2026-04-02")
    assert right.clock("cancelling", "12-31").status == "in_time"
    wrong = stopped(changed(TOLD, CORRECTS)).does("05-06", "cease", ceased_on="2025-12-01")
    assert wrong.clock("cancelling", "12-31").status == "late"


def test_a_date_that_is_taken_back_leaves_the_clock_waiting_and_unknown() -> None:
    kind = changed(("    fills: [ceased_on]\n    needs: [ceased_on]\n", "    fills: [ceased_on]\n"))
    case = Leading(kind).does("03-02", "apply").does("03-10", "grant").does("04-02", "cease", ceased_on="2026-04-01")
    assert case.clock("cancelling", "12-31").status == "overdue"
    event = case.tries("04-03", "cease", ceased_on="")
    case.case = case.case.with_events(*event)
    assert case.clock("cancelling", "12-31").status == "waiting"


def test_stopped_before_its_date_was_known_nobody_can_say_whether_it_was_in_time() -> None:
    assert status_of(Run(None, stopped=day("03-02")), None, day("03-03")) == "unsure"
