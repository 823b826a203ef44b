"""Whether every paragraph and item has an entry in the rulebook, and every entry a text."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from guiju.law.address import Address


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a comparison of a text's addresses with a rulebook's entries found.

    ``missing`` stand in the text without an entry, ``invented`` are entries without a text; ``covered``
    counts the addresses in both, ``outside`` the entries in articles that were not asked about.
    """

    missing: tuple[Address, ...]
    invented: tuple[Address, ...]
    covered: int
    outside: int = 0

    @property
    def complete(self) -> bool:
        """Whether nothing is missing and nothing invented."""
        return not self.missing and not self.invented


def coverage(
    text_addresses: Iterable[Address],
    entry_addresses: Iterable[Address],
    articles: Collection[int] | None = None,
) -> Coverage:
    """Compare the addresses of a text with those of the entries, all or in some articles only.

    An entry covers the one address that it names: neither does a paragraph's cover its items, nor an
    article's its paragraphs. Several entries may stand at one address.
    """
    text, entries = set(text_addresses), set(entry_addresses)
    wanted = text if articles is None else {address for address in text if address.article in articles}
    return Coverage(
        missing=tuple(sorted(wanted - entries)),
        invented=tuple(sorted(entries - text)),
        covered=len(wanted & entries),
        outside=len((entries & text) - wanted),
    )
