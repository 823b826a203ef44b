"""References to other provisions of the same law: 第二条第二款, Paragraph 3 of this Article, 前款.

A relative reference is resolved, so that 第一款 in the second paragraph and "the preceding paragraph" agree.
"""

import re
from dataclasses import dataclass
from typing import Final

from guiju.law.address import Address
from guiju.law.bilingual.chinese_numbers import numeral
from guiju.law.numerals import NUMERAL_CHARACTERS

_NUMERAL: Final = rf"[0-9]+|[{NUMERAL_CHARACTERS}]+"
_CHINESE: Final = re.compile(
    rf"(?:第(?P<article>{_NUMERAL})条|本条)(?:第(?P<paragraph>{_NUMERAL})款)?|第(?P<alone>{_NUMERAL})款|(?P<previous>前款)"
)
_ENGLISH: Final = re.compile(
    r"paragraph\s+(?P<paragraph>[0-9]+)(?:\s+of\s+(?:this\s+article|article\s+(?P<of>[0-9]+)))?|"
    r"article\s+(?P<article>[0-9]+)|(?P<previous>preceding\s+paragraph)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reference:
    """The provision that is referred to, whether its number is written, and the words."""

    target: tuple[int, int | None]
    is_written: bool
    quote: str


def chinese_references(text: str, address: Address) -> tuple[Reference, ...]:
    """Find the references in the Chinese text of a provision."""
    found = []
    for match in _CHINESE.finditer(text):
        paragraph = match["paragraph"] or match["alone"]
        if not (match["previous"] or match["article"] or paragraph):
            continue
        article = numeral(match["article"]) if match["article"] else address.article
        if article is not None:
            found.append(_reference(match, address, article, numeral(paragraph) if paragraph else None))
    return tuple(found)


def english_references(text: str, address: Address) -> tuple[Reference, ...]:
    """Find the references in the English text of a provision."""
    found = []
    for match in _ENGLISH.finditer(text):
        article = match["article"] or match["of"]
        paragraph = int(match["paragraph"]) if match["paragraph"] else None
        found.append(_reference(match, address, int(article) if article else address.article, paragraph))
    return tuple(found)


def _reference(match: re.Match[str], address: Address, article: int, paragraph: int | None) -> Reference:
    if match["previous"]:
        return Reference((address.article, (address.paragraph or 1) - 1), False, match[0])
    return Reference((article, paragraph), True, match[0])
