"""What signing must not touch in a HEIF file: the data of its items, compared before and after."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from guiju.label.formats.boxes import boxes, items
from guiju.label.source import Source

_BLOCK: Final = 2**20


def item_digests(path: Path) -> dict[int, str]:
    """Return what each item of a HEIF file holds, as a digest.

    c2pa-python 0.38.1 moves the places of items whose base is 0 twice (seen: HEIC, grade T), still calling the
    manifest valid; so the items are compared. Raises DamagedError where an item lies outside of the file.
    """
    with Source.of_path(path) as source:
        meta = boxes.of_kind(tuple(boxes.walk(source, 0, source.size)), b"meta")
        inner = boxes.meta_children(source, meta) if meta else ()
        iloc = boxes.of_kind(inner, b"iloc")
        entries = items.locations_of(source, iloc).entries if iloc else ()
        idat = boxes.of_kind(inner, b"idat")
        return {entry.item: _digest(source, items.stretches(entry, idat) or ()) for entry in entries}


def _digest(source: Source, stretches: tuple[tuple[int, int], ...]) -> str:
    digest = hashlib.sha256()
    for offset, length in stretches:
        source.stream.seek(offset)
        left = length
        while left and (block := source.stream.read(min(left, _BLOCK))):
            digest.update(block)
            left -= len(block)
        digest.update(left.to_bytes(8, "big"))
    return digest.hexdigest()
