"""Numbers in English legal prose: not less than five years, exceeding one million, up to 10 working days.

"One" counts only before a scale or a unit; what stands in "Article 102" or "Paragraph 3" is a reference.
"""

import calendar
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from guiju.law.bilingual.quantities import Quantity, Relation, Unit

_SMALL: Final = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
}
_TENS: Final = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_SCALES: Final = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}
_MONTHS: Final = tuple(calendar.month_name)[1:]
_UNITS: Final = {
    "working day": Unit.WORKING_DAY,
    "business day": Unit.WORKING_DAY,
    "day": Unit.DAY,
    "month": Unit.MONTH,
    "year": Unit.YEAR,
    "percent": Unit.PERCENT,
    "per cent": Unit.PERCENT,
    "%": Unit.PERCENT,
    "yuan": Unit.MONEY,
    "time": Unit.COUNT,
    "occasion": Unit.COUNT,
}
_BEFORE: Final = {
    "not less than": Relation.AT_LEAST,
    "no less than": Relation.AT_LEAST,
    "not lower than": Relation.AT_LEAST,
    "no lower than": Relation.AT_LEAST,
    "not fewer than": Relation.AT_LEAST,
    "no fewer than": Relation.AT_LEAST,
    "at least": Relation.AT_LEAST,
    "a minimum of": Relation.AT_LEAST,
    "not more than": Relation.AT_MOST,
    "no more than": Relation.AT_MOST,
    "not exceeding": Relation.AT_MOST,
    "not later than": Relation.AT_MOST,
    "no later than": Relation.AT_MOST,
    "up to": Relation.AT_MOST,
    "at most": Relation.AT_MOST,
    "a maximum of": Relation.AT_MOST,
    "within": Relation.AT_MOST,
    "by": Relation.AT_MOST,
    "more than": Relation.MORE,
    "exceeding": Relation.MORE,
    "exceeds": Relation.MORE,
    "exceed": Relation.MORE,
    "over": Relation.MORE,
    "above": Relation.MORE,
    "less than": Relation.LESS,
    "fewer than": Relation.LESS,
    "below": Relation.LESS,
    "under": Relation.LESS,
    "before": Relation.LESS,
    "between": Relation.AT_LEAST,
}
_AFTER: Final = {
    "or more": Relation.AT_LEAST,
    "or above": Relation.AT_LEAST,
    "or longer": Relation.AT_LEAST,
    "or less": Relation.AT_MOST,
    "or fewer": Relation.AT_MOST,
    "or below": Relation.AT_MOST,
}


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)


_WORD: Final = rf"(?:(?:{_any(_TENS)})(?:-(?:{_any(_SMALL)}))?|{_any(_SMALL)})"
_QUANTITY: Final = re.compile(
    rf"(?:\b(?P<before>{_any(_BEFORE)})\s+)?(?:every\s+)?(?P<money>RMB\s*)?"
    rf"(?<![\w.,-])(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?|{_WORD})(?:\s+(?P<scale>{_any(_SCALES)}))?(?![\w-]|\.[0-9])"
    rf"(?:\s*(?P<unit>{_any(_UNITS)})s?(?![\w]))?"
    rf"(?:\s+(?P<after>{_any(_AFTER)})\b)?",
    re.IGNORECASE,
)
_DATE: Final = re.compile(
    rf"(?:\b(?P<before>{_any(_BEFORE)})\s+)?(?P<month>{'|'.join(_MONTHS)})\s+(?P<day>[0-9]{{1,2}})\b"
)
_REFERENCE: Final = re.compile(r"(?:articles?|paragraphs?|items?|chapters?|sections?)\s+\(?$", re.IGNORECASE)
_RANGE_END: Final = re.compile(r"\bbetween\s[^.;]*\sand\s+$", re.IGNORECASE)


def english_quantities(text: str) -> tuple[Quantity, ...]:
    """Find the numbers of an English text, in order."""
    dates = tuple(_dates(text))
    covered = [(date.start, date.end) for date in dates]
    others = (
        quantity
        for quantity in _quantities(text)
        if not any(start <= quantity.start < end or start < quantity.end <= end for start, end in covered)
    )
    return tuple(sorted((*dates, *others), key=lambda quantity: quantity.start))


def _dates(text: str) -> Iterator[Quantity]:
    for match in _DATE.finditer(text):
        value = Decimal((_MONTHS.index(match["month"]) + 1) * 100 + int(match["day"]))
        relation = _BEFORE[_words(match["before"])] if match["before"] else Relation.EXACT
        yield Quantity(value, Unit.DATE, relation, match.start(), match.end())


def _quantities(text: str) -> Iterator[Quantity]:
    for match in _QUANTITY.finditer(text):
        if _REFERENCE.search(text[: match.start("number")]):
            continue
        written, unit = match["number"].lower(), match["unit"]
        value = _value(written) * _SCALES.get((match["scale"] or "").lower(), 1)
        if written == "one" and not (unit or match["scale"]):
            continue
        measured = Unit.MONEY if match["money"] else _UNITS.get(_words(unit or ""), Unit.COUNT)
        yield Quantity(value, measured, _relation(match, text), match.start(), match.end())


def _value(written: str) -> Decimal:
    if written[0].isdigit():
        return Decimal(written.replace(",", ""))
    tens, _, small = written.partition("-")
    return Decimal(_TENS.get(tens, _SMALL.get(tens, 0)) + _SMALL.get(small, 0))


def _relation(match: re.Match[str], text: str) -> Relation:
    if match["before"]:
        return _BEFORE[_words(match["before"])]
    if match["after"]:
        return _AFTER[_words(match["after"])]
    return Relation.AT_MOST if _RANGE_END.search(text[: match.start()]) else Relation.EXACT


def _words(written: str) -> str:
    return re.sub(r"\s+", " ", written).lower()
