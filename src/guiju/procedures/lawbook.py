"""What case types ask of the rulebooks: whether a provision exists, which periods and figures its norms state."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from guiju.calendar.period import Period
from guiju.documents.document import read_document
from guiju.engine.collection import Rulebooks
from guiju.engine.norms import Norm, Reading
from guiju.engine.rulebook import load_rulebooks
from guiju.engine.sources import BUILT_IN
from guiju.engine.vocabulary import EventSpec, PartySpec
from guiju.law.address import Address, AddressError
from guiju.procedures.model import Chosen

_NUMBER = re.compile(r"(?<![\w.])\d[\d_]*(?:\.\d+)?")
_FORMS: Mapping[str, tuple[str, ...]] = {
    "within": ("within", "every"),
    "at_least": ("at_least",),
    "from": ("from",),
    "by": ("within",),
}
"""Form of a clock -> forms of a norm's deadline that it can carry out; `by` is that of an extension."""


class LawBook:
    """The rulebooks as case types see them, with the names of all letters."""

    def __init__(self, books: Rulebooks, letters: Iterable[str] = ()) -> None:
        self.letters = frozenset(letters)
        self.readings: dict[str, Reading] = books.readings
        self.events: dict[str, EventSpec] = books.events
        self.parties: dict[str, PartySpec] = books.parties
        self._articles = {book.key: book.articles for book in books.books}
        self._norms: dict[Address, list[Norm]] = {}
        for norm in books.norms:
            self._norms.setdefault(norm.address, []).append(norm)

    def knows(self, text: str) -> bool:
        """Tell whether there is such a provision: a norm at it, or within it."""
        address = Address.parse(text)
        if not 0 < address.article <= self._articles.get(address.law, 0):
            return False
        return any(address.contains(known) for known in self._norms)

    def norms_at(self, text: str) -> list[Norm]:
        """Return the norms at an address, or the one that `#id` names; none for what is no address."""
        place, _, id_ = text.partition("#")
        try:
            address = Address.parse(place)
        except AddressError:
            return []
        return [norm for norm in self._norms.get(address, []) if not id_ or norm.id == id_]

    def periods(self, text: str, form: str, reading: Chosen = ()) -> set[Period]:
        """Return the periods that the norms at an address state in a form, under a reading."""
        wanted = _FORMS[form]
        chosen = dict(reading)
        found = set()
        for norm in self.norms_at(text):
            for clock in norm.deadlines:
                fits = all(chosen.get(question, candidate) == candidate for question, candidate in clock.reading)
                if clock.form in wanted and clock.period is not None and fits:
                    found.add(clock.period)
        return found

    def figures(self, cites: Iterable[str]) -> frozenset[str]:
        """Return every number and period that occurs in norms at the addresses, or within them."""
        found: set[str] = set()
        for text in cites:
            address = Address.parse(text)
            for place, norms in self._norms.items():
                if address.contains(place):
                    for norm in norms:
                        found.update(_figures(norm))
        return frozenset(found)


def figures_in(expression: str) -> set[str]:
    """Return the numbers of an expression (also those inside its texts), other than 0 and 1."""
    found = {number.replace("_", "") for number in _NUMBER.findall(expression)}
    return found - {"0", "1"}


def _figures(norm: Norm) -> set[str]:
    found = figures_in(norm.when_text or "")
    for clock in (*norm.deadlines, *norm.retentions):
        if clock.period is not None:
            found.add(str(clock.period.amount))
    return found


def built_in_lawbook(root: Path = BUILT_IN) -> LawBook:
    """Load the rulebooks and the names of the letters under a folder."""
    return LawBook(load_rulebooks(root), letter_names(root))


def letter_names(root: Path) -> set[str]:
    """List the letters that exist, and those that an index (`letters/index.yaml`, a list of names) announces."""
    found = {path.stem for path in root.glob("*/letters/*.yaml")} - {"index"}
    for index in root.glob("*/letters/index.yaml"):
        announced = read_document(index)
        found.update(map(str, announced if isinstance(announced, list) else announced or ()))
    return found
