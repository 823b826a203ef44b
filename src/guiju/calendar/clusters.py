"""Stretches of days around festivals in which working days may still change places."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from guiju.calendar.statute import SATURDAY, Festival


@dataclass(frozen=True, slots=True)
class Cluster:
    """The days from ``first`` to ``last`` hold exactly so many working days, wherever they come to lie."""

    first: date
    last: date
    workdays: int


def clusters_of(festivals: Iterable[Festival]) -> list[Cluster]:
    """Join the festivals whose open days overlap (a late 中秋节 and 国庆节 share one break), in order."""
    spans = sorted(_span(festival) for festival in festivals)
    joined: list[tuple[date, date, int]] = []
    for first, last, days_off in spans:
        if joined and first <= joined[-1][1]:
            start, end, so_far = joined[-1]
            joined[-1] = (start, max(end, last), so_far + days_off)
        else:
            joined.append((first, last, days_off))
    return [Cluster(first, last, _weekdays(first, last) - days_off) for first, last, days_off in joined]


def _span(festival: Festival) -> tuple[date, date, int]:
    days = festival.open_days.union(festival.days_off)
    return min(days), max(days), len(festival.days_off)


def _weekdays(first: date, last: date) -> int:
    days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    return sum(day.weekday() < SATURDAY for day in days)
