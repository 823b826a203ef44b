"""Values of facts and their types. `None` is unknown, everywhere, and never means false."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

Number = int | Decimal
Value = bool | int | Decimal | str | frozenset[str] | None
"""A known value, or None for unknown. Sets hold the names of chosen options."""


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A number of which only a lower bound is known: the events listed so far may not be all of them."""

    least: int


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """Something that happened, or is planned, on a day; `attributes` such as is_major may be unknown."""

    date: dt.date
    name: str
    system: str | None = None
    attributes: tuple[tuple[str, bool], ...] = ()

    def attribute(self, name: str) -> bool | None:
        """Tell the attribute's value, or None where the profile does not say."""
        return dict(self.attributes).get(name)
