"""A day that a person enters in three parts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from guiju.bilingual import Bilingual
from guiju.portal.look.components import DateField, Label
from guiju.profiles.dates import FIRST, LAST

_PARTS = ("year", "month", "day")
_NO_DAY = Bilingual(
    zh="日历上没有这一天；请写成年、月、日三个数，例如 2026 9 28",
    en="There is no such day; write year, month and day as numbers, such as 2026 9 28",
)
_IMPLAUSIBLE = Bilingual(
    zh=f"请写 {FIRST.year} 年至 {LAST.year} 年之间的日期", en=f"Give a day from {FIRST.year} to {LAST.year}"
)


def read_day(data: Mapping[str, Any], name: str) -> tuple[dt.date | None, Bilingual | None]:
    """Read a day: (day, None), (None, None) where all parts are empty, or (None, what is wrong)."""
    parts = [str(data.get(f"{name}-{part}", "")).strip() for part in _PARTS]
    if not any(parts):
        return None, None
    try:
        day = dt.date(*(int(part) for part in parts if part.isascii() and part.isdigit()))
    except (ValueError, TypeError, OverflowError):
        return None, _NO_DAY
    return (day, None) if FIRST <= day <= LAST else (None, _IMPLAUSIBLE)


def day_field(
    name: str,
    label: Label,
    value: dt.date | None = None,
    *,
    entered: Mapping[str, Any] | None = None,
    hint: Label | None = None,
    error: Label | None = None,
    optional: bool = False,
) -> DateField:
    """Return the field that asks for a day, with what was entered if something was."""
    shown = [str(entered.get(f"{name}-{part}", "")) for part in _PARTS] if entered is not None else _of(value)
    return DateField(
        name=name, label=label, hint=hint, error=error, optional=optional, year=shown[0], month=shown[1], day=shown[2]
    )


def _of(day: dt.date | None) -> list[str]:
    return ["", "", ""] if day is None else [str(day.year), str(day.month), str(day.day)]
