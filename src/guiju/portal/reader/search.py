"""Search in the laws: an address or citation goes to its provision, any other text is looked for as it is."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join

from guiju.law.address import Address
from guiju.law.citation import parse_reference
from guiju.law.errors import LawError
from guiju.portal.faces.books import rulebooks
from guiju.portal.faces.provisions import provision
from guiju.portal.look.components import ProvisionLink
from guiju.portal.reader.contents import addresses_of, norms_of
from guiju.portal.reader.texts import Texts, headings

LONGEST = 100
MOST = 50
_AROUND = 60
"""Characters shown on either side of what was found in a long text."""
_NUMBERS = re.compile(r"(\d{1,4})(?:\.(\d{1,3}))?(?:\.(\d{1,3}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that can be found: where it stands, in which language, and whether it is the law or our gist."""

    address: Address
    language: str
    official: bool
    text: str
    plain: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A provision in which something was found, with the places that show it, marked."""

    link: ProvisionLink
    shown: tuple[tuple[str, bool, str], ...]
    """Language, whether it is the official wording, and the words with what was looked for marked (safe HTML)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found: provisions that the words name themselves, and texts that hold them."""

    named: tuple[ProvisionLink, ...]
    hits: tuple[Hit, ...]
    more: bool


def search(asked: str, shelf: Texts, law: str = "") -> Answer:
    """Look for a text of up to `LONGEST` characters in one law, or in all."""
    words = asked.strip()[:LONGEST]
    named = tuple(provision(address) for address in named_by(words, shelf, law))
    needle = _plain(words)
    if not needle:
        return Answer(named, (), more=False)
    found: dict[Address, list[tuple[str, bool, str]]] = {}
    for passage in _passages(shelf):
        if law in ("", passage.address.law) and needle in passage.plain:
            if len(found) > MOST and passage.address not in found:
                continue
            marked = _marked(passage.text, passage.plain, needle)
            found.setdefault(passage.address, []).append((passage.language, passage.official, marked))
    hits = tuple(Hit(provision(address), tuple(shown)) for address, shown in sorted(found.items())[:MOST])
    return Answer(named, hits, more=len(found) > MOST)


def named_by(words: str, shelf: Texts, law: str = "") -> list[Address]:
    """Return the provisions that an address, a citation or a bare number names and that exist."""
    books = [book for book in rulebooks().books if law in ("", book.key)]
    titles = {book.key: (book.title.zh, book.title.en, book.short.zh, book.short.en) for book in books}
    bare = _NUMBERS.fullmatch(unicodedata.normalize("NFKC", words))
    found = []
    for book in books:
        try:
            if bare:
                article, paragraph, item = (int(one) if one else None for one in bare.groups())
                address = Address(book.key, article or 0, paragraph, item)
            else:
                address = parse_reference(words, titles, law=book.key)
        except (LawError, ValueError):
            continue
        if address.law == book.key and _exists(address, shelf):
            found.append(address)
    return found


def _exists(address: Address, shelf: Texts) -> bool:
    if not norms_of(address.law, address.article):
        return False
    return address.paragraph is None or address in addresses_of(address.law, address.article, shelf)


@functools.lru_cache(maxsize=1)
def _passages(shelf: Texts) -> tuple[Passage, ...]:
    """Return every text that can be found, in the order of the provisions."""
    found = []
    for book in rulebooks().books:
        for number in range(1, book.articles + 1):
            found += _headings(Address(book.key, number), shelf)
        for norm in book.norms:
            found += [_passage(norm.address, language, norm.gist.get(language), False) for language in ("zh", "en")]
        for language in shelf.languages_of(book.key):
            text = shelf.of(book.key, language)
            places = text.addresses() if text else ()
            found += [_passage(one, language, shelf.words(one, language), True) for one in places]
    return tuple(found)


def _headings(address: Address, shelf: Texts) -> list[Passage]:
    heading = headings(shelf, address.law, address.article)
    return [_passage(address, language, heading.get(language), True) for language in ("zh", "en")] if heading else []


def _passage(address: Address, language: str, text: str, official: bool) -> Passage:
    return Passage(address, language, official, text, _plain(text))


def _plain(text: str) -> str:
    """Fold case without changing the length, so that a place in one is a place in the other."""
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)


def _marked(text: str, plain: str, needle: str) -> str:
    """Show the words around the first place, every place in them marked."""
    at = plain.index(needle)
    start, end = max(0, at - _AROUND), min(len(text), at + len(needle) + _AROUND)
    pieces, position = [], start
    while (place := plain.find(needle, position, end)) >= 0:
        pieces.append((text[position:place], text[place : place + len(needle)]))
        position = place + len(needle)
    marked = format_html_join("", "{}<mark>{}</mark>", pieces)
    return format_html("{}{}{}{}", "…" if start else "", marked, text[position:end], "…" if end < len(text) else "")
