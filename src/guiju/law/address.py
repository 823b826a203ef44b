"""Where a provision stands: law, article (条), paragraph (款), item (项), written ``mail4:66.1.2``.

A paragraph has a number even where its article has only one (``mail4:62.1``), and an item always stands
under a paragraph (``mail4:112.1.4``), so that every text has exactly one address.
"""

import functools
import re
from dataclasses import dataclass
from typing import Final, Self

from guiju.law.errors import AddressError

__all__ = ["Address", "AddressError"]

_LAW_KEY: Final = re.compile(r"[a-z][a-z0-9_-]*")
_TEXT_FORM: Final = re.compile(r"([^:]*):([0-9]+)(?:\.([0-9]+)(?:\.([0-9]+))?)?", re.ASCII)
_EXAMPLES: Final = "write it like mail4:66, mail4:66.1 or mail4:66.1.2"


@functools.total_ordering
@dataclass(frozen=True, slots=True)
class Address:
    """One provision of one law; sorts by law, then by numbers, an article before its own paragraphs.

    Raises AddressError if the parts cannot be an address.
    """

    law: str
    article: int
    paragraph: int | None = None
    item: int | None = None

    def __post_init__(self) -> None:
        """Refuse what could not be written and read back."""
        if not _LAW_KEY.fullmatch(self.law):
            raise AddressError(
                f"{self.law!r} is not the key of a law: use small letters and digits, a letter first, like mail4"
            )
        if self.item is not None and self.paragraph is None:
            raise AddressError(f"item {self.item} of {self.law}:{self.article} stands in no paragraph: {_EXAMPLES}")
        for name, number in (("article", self.article), ("paragraph", self.paragraph), ("item", self.item)):
            if number is not None and number < 1:
                raise AddressError(f"{name} {number} does not exist: numbers start at 1; {_EXAMPLES}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the text form ``law:article[.paragraph[.item]]``.

        Raises AddressError naming the text and the form that was expected.
        """
        match = _TEXT_FORM.fullmatch(text.strip())
        if match is None:
            raise AddressError(f"{text!r} is not an address: {_EXAMPLES}")
        law, article, paragraph, item = match.groups()
        return cls(law, int(article), int(paragraph) if paragraph else None, int(item) if item else None)

    def __str__(self) -> str:
        numbers = (self.article, self.paragraph, self.item)
        return f"{self.law}:" + ".".join(str(number) for number in numbers if number is not None)

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Address):
            return NotImplemented
        return self._order < other._order

    @property
    def _order(self) -> tuple[str, int, int, int]:
        return (self.law, self.article, self.paragraph or 0, self.item or 0)

    @property
    def parent(self) -> "Address | None":
        """The paragraph of an item, the article of a paragraph, None for an article."""
        if self.item is not None:
            return Address(self.law, self.article, self.paragraph)
        if self.paragraph is not None:
            return Address(self.law, self.article)
        return None

    def contains(self, other: "Address") -> bool:
        """Tell whether the other provision is this one or lies within it."""
        return (
            self.law == other.law
            and self.article == other.article
            and self.paragraph in (None, other.paragraph)
            and self.item in (None, other.item)
        )
