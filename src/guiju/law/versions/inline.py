"""The words that two passages share, and those that only one of them has, in reading order."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

_TOKENS: Final = {"zh": re.compile(r"[0-9A-Za-z]+|\s+|.", re.DOTALL), "en": re.compile(r"[\w'’-]+|\s+|.", re.DOTALL)}
_ISLAND: Final = {"zh": 1, "en": 2}
"""So few shared tokens between two changes only tear them apart: a space, or one character that occurs in both."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and whether both passages have it."""

    text: str
    is_shared: bool


def mark_changes(old: str, new: str, language: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Cut both passages into what they share and what is their own; the pieces join to the passages again."""
    left, right = _TOKENS[language].findall(old), _TOKENS[language].findall(new)
    matcher = SequenceMatcher(None, _alike(left), _alike(right), autojunk=False)
    steps = _without_islands(matcher.get_opcodes(), _ISLAND[language])
    olds = [Piece("".join(left[a:b]), shared) for shared, a, b, _, _ in steps if b > a]
    news = [Piece("".join(right[c:d]), shared) for shared, _, _, c, d in steps if d > c]
    return tuple(_joined(olds)), tuple(_joined(news))


def _alike(tokens: Sequence[str]) -> list[str]:
    """Make ， and , the same: two publishers of one text rarely agree on the width of punctuation."""
    return [unicodedata.normalize("NFKC", token) for token in tokens]


Step = tuple[bool, int, int, int, int]


def _without_islands(opcodes: Sequence[tuple[str, int, int, int, int]], least: int) -> list[Step]:
    last = len(opcodes) - 1
    return [
        (tag == "equal" and not (0 < position < last and b - a <= least), a, b, c, d)
        for position, (tag, a, b, c, d) in enumerate(opcodes)
    ]


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    waiting: Piece | None = None
    for piece in pieces:
        if waiting and waiting.is_shared == piece.is_shared:
            waiting = Piece(waiting.text + piece.text, piece.is_shared)
            continue
        if waiting:
            yield waiting
        waiting = piece
    if waiting:
        yield waiting
