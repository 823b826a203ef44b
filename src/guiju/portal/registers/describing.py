"""What lists and searches read of an entry, worked out when it is written: nothing that the entry does not show."""

from __future__ import annotations

import unicodedata

from guiju.portal.cases.routing import code_of
from guiju.portal.registers.books import books
from guiju.portal.registers.models import NAME_LENGTH, Entry

_WORDS = 700


def describe(entry: Entry) -> None:
    """Fill what is searched and sorted by: names, area, words. Of registers that are not public, the number alone."""
    book = books().get(entry.register) if entry.public else None
    if book is not None:
        entry.holder = _name(entry.fields.get(book.meaning.holder))
        entry.thing = _name(entry.fields.get(book.meaning.thing))
        entry.area = _area(str(entry.fields.get(book.meaning.area) or "")) or entry.area or _of_authority(entry)
    names = (entry.plain.lower(), *map(normalised, (entry.number, entry.holder, entry.thing)))
    entry.words = " ".join(names)[:_WORDS]


def normalised(text: str, *, fold: bool = True) -> str:
    """Return a text as it is searched: width, case and spacing do not count, and no control character is left.

    Unless `fold`, capitals stay, for what is shown again as it was typed.
    """
    kept = (" " if unicodedata.category(sign)[0] in "ZC" else sign for sign in unicodedata.normalize("NFKC", text))
    words = " ".join("".join(kept).split())
    return words.casefold() if fold else words


def _name(value: object) -> str:
    return str(value or "")[:NAME_LENGTH]


def _area(given: str) -> str:
    code = code_of(given) if given else ""
    return f"{code[:2]}0000" if code else ""


def _of_authority(entry: Entry) -> str:
    """Where an entry names no province, it is listed under that of the authority that made it, as its number is."""
    return f"{entry.case.office.authority.area[:2]}0000"
