"""The storage interface in plain lists: quick, and the proof that a log needs nothing else of its storage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from guiju.ledger.checkpoint import body
from guiju.ledger.keys import SigningKey
from guiju.ledger.log import Ledger
from guiju.ledger.store import Head, PersonalRow
from guiju.ledger.tree import EMPTY_ROOT, FullTile


@dataclass
class MemoryStore:
    verifier: str
    newest: Head
    kept: int = 0
    data: list[bytes] = field(default_factory=list)
    tiles: dict[tuple[int, int], FullTile] = field(default_factory=dict)
    handed_out: dict[int, str] = field(default_factory=dict)
    beside: list[PersonalRow] = field(default_factory=list)

    def verifier_text(self) -> str:
        return self.verifier

    def head(self) -> Head:
        return self.newest

    def minimum(self) -> int:
        return self.kept

    @contextmanager
    def writing(self) -> Iterator[None]:
        yield

    def write(
        self,
        first: int,
        events: Sequence[bytes],
        tiles: Sequence[FullTile],
        head: Head,
        personal: Sequence[PersonalRow],
    ) -> None:
        assert first == len(self.data)
        self.data.extend(events)
        self.tiles.update({(tile.level, tile.number): tile for tile in tiles})
        self.newest = head
        self.beside.extend(personal)

    def keep_checkpoint(self, size: int, note: str) -> None:
        self.handed_out[size] = note

    def checkpoints(self) -> list[str]:
        return [self.handed_out[size] for size in sorted(self.handed_out)]

    def events(self, start: int, stop: int) -> Iterator[bytes]:
        yield from self.data[max(start, self.kept) : stop]

    def nodes(self, level: int, number: int) -> bytes | None:
        tile = self.tiles.get((level, number))
        return tile.nodes if tile else None

    def roots(self, level: int, start: int, stop: int) -> list[bytes]:
        return [self.tiles[level, number].root for number in range(start, stop)]

    def prune(self, minimum: int) -> None:
        self.kept = minimum

    def personal(self, index: int) -> list[PersonalRow]:
        return [row for row in self.beside if row.index == index]

    def erase(self, index: int, names: Iterable[str] | None) -> list[str]:
        gone = [row for row in self.personal(index) if names is None or row.name in names]
        self.beside = [row for row in self.beside if row not in gone]
        return [row.name for row in gone]

    def close(self) -> None:
        """Nothing is held."""


def memory_log(key: SigningKey) -> Ledger:
    empty = Head(0, EMPTY_ROOT, key.sign(body(key.verifier.name, 0, EMPTY_ROOT).encode()))
    return Ledger(MemoryStore(str(key.verifier), empty), key)
