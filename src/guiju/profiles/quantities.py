"""What people write where a plain number belongs: 1.3 million, 130万, 5 years, 5 million USD.

Nothing of this is accepted: a law with sharp thresholds needs the exact number. But the advice can be exact.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from guiju.bilingual import Bilingual
from guiju.engine.vocabulary import FactSpec
from guiju.law.errors import LawError
from guiju.law.numerals import parse_numeral
from guiju.profiles.refusal import both, write

Dimension = Literal["plain", "years", "months", "days", "yuan", "foreign money", "share"]

_FACTORS = {
    "": 1, "hundred": 100, "百": 100, "thousand": 1000, "k": 1000, "千": 1000, "万": 10**4, "萬": 10**4, "w": 10**4,
    "十万": 10**5, "百万": 10**6, "million": 10**6, "millions": 10**6, "mio": 10**6, "mn": 10**6, "m": 10**6,
    "千万": 10**7, "亿": 10**8, "億": 10**8, "十亿": 10**9, "billion": 10**9, "bn": 10**9, "b": 10**9,
    "万亿": 10**12, "trillion": 10**12,
}  # fmt: skip
_WORDS: dict[Dimension, tuple[str, ...]] = {
    "years": ("year", "years", "yr", "yrs", "y", "a", "年"),
    "months": ("month", "months", "mo", "月", "个月"),
    "days": ("day", "days", "d", "week", "weeks", "天", "日", "周"),
    "yuan": ("yuan", "rmb", "cny", "¥", "元", "人民币", "元人民币", "rmb yuan", "块", "chinese yuan"),
    "foreign money": (
        "usd", "us$", "$", "dollar", "dollars", "us dollars", "美元", "美金", "eur", "€", "euro", "euros", "欧元",
        "gbp", "£", "英镑", "jpy", "yen", "日元", "hkd", "hk$", "港元", "港币",
    ),
    "share": ("%", "percent", "per cent", "百分点"),
    "plain": ("account", "accounts", "user", "users", "registered users", "people", "个", "人", "名", "户", "用户"),
}  # fmt: skip
_DIMENSIONS = {word: dimension for dimension, words in _WORDS.items() for word in words}
_SIGNS = sorted((w for w, d in _DIMENSIONS.items() if d in ("yuan", "foreign money")), key=len, reverse=True)
_QUANTITY = re.compile(
    rf"(?P<sign>{'|'.join(map(re.escape, _SIGNS))})?\s*"
    r"(?P<digits>[0-9]{1,3}(?:[, '][0-9]{3})+|[0-9][0-9_]*)(?P<rest>\.[0-9]+)?(?:e\+?(?P<power>[0-9]{1,2}))?\s*"
    rf"(?P<factor>{'|'.join(sorted(map(re.escape, filter(None, _FACTORS)), key=len, reverse=True))})?"
    r"(?![a-z])\s*(?P<unit>.*)\Z",
    re.DOTALL,
)
_INEXACT = re.compile(
    r"\A(about|around|approx\w*\.?|ca\.?|circa|roughly|nearly|almost|over|more than|at least|up to|under|less than"
    r"|[~≈<>≥≤]|约|大约|近|超过|超|不足|至少|不到)|(\+|余|多|以上|以下|左右)\Z"
)
_LONGEST = 60
_LARGEST = Decimal(10) ** 15
_UNKNOWN = (
    "unknown", "n/a", "na", "tbd", "?", "-", "none", "not known", "未知", "不详", "不知道", "不清楚", "待定", "无",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that somebody meant, and in what: accounts, years, yuan."""

    amount: Decimal
    dimension: Dimension


def says_unknown(text: str) -> bool:
    """Tell whether a text says that the answer is not known."""
    return text.strip().lower() in _UNKNOWN


def leave_out() -> Bilingual:
    """Advise to say nothing about what is not known."""
    return both("leave the fact out until it is known", "未知的，先不填写这一项")


def advice(text: str, spec: FactSpec) -> tuple[bool, Bilingual]:
    """Tell whether a text means a number at all, and how to write it as a fact of this kind."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    if says_unknown(plain):
        return False, leave_out()
    meant = _meant(plain)
    exactly = both(f"write the exact number, such as {sample(spec)}", f"写出准确的数，例如 {sample(spec)}")
    if meant is None or meant.amount > _LARGEST:
        return bool(re.search("[0-9]", plain)), exactly
    if meant.dimension != "plain" and meant.dimension != wanted(spec):
        unit = spec.unit or both("one", "个")
        return True, both(
            f"the unit here is {unit.en}: write a plain number, such as {sample(spec)}",
            f"此处单位是“{unit.zh}”：只写数字，例如 {sample(spec)}",
        )
    if spec.type == "count" and meant.amount != meant.amount.to_integral_value():
        return True, exactly
    return True, write(grouped(meant.amount))


def wanted(spec: FactSpec) -> Dimension:
    """Tell in what a fact is measured."""
    if spec.type == "money":
        return "yuan"
    return _DIMENSIONS.get(spec.unit.en.lower() if spec.unit else "", "plain")


def sample(spec: FactSpec) -> str:
    """Give a number as a fact of this kind would be written."""
    return {"money": "5_000_000", "count": "1_300_000"}.get(spec.type, "5")


def grouped(amount: Decimal) -> str:
    """Write a number exactly, in groups of three that YAML understands."""
    whole = amount == amount.to_integral_value()
    return f"{amount.to_integral_value() if whole else amount.normalize():,f}".replace(",", "_")


def _meant(plain: str) -> Quantity | None:
    if len(plain) > _LONGEST or _INEXACT.search(plain):
        return None
    match = _QUANTITY.match(plain)
    if match is None:
        try:
            return Quantity(Decimal(parse_numeral(plain)), "plain")
        except LawError:
            return None
    number = Decimal(re.sub("[, '_]", "", match["digits"]) + (match["rest"] or ""))
    amount = number.scaleb(int(match["power"] or 0)) * _FACTORS[match["factor"] or ""]
    words = [word for word in (match["unit"].strip(" ()."), match["sign"]) if word]
    if any(word not in _DIMENSIONS for word in words):
        return None
    return Quantity(amount, next((_DIMENSIONS[word] for word in words), "plain"))
