"""How alike two passages are: the cosine of their weighted character or word pairs, 0 to 1.

Rare pairs weigh more than common ones (inverse document frequency), repetition counts by its square root. The
title of a statute in 《》 is one character long here: two passages that cite one statute are not alike for it.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Final

Vector = Mapping[str, float]
"""Weights by gram, of length one."""

_TITLE: Final = re.compile(r"《[^》]*》")
_TITLE_MARK: Final = "\ue000"
_NOT_CHINESE: Final = re.compile(r"[^\w\ue000]|_")
_WORD: Final = re.compile(r"[^\W_]+")


class Similarity:
    """Measures likeness among the passages of two texts in one language."""

    def __init__(self, texts: Iterable[str], language: str) -> None:
        self._language = language
        self._passages = 0
        self._containing: Counter[str] = Counter()
        for text in texts:
            self._passages += 1
            self._containing.update(set(self._grams(text)))

    def vector(self, text: str) -> Vector:
        """Weigh the grams of a passage; a passage without a word or character has none."""
        weights = {gram: math.sqrt(count) * self._rarity(gram) for gram, count in Counter(self._grams(text)).items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        return {gram: weight / length for gram, weight in weights.items()} if length else {}

    def _rarity(self, gram: str) -> float:
        return math.log((1 + self._passages) / max(self._containing[gram], 1))

    def _grams(self, text: str) -> Iterator[str]:
        units = self._units(text)
        yield from units
        yield from ("\x1f".join(pair) for pair in pairwise(units))

    def _units(self, text: str) -> list[str]:
        plain = unicodedata.normalize("NFKC", text).casefold()
        if self._language == "en":
            return _WORD.findall(plain)
        return list(_NOT_CHINESE.sub("", _TITLE.sub(_TITLE_MARK, plain)))


def likeness(left: Vector, right: Vector) -> float:
    """Give the cosine of two vectors."""
    if len(left) > len(right):
        left, right = right, left
    return sum(weight * right[gram] for gram, weight in left.items() if gram in right)
