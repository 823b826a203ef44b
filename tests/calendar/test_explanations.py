"""Dates that explain themselves: golden texts in both languages."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.calendar.count import before, due
from guiju.calendar.days import WorkCalendar
from guiju.calendar.explain import Direction, explain, record
from guiju.calendar.period import Language, Period

CALENDAR = WorkCalendar(2026)

NATIONAL_DAY_EN = """\
10 working days after 2026-09-28: due 2026-10-16 (Friday)

2026-09-28  Mon         day of the event, not counted (Civil Code art. 201)
2026-09-29  Tue      1
2026-09-30  Wed      2
2026-10-01  Thu      -  National Day (国办发明电〔2025〕7号)
2026-10-02  Fri      -  National Day (国办发明电〔2025〕7号)
2026-10-03  Sat      -  National Day (国办发明电〔2025〕7号)
2026-10-04  Sun      -  National Day (国办发明电〔2025〕7号)
2026-10-05  Mon      -  National Day (国办发明电〔2025〕7号)
2026-10-06  Tue      -  National Day (国办发明电〔2025〕7号)
2026-10-07  Wed      -  National Day (国办发明电〔2025〕7号)
2026-10-08  Thu      3
2026-10-09  Fri      4
2026-10-10  Sat      5  make-up workday for National Day (国办发明电〔2025〕7号)
2026-10-11  Sun      -  weekend
2026-10-12  Mon      6
2026-10-13  Tue      7
2026-10-14  Wed      8
2026-10-15  Thu      9
2026-10-16  Fri     10  the period ends

Orders: 国办发明电〔2025〕7号"""

NATIONAL_DAY_ZH = """\
2026-09-28之后10个工作日：2026-10-16（周五）届满

2026-09-28  周一         事件发生当日，不计入（民法典第二百零一条）
2026-09-29  周二      1
2026-09-30  周三      2
2026-10-01  周四      -  国庆节放假（国办发明电〔2025〕7号）
2026-10-02  周五      -  国庆节放假（国办发明电〔2025〕7号）
2026-10-03  周六      -  国庆节放假（国办发明电〔2025〕7号）
2026-10-04  周日      -  国庆节放假（国办发明电〔2025〕7号）
2026-10-05  周一      -  国庆节放假（国办发明电〔2025〕7号）
2026-10-06  周二      -  国庆节放假（国办发明电〔2025〕7号）
2026-10-07  周三      -  国庆节放假（国办发明电〔2025〕7号）
2026-10-08  周四      3
2026-10-09  周五      4
2026-10-10  周六      5  国庆节调休上班（国办发明电〔2025〕7号）
2026-10-11  周日      -  周末
2026-10-12  周一      6
2026-10-13  周二      7
2026-10-14  周三      8
2026-10-15  周四      9
2026-10-16  周五     10  期间届满

依据：国办发明电〔2025〕7号"""

MOVED_EN = """\
3 months after 2026-07-03: due 2026-10-08 (Thursday)

2026-07-03  Fri         day of the event, not counted (Civil Code art. 201)
2026-10-03  Sat         the corresponding day of the month (Civil Code art. 202); National Day (国办发明电〔2025〕7号)
2026-10-04  Sun         National Day (国办发明电〔2025〕7号)
2026-10-05  Mon         National Day (国办发明电〔2025〕7号)
2026-10-06  Tue         National Day (国办发明电〔2025〕7号)
2026-10-07  Wed         National Day (国办发明电〔2025〕7号)
2026-10-08  Thu         the period ends

A last day that is a day of rest moves to the next working day (Civil Code art. 203).
Orders: 国办发明电〔2025〕7号"""

MONTH_END_ZH = """\
2026-01-31之后3个月：2026-04-30（周四）届满

2026-01-31  周六         事件发生当日，不计入（民法典第二百零一条）
2026-04-30  周四         到期月没有对应日，以月末日为最后一日（民法典第二百零二条）；期间届满"""

DAYS_EN = """\
30 days after 2026-07-03: due 2026-08-03 (Monday)

2026-07-03  Fri         day of the event, not counted (Civil Code art. 201)
2026-08-02  Sun         day 30, counted from the day after the event (Civil Code art. 201); weekend
2026-08-03  Mon         the period ends

A last day that is a day of rest moves to the next working day (Civil Code art. 203)."""

PROVISIONAL_EN = """\
3 working days after 2026-12-30: due 2027-01-05 (Tuesday)
Provisional: 2027-01-05 (Tuesday) at the earliest, 2027-01-07 (Thursday) at the latest; \
the arrangement for 2027 is not published yet. Keep to the earliest day.

2026-12-30  Wed         day of the event, not counted (Civil Code art. 201)
2026-12-31  Thu      1
2027-01-01  Fri      -  New Year's Day, a statutory holiday (国务院令第795号)
2027-01-02  Sat      -  weekend
2027-01-03  Sun      -  weekend
2027-01-04  Mon    1-2
2027-01-05  Tue    1-3
2027-01-06  Wed    2-4
2027-01-07  Thu    3-5

Orders: 国务院令第795号
A separate order may still add days off: 2 working days are allowed for."""

PROVISIONAL_MONTH_ZH = """\
2027-01-04之后1个月：2027-02-04（周四）届满
暂定：最早2027-02-04（周四），最晚2027-02-16（周二）；2027年的放假安排尚未公布，请按最早一日办理

