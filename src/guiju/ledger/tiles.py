"""Names and contents of the static files of a tiled log (C2SP tlog-tiles)."""

from __future__ import annotations

from collections.abc import Iterable

from guiju.ledger.errors import ExportError
from guiju.ledger.tree import HASH_SIZE, TILE_HEIGHT, TILE_WIDTH

CHECKPOINT = "checkpoint"
_LENGTH = 2


def tile_path(level: int | str, number: int, width: int = TILE_WIDTH) -> str:
    """Return where a tile lies: ``tile/0/x001/067``, ``tile/0/x001/067.p/8``; level ``entries`` for events."""
    groups = [f"{number % 1000:03}"]
    while number := number // 1000:
        groups.append(f"x{number % 1000:03}")
    partial = f".p/{width}" if width < TILE_WIDTH else ""
    return f"tile/{level}/{'/'.join(reversed(groups))}{partial}"


def tile_levels(size: int) -> int:
    """Return how many tile levels a tree of this size has."""
    levels = 0
    while size >> TILE_HEIGHT * levels:
        levels += 1
    return levels


def widths(size: int, level: int = 0) -> Iterable[tuple[int, int]]:
    """Yield number and width of each tile of a level; only the last can be partial."""
    full, rest = divmod(size >> TILE_HEIGHT * level, TILE_WIDTH)
    yield from ((number, TILE_WIDTH) for number in range(full))
    if rest:
        yield full, rest


def bundle(entries: Iterable[bytes]) -> bytes:
    """Write entries one after another, each behind its length."""
    return b"".join([len(entry).to_bytes(_LENGTH, "big") + entry for entry in entries])


def unbundled(content: bytes, name: str) -> list[bytes]:
    """Read an entry bundle; raises ExportError if it ends within an entry."""
    entries = []
    place = 0
    while place < len(content):
        start = place + _LENGTH
        place = start + int.from_bytes(content[place:start], "big")
        if start > len(content) or place > len(content):
            raise ExportError("L151", f"{name} ends within an entry", f"{name} 在一条记录中间结束")
        entries.append(content[start:place])
    return entries


def hashes(content: bytes, name: str) -> list[bytes]:
    """Read a tile; raises ExportError if it is not made of whole hashes."""
    if len(content) % HASH_SIZE:
        raise ExportError("L151", f"{name} is not made of 32-byte hashes", f"{name} 不是由 32 字节的哈希组成")
    return [content[place : place + HASH_SIZE] for place in range(0, len(content), HASH_SIZE)]
