"""What the statute fixes of a year that the State Council has not arranged yet.

The festivals and their days off stand in 全国年节及纪念日放假办法. Each day off costs one working day
(one that falls on a weekend is made up for), and moving rest days is an even exchange; so around a
festival the number of working days is known, and only their places are open.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from guiju.calendar.datafile import read_data

SATURDAY = 5
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LUNAR = ("spring_festival", "qingming", "dragon_boat", "mid_autumn")


@dataclass(frozen=True, slots=True)
class Festival:
    """A festival of one year: its days off by the statute, and the days that an arrangement may move.

    ``open_days`` are working days that may become days off and weekend days that may become workdays.
    """

    name: str
    decree: str
    days_off: tuple[date, ...]
    open_days: frozenset[date]


@cache
def _statute() -> Any:
    return read_data("statute.yaml")


def last_year() -> int:
    """Return the last year with every festival known; the one after it only tells how its December ends."""
    return int(max(_statute()["dates"])) - 1


def extraordinary_days() -> int:
    """Return how many working days one order outside the yearly notices may take from a count."""
    return int(_statute()["extraordinary_days"])


def festivals_of(year: int) -> Iterator[Festival]:
    """Yield the festivals of a year; the open days of New Year reach into the December before."""
    version = _statute()["statute"][max(start for start in _statute()["statute"] if start <= year)]
    first_days = _first_days(year)
    for name, offsets in version["days"].items():
        first = first_days[name]
        days_off = tuple(first + timedelta(days=offset) for offset in offsets)
        yield Festival(name, version["decree"], days_off, frozenset(_open_days(name, first)))


def _first_days(year: int) -> dict[str, date]:
    lunar = zip(_LUNAR, _statute()["dates"][year].split(), strict=True)
    return {
        "new_year": date(year, 1, 1),
        "labour_day": date(year, 5, 1),
        "national_day": date(year, 10, 1),
        **{name: date.fromisoformat(f"{year}-{day}") for name, day in lunar},
    }


def _open_days(name: str, first: date) -> Iterator[date]:
    windows = _statute()["windows"]
    window = windows.get(name) or windows["one_day"][_WEEKDAYS[first.weekday()]]
    for day in _days_of(first, [window["rest"]] if "rest" in window else []):
        if day.weekday() < SATURDAY:
            yield day
    for day in _days_of(first, window.get("work", [])):
        if day.weekday() >= SATURDAY:
            yield day


def _days_of(first: date, ranges: list[str]) -> Iterator[date]:
    for written in ranges:
        start, _, end = written.partition("..")
        for offset in range(int(start), int(end) + 1):
            yield first + timedelta(days=offset)
