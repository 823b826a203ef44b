"""What changed in words: the numbers and the modal words that a passage gained and lost."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from guiju.law.bilingual.chinese_numbers import chinese_quantities
from guiju.law.bilingual.english_numbers import english_quantities
from guiju.law.bilingual.modals import Modal, chinese_modals, english_modals
from guiju.law.bilingual.quantities import Quantity

_NUMBERS: Final[dict[str, Callable[[str], tuple[Quantity, ...]]]] = {
    "zh": chinese_quantities,
    "en": english_quantities,
}
_MODALS: Final[dict[str, Callable[[str], tuple[Modal, ...]]]] = {"zh": chinese_modals, "en": english_modals}


@dataclass(frozen=True, slots=True)
class Wording:
    """Numbers and modal words of a passage, as they are written, with how often."""

    numbers: Counter[str]
    modals: Counter[str]


NO_WORDING: Final = Wording(Counter(), Counter())


@dataclass(frozen=True, slots=True)
class WordingChange:
    """Numbers and modal words lost and gained, each as often as it was."""

    numbers_lost: tuple[str, ...] = ()
    numbers_gained: tuple[str, ...] = ()
    modals_lost: tuple[str, ...] = ()
    modals_gained: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.numbers_lost or self.numbers_gained or self.modals_lost or self.modals_gained)


def wording(texts: Iterable[str], language: str) -> Wording:
    """Collect the numbers and modal words of passages in one language."""
    numbers: Counter[str] = Counter()
    modals: Counter[str] = Counter()
    for text in texts:
        numbers.update(_written(text, each.start, each.end, language) for each in _NUMBERS[language](text))
        modals.update(_written(text, each.start, each.end, language) for each in _MODALS[language](text))
    return Wording(numbers, modals)


def wording_change(old: Wording, new: Wording, *, became: Wording, came_from: Wording) -> WordingChange:
    """Compare passages: lost is what no successor has, gained is what no predecessor had.

    ``became`` is the wording of everything the old passages turned into, ``came_from`` that of everything the new
    ones stem from: a word that went along with the other half of a split passage was not lost.
    """
    return WordingChange(
        numbers_lost=_rest(old.numbers, became.numbers),
        numbers_gained=_rest(new.numbers, came_from.numbers),
        modals_lost=_rest(old.modals, became.modals),
        modals_gained=_rest(new.modals, came_from.modals),
    )


def _rest(counted: Counter[str], other: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted((counted - other).elements()))


def _written(text: str, start: int, end: int, language: str) -> str:
    """Spell alike what differs only in spaces and capitals: 3 个月内 and 3个月内."""
    spaces = re.compile(r"\s+")
    quoted = text[start:end].strip()
    return spaces.sub("", quoted) if language == "zh" else spaces.sub(" ", quoted).casefold()
