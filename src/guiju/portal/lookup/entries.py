"""Entries as everybody may read them, whoever asks: officials too see here what the public sees."""

from __future__ import annotations

from django.db.models import QuerySet

from guiju.bilingual import Bilingual
from guiju.portal.access.actor import NOBODY
from guiju.portal.access.deciding import visible
from guiju.portal.authorities.models import Authority
from guiju.portal.numbers.check_character import plain
from guiju.portal.registers.books import books
from guiju.portal.registers.models import Entry

LONGEST_NUMBER = 100


def shown_entries() -> QuerySet[Entry]:
    """Return the entries that public registers show."""
    return visible(NOBODY, "entry.read", Entry).filter(register__in=books())


def published_entries() -> QuerySet[Entry]:
    """Return these and those that they once showed."""
    return visible(NOBODY, "entry.check", Entry).filter(register__in=books())


def typed(number: str) -> str:
    """Return a number as one looks it up, however it was typed; too long for a number stays too long."""
    return plain(number[: 2 * LONGEST_NUMBER])[: LONGEST_NUMBER + 1]


def areas() -> dict[str, Bilingual]:
    """Return the provinces, and the whole country, by code."""
    rows = Authority.objects.filter(area__endswith="0000").order_by("area", "code")
    return {area: Bilingual(zh=zh, en=en) for area, zh, en in rows.values_list("area", "area_zh", "area_en")}
