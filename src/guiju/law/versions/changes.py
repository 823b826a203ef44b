"""What one version of a law became in the next: article by article, and in each paragraph by paragraph."""

from dataclasses import dataclass, field
from enum import StrEnum

from guiju.law.address import Address
from guiju.law.versions.wording import WordingChange


class Kind(StrEnum):
    """What happened to a passage; whether it also moved is told apart."""

    UNCHANGED = "unchanged"
    REWORDED = "reworded"
    SPLIT = "split"
    MERGED = "merged"
    ADDED = "added"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Change:
    """Passages of the old text and what they became.

    ``old`` is empty for what was added, ``new`` for what was deleted. A passage that was split stands in one
    change for each part; a merged one has several old addresses. ``moved`` says that it changed its place among
    the others, not merely its number. ``likeness`` is from 0 to 1, None without a counterpart.
    """

    kind: Kind
    old: tuple[Address, ...]
    new: tuple[Address, ...]
    moved: bool = False
    likeness: float | None = None
    wording: WordingChange = field(default_factory=WordingChange)
    parts: tuple["Change", ...] = ()
