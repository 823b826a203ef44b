"""The annex: every provision assessed, once, with its norms; what all citations of a report link to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from guiju.assess.report.backlinks import Backlinks
from guiju.assess.report.cite import anchor
from guiju.assess.report.wording import Wordings
from guiju.engine.norms import Norm, Rulebook
from guiju.law.address import Address


@dataclass(slots=True)
class Card:
    """One provision with its norms; listed parts stand with the norm that they are part of."""

    address: Address
    norms: list[Norm] = field(default_factory=list)


class Annex:
    """The cards of the assessed rulebooks, with their wording, the way to them and the way back."""

    def __init__(
        self, books: Iterable[Rulebook], norms: Iterable[Norm], wordings: Wordings, backlinks: Backlinks
    ) -> None:
        self.wordings = wordings
        self.back = backlinks
        self._cards: dict[Address, Card] = {}
        self._places: dict[Address, tuple[str, str]] = {}
        for norm in norms:
            if norm.kind != "element":
                self._cards.setdefault(norm.address, Card(norm.address)).norms.append(norm)
            for part in norm.elements:
                self._places.setdefault(part.address, (norm.key, part.key))
        self.books = [(book, self._of(book.key)) for book in books]

    def _of(self, key: str) -> list[Card]:
        return [self._cards[address] for address in sorted(self._cards) if address.law == key]

    def shows(self, norm: Norm, part: Norm) -> bool:
        """Whether links to a listed part end here: at its first mention, unless its address has a card."""
        return part.address not in self._cards and self._places[part.address] == (norm.key, part.key)

    def href(self, address: Address) -> str | None:
        """Return the link to a provision, or to the first shown within it; None if this report shows neither."""
        if address in self._cards or address in self._places:
            return f"#{anchor(address)}"
        within = [shown for shown in self._cards if address.contains(shown)]
        return f"#{anchor(min(within))}" if within else None
