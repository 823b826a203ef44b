"""Offsets of fragmented ISO media (`moof`, `mfra`, `sidx`): what changes when fragments move as wholes.

`trun` offsets, and `saio` in fragments, count from their fragment or from `tfhd`'s base, so only these are patched:
`tfhd` base offsets (absolute), `tfra` (absolute), `sidx` (from the end of the index itself). Grade T.
"""

from __future__ import annotations

from guiju.label.formats.boxes import boxes
from guiju.label.formats.boxes.box_changes import Shift
from guiju.label.formats.boxes.boxes import Box
from guiju.label.source import Source
from guiju.label.splice import Edit

_HAS_BASE = 0x000001


def shifted(source: Source, top: tuple[Box, ...], shift: Shift) -> list[Edit]:
    """Return the edits for all fragments and their indexes; raises RefusedError where a number does not fit."""
    edits: list[Edit] = []
    for box in top:
        if box.kind == b"moof":
            edits += _bases(source, box, shift)
        elif box.kind == b"mfra":
            for table in boxes.children(source, box):
                edits += _random_access(source, table, shift) if table.kind == b"tfra" else []
        elif box.kind == b"sidx":
            edits += _index(source, box, shift)
    return edits


def _bases(source: Source, moof: Box, shift: Shift) -> list[Edit]:
    edits = []
    for traf in boxes.children(source, moof):
        header = boxes.child(source, traf, b"tfhd") if traf.kind == b"traf" else None
        if header and boxes.number(source, header, 0) & _HAS_BASE:
            base = boxes.number(source, header, 8, 8)
            if shift.by(base):
                edits.append(Edit(header.body + 8, 8, _fitting(shift(base), 8)))
    return edits


def _random_access(source: Source, table: Box, shift: Shift) -> list[Edit]:
    """Patch the fragment's offset, the second field of each entry."""
    head = boxes.fields(source, table, 16)
    width = 8 if head[0] else 4
    rest = sum((head[11] >> bits & 3) + 1 for bits in (0, 2, 4))
    step, count = 2 * width + rest, int.from_bytes(head[12:16], "big")
    data = bytearray(boxes.fields(source, table, step * count, 16))
    for at in range(width, len(data), step):
        data[at : at + width] = _fitting(shift(int.from_bytes(data[at : at + width], "big")), width)
    return [Edit(table.body + 16, len(data), bytes(data))]


def _index(source: Source, index: Box, shift: Shift) -> list[Edit]:
    """Patch the distance to the first fragment and, should bytes be put in between, the lengths."""
    width = 8 if boxes.number(source, index, 0, 1) else 4
    first_at, count_at = 12 + width, 12 + 2 * width + 2
    count = boxes.number(source, index, count_at, 2)
    entries = bytearray(boxes.fields(source, index, 12 * count, count_at + 2))
    at = index.end + boxes.number(source, index, first_at, width)
    first = shift(at) - (shift(index.offset) + index.size)
    for entry in range(0, len(entries), 12):
        word = int.from_bytes(entries[entry : entry + 4], "big")
        end = at + (word & 0x7FFFFFFF)
        length = shift(end) - shift(at)
        entries[entry : entry + 4] = _fitting(word & 0x80000000 | _fits_31_bits(length), 4)
        at = end
    return [
        Edit(index.body + first_at, width, _fitting(first, width)),
        Edit(index.body + count_at + 2, len(entries), bytes(entries)),
    ]


def _fits_31_bits(length: int) -> int:
    if not 0 <= length < 2**31:
        raise boxes.too_far()
    return length


def _fitting(value: int, width: int) -> bytes:
    if not 0 <= value < 1 << 8 * width:
        raise boxes.too_far()
    return value.to_bytes(width, "big")
