"""The published part of the log's tree, tile by tile (C2SP tlog-tiles): hashes only, never an event.

An event names its case, and most cases are nobody's business. From a hash nobody can tell one: each event commits to
its content with a random salt.
"""

from __future__ import annotations

import re

from guiju.ledger.tiles import tile_path
from guiju.ledger.tree import HASH_SIZE, TILE_HEIGHT, TILE_WIDTH, leaf_hash
from guiju.portal.evidence.checkpoints import latest
from guiju.portal.evidence.store import TableStore

_PLACE = re.compile(r"([0-9]{1,2})/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\.p/([0-9]{1,3}))?", re.ASCII)


def published_tile(place: str) -> bytes | None:
    """Return a tile by its place, as in `0/x001/067.p/8`; None where the latest checkpoint does not reach so far."""
    match = _PLACE.fullmatch(place)
    if match is None:
        return None
    level, number = int(match[1]), int(match[2].replace("x", "").replace("/", ""))
    width = int(match[3]) if match[3] else TILE_WIDTH
    kept = latest()
    reaches = kept is not None and width > 0 and number * TILE_WIDTH + width <= kept.size >> TILE_HEIGHT * level
    # One place for each tile: no other way to write its number.
    if not reaches or tile_path(level, number, width) != f"tile/{place}":
        return None
    return _partial(level, number, width) if width < TILE_WIDTH else _full(level, number, width)


def _full(level: int, number: int, width: int) -> bytes | None:
    nodes = TableStore().nodes(level, number)
    return None if nodes is None else nodes[: width * HASH_SIZE]


def _partial(level: int, number: int, width: int) -> bytes | None:
    """Return the beginning of a tile, which need not be finished: its hashes are the roots of those below."""
    store, start = TableStore(), number * TILE_WIDTH
    stop = start + width
    hashes = store.roots(level - 1, start, stop) if level else [leaf_hash(one) for one in store.events(start, stop)]
    return b"".join(hashes) if len(hashes) == width else _full(level, number, width)
