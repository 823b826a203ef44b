"""The unified social credit code of organisations (GB 32100-2015): eighteen characters, the last a check character."""

from __future__ import annotations

import re

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SHAPE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}\Z")
"""Registering department and kind, division of the country, and a code of ten characters with its check."""
_BASE = 3


def is_credit_code(text: str) -> bool:
    """Tell whether a text, as `plain` gives it, can be a unified social credit code."""
    return bool(_SHAPE.match(text)) and check_character(text[:-1]) == text[-1]


def check_character(first: str) -> str:
    """Return the last character that belongs to the first seventeen; raises ValueError for other signs."""
    total = sum(_SIGNS.index(sign) * pow(_BASE, place, len(_SIGNS)) for place, sign in enumerate(first))
    return _SIGNS[-total % len(_SIGNS)]


def plain(text: str) -> str:
    """Return a code as typed without spaces and hyphens, in capitals."""
    return text.upper().replace("-", "").replace(" ", "")
