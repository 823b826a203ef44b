"""Actors, activities, things, terms and words of time in one provision, held against each other."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

from guiju.law.address import Address
from guiju.law.bilingual.differences import Code, Difference, Severity
from guiju.law.bilingual.quoting import quote
from guiju.law.bilingual.vocabulary import ACTIVITIES, ACTORS, TERMS, THINGS, TIMES, Pair
from guiju.law.citation import Language


def _listed(patterns: Sequence[str], joint: str) -> re.Pattern[str]:
    one = "|".join(patterns)
    return re.compile(rf"(?:{one})(?:{joint}(?:{one}))+", re.IGNORECASE)


_LISTS: Final[dict[Language, re.Pattern[str]]] = {
    "zh": _listed([pair.chinese for pair in ACTIVITIES], r"(?:、|和|或者|以及|与|及)+"),
    "en": _listed([pair.english for pair in ACTIVITIES], r"\s*(?:,\s*(?:and|or)?|\band|\bor)\s*(?:to\s+|the\s+)?"),
}


def compare_words(address: Address, chinese: str, english: str) -> Iterator[Difference]:
    """Report what one language names and the other does not."""
    for pairs, code, severity in ((ACTORS, Code.ACTOR, Severity.MAJOR), (TERMS, Code.TERM, Severity.MINOR)):
        for pair in pairs:
            ours, theirs = _first(pair, chinese, "zh"), _first(pair, english, "en")
            if bool(ours) != bool(theirs):
                yield Difference(code, severity, address, ours, theirs, pair.notion)
    yield from _activities(address, chinese, english)
    yield from _things(address, chinese, english)
    yield from _times(address, chinese, english)


def _activities(address: Address, chinese: str, english: str) -> Iterator[Difference]:
    """Compare lists with lists: whether 使用 alone is the activity or a plain verb cannot be told."""
    ours, theirs = _lists(chinese, "zh"), _lists(english, "en")
    if not (ours and theirs):
        return
    only_ours = [quote for notions, quote in ours.items() if notions not in theirs]
    only_theirs = [quote for notions, quote in theirs.items() if notions not in ours]
    for left, right in zip_longest(only_ours, only_theirs):
        yield Difference(Code.ACTIVITIES, Severity.MAJOR, address, left, right)


def _lists(text: str, language: Language) -> dict[frozenset[str], str]:
    return {_named(match[0], language): match[0] for match in _LISTS[language].finditer(text)}


def _counted(text: str, language: Language) -> Counter[str]:
    return Counter({pair.notion: sum(1 for _ in pair.find(text, language)) for pair in TIMES})


def _first(pair: Pair, text: str, language: Language) -> str | None:
    match = next(pair.find(text, language), None)
    return quote(text, match.start(), match.end(), language) if match else None


def _named(text: str, language: Language) -> frozenset[str]:
    return frozenset(pair.notion for pair in ACTIVITIES if next(pair.find(text, language), None))


def _things(address: Address, chinese: str, english: str) -> Iterator[Difference]:
    """Report products or services of one language only, where both languages name one of them."""
    found = [
        Difference(
            Code.THINGS,
            Severity.MAJOR,
            address,
            _first(pair, chinese, "zh"),
            _first(pair, english, "en"),
            pair.notion,
        )
        for pair in THINGS
    ]
    if any(each.chinese for each in found) and any(each.english for each in found):
        yield from (each for each in found if bool(each.chinese) != bool(each.english))


def _times(address: Address, chinese: str, english: str) -> Iterator[Difference]:
    """Report a word of time that one language uses less often, with the one that it uses instead."""
    ours, theirs = _counted(chinese, "zh"), _counted(english, "en")
    fewer = [pair for pair in TIMES if theirs[pair.notion] < ours[pair.notion]]
    more = [pair for pair in TIMES if theirs[pair.notion] > ours[pair.notion]]
    for lost, gained in zip_longest(fewer, more):
        yield Difference(
            Code.TIME_WORD,
            Severity.MINOR,
            address,
            _first(lost, chinese, "zh") if lost else None,
            _first(gained, english, "en") if gained else None,
            f"{lost.notion if lost else '-'} / {gained.notion if gained else '-'}",
        )
