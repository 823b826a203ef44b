"""A clock that explains itself day by day: what counted, what did not and why, through pauses and extensions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from guiju.calendar.count import DueDate, nominal_end
from guiju.calendar.days import Day, WorkCalendar
from guiju.calendar.explain import Explanation, explain
from guiju.calendar.explain_text import weekday_name
from guiju.calendar.festivals import festival_names
from guiju.calendar.period import Language, Period
from guiju.procedures.clocks import Run, last_day
from guiju.procedures.model import Clock

Why = Literal["start", "counted", "rest", "paused", "moved"]
_ONE_DAY = dt.timedelta(days=1)

_TEXT = {
    "zh": {
        "start": "起算事件当日，不计入（民法典第二百零一条）",
        "paused": "中止，不计入",
        "counted": "",
        "open": "待定：放假安排尚未公布",
        "weekend": "周末",
        "holiday": "{festivals}放假",
        "workday": "",
        "make_up_workday": "{festivals}调休上班",
        "moved": "最后一日为休息日，顺延（民法典第二百零三条）",
        "extended": "延长 {n} 次，每次{period}",
        "pause": "自{a}中止，{b}恢复",
        "pausing": "自{a}中止，尚未恢复",
        "due": "{day} 届满",
        "provisional": "暂定：最早{a}，最晚{b}；有年度放假安排尚未公布",
        "waiting": "尚未起算",
        "until": "至{day}当日",
        "at_once": "应在{day}当日办理",
        "pointless": "自{day}起不再适用：该行为使期限失去意义，并非履行",
    },
    "en": {
        "start": "day of the event, not counted (Civil Code art. 201)",
        "paused": "paused, not counted",
        "counted": "",
        "open": "open: the holiday arrangement is not published",
        "weekend": "weekend",
        "holiday": "{festivals}",
        "workday": "",
        "make_up_workday": "make-up workday for {festivals}",
        "moved": "the last day is a day of rest and moves (Civil Code art. 203)",
        "extended": "extended {n} time(s) by {period}",
        "pause": "paused on {a}, went on {b}",
        "pausing": "paused on {a} and has not gone on",
        "due": "ends on {day}",
        "provisional": "provisional: {a} at the earliest, {b} at the latest; an arrangement is not published yet",
        "waiting": "has not begun",
        "until": "ends with {day}",
        "at_once": "due on {day} itself",
        "pointless": "no longer applies since {day}: that act made it pointless without performing it",
    },
}


@dataclass(frozen=True, slots=True)
class ClockDay:
    """One day of a clock: what it is, why it counts or not, and the fewest and most days counted through it."""

    day: Day
    why: Why
    at_least: int
    at_most: int


@dataclass(frozen=True, slots=True)
class ClockExplanation:
    """How the last day of a clock came about. `plain` is the calendar's own explanation, where nothing was paused."""

    clock: Clock
    run: Run | None
    period: Period | None
    due: DueDate | None
    days: tuple[ClockDay, ...]
    plain: Explanation | None

    def text(self, lang: Language = "en") -> str:
        """Write the explanation as lines of text."""
        return "\n".join(_lines(self, lang))


def explain_clock(clock: Clock, run: Run | None, calendar: WorkCalendar) -> ClockExplanation:
    """Explain a run of a clock. Its last day is that of `last_day`; CalendarError as there."""
    period = _whole_period(clock, run)
    if run is None or run.start is None:
        return ClockExplanation(clock, run, period, None, (), None)
    due = last_day(clock, run, calendar)
    if period is None:
        return ClockExplanation(clock, run, None, due, (), None)
    if not run.pauses:
        direction: Literal["after", "before"] = "after" if clock.form == "within" else "before"
        return ClockExplanation(clock, run, period, due, (), explain(run.start, period, direction, calendar))
    days = _working_days if period.unit == "working_day" else _natural_days
    return ClockExplanation(clock, run, period, due, tuple(days(run, period, due, calendar)), None)


