"""A clock explains itself day by day, and its explanation ends on the day that it gives."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from guiju.calendar.days import WorkCalendar, prc_calendar
from guiju.procedures.clocks import Run, last_day
from guiju.procedures.explaining import explain_clock
from tests.procedures.at_hand import PERMIT
from tests.procedures.leading import day

CALENDAR = prc_calendar()
CLOCKS = {clock.name: clock for clock in PERMIT.clocks}
DECISION = CLOCKS["decision"]


@given(st.dates(dt.date(2019, 1, 1), dt.date(2025, 6, 1)), st.integers(0, 50), st.integers(0, 50))
def test_the_count_reaches_the_period_on_the_last_day(start: dt.date, after: int, length: int) -> None:
    pause = start + dt.timedelta(days=after)
    run = Run(start, [(pause, pause + dt.timedelta(days=length))])
    explanation = explain_clock(DECISION, run, CALENDAR)
    assert explanation.due == last_day(DECISION, run, CALENDAR)
    assert explanation.due is not None
    last = explanation.days[-1]
    assert last.day.date == explanation.due.due
    assert (last.at_least, last.at_most) == (45, 45)
    counted = [one for one in explanation.days if one.why == "counted"]
    assert len(counted) == 45


def test_pauses_and_extensions_are_named() -> None:
    run = Run(day("03-02"), [(day("03-04"), day("03-18"))], extensions=1)
    english, chinese = (explain_clock(DECISION, run, CALENDAR).text(lang) for lang in ("en", "zh"))
    assert "extended 1 time(s) by 10 working days" in english
    assert "paused on 2026-03-04, went on 2026-03-18" in english
    assert "2026-03-05  Thu      -  paused, not counted" in english
    assert "2026-03-19  Thu      3" in english
    assert "自2026-03-04中止，2026-03-18恢复" in chinese
    assert "2026-03-05  周四      -  中止，不计入" in chinese


def test_without_a_pause_the_calendar_explains_it() -> None:
    text = explain_clock(DECISION, Run(day("03-02")), CALENDAR).text("en")
    assert "45 working days after 2026-03-02" in text


def test_while_paused_it_is_told_up_to_the_pause() -> None:
    explanation = explain_clock(DECISION, Run(day("03-02"), [(day("03-04"), None)]), CALENDAR)
    assert explanation.due is None
    assert explanation.days[-1].day.date == day("03-04")
    assert "has not gone on" in explanation.text("en")


def test_an_unpublished_year_gives_the_earliest_and_the_latest() -> None:
    run = Run(day("2026-01-20"), [(day("2026-02-02"), day("2026-02-10"))])
    explanation = explain_clock(DECISION, run, WorkCalendar(2025))
    assert explanation.due is not None
    assert explanation.due.provisional
    assert "provisional: " in explanation.text("en")
    assert "暂定" in explanation.text("zh")


def test_a_clock_that_has_not_begun_says_so() -> None:
    assert "has not begun" in explain_clock(DECISION, None, CALENDAR).text("en")


def test_a_paused_period_in_months_shows_its_pause_and_the_day_of_rest_at_its_end() -> None:
    run = Run(day("2026-02-28"), [(day("04-01"), day("04-11"))])
    explanation = explain_clock(CLOCKS["cancelling"], run, CALENDAR)
    assert sum(one.why == "paused" for one in explanation.days) == 10
    assert [one.why for one in explanation.days[-2:]] == ["moved", "counted"]
    assert "2026-06-07  Sun      -  the last day is a day of rest and moves" in explanation.text("en")


def test_a_day_itself() -> None:
    assert "ends with 2027-10-08" in explain_clock(CLOCKS["term"], Run(day("2027-10-08")), CALENDAR).text("en")
