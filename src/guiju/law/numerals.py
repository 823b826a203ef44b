"""Chinese numerals as the law writes them: 第一百一十二条 is 112.

The range is 0 to 9999. Parsing accepts the spellings that people use for the same number (百零一, 一百〇一,
一百十二, 两百) and refuses everything else, by one rule: what was read, spelled out in full, must be what
was written.
"""

import re
from typing import Final

from guiju.law.errors import NumeralError

GREATEST: Final = 9999

_DIGITS: Final = "零一二三四五六七八九"
_UNITS: Final = {"千": 1000, "百": 100, "十": 10}

NUMERAL_CHARACTERS: Final = _DIGITS + "〇两" + "".join(_UNITS)
"""Every character that a Chinese numeral can contain, for use in a regular expression's character class."""


def format_numeral(number: int) -> str:
    """Write a number from 0 to 9999 as the law does: 12 is 十二, 112 is 一百一十二, 101 is 一百零一.

    Raises NumeralError outside that range.
    """
    if not 0 <= number <= GREATEST:
        raise NumeralError(f"{number} has no Chinese numeral here: use a number from 0 to {GREATEST}")
    spelled = _spell(number)
    return spelled.removeprefix("一") if spelled.startswith("一十") else spelled


def parse_numeral(text: str) -> int:
    """Read a Chinese numeral from 〇 to 九千九百九十九.

    Raises NumeralError with the text and an example of what was expected.
    """
    full = _in_full(text.strip())
    if not full or any(character not in NUMERAL_CHARACTERS for character in full):
        raise NumeralError(f"{text!r} is not a Chinese numeral: write it like 六十六 or 一百一十二")
    number = _value(full)
    if number > GREATEST or _spell(number) != full:
        raise NumeralError(
            f"{text!r} is not a well-formed Chinese numeral: write it like 六十六, 一百零一 or 一百一十二"
        )
    return number


def _spell(number: int) -> str:
    """Spell out in full: no digit before 十 is left away."""
    if number == 0:
        return _DIGITS[0]
    spelled = ""
    rest = number
    for unit, size in (*_UNITS.items(), ("", 1)):
        digit, rest = divmod(rest, size)
        if digit:
            spelled += _DIGITS[digit] + unit
        elif spelled and rest and not spelled.endswith("零"):
            spelled += "零"
    return spelled if not spelled.endswith("零") else spelled[:-1]


def _in_full(text: str) -> str:
    """Replace each accepted variant by the spelling in full."""
    text = text.replace("〇", "零")
    text = re.sub("两(?=[百千]|$)", "二", text)
    text = re.sub("^(?=[百千])", "一", text)
    return re.sub(f"(?<![{_DIGITS[1:]}])十", "一十", text)


def _value(full: str) -> int:
    number, digit = 0, 0
    for character in full:
        if character in _UNITS:
            number += digit * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS.find(character)
    return number + digit
