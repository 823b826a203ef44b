"""Clocks that nobody has to keep: made pointless by an act, or run out where nothing was owed."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.calendar.count import DueDate
from guiju.calendar.days import prc_calendar
from guiju.procedures.case import ClockMove, Event
from guiju.procedures.clocks import Run, runs_of, status_of
from guiju.procedures.describing import describe
from guiju.procedures.explaining import explain_clock
from guiju.procedures.loading import parse_case_type
from guiju.procedures.model import CaseType
from guiju.procedures.situation import Situation
from tests.procedures.at_hand import TYPES, TYPES_FOLDER, lawbook
from tests.procedures.leading import Leading, day

CALENDAR = prc_calendar()
NOTICE = TYPES.get("notice_of_change")
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))


def submitted(kind: CaseType = NOTICE, *without: str) -> Leading:
    values = {name: value for name, value in kind.example.items() if name not in without}
    return Leading(kind).does("09-29", "submit", **values)


def asked(case: Leading, question: str, on: str) -> bool | None:
    """What a condition asks of the clock `asking`."""
    standing = case.standing
    situation = Situation(
        standing.kind, standing, standing.fields, {},
        today=day(on), calendar=CALENDAR, readings=standing.active.readings,
    )  # fmt: skip
    answer: bool | None = situation.ask(question, "asking")
    return answer


@given(stopped=DAYS, earliest=DAYS, length=st.integers(0, 20), owed=st.sampled_from((True, False, None)))
def test_what_was_not_performed_is_never_in_time_and_late_only_if_owed(
    stopped: dt.date, earliest: dt.date, length: int, owed: bool | None
) -> None:
    last = DueDate(earliest, earliest, earliest + dt.timedelta(days=length), length > 0)
    run = Run(earliest, stopped=stopped, pointless=True, owed=owed)
    said = status_of(run, last, stopped)
    if owed is False or stopped <= last.earliest:
        assert said == "moot"
    else:
        assert said == ("late" if owed and stopped > last.latest else "unsure")


@given(today=DAYS, last=DAYS)
def test_nobody_is_called_overdue_who_does_not_certainly_have_to_act(today: dt.date, last: dt.date) -> None:
    due = DueDate(last, last, last, False)
    for owed in (False, None):
        assert status_of(Run(last), due, today, owed=owed) == ("over" if today > last else "running")


def test_what_is_performed_after_the_last_day_is_late_whoever_had_to() -> None:
    last = DueDate(day("03-02"), day("03-02"), day("03-02"), False)
    assert status_of(Run(day("02-02"), stopped=day("03-03")), last, day("03-03"), owed=False) == "late"


@pytest.mark.parametrize(("how", "status"), [("end", "late"), ("void", "moot"), ("doubt", "unsure"), ("stop", "late")])
def test_events_keep_whether_it_was_owed(how: str, status: str) -> None:
    start = Event(1, day("02-02"), "begin", "x", clocks=(ClockMove("start", "c"),))
    end = Event(2, day("03-03"), "end", "x", clocks=(ClockMove(how, "c"),))  # type: ignore[arg-type]
    last = DueDate(day("03-02"), day("03-02"), day("03-02"), False)
    assert status_of(runs_of([start, end])["c"], last, day("03-03")) == status


def test_complete_materials_are_never_asked_for_late() -> None:
    case = submitted()
    assert case.clock("asking", "10-19").status == "running"
    assert case.clock("asking", "10-20").status == "over"
    case.does("10-20", "amend")
    assert case.clock("asking", "10-20").status == "moot"


def test_incomplete_ones_are_asked_for_late_after_the_last_day() -> None:
    case = submitted(NOTICE, "what_changed")
    assert case.clock("asking", "10-20").status == "overdue"
    case.does("10-20", "ask_for_supplement")
    assert case.clock("asking", "10-20").status == "late"


def test_conditions_tell_over_from_overdue() -> None:
    complete, incomplete = submitted(), submitted(NOTICE, "what_changed")
    for on, over in (("10-19", False), ("10-20", True)):
        assert asked(complete, "over", on) is over
        assert asked(complete, "overdue", on) is False
        assert asked(complete, "late", on) is False
        assert asked(incomplete, "over", on) is over
        assert asked(incomplete, "overdue", on) is over
        assert asked(incomplete, "late", on) is over
        assert asked(complete, "open", on) is not over


def test_an_unknown_duty_leaves_unknown_whether_it_is_overdue() -> None:
    source = (TYPES_FOLDER / "mail4/procedures/notice_of_change.yaml").read_text("utf-8")
    old = "label: {zh: 变动内容, en: what changed}, required: true"
    assert old in source
    field = "  - {field: minor, type: bool, label: {zh: 轻微, en: minor}, cites: mail4:66.3}\nrecord:"
    changed = source.replace(old, old.replace("true", "not minor")).replace("record:", field, 1)
    changed = changed.replace("      - that: not complete\n", "      - that: overdue(asking)\n", 1)
    kind = parse_case_type(changed, "mail4", lawbook(), file="notice_of_change.yaml", stem="notice_of_change")
    case = submitted(kind, "what_changed")
    assert case.clock("asking", "10-20").status == "over"
    assert asked(case, "over", "10-20") is True
    assert asked(case, "overdue", "10-20") is None
    assert asked(case, "overdue", "10-19") is False
    assert "minor" in case.refused("10-20", "ask_for_supplement").missing


def test_the_explanation_says_that_it_no_longer_applies() -> None:
    case = submitted().does("10-20", "amend")
    view = case.clock("asking", "10-20")
    assert "no longer applies since 2026-10-20" in explain_clock(view.clock, view.run, CALENDAR).text("en")
    assert "自2026-10-20起不再适用" in explain_clock(view.clock, view.run, CALENDAR).text("zh")


def test_a_case_type_says_what_ends_a_clock_and_who_has_to_act() -> None:
    told = describe(NOTICE, "en")
    assert "no longer applies after: amend" in told
    assert "somebody has to act only if not complete" in told


def test_an_act_that_makes_it_pointless_is_a_way_to_end_a_clock() -> None:
    source = (TYPES_FOLDER / "mail4/procedures/notice_of_change.yaml").read_text("utf-8")
    assert "    stops: [ask_for_supplement]\n" in source
    changed = source.replace("    stops: [ask_for_supplement]\n", "")
    kind = parse_case_type(changed, "mail4", lawbook(), file="notice_of_change.yaml", stem="notice_of_change")
    asking = next(clock for clock in kind.clocks if clock.name == "asking")
    assert (asking.stops, [hook.on for hook in asking.ends]) == ((), ["amend"])


def test_an_act_that_closes_the_case_performs_nothing_that_it_is_not_about() -> None:
    case = Leading().does("03-02", "apply").does("03-10", "grant").does("04-02", "cease", ceased_on="2026-04-01")
    case.does("04-03", "cancel")
    assert {name: case.clock(name, "04-03").status for name in ("cancelling", "term")} == {
        "cancelling": "in_time",
        "term": "moot",
    }
