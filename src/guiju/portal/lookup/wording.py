"""Values in words; one that no case type of today knows stands for itself."""

from __future__ import annotations

from typing import Any

from guiju.bilingual import Bilingual
from guiju.letters.saying import said
from guiju.procedures.model import Field


def worded(field: Field, value: Any) -> Bilingual:
    """Say a value of a field on one line."""
    try:
        return said(field, value)
    except (KeyError, ValueError, TypeError, AttributeError):
        return Bilingual(zh=str(value), en=str(value))
