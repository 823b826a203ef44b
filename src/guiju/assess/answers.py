"""What a person types for a fact, turned into its value: yes, 是, 1,300,000, 130万, text,image."""

from __future__ import annotations

import re
from decimal import Decimal

from guiju.bilingual import Bilingual
from guiju.engine.values import Value
from guiju.engine.vocabulary import FactSpec

_YES = frozenset(("y", "yes", "true", "是", "对", "有"))
_NO = frozenset(("n", "no", "false", "否", "不", "没有", "无"))
_ZEROS = {"": 0, "万": 4, "亿": 8, "k": 3, "m": 6}
_NUMBER = re.compile(r"((?:[0-9]{1,3}(?:[,，_\s][0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)\s*(万|亿|k|m)?\Z")
"""Commas only between groups of three: `7,5` may mean seven and a half."""
_SEPARATORS = re.compile(r"[,，、;；\s]+")


class AnswerError(ValueError):
    """The answer does not fit the question; carries what was expected in both languages."""

    def __init__(self, expected: Bilingual) -> None:
        self.expected = expected
        super().__init__(expected.en)

    def text(self, lang: str) -> str:
        """Say what was expected."""
        return self.expected.get(lang)


def read_answer(spec: FactSpec, text: str) -> Value:
    """Turn typed text into the fact's value; raises AnswerError with what would fit."""
    typed = text.strip()
    if spec.type == "bool":
        return _yes_or_no(typed)
    if spec.type == "choice":
        return _choice(spec, typed)
    if spec.type == "set":
        if typed in ("0", "-", "无", ""):
            return frozenset()
        return frozenset(_choice(spec, part) for part in _SEPARATORS.split(typed) if part)
    if spec.type == "text":
        return typed
    return _number(spec, typed)


def _yes_or_no(typed: str) -> bool:
    word = typed.lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise AnswerError(
        Bilingual("请答“是”或“否”（y/n），不知道请答“?”", "answer yes or no (y/n), or ? if you don't know")
    )


def _choice(spec: FactSpec, typed: str) -> str:
    if typed.isdigit() and 1 <= int(typed) <= len(spec.choices):
        return spec.choices[int(typed) - 1]
    if typed in spec.choices:
        return typed
    known = ", ".join(f"{n} {choice}" for n, choice in enumerate(spec.choices, 1))
    raise AnswerError(Bilingual(f"请从中选择：{known}", f"choose from: {known}"))


def _number(spec: FactSpec, typed: str) -> int | Decimal:
    match = _NUMBER.match(typed.lower())
    if match is not None:
        _, digits, power = Decimal(re.sub(r"[,，_\s]", "", match[1])).as_tuple()
        assert isinstance(power, int)
        # Put together anew: a multiplication would round to 28 digits.
        value = Decimal((0, digits, power + _ZEROS[match[2] or ""]))
        if spec.type != "count" or value == value.to_integral_value():
            return int(value) if value == value.to_integral_value() else value
    unit = spec.unit or Bilingual("", "")
    raise AnswerError(
        Bilingual(f"请写一个数（{unit.zh}），如 1300000 或 130万", f"write a number ({unit.en}), such as 1300000")
    )
