"""Sentences that stand in one language only.

A sentence is about the notions it names. Where the other language names none of them more often than the
neighbouring sentences need, the sentence has no counterpart: it was added, or left out on the other side.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from guiju.law.bilingual.chinese_numbers import chinese_quantities
from guiju.law.bilingual.english_numbers import english_quantities
from guiju.law.bilingual.quantities import Quantity
from guiju.law.bilingual.vocabulary import ACTORS, HINTS, TERMS, TIMES
from guiju.law.citation import Language

_SENTENCES: Final[dict[Language, re.Pattern[str]]] = {
    "zh": re.compile(r"[^。；]+[。；]?"),
    "en": re.compile(r"\S.*?(?:[.;](?=\s|$)|$)", re.DOTALL),
}
_NUMBERS: Final[dict[Language, Callable[[str], tuple[Quantity, ...]]]] = {
    "zh": chinese_quantities,
    "en": english_quantities,
}
_VOCABULARY: Final = (*ACTORS, *TERMS, *TIMES, *HINTS)

FEWEST_NOTIONS: Final = 3
"""A sentence about fewer notions is too short to judge."""

LEAST_SUPPORT: Final = 0.2
"""Share of a sentence's notions that the other language must have left over for it."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or clause up to a full stop or semicolon, and where it stands."""

    text: str
    start: int
    end: int


def sentences(text: str, language: Language) -> tuple[Sentence, ...]:
    """Cut a text after full stops and semicolons; those inside a word or number do not count."""
    found = (Sentence(match[0], match.start(), match.end()) for match in _SENTENCES[language].finditer(text))
    return tuple(sentence for sentence in found if sentence.text.strip())


def without_counterpart(text: str, language: Language, other: str, other_language: Language) -> Iterator[Sentence]:
    """Give the sentences of a text that the other language does not have."""
    parts = sentences(text, language)
    if len(parts) < 2:  # noqa: PLR2004 - a sole sentence has nothing to be one too many beside
        return
    notions = [_notions(part.text, language) for part in parts]
    said_there = _notions(other, other_language)
    for part, own in zip(parts, notions, strict=True):
        needed_by_others = sum((each for each in notions if each is not own), Counter[str]())
        left_over = said_there - needed_by_others
        supported = sum(1 for notion in own if left_over[notion])
        if len(own) >= FEWEST_NOTIONS and supported / len(own) < LEAST_SUPPORT:
            yield part


def _notions(text: str, language: Language) -> Counter[str]:
    counted = Counter({pair.notion: sum(1 for _ in pair.find(text, language)) for pair in _VOCABULARY})
    return +counted + Counter(str(quantity.measure) for quantity in _NUMBERS[language](text))
