"""Dates of events: real days of the calendar, written as 2026-09-28, and advice for all other ways to write them."""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from typing import Any

from guiju.bilingual import Bilingual
from guiju.documents.messages import shown
from guiju.profiles.refusal import RefusedError, both, found, write

FIRST = dt.date(1949, 1, 1)
LAST = dt.date(2100, 12, 31)
"""Outside these days a date is taken for a slip. The bounds are ours, not the law's."""

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})\Z")
_YEAR_FIRST = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?(?:[t ].*)?\Z", re.DOTALL)
_YEAR_LAST = re.compile(r"([0-9]{1,2})\s*[-/.]\s*([0-9]{1,2})\s*[-/.]\s*([0-9]{4})\Z")
_DIGITS = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})\Z")
_LONGEST = 60
_MONTHS = 12


def read_date(value: Any, written: str) -> dt.date:
    """Return the day that was written; raises RefusedError for what is no day, or none that can be meant."""
    if isinstance(value, dt.date):
        return _plausible(value)
    iso = _ISO.match(value) if isinstance(value, str) else None
    if iso:
        return _plausible(_existing(*map(int, iso.groups())))
    if isinstance(value, str | int) and not isinstance(value, bool):
        raise RefusedError("not_a_date", written=shown(written), hint=_advice(written))
    raise RefusedError("not_a_date", written=found(value, written), hint=_in_general())


def _plausible(day: dt.date) -> dt.date:
    if not FIRST <= day <= LAST:
        raise RefusedError("implausible_date", written=str(day), first=str(FIRST), last=str(LAST))
    return day


def _existing(year: int, month: int, day: int) -> dt.date:
    written = f"{year:04}-{month:02}-{day:02}"
    if year == 0:
        raise RefusedError("implausible_date", written=written, first=str(FIRST), last=str(LAST))
    if not 1 <= month <= _MONTHS:
        reason = both("a year has 12 months", "一年有 12 个月")
        raise RefusedError("impossible_date", written=written, reason=reason)
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        reason = both(f"that month has {last} days", f"这个月有 {last} 天")
        raise RefusedError("impossible_date", written=written, reason=reason)
    return dt.date(year, month, day)


def _advice(written: str) -> Bilingual:
    """Say how to write the day that was probably meant; both of them where the order can be read in two ways."""
    text = unicodedata.normalize("NFKC", written).strip().lower()
    days = _candidates(text) if len(text) <= _LONGEST else []
    if not days:
        return _in_general()
    if len(days) == 1:
        return write(str(days[0]))
    return both(
        f"write {' or '.join(map(str, days))}, whichever is meant",
        f"写成 {' 或者 '.join(map(str, days))}，视实际日期而定",
    )


def _candidates(text: str) -> list[dt.date]:
    for pattern in (_YEAR_FIRST, _DIGITS):
        match = pattern.match(text)
        if match:
            return _valid([(int(match[1]), int(match[2]), int(match[3]))])
    match = _YEAR_LAST.match(text)
    if match is None:
        return []
    first, second, year = map(int, match.groups())
    return _valid([(year, second, first), (year, first, second)])


def _valid(parts: list[tuple[int, int, int]]) -> list[dt.date]:
    days: set[dt.date] = set()
    for year, month, day in parts:
        if FIRST.year <= year <= LAST.year and 1 <= month <= _MONTHS:
            days |= {dt.date(year, month, day)} if 1 <= day <= calendar.monthrange(year, month)[1] else set()
    return sorted(days)


def _in_general() -> Bilingual:
    return write("2026-09-28")
