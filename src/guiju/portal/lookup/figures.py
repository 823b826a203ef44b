"""Figures for everybody, counted with four queries and kept for a few minutes.

No single organisation must be seen in them: a cell that counts fewer cases than `settings.STATISTICS_SMALLEST_CELL`,
and is not nought, is not told. There are no sums from which it could be worked out. Entries of public registers can be
looked up one by one, so their numbers are told as they are.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone

from guiju.portal.cases.models import QueueRow
from guiju.portal.lookup.entries import shown_entries
from guiju.portal.registers.books import books

_SECONDS = 300
_KEY = "statistics/1"
_MONTHS = 12
LAWS, STANDS, TIMELY, DAYS = (
    ("mail4", "genai"),
    ("in_force", "suspended", "ended"),
    ("in_time", "late", "unsure"),
    ("days",),
)
Value = int | None
"""A number; None where it is too small to be told."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its series, and a row of numbers for each key (a month, an area, a case type)."""

    name: str
    series: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Value, ...]], ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures, and when they were counted."""

    counted_at: dt.datetime
    all: dict[str, Figure]


def figures() -> Figures:
    """Return the figures, counted within the last minutes."""
    kept = cache.get(_KEY)
    if kept is None:
        kept = {"at": timezone.now().isoformat(timespec="seconds"), "figures": _counted(timezone.localdate())}
        cache.set(_KEY, kept, _SECONDS)
    found = {
        name: Figure(name, tuple(one["series"]), tuple((key, tuple(values)) for key, values in one["rows"]))
        for name, one in kept["figures"].items()
    }
    return Figures(dt.datetime.fromisoformat(kept["at"]), found)


def told(count: int) -> Value:
    """Return a count of cases as it may be told."""
    return None if 0 < count < settings.STATISTICS_SMALLEST_CELL else count


def _counted(today: dt.date) -> dict[str, dict[str, Any]]:
    return {
        "filings": {"series": LAWS, "rows": _filings(today)},
        "entries": {"series": STANDS, "rows": _entries()},
        "decisions": {"series": TIMELY, "rows": _decisions()},
        "days": {"series": DAYS, "rows": _days()},
    }


def _filings(today: dt.date) -> list[Any]:
    """Count the cases opened in each of the last months, by law."""
    months = [_month_before(today, back) for back in range(_MONTHS - 1, -1, -1)]
    counts: dict[tuple[str, str], int] = defaultdict(int)
    rows = QueueRow.objects.filter(opened_on__gte=months[0]).annotate(month=TruncMonth("opened_on"))
    for month, kind, count in rows.order_by().values_list("month", "kind").annotate(count=Count("pk")):
        counts[f"{month:%Y-%m}", kind.partition("/")[0]] += count
    return [[f"{one:%Y-%m}", [told(counts[f"{one:%Y-%m}", law]) for law in LAWS]] for one in months]


def _entries() -> list[Any]:
    """Count the entries of public registers in each area, by how they stand."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0] * len(STANDS))
    groups = shown_entries().order_by().values_list("area", "register", "status").annotate(count=Count("pk"))
    for area, register, status, count in groups:
        meaning = books()[register].meaning.statuses.get(status)
        stands = meaning.stands if meaning is not None else "ended"
        counts[area][STANDS.index(stands) if stands in STANDS else STANDS.index("ended")] += count
    return [[area, counts[area]] for area in sorted(counts)]


def _decisions() -> list[Any]:
    """Count the settled cases of each type: in time, late, or not to be said."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0] * len(TIMELY))
    settled = QueueRow.objects.filter(settled_on__isnull=False).order_by()
    for kind, late, count in settled.values_list("kind", "settled_late").annotate(count=Count("pk")):
        counts[kind][{False: 0, True: 1, None: 2}[late]] += count
    return [[kind, [told(count) for count in counts[kind]]] for kind in sorted(counts)]


def _days() -> list[Any]:
    """Find the median of the days from opening to settling, for each type with enough cases."""
    groups: dict[str, list[tuple[int, int]]] = defaultdict(list)
    settled = QueueRow.objects.filter(settled_days__isnull=False).order_by()
    for kind, days, count in settled.values_list("kind", "settled_days").annotate(count=Count("pk")):
        groups[kind].append((days, count))
    enough = settings.STATISTICS_SMALLEST_CELL
    return [
        [kind, [_median(found) if sum(count for _, count in found) >= enough else None]]
        for kind, found in sorted(groups.items())
    ]


def _median(groups: Iterable[tuple[int, int]]) -> int:
    """Return the lower median of values that are given with how often each occurs."""
    ordered = sorted(groups)
    half, seen = (sum(count for _, count in ordered) + 1) // 2, 0
    for value, count in ordered:
        seen += count
        if seen >= half:
            return value
    raise ValueError("nothing to take the median of")


def _month_before(today: dt.date, back: int) -> dt.date:
    months = today.year * 12 + today.month - 1 - back
    return dt.date(months // 12, months % 12 + 1, 1)
