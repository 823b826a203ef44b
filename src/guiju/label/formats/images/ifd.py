"""TIFF directories (TIFF 6.0 and BigTIFF): the structure of TIFF and DNG files, of Exif blocks and of MPF indexes."""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guiju.label.errors import DamagedError
from guiju.label.source import Source

BYTE, ASCII, SHORT, LONG, UNDEFINED, LONG8 = 1, 2, 3, 4, 7, 16
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
_CODES = {1: "B", 3: "H", 4: "I", 13: "I", 16: "Q", 18: "Q"}


@dataclass(frozen=True)
class Layout:
    """Byte order and width of a TIFF structure; `first` is the offset of its first directory."""

    mark: str
    big: bool
    first: int

    @property
    def first_at(self) -> int:
        """Where the offset of the first directory stands."""
        return 8 if self.big else 4

    @property
    def offset(self) -> str:
        """The struct code of an offset."""
        return "Q" if self.big else "I"

    @property
    def counter(self) -> str:
        """The struct code of the number of entries."""
        return "Q" if self.big else "H"

    @property
    def width(self) -> int:
        """Bytes of an offset; a value that fits in them stands in the entry itself."""
        return 8 if self.big else 4

    def pack(self, codes: str, *numbers: int) -> bytes:
        """Return the numbers in this byte order."""
        return struct.pack(self.mark + codes, *numbers)

    def unpack(self, codes: str, data: bytes) -> tuple[int, ...]:
        """Return the numbers of bytes in this byte order."""
        return struct.unpack(self.mark + codes, data)


@dataclass(frozen=True)
class Entry:
    """One entry: `at` is its own offset, `value_at` that of its value of `size` bytes (0 for an unknown type)."""

    tag: int
    kind: int
    count: int
    at: int
    value_at: int
    size: int


@dataclass(frozen=True)
class Directory:
    """A directory, its entries not taken apart yet; `next` is the offset of the next one (0: none)."""

    at: int
    layout: Layout
    table_at: int
    table: bytes
    next: int

    @property
    def width(self) -> int:
        """Bytes of an entry."""
        return 20 if self.layout.big else 12

    @property
    def count(self) -> int:
        """Number of entries."""
        return len(self.table) // self.width

    def entries(self) -> Iterator[Entry]:
        """Yield all entries."""
        for start in range(0, len(self.table), self.width):
            yield _entry(self.layout, self.table[start : start + self.width], self.table_at + start)

    def entry(self, tag: int) -> Entry | None:
        """Return the first entry with this tag."""
        for index, (found,) in enumerate(struct.iter_unpack(f"{self.layout.mark}H{self.width - 2}x", self.table)):
            if found == tag:
                start = index * self.width
                return _entry(self.layout, self.table[start : start + self.width], self.table_at + start)
        return None

    def grown(self, tag: int, kind: int, count: int, value_at: int) -> bytes:
        """Return the directory with one more entry, in the order of tags, that goes on where this one does."""
        pack = self.layout.pack
        entries = [self.table[at : at + self.width] for at in range(0, len(self.table), self.width)]
        entries.append(pack("HH" + self.layout.offset * 2, tag, kind, count, value_at))
        entries.sort(key=lambda raw: self.layout.unpack("H", raw[:2]))
        return pack(self.layout.counter, len(entries)) + b"".join(entries) + pack(self.layout.offset, self.next)


def layout_of(source: Source) -> Layout | None:
    """Return the layout by the header at byte 0, or None if there is no TIFF header."""
    head = source.peek(0, 16)
    mark = {b"II": "<", b"MM": ">"}.get(head[:2])
    if mark is None or len(head) < 8:
        return None
    magic, first = struct.unpack(mark + "HI", head[2:8])
    if magic == 42:
        return Layout(mark, big=False, first=first)
    if magic == 43 and len(head) == 16 and struct.unpack(mark + "HH", head[4:8]) == (8, 0):
        return Layout(mark, big=True, first=struct.unpack(mark + "Q", head[8:16])[0])
    return None


def directory(source: Source, layout: Layout, at: int) -> Directory:
    """Read the directory at `at`; raises DamagedError if it does not lie inside of the structure."""
    start = at + struct.calcsize("=" + layout.counter)
    count = layout.unpack(layout.counter, source.read(at, start - at))[0]
    size = count * (20 if layout.big else 12)
    table = source.read(start, size + layout.width)
    return Directory(at, layout, start, table[:size], layout.unpack(layout.offset, table[size:])[0])


def _entry(layout: Layout, raw: bytes, at: int) -> Entry:
    tag, kind, count = layout.unpack("HH" + layout.offset, raw[: -layout.width])
    size = _SIZES.get(kind, 0) * count
    inline = size <= layout.width
    value_at = at + len(raw) - layout.width if inline else layout.unpack(layout.offset, raw[-layout.width :])[0]
    return Entry(tag, kind, count, at, value_at, size)


def chain(source: Source, layout: Layout) -> Iterator[Directory]:
    """Yield the directories one after the other; raises DamagedError if they run in a circle."""
    seen: set[int] = set()
    at = layout.first
    while at:
        if at in seen:
            raise DamagedError.because("TIFF 目录成环", "the TIFF directories run in a circle")
        seen.add(at)
        current = directory(source, layout, at)
        yield current
        at = current.next


def value(source: Source, entry: Entry) -> bytes:
    """Return the bytes of an entry's value; raises DamagedError if they lie outside of the structure."""
    return source.read(entry.value_at, entry.size)


def numbers(source: Source, layout: Layout, entry: Entry) -> Sequence[int]:
    """Return the whole numbers of an entry, none if it is of another type."""
    if entry.kind not in _CODES:
        return ()
    found = array(_CODES[entry.kind], value(source, entry))
    if (layout.mark == "<") != (sys.byteorder == "little"):
        found.byteswap()
    return found