2027-01-04  周一         事件发生当日，不计入（民法典第二百零一条）
2027-02-04  周四         到期月的对应日（民法典第二百零二条）；待定：2027年春节的安排尚未公布
2027-02-05  周五         春节，法定节假日（国务院令第795号）
2027-02-06  周六         春节，法定节假日（国务院令第795号）
2027-02-07  周日         春节，法定节假日（国务院令第795号）
2027-02-08  周一         春节，法定节假日（国务院令第795号）
2027-02-09  周二         待定：2027年春节的安排尚未公布
2027-02-10  周三         待定：2027年春节的安排尚未公布
2027-02-11  周四         待定：2027年春节的安排尚未公布
2027-02-12  周五         待定：2027年春节的安排尚未公布
2027-02-13  周六         待定：2027年春节的安排尚未公布
2027-02-14  周日         待定：2027年春节的安排尚未公布
2027-02-15  周一
2027-02-16  周二

最后一日如为休息日，顺延至下一个工作日（民法典第二百零三条）
依据：国务院令第795号
年度安排之外还可能另有放假通知，结果已为此预留2个工作日"""

BACK_ZH = """\
2026-10-12之前3个工作日：最迟2026-10-08（周四）

2026-10-12  周一         所计算的日期，当日不计入
2026-10-11  周日      -  周末
2026-10-10  周六      1  国庆节调休上班（国办发明电〔2025〕7号）
2026-10-09  周五      2
2026-10-08  周四      3  期间届满

依据：国办发明电〔2025〕7号"""

BACK_TO_A_HOLIDAY_EN = """\
6 months before 2026-04-04: at the latest 2025-10-04 (Saturday)

2026-04-04  Sat         the given day, not counted
2025-10-04  Sat         the corresponding day of the month (Civil Code art. 202)

This is or may be a day of rest, and no law moves it back: to be safe, act by 2025-09-30 (Tuesday)."""


@pytest.mark.parametrize(
    ("start", "period", "direction", "lang", "text"),
    [
        ("2026-09-28", "10 working days", "after", "en", NATIONAL_DAY_EN),
        ("2026-09-28", "10 working days", "after", "zh", NATIONAL_DAY_ZH),
        ("2026-07-03", "3 months", "after", "en", MOVED_EN),
        ("2026-01-31", "3 months", "after", "zh", MONTH_END_ZH),
        ("2026-07-03", "30 days", "after", "en", DAYS_EN),
        ("2026-12-30", "3 working days", "after", "en", PROVISIONAL_EN),
        ("2027-01-04", "1 month", "after", "zh", PROVISIONAL_MONTH_ZH),
        ("2026-10-12", "3 working days", "before", "zh", BACK_ZH),
        ("2026-04-04", "6 months", "before", "en", BACK_TO_A_HOLIDAY_EN),
    ],
)
def test_the_text_of_an_explanation(start: str, period: str, direction: Direction, lang: Language, text: str) -> None:
    explanation = explain(dt.date.fromisoformat(start), Period.parse(period), direction, CALENDAR)
    assert explanation.text(lang) == text


@given(
    start=st.dates(dt.date(2008, 1, 1), dt.date(2032, 1, 1)),
    period=st.builds(Period, st.integers(1, 60), st.just("working_day")),
    direction=st.sampled_from(["after", "before"]),
)
def test_the_steps_lead_to_the_result(start: dt.date, period: Period, direction: Direction) -> None:
    explanation = explain(start, period, direction, CALENDAR)
    count = due if direction == "after" else before
    assert explanation.result == count(start, period, CALENDAR)

    steps = explanation.steps
    reached_at_most = next(step.day.date for step in steps if step.at_most >= period.amount)
    reached_at_least = next(step.day.date for step in steps if step.at_least >= period.amount)
    first, last = sorted((reached_at_most, reached_at_least))
    assert (first, last) == (explanation.result.earliest, explanation.result.latest)
    assert steps[-1].at_least == period.amount


@given(
    start=st.dates(dt.date(2008, 1, 1), dt.date(2032, 1, 1)),
    period=st.builds(Period, st.integers(1, 24), st.sampled_from(["day", "month", "year"])),
    direction=st.sampled_from(["after", "before"]),
    lang=st.sampled_from(["zh", "en"]),
)
def test_every_explanation_can_be_written(start: dt.date, period: Period, direction: Direction, lang: Language) -> None:
    if direction == "before" and start.year - period.amount < 2007:
        start = start.replace(year=2032, day=1)
    text = explain(start, period, direction, CALENDAR).text(lang)
    assert text.splitlines()[0].count(start.isoformat()) == 1
    assert "None" not in text
    assert "{" not in text


def test_the_record_for_machines() -> None:
    explanation = explain(dt.date(2026, 10, 9), Period(1, "working_day"), "after", CALENDAR)
    assert json.loads(json.dumps(record(explanation), ensure_ascii=False)) == {
        "due": "2026-10-10",
        "earliest": "2026-10-10",
        "latest": "2026-10-10",
        "provisional": False,
        "period": "1 working day",
        "direction": "after",
        "from": "2026-10-09",
        "nominal": None,
        "safe_day": None,
        "days": [
            {
                "date": "2026-10-10",
                "kind": "make_up_workday",
                "published": True,
                "festivals": ["national_day"],
                "order": "国办发明电〔2025〕7号",
                "counted": [1, 1],
            }
        ],
    }
