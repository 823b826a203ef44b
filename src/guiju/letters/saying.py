"""Values, days and provisions as a letter says them, in both languages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby
from typing import Any

from guiju.bilingual import Bilingual
from guiju.calendar.explain_text import weekday_name
from guiju.engine.norms import Rulebook
from guiju.law.address import Address
from guiju.law.citation import format_citation
from guiju.letters.shelf import Shelf
from guiju.procedures.model import Field

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_KEPT = re.compile(r"sha256:([0-9a-f]{16})[0-9a-f]{48}/(.+)")
_TRUTH = {True: Bilingual("是", "yes"), False: Bilingual("否", "no")}


def plain_day(day: dt.date) -> Bilingual:
    """Say a day: 2026年10月19日, 19 October 2026."""
    return Bilingual(zh=f"{day.year}年{day.month}月{day.day}日", en=f"{day.day} {_MONTHS[day.month - 1]} {day.year}")


def named_day(day: dt.date) -> Bilingual:
    """Say a day with its day of the week: 2026年10月19日（周一）, Monday 19 October 2026."""
    plain = plain_day(day)
    return Bilingual(zh=f"{plain.zh}（{weekday_name(day, 'zh')}）", en=f"{weekday_name(day, 'en')} {plain.en}")


def day_span(first: dt.date, last: dt.date) -> Bilingual:
    """Say a run of days, naming month and year only once where they are the same."""
    if first == last:
        return plain_day(first)
    a, b = plain_day(first), plain_day(last)
    if first.year != last.year:
        return Bilingual(zh=f"{a.zh}至{b.zh}", en=f"{a.en} to {b.en}")
    if first.month != last.month:
        return Bilingual(
            zh=f"{a.zh}至{last.month}月{last.day}日", en=f"{first.day} {_MONTHS[first.month - 1]} to {b.en}"
        )
    return Bilingual(zh=f"{a.zh}至{last.day}日", en=f"{first.day} to {b.en}")


def capital(text: Bilingual) -> Bilingual:
    """Let the English begin with a capital letter, as at the head of a line."""
    return Bilingual(zh=text.zh, en=text.en[:1].upper() + text.en[1:])


def both(one: str) -> Bilingual:
    """Return a text that is the same in both languages."""
    return Bilingual(zh=one, en=one)


def listed(texts: Iterable[Bilingual]) -> Bilingual:
    """Join several in one line: a、b, and a, b."""
    found = list(texts)
    return Bilingual(zh="、".join(one.zh for one in found), en=", ".join(one.en for one in found))


def in_turn(texts: Iterable[Bilingual]) -> Bilingual:
    """Join several that may hold commas themselves: a；b, and a; b."""
    found = list(texts)
    return Bilingual(zh="；".join(one.zh for one in found), en="; ".join(one.en for one in found))


def cited(addresses: Iterable[str], shelf: Shelf, *, short: bool = False) -> Bilingual:
    """Cite provisions on one line, each once, those of one law together with its title, or its short one."""
    parsed = dict.fromkeys(Address.parse(address) for address in addresses)
    groups = groupby(parsed, key=lambda one: one.law)
    return in_turn(_of_one_law(list(group), shelf.law(law), short=short) for law, group in groups)


def _of_one_law(addresses: list[Address], law: Rulebook, *, short: bool) -> Bilingual:
    title = law.short if short else law.title
    zh = "、".join(format_citation(address, "zh") for address in addresses)
    *first, last = [format_citation(address, "en") for address in addresses]
    return Bilingual(zh=f"《{title.zh}》{zh}", en="; ".join([*first, f"{last}, {title.en}"]))


def said_lines(field: Field, value: Any) -> tuple[Bilingual, ...]:
    """Say a value of a field, line by line; each entry of a list, and each paragraph of a text, is a line."""
    if field.type == "list":
        return tuple(_entry(field, one) for one in value)
    if field.type == "file":
        return (_document(value),)
    if field.type == "text":
        return tuple(both(line.strip()) for line in value.splitlines() if line.strip()) or (both(value),)
    return (_plain(field, field.type, value),)


def said(field: Field, value: Any) -> Bilingual:
    """Say a value of a field on one line."""
    if field.type == "text":
        return both(" ".join(value.split()))
    return in_turn(said_lines(field, value))


def _document(reference: str) -> Bilingual:
    """Name a document; one that is kept under the digest of its content with the beginning of that digest."""
    kept = _KEPT.fullmatch(reference)
    return both(f"{kept[2]} (SHA-256 {kept[1]}…)" if kept else " ".join(reference.split()))


def _entry(field: Field, value: Any) -> Bilingual:
    if field.plain is not None:
        return _plain(field, field.plain, value)
    parts = [(entry.label, said(entry, value[entry.name])) for entry in field.entries if entry.name in value]
    return Bilingual(
        zh="，".join(f"{label.zh}：{text.zh}" for label, text in parts),
        en=", ".join(f"{label.en}: {text.en}" for label, text in parts),
    )


def _plain(field: Field, type_: str, value: Any) -> Bilingual:
    match type_:
        case "date":
            return plain_day(dt.date.fromisoformat(value))
        case "bool":
            return _TRUTH[value]
        case "count":
            return Bilingual(zh=f"{value:,}", en=f"{value:,}")
        case "money":
            amount = f"{Decimal(value):,}"
            return Bilingual(zh=f"人民币{amount}元", en=f"CNY {amount}")
        case "choice":
            return field.choices[value]
        case "file":
            return _document(value)
        case "set":
            return listed(field.choices[one] for one in value)
    return both(" ".join(str(value).split()))
