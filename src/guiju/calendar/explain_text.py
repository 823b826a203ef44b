"""The explanation of a date in words, Chinese or English, the result first."""

from collections.abc import Iterator
from datetime import date

from guiju.calendar.explain import Explanation, Step
from guiju.calendar.festivals import festival_names
from guiju.calendar.period import Language

_WEEKDAYS = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_TEXT = {
    "zh": {
        "after": "{start}之后{period}：{due}届满",
        "before": "{start}之前{period}：最迟{due}",
        "provisional": "暂定：最早{earliest}，最晚{latest}；{years}年的放假安排尚未公布，请按最早一日办理",
        "event": "事件发生当日，不计入（民法典第二百零一条）",
        "given": "所计算的日期，当日不计入",
        "workday": "",
        "weekend": "周末",
        "holiday": "{festivals}放假（{order}）",
        "statutory": "{festivals}，法定节假日（{order}）",
        "make_up_workday": "{festivals}调休上班（{order}）",
        "open": "待定：{year}年{festivals}的安排尚未公布",
        "corresponding": "{unit}的对应日（民法典第二百零二条）",
        "clamped": "到期月没有对应日，以月末日为最后一日（民法典第二百零二条）",
        "days_end": "第{amount}日（民法典第二百零一条：自次日起算）",
        "rolls": "最后一日为休息日，顺延至下一个工作日（民法典第二百零三条）",
        "may_roll": "最后一日如为休息日，顺延至下一个工作日（民法典第二百零三条）",
        "last": "期间届满",
        "safe": "该日是或者可能是休息日，法律没有规定向前顺延；在{safe}或者之前办理最为稳妥",
        "extraordinary": "年度安排之外还可能另有放假通知，结果已为此预留{days}个工作日",
        "orders": "依据：{orders}",
    },
    "en": {
        "after": "{period} after {start}: due {due}",
        "before": "{period} before {start}: at the latest {due}",
        "provisional": "Provisional: {earliest} at the earliest, {latest} at the latest; the arrangement for "
        "{years} is not published yet. Keep to the earliest day.",
        "event": "day of the event, not counted (Civil Code art. 201)",
        "given": "the given day, not counted",
        "workday": "",
        "weekend": "weekend",
        "holiday": "{festivals} ({order})",
        "statutory": "{festivals}, a statutory holiday ({order})",
        "make_up_workday": "make-up workday for {festivals} ({order})",
        "open": "open: not arranged yet around {festivals} {year}",
        "corresponding": "the corresponding day of the {unit} (Civil Code art. 202)",
        "clamped": "the month has no corresponding day: its last day (Civil Code art. 202)",
        "days_end": "day {amount}, counted from the day after the event (Civil Code art. 201)",
        "rolls": "A last day that is a day of rest moves to the next working day (Civil Code art. 203).",
        "may_roll": "Should the last day be a day of rest, it moves to the next working day (Civil Code art. 203).",
        "last": "the period ends",
        "safe": "This is or may be a day of rest, and no law moves it back: to be safe, act by {safe}.",
        "extraordinary": "A separate order may still add days off: {days} working days are allowed for.",
        "orders": "Orders: {orders}",
    },
}
_UNIT = {"zh": {"month": "到期月", "year": "到期年月"}, "en": {"month": "month", "year": "year"}}


def render(explanation: Explanation, lang: Language) -> str:
    """Write the explanation as lines of text."""
    return "\n".join([*_head(explanation, lang), "", *_rows(explanation, lang), *_foot(explanation, lang)])


def weekday_name(day: date, lang: Language) -> str:
    """Name the day of the week."""
    return _WEEKDAYS[lang][day.weekday()]


def _head(explanation: Explanation, lang: Language) -> Iterator[str]:
    text, result = _TEXT[lang], explanation.result
    yield text[explanation.direction].format(
        start=explanation.start, period=explanation.period.text(lang), due=_dated(result.due, lang)
    )
    if result.provisional:
        yield text["provisional"].format(
            earliest=_dated(result.earliest, lang),
            latest=_dated(result.latest, lang),
            years=("、" if lang == "zh" else " and ").join(map(str, explanation.unpublished_years())),
        )


def _rows(explanation: Explanation, lang: Language) -> Iterator[str]:
    text = _TEXT[lang]
    yield _row(explanation.start, "", text["event" if explanation.direction == "after" else "given"], lang)
    if explanation.nominal is not None and not explanation.steps:
        yield _row(explanation.nominal, "", _nominal_note(explanation, lang), lang)
    for step in explanation.steps:
        notes = [_note(step, lang)]
        if step.day.date == explanation.nominal:
            notes.insert(0, _nominal_note(explanation, lang))
        if step.day.date == explanation.result.due and not explanation.result.provisional:
            notes.append(text["last"])
        note = ("；" if lang == "zh" else "; ").join(note for note in notes if note)
        yield _row(step.day.date, _counted(explanation, step), note, lang)


def _nominal_note(explanation: Explanation, lang: Language) -> str:
    text, period = _TEXT[lang], explanation.period
    if period.unit == "day":
        return text["days_end"].format(amount=period.amount)
    if explanation.clamped:
        return text["clamped"]
    return text["corresponding"].format(unit=_UNIT[lang][period.unit])


def _note(step: Step, lang: Language) -> str:
    day = step.day
    template = _TEXT[lang]["statutory" if day.kind == "holiday" and not day.published else day.kind]
    return template.format(festivals=festival_names(day.festivals, lang), order=day.order, year=day.arranged_in)


def _counted(explanation: Explanation, step: Step) -> str:
    if explanation.period.unit != "working_day":
        return ""
    if not step.can_count:
        return "-"
    return str(step.at_least) if step.at_least == step.at_most else f"{step.at_least}-{step.at_most}"


def _foot(explanation: Explanation, lang: Language) -> Iterator[str]:
    text = _TEXT[lang]
    notes = []
    if explanation.direction == "after" and explanation.nominal is not None:
        if explanation.result.provisional:
            notes.append(text["may_roll"])
        elif explanation.nominal != explanation.result.due:
            notes.append(text["rolls"])
    if explanation.safe_day is not None:
        notes.append(text["safe"].format(safe=_dated(explanation.safe_day, lang)))
    if orders := explanation.orders():
        notes.append(text["orders"].format(orders=("、" if lang == "zh" else ", ").join(orders)))
    if explanation.result.provisional:
        notes.append(text["extraordinary"].format(days=explanation.extraordinary_days))
    if notes:
        yield from ("", *notes)


def _row(day: date, counted: str, note: str, lang: Language) -> str:
    weekday = weekday_name(day, lang) if lang == "zh" else weekday_name(day, lang)[:3]
    return f"{day}  {weekday}  {counted:>5}  {note}".rstrip()


def _dated(day: date, lang: Language) -> str:
    weekday = weekday_name(day, lang)
    return f"{day}（{weekday}）" if lang == "zh" else f"{day} ({weekday})"
