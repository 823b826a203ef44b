"""The Merkle tree of RFC 9162: how leaves and nodes are hashed, and its growing right edge.

A tile is a perfect subtree eight levels high: 256 hashes and the 255 nodes above them. Full tiles never change; the
edge keeps the one unfinished tile of each tile level in memory, a few thousand hashes at most.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

HASH_SIZE = 32
TILE_HEIGHT = 8
TILE_WIDTH = 1 << TILE_HEIGHT
TILE_NODES = 2 * TILE_WIDTH - 1
EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """Hash one entry (RFC 9162, 2.1.1)."""
    return sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two children (RFC 9162, 2.1.1)."""
    return sha256(b"\1" + left + right).digest()


@dataclass(frozen=True, slots=True)
class FullTile:
    """A finished tile: `nodes` holds 256 hashes, then the 128 above them, and so on to its one root."""

    level: int
    number: int
    nodes: bytes

    @property
    def root(self) -> bytes:
        """The hash that this tile is in the tile above it."""
        return self.nodes[-HASH_SIZE:]


class OpenTile:
    """A tile that still grows."""

    __slots__ = ("rows",)

    def __init__(self) -> None:
        self.rows: list[list[bytes]] = [[] for _ in range(TILE_HEIGHT + 1)]

    @property
    def room(self) -> int:
        """How many hashes it still takes."""
        return TILE_WIDTH - len(self.rows[0])

    def extend(self, hashes: Sequence[bytes]) -> None:
        """Add hashes, at most as many as there is room for, and every node that they complete."""
        row = self.rows[0]
        row.extend(hashes)
        for above in self.rows[1:]:
            start, stop = 2 * len(above), len(row) & ~1
            if start == stop:
                return
            above.extend(
                [sha256(b"\1" + row[place] + row[place + 1]).digest() for place in range(start, stop, 2)],
            )
            row = above

    def nodes(self) -> bytes:
        """Return all its nodes, row by row."""
        return b"".join([b"".join(row) for row in self.rows])


@dataclass(slots=True)
class Edge:
    """The right edge of a tree of `size` leaves: enough to append, and to know the root."""

    size: int = 0
    tiles: list[OpenTile] = field(default_factory=list)

    def extend(self, leaves: Sequence[bytes]) -> list[FullTile]:
        """Append leaf hashes; returns the tiles that this finished, lower ones first."""
        finished: list[FullTile] = []
        self._extend(0, leaves, finished)
        self.size += len(leaves)
        return finished

    def _extend(self, level: int, hashes: Sequence[bytes], finished: list[FullTile]) -> None:
        if level == len(self.tiles):
            self.tiles.append(OpenTile())
        first = self.size >> (TILE_HEIGHT * (level + 1))
        roots: list[bytes] = []
        place = 0
        while place < len(hashes):
            tile = self.tiles[level]
            upto = place + tile.room
            tile.extend(hashes[place:upto])
            place = upto
            if not tile.room:
                full = FullTile(level, first + len(roots), tile.nodes())
                finished.append(full)
                roots.append(full.root)
                self.tiles[level] = OpenTile()
        if roots:
            self._extend(level + 1, roots, finished)

    @staticmethod
    def restored(size: int, tail: Sequence[bytes], roots: Callable[[int, int, int], Sequence[bytes]]) -> Edge:
        """Rebuild the edge of a tree from the leaves of its unfinished tile and the roots of finished ones.

        `roots(level, start, stop)` returns those of the tiles of that level.
        """
        edge = Edge(size)
        row, level = tail, 0
        while True:
            tile = OpenTile()
            tile.extend(row)
            edge.tiles.append(tile)
            stop = size >> TILE_HEIGHT * (level + 1)
            if not stop:
                return edge
            row = roots(level, stop & -TILE_WIDTH, stop)
            level += 1

    def root(self) -> bytes:
        """Return the root hash of the whole tree."""
        found = None
        for tile in self.tiles:
            for row in tile.rows[:TILE_HEIGHT]:
                if len(row) & 1:
                    found = row[-1] if found is None else node_hash(row[-1], found)
        return EMPTY_ROOT if found is None else found
