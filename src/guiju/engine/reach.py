"""What an exemption reaches: a law (`mail4`), articles (`mail4:40-80`), an article or a provision (`mail4:96.1`)."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass

from guiju.law.address import Address, AddressError

_RANGE = re.compile(r"([a-z][a-z0-9_-]*):([0-9]+)-([0-9]+)\Z")
_LAW = re.compile(r"[a-z][a-z0-9_-]*\Z")


@dataclass(frozen=True, slots=True)
class Reach:
    """A stretch of articles of one law, or one provision in it."""

    law: str
    first: int
    last: int
    within: Address | None = None


def parse_reach(text: str) -> Reach:
    """Read a reach; raises AddressError with the forms that exist."""
    if _LAW.match(text):
        return Reach(text, 1, sys.maxsize)
    stretch = _RANGE.match(text)
    if stretch:
        law, first, last = stretch[1], int(stretch[2]), int(stretch[3])
        if first > last:
            raise AddressError(f"{text!r} is an empty range of articles")
        return Reach(law, first, last)
    address = Address.parse(text)
    return Reach(address.law, address.article, address.article, address)


def covers(reach: Reach, address: Address) -> bool:
    """Tell whether a provision lies within the reach."""
    if reach.law != address.law or not reach.first <= address.article <= reach.last:
        return False
    return reach.within is None or reach.within.contains(address)
