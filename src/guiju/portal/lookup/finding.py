"""Searching the public registers: what an address asks for, and the entries that answer it."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from guiju.bilingual import Bilingual
from guiju.portal.lookup.entries import shown_entries
from guiju.portal.numbers.check_character import plain
from guiju.portal.registers.describing import normalised
from guiju.portal.registers.models import Entry

NAMES = ("q", "register", "status", "area", "from", "to")
ORDERS = {"changed": "changed_on", "registered": "first_on", "number": "plain", "holder": "holder"}
NEWEST = "-changed"
_LONGEST, _MOST_WORDS, _LONGEST_PAGE = 100, 6, 9
_DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?", re.ASCII)
_NO_DAY = Bilingual(
    zh="请按 2026-10-01 填写日期；也可以只填年份或者年月。",
    en="Write the day as 2026-10-01; a year or a month alone will do.",
)
_BACKWARDS = Bilingual(zh="截止日期不能早于起始日期。", en="The last day must not be before the first.")


@dataclass(frozen=True, slots=True)
class Search:
    """What is searched for: `given` as it was asked, cleaned; `wrong` says what cannot be understood."""

    given: dict[str, str]
    sort: str = NEWEST
    first: dt.date | None = None
    last: dt.date | None = None
    wrong: dict[str, Bilingual] = field(default_factory=dict)

    @property
    def narrowed(self) -> bool:
        """Whether it asks for less than everything."""
        return any(self.given.values())

    def address(self, **changes: str) -> str:
        """Return it as the query of an address, with changes; what is empty is left out."""
        asked = {**self.given, "sort": "" if self.sort == NEWEST else self.sort, **changes}
        return urlencode({name: value for name, value in asked.items() if value})

    def entries(self) -> QuerySet[Entry]:
        """Return the entries, in order. What cannot be understood finds nothing."""
        found = shown_entries()
        if self.wrong:
            return found.none()
        for name in ("register", "status", "area"):
            if self.given[name]:
                found = found.filter(**{name: self.given[name]})
        for word in self.given["q"].split()[:_MOST_WORDS]:
            found = found.filter(_written(word))
        if self.first is not None:
            found = found.filter(first_on__gte=self.first)
        if self.last is not None:
            found = found.filter(first_on__lte=self.last)
        down = "-" if self.sort.startswith("-") else ""
        return found.order_by(f"{down}{ORDERS[self.sort.removeprefix('-')]}", f"{down}pk")


def read_search(asked: Mapping[str, str]) -> Search:
    """Read a search from the query of an address."""
    given = {name: normalised(asked.get(name, "")[:_LONGEST]) for name in NAMES}
    sort = asked.get("sort", NEWEST)
    sort = sort if sort.removeprefix("-") in ORDERS else NEWEST
    wrong: dict[str, Bilingual] = {}
    days: dict[str, dt.date | None] = {}
    for name in ("from", "to"):
        days[name] = day_of(given[name], last=name == "to") if given[name] else None
        if given[name] and days[name] is None:
            wrong[name] = _NO_DAY
    first, last = days["from"], days["to"]
    if first is not None and last is not None and last < first:
        wrong["to"] = _BACKWARDS
    return Search(given, sort, first, last, wrong)


def _written(word: str) -> Q:
    """Return the condition under which an entry holds a word: a number with and without its dashes."""
    bare = plain(word).lower()
    here = Q(words__contains=word)
    return here if bare in ("", word) else here | Q(words__contains=bare)


def day_of(text: str, *, last: bool) -> dt.date | None:
    """Read a day; of a month or year alone its first or `last`. None for what is no day."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        month = month or (12 if last else 1)
        return dt.date(year, month, day or (calendar.monthrange(year, month)[1] if last else 1))
    except (ValueError, calendar.IllegalMonthError):
        return None


def page_of(text: str, pages: int) -> int:
    """Read the number of a page: the nearest there is, whatever was written."""
    if not (text.isascii() and text.isdecimal()):
        return 1
    wanted = int(text) if len(text) <= _LONGEST_PAGE else pages
    return max(1, min(wanted, pages))
