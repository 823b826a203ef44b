"""A length of time as a law states it: so many working days, days, months or years."""

import re
from dataclasses import dataclass
from typing import Literal, Self, get_args

from guiju.calendar.errors import PeriodError
from guiju.calendar.numerals import NUMERAL_CHARACTERS, chinese_to_int

__all__ = ["Language", "Period", "PeriodError", "Unit"]

Unit = Literal["working_day", "day", "month", "year"]
Language = Literal["zh", "en"]

_UNITS: tuple[Unit, ...] = get_args(Unit)
_LARGEST: dict[Unit, int] = {"working_day": 99_999, "day": 99_999, "month": 9_999, "year": 999}
"""Above these a period is a slip of the pen; every one of them is longer than any calendar."""

_WRITTEN: dict[str, Unit] = {
    "working day": "working_day", "working days": "working_day", "working_day": "working_day",
    "working_days": "working_day", "day": "day", "days": "day", "month": "month", "months": "month",
    "year": "year", "years": "year", "个工作日": "working_day", "工作日": "working_day", "日": "day",
    "天": "day", "个自然日": "day", "自然日": "day", "个月": "month", "月": "month", "年": "year",
}  # fmt: skip
_NEAR_MISSES: dict[str, str] = {
    "business day": "working days", "workday": "working days", "work day": "working days",
    "workingday": "working days", "wd": "working days", "bd": "working days", "calendar day": "days",
    "natural day": "days", "d": "days", "week": "days", "周": "days", "个星期": "days", "星期": "days",
    "mo": "months", "y": "years", "yr": "years", "交易日": "working days", "个交易日": "working days",
}  # fmt: skip
_ZH: dict[Unit, str] = {"working_day": "个工作日", "day": "日", "month": "个月", "year": "年"}
_EN: dict[Unit, str] = {"working_day": "working day", "day": "day", "month": "month", "year": "year"}

_FORM = re.compile(rf"(?P<amount>[+-]?\d[\d,_.]*|[{NUMERAL_CHARACTERS}半]+)\s*(?P<unit>[^\s\d,._].*)")
_HOW = 'write a whole number and a unit, such as "10 working days", "30 days", "3 months" or "十个工作日"'
_HOW_ZH = "请写整数和单位，例如“10个工作日”“三十日”“3个月”“五年”"


@dataclass(frozen=True, slots=True)
class Period:
    """A legal period of ``amount`` whole units.

    Working days are counted over the State Council's arrangement; days, months and years by the Civil
    Code (民法典), articles 200 to 204. ``PeriodError`` unless the amount is a whole number from 1 up.
    """

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.unit not in _UNITS:
            units = ", ".join(_UNITS)
            raise PeriodError(
                f"unknown unit {self.unit!r}: use one of {units}", f"没有{self.unit!r}这一单位：请用{units}"
            )
        if not isinstance(self.amount, int) or isinstance(self.amount, bool):
            raise PeriodError(
                f"the amount of a period is a whole number, not {self.amount!r}",
                f"期间的数量应为整数，不能是{self.amount!r}",
            )
        if self.amount < 1:
            raise PeriodError(
                f"a period is at least 1 {_EN[self.unit]}, not {self.amount}; "
                "a period that runs backwards is counted before a day, not written as a negative number",
                f"期间至少为1{_ZH[self.unit]}，不能是{self.amount}；向前计算的期间应按“之前”计算，不写作负数",
            )
        if self.amount > _LARGEST[self.unit]:
            largest = _LARGEST[self.unit]
            raise PeriodError(
                f"a period of {self.amount} {_EN[self.unit]}s is too long: at most {largest}",
                f"{self.amount}{_ZH[self.unit]}过长：至多{largest}{_ZH[self.unit]}",
            )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a period in English or Chinese; ``PeriodError`` says how to write it."""
        match = _FORM.fullmatch(text.strip())
        if match is None:
            raise PeriodError(f"cannot read the period {text!r}: {_HOW}", f"无法识别期间{text!r}：{_HOW_ZH}")
        return cls(_amount(match["amount"], text), _unit(match["unit"], text))

    def text(self, lang: Language = "en") -> str:
        """Write the period in words: ``10 working days`` or ``10个工作日``."""
        if lang == "zh":
            return f"{self.amount}{_ZH[self.unit]}"
        return f"{self.amount} {_EN[self.unit]}{'' if self.amount == 1 else 's'}"


def _amount(written: str, text: str) -> int:
    if re.fullmatch(r"[+-]?\d{1,9}", written):
        return int(written)
    if re.fullmatch(r"\d+", written):
        raise PeriodError(f"the period {text!r} is too long", f"期间{text!r}过长")
    amount = chinese_to_int(written)
    if amount is None:
        raise PeriodError(
            f"the amount {written!r} in {text!r} is not a whole number: {_HOW}",
            f"{text!r}中的{written!r}不是整数：{_HOW_ZH}",
        )
    return amount


def _unit(written: str, text: str) -> Unit:
    plain = " ".join(written.lower().split())
    if plain in _WRITTEN:
        return _WRITTEN[plain]
    meant = _NEAR_MISSES.get(plain) or _NEAR_MISSES.get(plain.removesuffix("s"))
    if meant is not None:
        raise PeriodError(
            f"unknown unit {written!r} in {text!r}: did you mean {meant!r}? {_HOW}",
            f"{text!r}中的单位{written!r}无法识别，是否为{meant!r}？{_HOW_ZH}",
        )
    raise PeriodError(
        f"unknown unit {written!r} in {text!r}: {_HOW}", f"{text!r}中的单位{written!r}无法识别：{_HOW_ZH}"
    )
