"""Events whose hash is not the one that is expected, and what that means: edited, or in another's place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from guiju.ledger.findings import Finding, event_edited, events_reordered, tile_differs
from guiju.ledger.tree import TILE_WIDTH

MOST_KEPT = 10_000
MOST_TOLD = 100


@dataclass
class Differences:
    """By index: the hash of the event that is there, and the hash that is expected; at most 10,000 are kept."""

    found: dict[int, tuple[bytes, bytes]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.found)

    def compare(self, start: int, leaves: Sequence[bytes], expected: Sequence[bytes]) -> None:
        """Compare hashes from index `start` on, as far as both go."""
        if leaves == expected or len(self.found) >= MOST_KEPT:
            return
        for place, pair in enumerate(zip(leaves, expected, strict=False)):
            if pair[0] != pair[1]:
                self.found[start + place] = pair

    def within(self, start: int, stop: int) -> bool:
        """Whether an event from start to stop differs."""
        return any(start <= index < stop for index in self.found)

    def as_tiles(self) -> list[Finding]:
        """Say it of the stored hashes: for when the events give the signed root."""
        numbers = sorted({index // TILE_WIDTH for index in self.found})
        return [tile_differs(0, number, number * TILE_WIDTH, (number + 1) * TILE_WIDTH) for number in numbers][
            :MOST_TOLD
        ]

    def as_events(self) -> list[Finding]:
        """Say it of the events: which were edited, which two stand in each other's place."""
        wanted = {expected: index for index, (_, expected) in self.found.items()}
        told: list[Finding] = []
        paired: set[int] = set()
        for index, (there, expected) in self.found.items():
            other = wanted.get(there)
            if index in paired:
                continue
            if other is not None and other != index and self.found[other][0] == expected:
                paired.add(other)
                told.append(events_reordered(index, other))
            else:
                told.append(event_edited(index))
            if len(told) == MOST_TOLD:
                break
        return told
