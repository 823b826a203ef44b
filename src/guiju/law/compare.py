"""Two texts of a law side by side: whether they have the same structure, and say the same."""

import re
import unicodedata
from dataclasses import dataclass

from guiju.law.address import Address
from guiju.law.provisions import Article, Item, Paragraph, Text


@dataclass(frozen=True, slots=True)
class Alignment:
    """Which addresses two texts share, which only one of them has, and where their divisions differ.

    ``regrouped`` are the articles that stand in differently numbered chapters or sections.
    """

    shared: tuple[Address, ...]
    only_left: tuple[Address, ...]
    only_right: tuple[Address, ...]
    regrouped: tuple[int, ...]

    @property
    def one_to_one(self) -> bool:
        """Whether each provision of one text has its counterpart in the other, in the same place."""
        return not (self.only_left or self.only_right or self.regrouped)


def align(left: Text, right: Text) -> Alignment:
    """Compare the structure of two texts, address by address; the words play no part."""
    left_places, right_places = set(left.addresses()), set(right.addresses())
    left_groups, right_groups = _groups(left), _groups(right)
    return Alignment(
        shared=tuple(sorted(left_places & right_places)),
        only_left=tuple(sorted(left_places - right_places)),
        only_right=tuple(sorted(right_places - left_places)),
        regrouped=tuple(
            sorted(
                number
                for number in left_groups.keys() & right_groups.keys()
                if left_groups[number] != right_groups[number]
            )
        ),
    )


def differing(left: Text, right: Text) -> tuple[Address, ...]:
    """List the shared addresses whose words differ, beyond the width of punctuation and spaces."""
    return tuple(
        address
        for address in align(left, right).shared
        if normalised(_words(left.at(address))) != normalised(_words(right.at(address)))
    )


def normalised(text: str) -> str:
    """Drop spaces and make ， and , （ and ( alike: two publishers of one text rarely agree on them."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _groups(text: Text) -> dict[int, tuple[int | None, int | None]]:
    return {
        article.number: (
            article.chapter.number if article.chapter else None,
            article.section.number if article.section else None,
        )
        for article in text.articles
    }


def _words(provision: Article | Paragraph | Item) -> str:
    return "" if isinstance(provision, Article) else provision.text
