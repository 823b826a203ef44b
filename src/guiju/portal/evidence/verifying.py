"""Whether the log is what it was: each event hashed anew, and held against every checkpoint that was kept.

Whoever has the log's key can write another log that agrees with itself. What they cannot do is make it agree with a
checkpoint from after the place that they changed, in these tables or in somebody else's drawer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guiju.ledger.findings import Finding
from guiju.ledger.log import Ledger
from guiju.ledger.tree import HASH_SIZE, TILE_WIDTH, leaf_hash
from guiju.ledger.verifying import Expectations, verify_export
from guiju.portal.evidence.opening import open_log
from guiju.portal.evidence.store import TableStore


@dataclass(frozen=True, slots=True)
class LoggedTables:
    """The tables, read as if they were the log's exported files."""

    log: Ledger
    store: TableStore

    def checkpoint(self) -> bytes:
        """Return what the log says of itself now."""
        return self.log.latest().note.encode()

    def entries(self, number: int, width: int) -> list[bytes] | None:
        """Return the events of one bundle."""
        start = number * TILE_WIDTH
        return list(self.store.events(start, start + width)) or None

    def tile(self, level: int, number: int, width: int) -> list[bytes] | None:
        """Return the hashes of one tile as they are stored; unfinished ones are not, they follow from what is."""
        nodes = self.store.nodes(level, number)
        if nodes is not None:
            row = nodes[: width * HASH_SIZE]
            return [row[place : place + HASH_SIZE] for place in range(0, len(row), HASH_SIZE)]
        if width == TILE_WIDTH:
            return None
        start = number * TILE_WIDTH
        if level:
            return self.store.roots(level - 1, start, start + width)
        return [leaf_hash(data) for data in self.store.events(start, start + width)]

    def last_bundle(self) -> int:
        """Return the number of the last bundle of events."""
        return (self.log.size - 1) // TILE_WIDTH


def verify_log(kept_elsewhere: Iterable[bytes] = ()) -> tuple[Finding, ...]:
    """Read the whole log and say what is wrong with it; nothing, if it continues every checkpoint.

    Compared are all that were handed out from here, and those that the caller kept elsewhere. Raises StoreError where
    the end of the log is damaged, NoteError where something is no checkpoint.
    """
    with open_log() as log:
        store = TableStore()
        earlier = [*kept_elsewhere, *(note.encode() for note in store.checkpoints())]
        expected = Expectations(log.verifier, earlier=earlier, minimum=log.minimum)
        return verify_export(LoggedTables(log, store), expected).findings
