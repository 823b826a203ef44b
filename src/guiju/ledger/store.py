"""Where a log lies: the few things that its storage must be able to do. One file now, database tables in the portal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

import msgspec

from guiju.ledger.tree import FullTile


class Head(msgspec.Struct, frozen=True, gc=False):
    """How many events are in, their root hash, and the log's signature of exactly these."""

    size: int
    root: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class PersonalRow:
    """A value kept beside the log, so that it can be erased: only its commitment is in the event."""

    index: int
    name: str
    salt: bytes
    value: bytes


class Store(Protocol):
    """Storage of one log. All writing happens within `writing`, which one process at a time may hold."""

    def verifier_text(self) -> str:
        """Return the log's verifier key."""

    def head(self) -> Head:
        """Return the newest head that is durable."""

    def minimum(self) -> int:
        """Return the index of the first event that is still kept; a multiple of 256."""

    def writing(self) -> AbstractContextManager[None]:
        """Serialise writers; what was written is durable when this ends, and undone if it raises."""

    def write(
        self,
        first: int,
        events: Sequence[bytes],
        tiles: Sequence[FullTile],
        head: Head,
        personal: Sequence[PersonalRow],
    ) -> None:
        """Add events from index `first` on, the tiles that they finished, and the head with the last of them.

        Events are canonical JSON: there is no line break in them.
        """

    def keep_checkpoint(self, size: int, note: str) -> None:
        """Keep a checkpoint that is about to be handed out; the same one twice is one."""

    def checkpoints(self) -> list[str]:
        """Return the signed notes that were handed out, by size."""

    def events(self, start: int, stop: int) -> Iterator[bytes]:
        """Yield the kept events from start to stop, in order."""

    def nodes(self, level: int, number: int) -> bytes | None:
        """Return the nodes of a full tile."""

    def roots(self, level: int, start: int, stop: int) -> list[bytes]:
        """Return the roots of the full tiles from start to stop."""

    def prune(self, minimum: int) -> None:
        """Forget the events below `minimum`, never the last one; their hashes stay."""

    def personal(self, index: int) -> list[PersonalRow]:
        """Return what is kept beside the event at this index."""

    def erase(self, index: int, names: Iterable[str] | None) -> list[str]:
        """Remove values and salts beside an event, from every file, and return their names; None means all."""

    def close(self) -> None:
        """Let go of the files."""
