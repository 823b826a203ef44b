"""Cross-reference sections of PDF (ISO 32000-1, 7.5.4 and 7.5.8): where each object stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from guiju.label.errors import DamagedError, TooLargeError
from guiju.label.formats.documents.pdf_syntax import Dictionary, number_of
from guiju.label.source import Source

_HEADER = re.compile(rb"[\x00\t\n\f\r ]*(\d{1,10})[ \t]+(\d{1,10})[\x00\t\n\f\r ]")
_TRAILER = re.compile(rb"[\x00\t\n\f\r ]*trailer")
_FIRST_ENTRY = re.compile(rb"[\x00\t\n\f\r ]*(\d{10} \d{5} [nf](?: ?\r\n| ?\r| ?\n))")
_ENTRY = re.compile(rb"(\d{10}) (\d{5}) ([nf])[ \r\n]{1,3}")
_MOST_RANGES = 100_000


@dataclass(frozen=True)
class At:
    """An object that stands at an offset, as the file counts it."""

    offset: int
    generation: int


@dataclass(frozen=True)
class Inside:
    """An object that lies in an object stream."""

    stream: int


@dataclass(frozen=True)
class Free:
    """An object that was deleted, or never was."""


Where = At | Inside | Free


@dataclass(frozen=True)
class _Range:
    first: int
    count: int
    at: int
    width: int


@dataclass
class Section:
    """One cross-reference section: a table, which stays in the file, or the rows of a decoded stream."""

    trailer: Dictionary
    is_stream: bool
    ranges: tuple[_Range, ...]
    rows: bytes = b""
    widths: tuple[int, int, int] = (0, 0, 0)
    hidden: Section | None = field(default=None)
    """The stream beside the table of a hybrid file."""

    @cached_property
    def end(self) -> int:
        """One more than the highest object number."""
        own = max((one.first + one.count for one in self.ranges), default=0)
        return max(own, self.hidden.end if self.hidden else 0)

    def where(self, source: Source, number: int) -> Where | None:
        """Return where the object is, None if this section says nothing about it.

        The stream beside the table of a hybrid file is asked only where the table is silent (7.5.8.4).
        """
        found = self._own(source, number)
        if found is None and self.hidden is not None:
            return self.hidden.where(source, number)
        return found

    def _own(self, source: Source, number: int) -> Where | None:
        place = bisect_right(self._firsts, number) - 1
        one = self._sorted[place] if place >= 0 else None
        if one is None or number >= one.first + one.count:
            return None
        at = one.at + (number - one.first) * one.width
        return self._row(at) if self.is_stream else _table_entry(source, at, one.width)

    @cached_property
    def _sorted(self) -> tuple[_Range, ...]:
        return tuple(sorted(self.ranges, key=lambda one: one.first))

    @cached_property
    def _firsts(self) -> tuple[int, ...]:
        return tuple(one.first for one in self._sorted)

    def _row(self, at: int) -> Where:
        values = []
        for width in self.widths:
            values.append(int.from_bytes(self.rows[at : at + width], "big"))
            at += width
        kind = values[0] if self.widths[0] else 1
        if kind == 1:
            return At(values[1], values[2])
        return Inside(values[1]) if kind == 2 else Free()


def _table_entry(source: Source, at: int, width: int) -> Where:
    found = _ENTRY.fullmatch(source.read(at, width))
    if not found:
        raise _broken(at)
    return At(int(found[1]), int(found[2])) if found[3] == b"n" else Free()


def _broken(at: int) -> DamagedError:
    return DamagedError.because(f"第 {at} 字节处的交叉引用表不可读", f"the cross-references at byte {at} are broken")


def table_ranges(source: Source, at: int) -> tuple[tuple[_Range, ...], int]:
    """Return the ranges of the table whose keyword `xref` ends at `at`, and the offset behind the keyword `trailer`."""
    ranges: list[_Range] = []
    while True:
        head = source.peek(at, 64)
        if found := _TRAILER.match(head):
            return tuple(ranges), at + found.end()
        found = _HEADER.match(head)
        if not found:
            raise _broken(at)
        first, count = int(found[1]), int(found[2])
        at += found.end() - 1
        if count:
            entry = _FIRST_ENTRY.match(source.peek(at, 64))
            if not entry:
                raise _broken(at)
            width = len(entry[1])
            ranges.append(_Range(first, count, at + entry.start(1), width))
            at += entry.start(1) + count * width
            if at > source.size:
                raise _broken(at)
        if len(ranges) > _MOST_RANGES:
            raise TooLargeError.because("交叉引用表分段过多", "the cross-reference table has too many parts")


def stream_section(dictionary: Dictionary, rows: bytes) -> Section:
    """Return the section of a cross-reference stream from its dictionary and its decoded rows."""
    widths = dictionary.get("W")
    size = number_of(dictionary.get("Size"))
    index = dictionary.get("Index")
    numbers = [number_of(one) for one in widths] if isinstance(widths, tuple) else []
    given = [number_of(one) for one in index] if isinstance(index, tuple) else [0, size]
    if len(numbers) < 3 or None in numbers or None in given or len(given) % 2 or size is None:
        raise _broken_stream()
    one, two, three = (number or 0 for number in numbers[:3])
    if max(one, two, three) > 8 or not one + two + three:
        raise _broken_stream()
    width = sum(number or 0 for number in numbers)
    ranges, at = [], 0
    for first, count in zip(given[::2], given[1::2], strict=True):
        ranges.append(_Range(first or 0, count or 0, at, width))
        at += (count or 0) * width
    if at > len(rows):
        raise _broken_stream()
    return Section(dictionary, is_stream=True, ranges=tuple(ranges), rows=rows, widths=(one, two, three))


def _broken_stream() -> DamagedError:
    return DamagedError.because("交叉引用数据流不可读", "a cross-reference stream is broken")
