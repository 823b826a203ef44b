"""Items of a `meta` box (HEIF, ISO/IEC 23008-12 as commonly described, grade T): who they are and where they lie."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from guiju.label.errors import DamagedError
from guiju.label.formats.boxes import boxes
from guiju.label.formats.boxes.box_changes import Shift
from guiju.label.formats.boxes.boxes import Box
from guiju.label.source import Source
from guiju.label.splice import Edit

IN_FILE, IN_IDAT = 0, 1


@dataclass(frozen=True)
class Item:
    """An entry of `iinf`; `content_type` and `encoding` are those of a `mime` item."""

    number: int
    kind: bytes
    protected: bool = False
    content_type: str = ""
    encoding: str = ""


@dataclass(frozen=True)
class Extent:
    """A stretch of an item, from the location's base."""

    offset: int
    length: int
    index: int = 0


@dataclass(frozen=True)
class Location:
    """An entry of `iloc`: `method` says what offsets count from, `reference` is not 0 for other files."""

    item: int
    method: int
    reference: int
    base: int
    extents: tuple[Extent, ...]


@dataclass(frozen=True)
class Locations:
    """A whole `iloc` box with the widths of its fields in bytes."""

    version: int
    offset_width: int
    length_width: int
    base_width: int
    index_width: int
    entries: tuple[Location, ...]

    def packed(self) -> bytes:
        """Return the box; raises RefusedError where a number outgrew its field."""
        id_width = 4 if self.version == 2 else 2
        widths = (
            bytes([self.offset_width << 4 | self.length_width]),
            bytes([self.base_width << 4 | (self.index_width if self.version else 0)]),
        )
        parts = [bytes([self.version, 0, 0, 0]), *widths, _fitting(len(self.entries), id_width)]
        for entry in self.entries:
            parts.append(_fitting(entry.item, id_width))
            if self.version:
                parts.append(_fitting(entry.method, 2))
            parts += [_fitting(entry.reference, 2), _fitting(entry.base, self.base_width)]
            parts.append(_fitting(len(entry.extents), 2))
            for extent in entry.extents:
                if self.version:
                    parts.append(_fitting(extent.index, self.index_width))
                parts += [_fitting(extent.offset, self.offset_width), _fitting(extent.length, self.length_width)]
        return boxes.boxed(b"iloc", *parts)

    def shifted(self, shift: Shift, idat: Box | None) -> Locations:
        """Return the same locations after a shift of the file."""
        return replace(self, entries=tuple(self._shifted(entry, shift, idat) for entry in self.entries))

    def _shifted(self, entry: Location, shift: Shift, idat: Box | None) -> Location:
        if entry.method == IN_FILE and entry.reference == 0:
            start = 0
        elif entry.method == IN_IDAT and idat:
            start = idat.body
        else:
            return entry
        new_start = shift(start) if start else 0
        new = [shift(start + entry.base + extent.offset) - new_start for extent in entry.extents]
        base = entry.base if self.base_width and all(at >= entry.base for at in new) else 0
        if new and any(at - base >= 1 << 8 * self.offset_width for at in new):
            base = min(new)
        extents = tuple(replace(old, offset=at - base) for old, at in zip(entry.extents, new, strict=True))
        return replace(entry, base=base, extents=extents)


def entries_of(source: Source, iinf: Box) -> tuple[Item, ...]:
    """Return the items that `iinf` lists."""
    skip = 6 if boxes.number(source, iinf, 0, 1) == 0 else 8
    boxes.fields(source, iinf, skip)
    return tuple(_item(source, box) for box in boxes.children(source, iinf, skip) if box.kind == b"infe")


