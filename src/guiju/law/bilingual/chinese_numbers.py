"""Numbers in Chinese legal prose: 不少于五年, 十万元以上, 超过 1 万, 百分之四以下, 3月31日前.

A numeral without a unit is no number here: 统一, 一定, 第三方 and 第六十六条 count nothing.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from guiju.law.bilingual.quantities import Quantity, Relation, Unit
from guiju.law.errors import NumeralError
from guiju.law.numerals import NUMERAL_CHARACTERS, parse_numeral

_NUMBER: Final = rf"(?:[0-9][0-9,]*(?:\.[0-9]+)?|[{NUMERAL_CHARACTERS}]+)"
_SCALES: Final = {"万": 10_000, "亿": 100_000_000}
_UNITS: Final = {
    "个工作日": Unit.WORKING_DAY,
    "个月": Unit.MONTH,
    "年": Unit.YEAR,
    "日": Unit.DAY,
    "天": Unit.DAY,
    "元": Unit.MONEY,
    "次": Unit.COUNT,
    "倍": Unit.COUNT,
    "人": Unit.COUNT,
    "名": Unit.COUNT,
    "%": Unit.PERCENT,
}
_BEFORE: Final = {
    "不少于": Relation.AT_LEAST,
    "不低于": Relation.AT_LEAST,
    "至少": Relation.AT_LEAST,
    "不超过": Relation.AT_MOST,
    "不多于": Relation.AT_MOST,
    "不高于": Relation.AT_MOST,
    "至多": Relation.AT_MOST,
    "最多": Relation.AT_MOST,
    "不足": Relation.LESS,
    "不满": Relation.LESS,
    "未满": Relation.LESS,
    "少于": Relation.LESS,
    "低于": Relation.LESS,
    "超过": Relation.MORE,
    "多于": Relation.MORE,
    "高于": Relation.MORE,
}
_AFTER: Final = {
    "以上": Relation.AT_LEAST,
    "以下": Relation.AT_MOST,
    "以内": Relation.AT_MOST,
    "之内": Relation.AT_MOST,
    "内": Relation.AT_MOST,
}
_QUANTITY: Final = re.compile(
    rf"(?P<before>{'|'.join(_BEFORE)})?\s*每?\s*"
    rf"(?<!第)(?:(?P<percent>百分之)(?P<share>{_NUMBER})|(?P<number>{_NUMBER})\s*(?P<scale>[万亿])?"
    rf"\s*(?P<unit>{'|'.join(map(re.escape, _UNITS))})?(?!度|类|方))"
    rf"(?P<after>{'|'.join(_AFTER)})?"
)
_DATE: Final = re.compile(r"(?P<month>[0-9]{1,2})\s*月\s*(?P<day>[0-9]{1,2})\s*日(?P<before>以?前)?")
_LATEST: Final = re.compile(r"不(?:晚于|迟于)[^，。；]*?$")
_ARTICLE_LIKE: Final = Decimal(1)


def chinese_quantities(text: str) -> tuple[Quantity, ...]:
    """Find the numbers of a Chinese text, in order."""
    dates = tuple(_dates(text))
    covered = [(date.start, date.end) for date in dates]
    others = (
        quantity for quantity in _quantities(text) if not any(start <= quantity.start < end for start, end in covered)
    )
    return tuple(sorted((*dates, *others), key=lambda quantity: quantity.start))


def _dates(text: str) -> Iterator[Quantity]:
    for match in _DATE.finditer(text):
        relation = Relation.LESS if match["before"] else Relation.EXACT
        value = Decimal(int(match["month"]) * 100 + int(match["day"]))
        yield Quantity(value, Unit.DATE, relation, match.start(), match.end())


def _quantities(text: str) -> Iterator[Quantity]:
    for match in _QUANTITY.finditer(text):
        written, unit = match["share"] or match["number"], match["unit"]
        if not (match["percent"] or unit or match["scale"] or written[0].isdigit()):
            continue
        number = _value(written)
        if number is None:
            continue
        value = number * _SCALES.get(match["scale"] or "", 1)
        if value == _ARTICLE_LIKE and unit in ("次", "名", "人"):
            # 进行一次审计 is "an audit": the language asks for a numeral where the other has an article.
            continue
        measured = Unit.PERCENT if match["percent"] else _UNITS.get(unit or "", Unit.COUNT)
        yield Quantity(value, measured, _relation(match, text), match.start(), match.end())


def numeral(written: str) -> int | None:
    """Read digits or a Chinese numeral; None for characters that only look like one (千百)."""
    if written.isdecimal():
        return int(written)
    try:
        return parse_numeral(written)
    except NumeralError:
        return None


def _value(written: str) -> Decimal | None:
    if written[0].isdigit():
        return Decimal(written.replace(",", ""))
    number = numeral(written)
    return None if number is None else Decimal(number)


def _relation(match: re.Match[str], text: str) -> Relation:
    if match["before"]:
        return _BEFORE[match["before"]]
    if match["after"]:
        return _AFTER[match["after"]]
    return Relation.AT_MOST if _LATEST.search(text[: match.start()]) else Relation.EXACT
