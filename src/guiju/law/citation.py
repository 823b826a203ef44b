"""Citations as lawyers write them, in Chinese and English, to addresses and back.

第六十六条第一款第一项 is article 66, paragraph 1, item 1. The titles of the laws are given by the caller, so
that this room knows no particular law.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from typing import Final, Literal

from guiju.law.address import Address
from guiju.law.errors import CitationError
from guiju.law.numerals import NUMERAL_CHARACTERS, format_numeral, parse_numeral

Language = Literal["zh", "en"]
Titles = Mapping[str, Collection[str]]
"""The key of each law, with every name under which it is cited, in any language."""

_EXAMPLES: Final = "第六十六条第一款第一项, Article 66, paragraph 1, item (1), or mail4:66.1.1"

_NUMBER: Final = f"([0-9]+|[{NUMERAL_CHARACTERS}]+)"
_CHINESE: Final = re.compile(rf"第\s*{_NUMBER}\s*条(?:\s*第\s*{_NUMBER}\s*款)?(?:\s*第?\s*\(?\s*{_NUMBER}\s*\)?\s*项)?")
_ENGLISH_START: Final = r"(?:articles?|art\.?)\s*([0-9]+)"
_ENGLISH: Final = tuple(
    re.compile(_ENGLISH_START + rest)
    for rest in (
        r"(?:\s*,?\s*(?:paragraph|para\.?|par\.?)\s*\(?([0-9]+)\)?)?"
        r"(?:\s*,?\s*(?:item|point|no\.?)\s*\(?([0-9]+)\)?)?",
        r"\s*\(([0-9]+)\)(?:\s*\(([0-9]+)\))?",
        r"\.([0-9]+)(?:\.([0-9]+))?",
    )
)
_ADDRESS_LIKE: Final = re.compile(r"\s*[A-Za-z0-9_-]*:")
_BETWEEN_TITLE_AND_PROVISION: Final = re.compile(r"^(?:\s|,|of\b|the\b|的)+|(?:\s|,|\bof\b|\bthe\b)+$")


def format_citation(
    address: Address, language: Language, title: str | None = None, *, sole_paragraph: bool = False
) -> str:
    """Cite a provision: 《title》第六十六条第一款第一项, or ``Article 66, paragraph 1, item (1), title``.

    With ``sole_paragraph`` the paragraph of an item is left away, as is usual where an article has only one:
    第一百一十二条第四项. Raises NumeralError for Chinese if a number is too great to be spelled.
    """
    paragraph = None if sole_paragraph and address.item else address.paragraph
    if language == "zh":
        parts = [(address.article, "条"), (paragraph, "款"), (address.item, "项")]
        provision = "".join(f"第{format_numeral(number)}{kind}" for number, kind in parts if number)
        return f"《{title}》{provision}" if title else provision
    words = [f"Article {address.article}"]
    if paragraph:
        words.append(f"paragraph {paragraph}")
    if address.item:
        words.append(f"item ({address.item})")
    return ", ".join([*words, title] if title else words)


def parse_citation(text: str, titles: Titles, *, law: str | None = None) -> Address:
    """Read a citation in either language; an item without a paragraph belongs to paragraph 1.

    The law is the one whose title, or key, is written before or after the provision; else ``law``; else the
    only one in ``titles``. Raises CitationError if the text is no citation or leaves the law open.
    """
    written = unicodedata.normalize("NFKC", text).strip().casefold()
    named, provision = _take_title(written, titles, text)
    law = named or law or (next(iter(titles)) if len(titles) == 1 else None)
    article, paragraph, item = _numbers(provision, text)
    if law is None:
        raise CitationError(f"{text!r} does not say of which law: put its title before it, {_known(titles)}")
    if item is not None and paragraph is None:
        paragraph = 1
    return Address(law, article, paragraph, item)


def parse_reference(text: str, titles: Titles, *, law: str | None = None) -> Address:
    """Read what a person typed: an address (``mail4:66.1``) or a citation.

    Raises AddressError or CitationError, whichever the text looks like.
    """
    if _ADDRESS_LIKE.match(text):
        return Address.parse(text)
    return parse_citation(text, titles, law=law)


def _take_title(written: str, titles: Titles, original: str) -> tuple[str | None, str]:
    """Split into the key of the law that is named, if any, and the rest."""
    for name, law in _names(titles):
        match = re.search(_pattern_of(name), written)
        if match:
            rest = written[: match.start()] + " " + written[match.end() :]
            return law, _BETWEEN_TITLE_AND_PROVISION.sub("", rest)
    if "《" in written:
        raise CitationError(f"{original!r} cites a law that is not known here, {_known(titles)}")
    return None, written


def _names(titles: Titles) -> Iterable[tuple[str, str]]:
    """Give every name with its law, the longest first, so that a short form never hides a full title."""
    named = [(name, law) for law, names in titles.items() for name in (law, *names)]
    return sorted(named, key=lambda pair: len(pair[0]), reverse=True)


def _pattern_of(name: str) -> str:
    """Match a name however it is spaced and whether or not it stands in 《》."""
    characters = unicodedata.normalize("NFKC", name).casefold().replace(" ", "")
    spaced = r"\s*".join(re.escape(character) for character in characters)
    before = r"(?<![a-z0-9])" if characters[0].isascii() else ""
    after = r"(?![a-z0-9])" if characters[-1].isascii() else ""
    return rf"《?\s*{before}{spaced}{after}\s*》?"


def _numbers(provision: str, original: str) -> tuple[int, int | None, int | None]:
    match = _CHINESE.fullmatch(provision)
    if match is None:
        match = next(filter(None, (pattern.fullmatch(provision) for pattern in _ENGLISH)), None)
    if match is None:
        raise CitationError(f"{original!r} is not a citation of a provision: write it like {_EXAMPLES}")
    article, paragraph, item = (_number(part) if part else None for part in match.groups())
    if article is None:  # pragma: no cover - every pattern demands the article
        raise CitationError(f"{original!r} names no article: write it like {_EXAMPLES}")
    return article, paragraph, item


def _number(written: str) -> int:
    return int(written) if written[0] in "0123456789" else parse_numeral(written)


def _known(titles: Titles) -> str:
    listed = ", ".join(f"{law} ({next(iter(names), law)})" for law, names in sorted(titles.items()))
    return f"known are {listed}" if listed else "but no law is known here"
