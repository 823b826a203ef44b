"""Places in ISO media files that hold offsets into the file: when bytes move, each of them has to follow.

Sample tables (`stco`, `co64`, `saio`) here, fragments in `box_fragments`, items (`iloc`) in `items`. Grade T.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from guiju.label.errors import RefusedError
from guiju.label.formats.boxes import box_fragments, boxes, items
from guiju.label.formats.boxes.box_changes import Changes, Shift
from guiju.label.formats.boxes.boxes import Box
from guiju.label.source import Source
from guiju.label.splice import Edit, Plan

_BLOCK = 2**20
_MAX_32 = 2**32 - 1
_WIDTH = {b"stco": 4, b"co64": 8}
_CODES = {4: "I", 8: "Q"}


def plan_moved(source: Source, top: tuple[Box, ...], changes: Changes, rewritten: Collection[Box] = ()) -> Plan:
    """Return the plan for the changes, with all offsets patched that lead to moved bytes.

    The item locations `rewritten` are the caller's. Chunk offsets that outgrow 32 bits get 64. Raises RefusedError
    where an offset cannot follow.
    """
    if not changes.moves_media(top):
        return changes.plan(source)
    _refuse_unknown_offsets(source, top)
    tracks = tuple(_tracks(source, top))
    widened: set[Box] = set()
    while True:
        shift = changes.shift()
        patches = _Patches(source, shift)
        for path in tracks:
            patches.track(path, widened)
        if not patches.outgrown:
            break
        for path in patches.outgrown:
            widened.add(path[-1])
            _widen(source, path, changes)
    edits = patches.edits + box_fragments.shifted(source, top, shift)
    for meta in _metas(source, top):
        edits += items.shifted(source, meta, shift, rewritten)
    return changes.plan(source, edits)


def check_chunks(source: Source, top: tuple[Box, ...]) -> bool:
    """Tell whether the last chunk of every track lies inside the file, as it does unless the file ends early."""
    for path in _tracks(source, top):
        for table in boxes.children(source, path[-1]):
            width = _WIDTH.get(table.kind)
            count = boxes.number(source, table, 4) if width else 0
            if width and count and boxes.number(source, table, 8 + (count - 1) * width, width) >= source.size:
                return False
    return True


@dataclass
class _Patches:
    """The edits for one shift, and the paths to 32-bit tables that it overflows."""

    source: Source
    shift: Shift
    edits: list[Edit] = field(default_factory=list)
    outgrown: list[tuple[Box, ...]] = field(default_factory=list)

    def track(self, path: tuple[Box, ...], widened: set[Box]) -> None:
        """Patch the tables of one track; `path` leads to its `stbl`."""
        for box in boxes.children(self.source, path[-1]):
            if box.kind in _WIDTH and box not in widened:
                self._chunks((*path, box))
            elif box.kind == b"saio":
                self._auxiliary(box)

    def _chunks(self, path: tuple[Box, ...]) -> None:
        table = path[-1]
        width = _WIDTH[table.kind]
        for at, old in _entries(self.source, table, 8, width):
            new = _moved(old, self.shift)
            if width == 4 and new and max(new) > _MAX_32:
                self.outgrown.append(path)
                return
            _expect_fit(new, width)
            if new != old.tolist():
                self.edits.append(Edit(at, width * len(new), _packed(new, width)))

    def _auxiliary(self, box: Box) -> None:
        head = boxes.fields(self.source, box, 4)
        width = 8 if head[0] else 4
        for at, old in _entries(self.source, box, 16 if head[3] & 1 else 8, width):
            new = _moved(old, self.shift)
            _expect_fit(new, width)
            if new != old.tolist():
                self.edits.append(Edit(at, width * len(new), _packed(new, width)))


def _tracks(source: Source, top: tuple[Box, ...]) -> Iterator[tuple[Box, ...]]:
    """Yield the path to the sample table of each track whose media lie in this very file."""
    for moov in (box for box in top if box.kind == b"moov"):
        for trak in (box for box in boxes.children(source, moov) if box.kind == b"trak"):
            mdia = boxes.child(source, trak, b"mdia")
            minf = boxes.child(source, mdia, b"minf")
            stbl = boxes.child(source, minf, b"stbl")
            if mdia and minf and stbl and _is_own_media(source, minf):
                yield (moov, trak, mdia, minf, stbl)


def _is_own_media(source: Source, minf: Box) -> bool:
    dref = boxes.child(source, minf, b"dinf", b"dref")
    if dref is None:
        return True
    entries = boxes.children(source, dref, 8)
    own = [boxes.number(source, entry, 3, 1) & 1 == 1 for entry in entries]
    if any(own) and not all(own):
        raise RefusedError.because(
            "external_media",
            "轨道的媒体数据分别位于本文件和其他文件，无法安全移动",
            "a track has its media partly in this file and partly in others: they cannot be moved safely",
        )
    return all(own)


def _entries(source: Source, table: Box, at: int, width: int) -> Iterator[tuple[int, array[int]]]:
    """Yield the offset and the numbers of each stretch of a table; the count stands right before it."""
    count = boxes.number(source, table, at - 4)
    if table.body + at + count * width > table.end:
        raise boxes.too_short(table)
    step = _BLOCK // width
    for first in range(0, count, step):
        start = table.body + at + first * width
        numbers = array(_CODES[width], source.read(start, min(step, count - first) * width))
        if sys.byteorder == "little":
            numbers.byteswap()
        yield start, numbers


def _moved(numbers: array[int], shift: Shift) -> list[int]:
    if not numbers:
        return []
    low = min(numbers)
    if shift.is_uniform(low, max(numbers)):
        by = shift.by(low)
        return [offset + by for offset in numbers]
    return [shift(offset) for offset in numbers]


def _expect_fit(numbers: list[int], width: int) -> None:
    if numbers and max(numbers) >= 1 << 8 * width:
        raise boxes.too_far()


def _packed(numbers: list[int], width: int) -> bytes:
    table = array(_CODES[width], numbers)
    if sys.byteorder == "little":
        table.byteswap()
    return table.tobytes()


def _widen(source: Source, path: tuple[Box, ...], changes: Changes) -> None:
    """Replace a table of 32 bits by one of 64."""
    table = path[-1]
    count = boxes.number(source, table, 4)

    def wide(shift: Shift) -> bytes:
        stretches = [_packed(_moved(old, shift), 8) for _, old in _entries(source, table, 8, 4)]
        return boxes.boxed(b"co64", bytes(4), count.to_bytes(4, "big"), *stretches)

    changes.put_later(path[:-1], table.offset, table.size, 16 + 8 * count, wide)


def _metas(source: Source, top: tuple[Box, ...]) -> Iterator[Box]:
    """Yield every `meta` box that may hold item locations."""
    for box in top:
        if box.kind == b"meta":
            yield box
        elif box.kind in {b"moov", b"meco"}:
            for inner in boxes.children(source, box):
                if inner.kind == b"meta":
                    yield inner
                elif inner.kind in {b"udta", b"trak"}:
                    yield from (deep for deep in boxes.children(source, inner) if deep.kind == b"meta")


def _refuse_unknown_offsets(source: Source, top: tuple[Box, ...]) -> None:
    """Refuse files whose makers put offsets into boxes of their own (Canon raw, GPS tables of dash cameras)."""
    raw = top[0].kind == b"ftyp" and source.peek(top[0].body, 4) == b"crx "
    gps = any(box.kind == b"gps " for moov in top if moov.kind == b"moov" for box in boxes.children(source, moov))
    if raw or gps:
        raise RefusedError.because(
            "private_offsets",
            "文件含有厂商自定义的偏移量，移动数据会使其失效，未写入",
            "the file holds offsets in its maker's own boxes, which moving data would break: nothing was written",
        )