def _whole_period(clock: Clock, run: Run | None) -> Period | None:
    if clock.period is None or clock.extend is None or run is None or not run.extensions:
        return clock.period
    return Period(clock.period.amount + run.extensions * clock.extend.by.amount, clock.period.unit)


def _end(run: Run, due: DueDate | None) -> dt.date:
    """Return the last day worth showing: the last day of the period, or the day on which it was paused."""
    return due.latest if due is not None else run.pauses[-1][0]


def _paused(run: Run, day: dt.date) -> bool:
    return any(pause < day and (resume is None or day <= resume) for pause, resume in run.pauses)


def _working_days(run: Run, period: Period, due: DueDate | None, calendar: WorkCalendar) -> Iterator[ClockDay]:  # noqa: ARG001 - both kinds are called alike
    assert run.start is not None
    yield ClockDay(calendar.day(run.start), "start", 0, 0)
    counted, at, day = (0, 0), run.start, run.start
    fewest, most = counted
    while day < _end(run, due):
        day += _ONE_DAY
        shown = calendar.day(day)
        if _paused(run, day):
            # The count goes on from here, with what had been counted before the pause.
            counted, at = (fewest, most), day
            yield ClockDay(shown, "paused", fewest, most)
            continue
        few, many = calendar.working_days_between(at, day)
        fewest, most = counted[0] + few, counted[1] + many
        rest = shown.kind in ("weekend", "holiday")
        yield ClockDay(shown, "rest" if rest else "counted", fewest, most)


def _natural_days(run: Run, period: Period, due: DueDate | None, calendar: WorkCalendar) -> Iterator[ClockDay]:
    """Show the days of each pause, and those at the end by which the last day moves."""
    assert run.start is not None
    yield ClockDay(calendar.day(run.start), "start", 0, 0)
    end, day, last = nominal_end(run.start, period), run.start, _end(run, due)
    while day < last:
        day += _ONE_DAY
        if _paused(run, day):
            end = max(end + _ONE_DAY, day)
            yield ClockDay(calendar.day(day), "paused", 0, 0)
        elif day >= end:
            yield ClockDay(calendar.day(day), "moved" if due and day < due.due else "counted", 0, 0)


def _lines(explanation: ClockExplanation, lang: Language) -> Iterator[str]:
    text, run, due = _TEXT[lang], explanation.run, explanation.due
    cites = ", ".join(explanation.clock.cites)
    yield f"{explanation.clock.label.get(lang)} ({cites})"
    if run is None or run.start is None:
        yield text["waiting"]
        return
    if run.extensions and explanation.clock.extend is not None:
        yield text["extended"].format(n=run.extensions, period=explanation.clock.extend.by.text(lang))
    for pause, resume in run.pauses:
        yield text["pause" if resume else "pausing"].format(a=pause, b=resume)
    if run.pointless:
        yield text["pointless"].format(day=run.stopped)
    if explanation.plain is not None:
        yield explanation.plain.text(lang)
        return
    if due is not None:
        word = explanation.clock.form if explanation.clock.form == "at_once" else "until"
        yield text["due" if explanation.period else word].format(day=due.due)
        if due.provisional:
            yield text["provisional"].format(a=due.earliest, b=due.latest)
    for one in explanation.days:
        yield _row(one, explanation.period, lang)


def _row(one: ClockDay, period: Period | None, lang: Language) -> str:
    counts = period is not None and period.unit == "working_day" and one.why in ("counted", "paused")
    if not counts or one.why == "paused":
        count = "-"
    else:
        count = str(one.at_least) if one.at_least == one.at_most else f"{one.at_least}-{one.at_most}"
    weekday = weekday_name(one.day.date, lang)
    return f"{one.day.date}  {weekday if lang == 'zh' else weekday[:3]}  {count:>5}  {_note(one, lang)}".rstrip()


def _note(one: ClockDay, lang: Language) -> str:
    text = _TEXT[lang]
    said = [text[one.why]] if one.why in ("start", "paused", "moved") else []
    if one.why != "start":
        said.append(text[one.day.kind].format(festivals=festival_names(one.day.festivals, lang)))
    return ("；" if lang == "zh" else "; ").join(part for part in said if part)
