"""A clock day by day: which days count, which do not and why, in the table and in the months."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from guiju.bilingual import Bilingual
from guiju.calendar.days import WorkCalendar, prc_calendar
from guiju.calendar.period import Period
from guiju.portal.casefile.counting import Counted, days_of, months_of, table_of, unpublished
from guiju.procedures.clocks import Run
from guiju.procedures.explaining import explain_clock
from guiju.procedures.model import Clock, ClockForm

CALENDAR = prc_calendar()


def clock(period: Period, form: ClockForm = "within") -> Clock:
    word = Bilingual(zh="期限", en="period")
    return Clock(
        "one", word, "authority", form, period, None, None, None, (), (), (), (), (), (), None, None, None,
        ("mail4:67.1",), (), 1,
    )  # fmt: skip


def days(period: Period, run: Run, calendar: WorkCalendar = CALENDAR) -> list[Counted]:
    return days_of(explain_clock(clock(period), run, calendar), calendar)


def marks(found: list[Counted]) -> dict[str, str]:
    return {one.day.date.strftime("%m-%d"): one.mark for one in found}


TEN = Period(10, "working_day")


def test_weekends_and_holidays_do_not_count_and_make_up_workdays_do() -> None:
    found = days(TEN, Run(dt.date(2026, 9, 21)))
    told = marks(found)
    assert told["09-21"] == "start"
    assert told["09-25"] == "holiday"
    assert told["09-26"] == "holiday"
    assert told["10-10"] == "make_up"
    assert told["10-12"] == "due"
    assert [one.number for one in found if one.mark == "due"] == ["10"]
    numbers = [one.number for one in found if one.number]
    assert numbers == [str(number) for number in range(1, 11)]


def test_a_pause_is_seen_and_the_count_goes_on_behind_it() -> None:
    run = Run(dt.date(2026, 11, 2), pauses=[(dt.date(2026, 11, 4), dt.date(2026, 11, 11))])
    found = days(TEN, run)
    told = marks(found)
    assert [told[f"11-{day:02}"] for day in (4, 5, 11, 12)] == ["counted", "paused", "paused", "counted"]
    assert [one.number for one in found if one.day.date == dt.date(2026, 11, 12)] == ["3"]


def test_while_it_stands_still_a_clock_has_no_last_day() -> None:
    run = Run(dt.date(2026, 11, 2), pauses=[(dt.date(2026, 11, 4), None)])
    assert "due" not in marks(days(TEN, run)).values()


def test_a_year_that_is_not_published_leaves_a_range_and_is_named() -> None:
    calendar = WorkCalendar(2026)
    found = days(Period(30, "working_day"), Run(dt.date(2026, 12, 14)), calendar)
    told = list(marks(found).values())
    assert told.count("window") >= 2
    assert "due" not in told
    assert unpublished(found) == [2027]
    last = found[-1].number.partition("–")
    assert int(last[0]) <= 30


def test_a_last_day_of_rest_moves_to_the_next_working_day() -> None:
    found = days(Period(5, "day"), Run(dt.date(2026, 11, 2)))
    told = marks(found)
    assert told["11-07"] == "rest"
    assert told["11-09"] == "due"
    assert [one.moved for one in found if one.day.date == dt.date(2026, 11, 7)] == [True]
    assert not any(one.number for one in found)


@pytest.mark.parametrize(("period", "drawn", "whole"), [(TEN, 2, True), (Period(3, "year"), 2, False)])
def test_the_months_are_drawn_and_of_a_long_period_the_first_and_the_last(
    period: Period, drawn: int, *, whole: bool
) -> None:
    explanation = explain_clock(clock(period), Run(dt.date(2026, 9, 21)), CALENDAR)
    found, all_ = months_of(explanation, days_of(explanation, CALENDAR), CALENDAR)
    assert (len(found), all_) == (drawn, whole)
    squares = [one for month in found for week in month.weeks for one in week if one is not None]
    assert [one.mark for one in squares].count("start") == 1
    assert all(len(week) == 7 for month in found for week in month.weeks)


def test_the_table_says_by_which_order_a_day_does_not_count() -> None:
    found = days(TEN, Run(dt.date(2026, 9, 21)))
    for lang, code, word in (("zh", "zh-hans", "国庆节"), ("en", "en", "National Day")):
        with translation.override(code):
            table = str(table_of(found, "zh" if lang == "zh" else "en"))
        assert word in table
        assert "国办发明电" in table
