"""A clock day by day: a table of the days that count and those that do not, and the months in which they lie."""

from __future__ import annotations

import calendar as months_of_the_year
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from guiju.bilingual import Bilingual
from guiju.calendar.count import DueDate
from guiju.calendar.days import Day, WorkCalendar
from guiju.calendar.explain_text import weekday_name
from guiju.calendar.festivals import festival_names
from guiju.calendar.period import Language
from guiju.portal.look.components import Column, Row, Table, Tag
from guiju.procedures.explaining import ClockExplanation

Mark = Literal["start", "counted", "rest", "holiday", "make_up", "paused", "open", "due", "window", "plain"]
_ONE_DAY = dt.timedelta(days=1)
_MOST_MONTHS = 6
"""More months than these are not drawn: the first and the last say what there is to see."""
MARKS: dict[Mark, Bilingual] = {
    "start": Bilingual(zh="起算事件", en="event"),
    "counted": Bilingual(zh="计入", en="counted"),
    "rest": Bilingual(zh="周末", en="weekend"),
    "holiday": Bilingual(zh="放假", en="holiday"),
    "make_up": Bilingual(zh="调休上班，计入", en="make-up workday, counted"),
    "paused": Bilingual(zh="中止，不计入", en="paused, not counted"),
    "open": Bilingual(zh="待定", en="not settled yet"),
    "due": Bilingual(zh="最后一日", en="last day"),
    "window": Bilingual(zh="可能的最后一日", en="may be the last day"),
    "plain": Bilingual(zh="期限之外", en="outside the period"),
}
SIGNS: dict[Mark, Bilingual] = {
    "start": Bilingual(zh="起", en="E"),
    "counted": Bilingual(zh="", en=""),
    "rest": Bilingual(zh="", en=""),
    "holiday": Bilingual(zh="休", en="H"),
    "make_up": Bilingual(zh="班", en="W"),
    "paused": Bilingual(zh="停", en="P"),
    "open": Bilingual(zh="？", en="?"),
    "due": Bilingual(zh="止", en="L"),
    "window": Bilingual(zh="止？", en="L?"),
    "plain": Bilingual(zh="", en=""),
}
_KINDS: dict[Mark, Literal["neutral", "waiting", "active", "paused", "good", "bad", "unsure"]] = {
    "start": "neutral", "counted": "active", "make_up": "active", "rest": "waiting", "holiday": "waiting",
    "paused": "paused", "open": "unsure", "due": "bad", "window": "unsure", "plain": "neutral",
}  # fmt: skip
_CAPTION = Bilingual(zh="逐日计算", en="Day by day")
_COLUMNS = (
    Column(label=Bilingual(zh="日期", en="Day"), unbroken=True),
    Column(label=Bilingual(zh="情况", en="What it is")),
    Column(label=Bilingual(zh="第几个工作日", en="Working day no."), numeric=True),
    Column(label=Bilingual(zh="依据", en="By")),
)
_NOT_COUNTED = Bilingual(zh="当日不计入（民法典第二百零一条）", en="does not count (Civil Code art. 201)")
_MOVED = Bilingual(zh="休息日，顺延（民法典第二百零三条）", en="a day of rest moves the end (Civil Code art. 203)")


@dataclass(frozen=True, slots=True)
class Counted:
    """One day: what it is for the clock, and how many working days have passed with it (at least, at most)."""

    day: Day
    mark: Mark
    fewest: int | None
    most: int | None
    moved: bool = False

    @property
    def number(self) -> str:
        """The number of the working day; empty where the day has none."""
        if self.fewest is None or self.mark not in ("counted", "make_up", "due", "window", "open"):
            return ""
        return str(self.fewest) if self.fewest == self.most else f"{self.fewest}–{self.most}"


@dataclass(frozen=True, slots=True)
class Square:
    """A day in the picture of a month."""

    day: dt.date
    mark: Mark

    @property
    def sign(self) -> Bilingual:
        """The letter that says what the colour says."""
        return SIGNS[self.mark]

    @property
    def words(self) -> Bilingual:
        """What it is, in words."""
        return MARKS[self.mark]


@dataclass(frozen=True, slots=True)
class Month:
    """A month as a calendar shows it: weeks from Monday, None for days of other months."""

    first: dt.date
    weeks: tuple[tuple[Square | None, ...], ...]

    @property
    def name(self) -> Bilingual:
        """Year and month."""
        return Bilingual(zh=f"{self.first.year}年{self.first.month}月", en=f"{self.first:%B %Y}")


WEEKDAYS = tuple(
    Bilingual(zh=weekday_name(day, "zh")[-1], en=weekday_name(day, "en")[:2])
    for day in (dt.date(2026, 1, 5) + dt.timedelta(days=number) for number in range(7))
)