def _item(source: Source, box: Box) -> Item:
    data = boxes.fields(source, box, box.end - box.body)
    version = data[0] if data else 0
    number_width = 4 if version == 3 else 2
    head = 4 + number_width + 2 + (4 if version >= 2 else 0)
    if len(data) < head:
        raise boxes.too_short(box)
    number = int.from_bytes(data[4 : 4 + number_width], "big")
    protected = any(data[4 + number_width : 6 + number_width])
    kind = data[head - 4 : head] if version >= 2 else b"mime"
    texts = [part.decode("utf-8", "replace") for part in data[head:].split(b"\x00")] + ["", "", ""]
    return Item(number, kind, protected, texts[1] if kind == b"mime" else "", texts[2] if kind == b"mime" else "")


def locations_of(source: Source, iloc: Box) -> Locations:
    """Return the whole `iloc` box; raises DamagedError if its counts do not fit its size."""
    data = boxes.fields(source, iloc, iloc.end - iloc.body)
    reader = _Reader(data, iloc)
    version = reader.number(1)
    reader.number(3)
    widths = reader.number(2)
    offset, length, base, index = (widths >> bits & 0xF for bits in (12, 8, 4, 0))
    index = index if version else 0
    if version > 2 or not {offset, length, base, index} <= {0, 4, 8}:
        raise DamagedError.because("iloc 盒的版本或字段宽度未知", "the box iloc has an unknown version or field width")
    id_width = 4 if version == 2 else 2
    entries = []
    for _ in range(reader.number(id_width)):
        item = reader.number(id_width)
        method = reader.number(2) & 0xF if version else 0
        reference, base_offset, count = reader.number(2), reader.number(base), reader.number(2)
        if reader.left < count * (offset + length + index) or (count > 1 and not offset + length + index):
            raise boxes.too_short(iloc)
        extents = []
        for _ in range(count):
            extent_index = reader.number(index)
            extents.append(Extent(reader.number(offset), reader.number(length), extent_index))
        entries.append(Location(item, method, reference, base_offset, tuple(extents)))
    return Locations(version, offset, length, base, index, tuple(entries))


def stretches(location: Location, idat: Box | None) -> tuple[tuple[int, int], ...] | None:
    """Return where in the file (offset, length) an item lies; None where that is not in this file."""
    if location.reference or location.method not in {IN_FILE, IN_IDAT} or (location.method == IN_IDAT and not idat):
        return None
    start = location.base + (idat.body if location.method == IN_IDAT and idat else 0)
    return tuple((start + extent.offset, extent.length) for extent in location.extents)


def references(source: Source, iref: Box | None, kind: bytes) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield (from, to) of every reference of a kind."""
    if iref is None:
        return
    width = 4 if boxes.number(source, iref, 0, 1) else 2
    for box in boxes.children(source, iref, 4):
        if box.kind == kind:
            reader = _Reader(boxes.fields(source, box, box.end - box.body), box)
            start, count = reader.number(width), reader.number(2)
            yield start, tuple(reader.number(width) for _ in range(count))


def shifted(source: Source, meta: Box, shift: Shift, rewritten: Collection[Box] = ()) -> list[Edit]:
    """Return the edit that lets the locations in a `meta` box follow a shift, unless they are rewritten anyway."""
    inner = boxes.meta_children(source, meta)
    iloc = boxes.of_kind(inner, b"iloc")
    if iloc is None or iloc in rewritten:
        return []
    packed = locations_of(source, iloc).shifted(shift, boxes.of_kind(inner, b"idat")).packed()
    if len(packed) - 8 > iloc.end - iloc.body:
        raise boxes.too_far()
    return [Edit(iloc.body, len(packed) - 8, packed[8:])]


class _Reader:
    """Numbers one after another, within the box."""

    def __init__(self, data: bytes, box: Box) -> None:
        self._data = data
        self._box = box
        self._at = 0

    @property
    def left(self) -> int:
        return len(self._data) - self._at

    def number(self, width: int) -> int:
        if self.left < width:
            raise boxes.too_short(self._box)
        self._at += width
        return int.from_bytes(self._data[self._at - width : self._at], "big")


def _fitting(value: int, width: int) -> bytes:
    if not 0 <= value < 1 << 8 * width:
        raise boxes.too_far()
    return value.to_bytes(width, "big")
