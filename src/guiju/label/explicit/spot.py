"""A place in a text, and what is to be put there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Spot:
    """Insert `text` before the character at `position`."""

    position: int
    text: str
