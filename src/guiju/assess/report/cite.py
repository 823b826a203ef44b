"""Citations in both languages, and the anchor under which the report shows a provision."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from guiju.bilingual import Bilingual
from guiju.engine.collection import Rulebooks
from guiju.law.address import Address
from guiju.law.citation import format_citation
from guiju.law.numerals import format_numeral


class Citations:
    """Cites the provisions of all rulebooks; an only paragraph is left away, as lawyers do."""

    def __init__(self, books: Rulebooks) -> None:
        self._titles = {book.key: (book.title, book.short) for book in books.books}
        self._paragraphs: dict[tuple[str, int], int] = {}
        for norm in books.norms:
            place = (norm.address.law, norm.address.article)
            self._paragraphs[place] = max(self._paragraphs.get(place, 0), norm.address.paragraph or 0)
        self.short = functools.cache(self._short)
        self.full = functools.cache(self._full)

    def _short(self, address: Address) -> Bilingual:
        """Cite with the short title of the law."""
        return self._cited(address, self._titles[address.law][1])

    def _full(self, address: Address) -> Bilingual:
        """Cite with the full title of the law."""
        return self._cited(address, self._titles[address.law][0])

    def bare(self, address: Address) -> Bilingual:
        """Cite without a title, for places that name the law already."""
        return self._cited(address, None)

    def item(self, address: Address) -> Bilingual:
        """Number a listed part where it stands under its provision: （一）, (1)."""
        if address.item is None:
            cited = self.bare(address)
            return Bilingual(f"{cited.zh}：", f"{cited.en}:")
        return Bilingual(f"（{format_numeral(address.item)}）", f"({address.item})")

    def listed(self, addresses: Iterable[Address]) -> Bilingual:
        """Cite several provisions in a row."""
        cited = [self.short(address) for address in addresses]
        return Bilingual("、".join(c.zh for c in cited), "; ".join(c.en for c in cited))

    def _cited(self, address: Address, title: Bilingual | None) -> Bilingual:
        sole = self._paragraphs.get((address.law, address.article)) == 1
        if sole and address.item is None:
            address = Address(address.law, address.article)
        zh, en = (title.zh, title.en) if title else (None, None)
        return Bilingual(
            format_citation(address, "zh", zh, sole_paragraph=sole),
            format_citation(address, "en", en, sole_paragraph=sole),
        )


def anchor(address: Address | str) -> str:
    """Return the id of the element that shows a provision: `p-mail4-66-1`."""
    return "p-" + str(address).replace(":", "-").replace(".", "-")
