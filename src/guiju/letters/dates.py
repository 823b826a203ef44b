"""How a date came about, as a letter says it: from when it is counted, how long, what was skipped, what moved it.

All of it is taken from the clock's own explanation; nothing is counted here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby

from guiju.bilingual import Bilingual
from guiju.calendar.days import Day, WorkCalendar
from guiju.calendar.festivals import festival_names
from guiju.letters.model import Row
from guiju.letters.saying import capital, day_span, in_turn, listed, named_day, plain_day
from guiju.procedures.explaining import ClockExplanation, explain_clock
from guiju.procedures.standing import ClockView, Standing

_ONE_DAY = dt.timedelta(days=1)
_STATUS = {
    "in_time": Bilingual("在期限之内。", "This was in time."),
    "late": Bilingual("已超过期限。", "This was after the last day."),
    "unsure": Bilingual("是否按期，待放假安排公布后确定。", "Holidays that are still to be published decide."),
    "lapsed": Bilingual("期限届满。", "The time has run out."),
    "overdue": Bilingual("已逾期。", "The last day has passed."),
}  # fmt: skip


def clock_row(
    view: ClockView, standing: Standing, cited: Bilingual, calendar: WorkCalendar, *, for_now: bool = False
) -> Row:
    """Say one clock: its last day, and how that came about. `cited` is the provision that it rests on.

    `for_now`: the clock was stopped until somebody else has acted, so say which act starts it anew.
    """
    explanation = explain_clock(view.clock, view.run, calendar)
    lines = [_last_day(view), *_how(explanation, view, standing)]
    if view.clock.note is not None:
        lines.append(view.clock.note)
    if view.status in _STATUS:
        lines.append(_STATUS[view.status])
    if for_now:
        lines.extend(_anew(view, standing))
    lines.append(Bilingual(zh=f"依据：{cited.zh}。", en=f"Under {cited.en}."))
    return Row(capital(view.clock.label), tuple(lines))


def _anew(view: ClockView, standing: Standing) -> Iterator[Bilingual]:
    """Say of a clock that was stopped which of the acts that may follow starts it anew."""
    if view.run is None or not view.run.ended:
        return
    exits = {transition.name: transition.label for transition in standing.active.exits[standing.state]}
    starts = [exits[hook.on] for hook in standing.active.hooks(view.clock, "starts") if hook.on in exits]
    if starts:
        acts = listed(dict.fromkeys(starts))
        yield Bilingual(zh=f"此后自“{acts.zh}”起重新起算。", en=f"Counted anew from: {acts.en}.")


def _last_day(view: ClockView) -> Bilingual:
    due = view.due
    if due is None:
        pause = view.run.pauses[-1][0] if view.run and view.run.pauses else None
        if pause is None:
            return Bilingual("尚未起算。", "Has not begun.")
        since = plain_day(pause)
        return Bilingual(zh=f"自{since.zh}起中止，尚未恢复。", en=f"Stands still since {since.en}.")
    if due.provisional:
        a, b = named_day(due.earliest), named_day(due.latest)
        told = Bilingual(
            zh=f"暂定：最早{a.zh}，最晚{b.zh}；有年度放假安排尚未公布。",
            en=f"Provisional: {a.en} at the earliest, {b.en} at the latest, because a year's holidays are not "
            "published yet.",
        )
        if view.status != "running":
            return told
        return Bilingual(zh=f"{told.zh}请按最早一日办理。", en=f"{told.en} Keep to the earliest day.")
    day = named_day(due.due)
    if view.opens is not None:
        opens = named_day(view.opens.due)
        return Bilingual(zh=f"自{opens.zh}起，至{day.zh}止。", en=f"From {opens.en} to {day.en}.")
    return Bilingual(zh=f"至{day.zh}止。", en=f"Until {day.en}.")


def _how(explanation: ClockExplanation, view: ClockView, standing: Standing) -> Iterator[Bilingual]:
    run, clock, period = view.run, view.clock, explanation.period
    if run is None or run.start is None:
        return
    start, why = plain_day(run.start), _beginning(view, standing)
    if clock.form == "at_once":
        yield Bilingual(zh=f"应在{start.zh}（{why.zh}）当日办理。", en=f"Due on {start.en} itself ({why.en}).")
    if period is None:
        if clock.form == "until":
            yield Bilingual(zh=f"按所定日期：{why.zh}，{start.zh}。", en=f"As was set: {why.en}, {start.en}.")
        return
    length = Bilingual(zh=period.text("zh"), en=period.text("en"))
    if clock.form == "within":
        yield Bilingual(
            zh=f"自{start.zh}（{why.zh}）起算{length.zh}，当日不计入（民法典第二百零一条）。",
            en=f"{length.en} from {start.en} ({why.en}); that day itself does not count (Civil Code art. 201).",
        )
    else:
        yield Bilingual(zh=f"{start.zh}（{why.zh}）之前{length.zh}。", en=f"{length.en} before {start.en} ({why.en}).")
    if run.extensions and clock.extend is not None:
        more = clock.extend.by
        yield Bilingual(
            zh=f"其中已延长{run.extensions}次，每次{more.text('zh')}。",
            en=f"This includes {run.extensions} extension{'s' * (run.extensions > 1)} by {more.text('en')}.",
        )
    for pause, resume in run.pauses:
        if resume is not None:
            a, b = plain_day(pause), plain_day(resume)
            yield Bilingual(
                zh=f"{a.zh}中止，{b.zh}恢复；其后至恢复当日，各日不计入。",
                en=f"It stood still from {a.en} to {b.en}: the days after the first, through the second, do not count.",
            )
    if period.unit == "working_day":
        if run.paused:
            yield from _so_far(explanation)
        yield from _skipped(_days(explanation))
    elif view.due is not None and clock.form == "within":
        yield from _moved(_nominal(explanation), view.due.due)


def _beginning(view: ClockView, standing: Standing) -> Bilingual:
    """Name the date field or the act from which a clock is counted."""
    clock = view.clock
    if clock.anchor is not None:
        return standing.kind.fields[clock.anchor].label
    for event in reversed(standing.events):
        if any(move.clock == clock.name and move.how == "start" for move in event.clocks):
            return standing.active.transitions[event.act].label
    return clock.label


def _days(explanation: ClockExplanation) -> list[Day]:
    if explanation.plain is not None:
        due = explanation.due
        return [step.day for step in explanation.plain.steps if due is None or step.day.date <= due.latest]
    return [one.day for one in explanation.days if one.why in ("counted", "rest")]


def _so_far(explanation: ClockExplanation) -> Iterator[Bilingual]:
    """Say how many working days had passed when the clock was paused."""
    counted = [one for one in explanation.days if one.why == "counted"]
    if not counted:
        return
    few, many = counted[-1].at_least, counted[-1].at_most
    number = str(few) if few == many else f"{few}–{many}"
    yield Bilingual(zh=f"中止前已计{number}个工作日。", en=f"Working days that had passed by then: {number}.")


def _skipped(days: list[Day]) -> Iterator[Bilingual]:
    weekends = sum(day.kind == "weekend" for day in days)
    parts = []
    if weekends:
        parts.append(Bilingual(zh=f"周末{weekends}日", en=f"{weekends} weekend day{'s' if weekends > 1 else ''}"))
    parts.extend(_festivals(days, "holiday"))
    if parts:
        joined = in_turn(parts)
        yield Bilingual(zh=f"不计入：{joined.zh}。", en=f"Not counted: {joined.en}.")
    made_up = list(_festivals(days, "make_up_workday"))
    if made_up:
        joined = in_turn(made_up)
        yield Bilingual(zh=f"计入调休上班日：{joined.zh}。", en=f"Counted as make-up workdays: {joined.en}.")
    orders = list(dict.fromkeys(day.order for day in days if day.order))
    if orders:
        yield Bilingual(zh=f"放假安排：{'、'.join(orders)}。", en=f"Holidays by {', '.join(orders)}.")


def _festivals(days: list[Day], kind: str) -> Iterator[Bilingual]:
    """Say the days of one kind, each break with its festivals and its run of days."""
    wanted = [day for day in days if day.kind == kind]
    for festivals, group in groupby(wanted, key=lambda day: day.festivals):
        spans = in_turn(day_span(first, last) for first, last in _runs(day.date for day in group))
        zh, en = festival_names(festivals, "zh"), festival_names(festivals, "en")
        yield Bilingual(zh=f"{zh}（{spans.zh}）", en=f"{en} ({spans.en})")


def _runs(days: Iterable[dt.date]) -> list[tuple[dt.date, dt.date]]:
    found: list[tuple[dt.date, dt.date]] = []
    for day in days:
        if found and day == found[-1][1] + _ONE_DAY:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def _nominal(explanation: ClockExplanation) -> dt.date | None:
    """Return the day on which the period would end if no day of rest moved it."""
    if explanation.plain is not None:
        return explanation.plain.nominal
    return next((one.day.date for one in explanation.days if one.why == "moved"), None)


def _moved(nominal: dt.date | None, due: dt.date) -> Iterator[Bilingual]:
    if nominal is not None and nominal < due:
        day = named_day(nominal)
        yield Bilingual(
            zh=f"对应日{day.zh}为休息日，顺延至下一个工作日（民法典第二百零三条）。",
            en=f"The corresponding day, {day.en}, is a day of rest; the period ends on the next working day "
            "(Civil Code art. 203).",
        )