def days_of(explanation: ClockExplanation, calendar: WorkCalendar) -> list[Counted]:
    """List the days that decide the last day of a clock, in the order in which they were counted."""
    run, due, period = explanation.run, explanation.due, explanation.period
    if run is None or run.start is None or period is None:
        return []
    working = period.unit == "working_day"
    if explanation.plain is None:
        return [_counted(one.day, one.why, one.at_least, one.at_most, due, working=working) for one in explanation.days]
    start = Counted(calendar.day(run.start), "start", None, None)
    steps = explanation.plain.steps
    return [start, *(_counted(one.day, "", one.at_least, one.at_most, due, working=working) for one in steps)]


def table_of(days: list[Counted], lang: Language) -> Table:
    """Show the days as a table."""
    rows = tuple(
        Row(cells=(_date(one.day.date, lang), _tag(one), one.number or "–", _reason(one, lang))) for one in days
    )
    return Table(caption=_CAPTION, columns=_COLUMNS, rows=rows, hide_caption=True)


def months_of(explanation: ClockExplanation, days: list[Counted], calendar: WorkCalendar) -> tuple[list[Month], bool]:
    """Draw the months through which a clock runs; whether all of them are drawn."""
    run, due = explanation.run, explanation.due
    if run is None or run.start is None:
        return [], True
    ends = [run.start, *(one.day.date for one in days), *((due.earliest, due.latest) if due else ())]
    first, last = min(ends), max(ends)
    marks = _marks(explanation, days, calendar, first, last)
    found = list(_firsts(first, last))
    whole = len(found) <= _MOST_MONTHS
    return [_month(one, marks) for one in (found if whole else (found[0], found[-1]))], whole


def unpublished(days: list[Counted]) -> list[int]:
    """List the years whose holidays are not published yet and on which the date turns."""
    return sorted({one.day.arranged_in for one in days if not one.day.published})


def _counted(day: Day, why: str, fewest: int, most: int, due: DueDate | None, *, working: bool) -> Counted:
    mark: Mark = "counted"
    if why in ("start", "paused"):
        mark = "start" if why == "start" else "paused"
    elif due is not None and day.date == due.latest == due.earliest:
        mark = "due"
    elif due is not None and due.earliest <= day.date <= due.latest:
        mark = "window"
    elif day.kind in ("holiday", "weekend"):
        mark = "holiday" if day.kind == "holiday" else "rest"
    elif day.kind == "make_up_workday":
        mark = "make_up"
    elif day.kind == "open":
        mark = "open"
    numbered = working and mark not in ("start", "paused", "rest", "holiday")
    moved = not working and (why == "moved" or (why == "" and mark in ("rest", "holiday")))
    return Counted(day, mark, fewest if numbered else None, most if numbered else None, moved)


def _marks(
    explanation: ClockExplanation, days: list[Counted], calendar: WorkCalendar, first: dt.date, last: dt.date
) -> dict[dt.date, Mark]:
    """Say for every day from first to last what it is; days in natural periods count without being listed."""
    run, due = explanation.run, explanation.due
    assert run is not None
    marks: dict[dt.date, Mark] = {}
    natural = explanation.period is not None and explanation.period.unit != "working_day"
    day = first
    while day <= last:
        kind = calendar.day(day).kind
        marks[day] = "counted" if natural else "rest" if kind == "weekend" else "plain"
        day += _ONE_DAY
    marks |= {one.day.date: one.mark for one in days}
    for pause, resume in run.pauses:
        day = pause + _ONE_DAY
        while day <= (resume or last):
            marks[day] = "paused"
            day += _ONE_DAY
    if run.start is not None:
        marks[run.start] = "start"
    if due is not None:
        for one in (due.earliest, due.latest):
            marks[one] = "due" if due.earliest == due.latest else "window"
    return marks


def _firsts(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = (month + dt.timedelta(days=31)).replace(day=1)


def _month(first: dt.date, marks: dict[dt.date, Mark]) -> Month:
    weeks = months_of_the_year.Calendar().monthdatescalendar(first.year, first.month)
    return Month(
        first,
        tuple(
            tuple(Square(day, marks.get(day, "plain")) if day.month == first.month else None for day in week)
            for week in weeks
        ),
    )


def _date(day: dt.date, lang: Language) -> str:
    name = weekday_name(day, lang)
    return f"{day} {name if lang == 'zh' else name[:3]}"


def _tag(one: Counted) -> Tag:
    return Tag(text=MARKS[one.mark], kind=_KINDS[one.mark])


def _reason(one: Counted, lang: Language) -> str:
    if one.mark == "start":
        return _NOT_COUNTED.get(lang)
    said = [festival_names(one.day.festivals, lang)] if one.day.festivals else []
    if one.day.order:
        said.append(one.day.order)
    if one.moved:
        said.append(_MOVED.get(lang))
    return ("；" if lang == "zh" else "; ").join(said)
