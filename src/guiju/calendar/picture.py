"""A year as twelve months in the terminal; every kind of day has its own mark, with or without colour."""

from datetime import date, timedelta
from unicodedata import east_asian_width

from guiju.calendar.days import DayKind, WorkCalendar
from guiju.calendar.errors import CalendarError
from guiju.calendar.festivals import festival_names
from guiju.calendar.period import Language

_COLUMNS = 3
_CELL = 4
_MONTH = 7 * _CELL
_MARKS: dict[DayKind, str] = {
    "workday": " ", "weekend": ".", "holiday": "*", "make_up_workday": "+", "open": "?",
}  # fmt: skip
_COLOURS: dict[DayKind, str] = {
    "workday": "", "weekend": "\033[2m", "holiday": "\033[31m", "make_up_workday": "\033[1;34m",
    "open": "\033[33m",
}  # fmt: skip
_RESET = "\033[0m"
_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_WEEK = {"zh": "一二三四五六日", "en": ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")}
_KIND_NAMES: dict[Language, dict[DayKind, str]] = {
    "zh": {"weekend": "周末", "holiday": "放假", "make_up_workday": "调休上班", "open": "待定"},
    "en": {"weekend": "weekend", "holiday": "holiday", "make_up_workday": "make-up workday", "open": "open"},
}


def year_picture(year: int, calendar: WorkCalendar, lang: Language, *, colour: bool = False) -> str:
    """Draw the months of a year, a legend, and the breaks with their notice.

    ``CalendarError`` for a year outside the calendar.
    """
    first, last = calendar.first_day.year, calendar.last_day.year
    if not first <= year <= last:
        raise CalendarError(
            f"the year {year} is outside this calendar, which runs from {first} to {last}",
            f"{year}年不在本日历（{first}至{last}年）之内",
        )
    lines = [_title(year, calendar, lang), ""]
    months = [_month(year, month, calendar, lang, colour=colour) for month in range(1, 13)]
    for at in range(0, len(months), _COLUMNS):
        rows = ["  ".join(row).rstrip() for row in zip(*months[at : at + _COLUMNS], strict=True)]
        lines += [*filter(None, rows), ""]
    return "\n".join([*lines, *_legend(year, calendar, lang), "", *_breaks(year, calendar, lang)])


def _title(year: int, calendar: WorkCalendar, lang: Language) -> str:
    fewest, most = _workdays(year, calendar)
    count = str(fewest) if fewest == most else f"{fewest}-{most}"
    if calendar.is_published(year):
        notice = next(known for known in calendar.arrangements() if known.year == year)
        return (
            f"{year}年　工作日{count}天　{notice.title()}（{notice.notice}）"
            if lang == "zh"
            else f"{year}  {count} working days  {notice.notice} {notice.title()}"
        )
    return (
        f"{year}年　暂定：放假安排尚未公布　按法定节假日计算工作日{count}天"
        if lang == "zh"
        else f"{year}  provisional: not published yet  {count} working days by the statute"
    )


def _workdays(year: int, calendar: WorkCalendar) -> tuple[int, int]:
    first, last = calendar.number(date(year, 1, 1)), calendar.number(date(year, 12, 31))
    bounds = calendar.bounds
    return bounds.fewest_between(first - 1, last), bounds.most_between(first - 1, last)


def _month(year: int, month: int, calendar: WorkCalendar, lang: Language, *, colour: bool) -> list[str]:
    """One month as eight lines of equal width: its name, the weekdays, six weeks."""
    first = date(year, month, 1)
    cells = [" " * _CELL] * first.weekday()
    day = first
    while day.month == month and day.year == year:
        cells.append(_cell(day.day, calendar.kind(day), colour=colour))
        day += timedelta(days=1)
    cells += [" " * _CELL] * (6 * 7 - len(cells))
    name = f"{month}月" if lang == "zh" else _MONTH_NAMES[month - 1]
    week = "".join(_padded(weekday, _CELL) for weekday in _WEEK[lang])
    return [
        _padded(name, _MONTH),
        week,
        *("".join(cells[week : week + 7]) for week in range(0, len(cells), 7)),
    ]


def _cell(day: int, kind: DayKind, *, colour: bool) -> str:
    text = f"{day:2d}{_MARKS[kind]}"
    start = _COLOURS[kind] if colour else ""
    return f"{start}{text}{_RESET} " if start else f"{text} "


def _padded(text: str, width: int) -> str:
    wide = sum(east_asian_width(character) in "WF" for character in text)
    return text + " " * (width - len(text) - wide)


def _legend(year: int, calendar: WorkCalendar, lang: Language) -> list[str]:
    shown = [kind for kind in _KIND_NAMES[lang] if kind != "open" or not calendar.is_published(year)]
    return ["   ".join(f"{_MARKS[kind]} {_KIND_NAMES[lang][kind]}" for kind in shown)]


def _breaks(year: int, calendar: WorkCalendar, lang: Language) -> list[str]:
    lines = []
    for arrangement in calendar.arrangements():
        for pause in arrangement.breaks if arrangement.year == year else ():
            span = f"{pause.first}" if pause.first == pause.last else f"{pause.first}..{pause.last}"
            worked = " ".join(map(str, pause.make_up))
            make_up = f"  + {worked}" if worked else ""
            changed = f"  {pause.order}" if pause.order != arrangement.notice else ""
            lines.append(f"* {span}{make_up}  {festival_names(pause.festivals, lang)}{changed}")
    return lines
