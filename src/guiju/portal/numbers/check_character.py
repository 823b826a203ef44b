"""The check character of numbers: ISO/IEC 7064, MOD 37,36, over digits and capital letters.

It shows every single wrong character, and nearly every swap of two neighbours. Hyphens are for the eye only.
"""

from __future__ import annotations

import unicodedata

_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_COUNT = len(_SIGNS)


def check_character(text: str) -> str:
    """Return the check character of a number without one; raises ValueError for other signs."""
    remainder = _COUNT
    for sign in text.replace("-", ""):
        remainder = (remainder + _SIGNS.index(sign)) % _COUNT or _COUNT
        remainder = remainder * 2 % (_COUNT + 1)
    return _SIGNS[(_COUNT + 1 - remainder) % _COUNT]


def with_check(text: str) -> str:
    """Return the number with its check character behind it."""
    return f"{text}-{check_character(text)}"


def checks(number: str) -> bool:
    """Tell whether a number, as somebody typed it, can have been written down right."""
    signs = plain(number)
    if len(signs) <= 1 or any(sign not in _SIGNS for sign in signs):
        return False
    return check_character(signs[:-1]) == signs[-1]


def plain(number: str) -> str:
    """Return the letters and figures of a number as typed, in capitals of common width: all else is for the eye."""
    signs = unicodedata.normalize("NFKC", number).upper()
    return "".join(sign for sign in signs if unicodedata.category(sign)[0] in "LN")
