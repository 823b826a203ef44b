"""Draft a year's entry for ``published.yaml`` from the ``holidays`` package.

For the maintainer, once the State Council has published a year and ``holidays`` has taken it up:
``python -m guiju.calendar.draft 2027`` prints the days; the notice and its source are added by hand,
from the notice. Until then ``holidays`` knows only the statutory days, and the draft says so.
"""

import re
import sys
from datetime import date, timedelta

from guiju.calendar.errors import CalendarError

_ONE_DAY = timedelta(days=1)
_FESTIVAL_OF_NAME = {
    "元旦": "new_year", "农历除夕": "spring_festival", "春节": "spring_festival", "清明节": "qingming",
    "劳动节": "labour_day", "端午节": "dragon_boat", "中秋节": "mid_autumn", "国庆节": "national_day",
    "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日": "victory_day", "春节延长假期": "spring_festival",
}  # fmt: skip
_SUBSTITUTED = re.compile(r"休息日（由 (\d{4}-\d\d-\d\d) 调休）")


def draft_year(year: int) -> dict[str, str]:
    """Draft the breaks of a year as ``published.yaml`` writes them: festival -> days off, make-up workdays.

    ``CalendarError`` where ``holidays`` holds no arrangement for the year, only the statute.
    """
    import holidays

    china = holidays.country_holidays("CN", years=range(year - 1, year + 2), language="zh_CN")
    if not china.special_public_holidays.get(year):
        raise CalendarError(f"the holidays package has no arrangement for {year}", f"holidays 没有{year}年的放假安排")

    breaks: dict[str, str] = {}
    done = date.min
    for day in sorted(china):
        if day.year != year or day <= done:
            continue
        first = last = day
        while not china.is_working_day(first - _ONE_DAY):
            first -= _ONE_DAY
        while not china.is_working_day(last + _ONE_DAY):
            last += _ONE_DAY
        done = last
        if last.year > year:
            continue
        names, make_up = _read_names(china, first, last)
        breaks["+".join(names)] = _written(year, first, last, make_up)
    return breaks


def _read_names(china: "dict[date, str]", first: date, last: date) -> tuple[list[str], list[date]]:
    festivals: set[str] = set()
    make_up: list[date] = []
    for offset in range((last - first).days + 1):
        for name in china.get(first + offset * _ONE_DAY, "").split("; "):
            substituted = _SUBSTITUTED.fullmatch(name)
            if substituted:
                make_up.append(date.fromisoformat(substituted[1]))
            elif name:
                festivals.add(_FESTIVAL_OF_NAME[name.removesuffix("（补假）")])
    return sorted(festivals), sorted(make_up)


def _written(year: int, first: date, last: date, make_up: list[date]) -> str:
    off = _short(year, first) if first == last else f"{_short(year, first)}..{_short(year, last)}"
    return f"{off}, work {' '.join(_short(year, day) for day in make_up)}" if make_up else off


def _short(year: int, day: date) -> str:
    return day.isoformat() if day.year != year else day.strftime("%m-%d")


def _main(arguments: list[str]) -> int:
    if len(arguments) != 1 or not arguments[0].isdecimal():
        print("usage: python -m guiju.calendar.draft YEAR", file=sys.stderr)
        return 2
    try:
        drafted = draft_year(int(arguments[0]))
    except CalendarError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    for festival, days in drafted.items():
        print(f"    {festival}: {days}")
    return 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
