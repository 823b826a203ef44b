"""Adding an item of XMP to a table of items, and moving or lengthening the data of one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import chain

from guiju.label.errors import RefusedError
from guiju.label.formats.boxes import boxes, items
from guiju.label.formats.boxes.box_changes import Changes, Shift
from guiju.label.formats.boxes.boxes import Box
from guiju.label.formats.boxes.item_table import RDF, ItemTable
from guiju.label.formats.boxes.items import Extent, Location, Locations
from guiju.label.source import Source

_MAX_16 = 0xFFFF


@dataclass(frozen=True)
class Data:
    """The bytes of an item: how many, and where they stand in the new file."""

    length: int
    where: Callable[[Shift], int]


def lengthen(changes: Changes, table: ItemTable, number: int, length: int) -> Box:
    """Write the new length of an item; returns the old box of the locations."""
    old = _locations(table)
    entries = tuple(_longer(entry, length) if entry.item == number else entry for entry in old.entries)
    return _relocate(changes, table, replace(old, length_width=max(old.length_width, 4), entries=entries))


def add(source: Source, changes: Changes, table: ItemTable, data: Data) -> Box:
    """Add an item of XMP that describes the primary one, if there is one; returns the old box of the locations.

    Raises RefusedError (`no_items`) where the table has no room for another item.
    """
    iinf, old = table.box(b"iinf"), _locations(table)
    if iinf is None:
        raise no_items()
    number = _unused(table)
    _list(source, changes, table, iinf, number)
    if table.primary is not None:
        _describe(source, changes, table, number)
    place = Location(number, items.IN_FILE, 0, 0, (Extent(0, data.length),))
    wide = replace(old, offset_width=max(old.offset_width, 4), length_width=max(old.length_width, 4))
    return _relocate(changes, table, replace(wide, entries=(*wide.entries, place)), (number, data))


def add_table(changes: Changes, within: tuple[Box, ...], end: int, data: Data) -> None:
    """Put a new `meta` box with one item of XMP at the end of a track."""

    def table(offset: int) -> bytes:
        place = Location(1, items.IN_FILE, 0, 0, (Extent(offset, data.length),))
        handler = boxes.boxed(b"hdlr", bytes(8), b"pict", bytes(13))
        listed = boxes.boxed(b"iinf", bytes(4), (1).to_bytes(2, "big"), _entry(1))
        return boxes.boxed(b"meta", bytes(4), handler, Locations(0, 4, 4, 0, 0, (place,)).packed(), listed)

    changes.put_later(within, end, 0, len(table(0)), lambda shift: table(data.where(shift)))


def no_items() -> RefusedError:
    """Return the refusal for a file without a list of items that could be extended."""
    return RefusedError.because(
        "no_items",
        "文件没有可扩展的主图像条目表，没有可写入标识的位置",
        "the file has no list of items with a primary image that could be extended: there is no place for the label",
    )


def _locations(table: ItemTable) -> Locations:
    if table.locations is None:
        raise no_items()
    return table.locations


def _relocate(changes: Changes, table: ItemTable, new: Locations, placed: tuple[int, Data] | None = None) -> Box:
    """Write the locations anew, one of them at a given place; returns their old box."""
    iloc = table.box(b"iloc")
    if iloc is None:
        raise no_items()

    def fill(shift: Shift) -> bytes:
        moved = new.shifted(shift, table.box(b"idat"))
        if placed:
            number, data = placed
            extents = (Extent(data.where(shift), data.length),)
            last = replace(moved.entries[-1], item=number, base=0, extents=extents)
            moved = replace(moved, entries=(*moved.entries[:-1], last))
        return moved.packed()

    changes.put_later(table.within, iloc.offset, iloc.size, len(new.packed()), fill)
    return iloc


def _longer(entry: Location, length: int) -> Location:
    return replace(entry, extents=(replace(entry.extents[0], length=length),))


def _unused(table: ItemTable) -> int:
    """Return a number of 16 bits that no item or group has, so that it fits every version of every box."""
    after = max((item.number for item in table.items), default=0) + 1
    numbers = chain(range(after, _MAX_16 + 1), range(1, _MAX_16 + 1))
    number = next((number for number in numbers if number not in table.used), None)
    if number is None:
        raise no_items()
    return number


def _entry(number: int) -> bytes:
    head = b"\x02\x00\x00\x00" + number.to_bytes(2, "big") + bytes(2) + b"mime"
    return boxes.boxed(b"infe", head, b"XMP\x00", RDF.encode() + b"\x00")


def _list(source: Source, changes: Changes, table: ItemTable, iinf: Box, number: int) -> None:
    width = 4 if boxes.number(source, iinf, 0, 1) else 2
    count = boxes.number(source, iinf, 4, width) + 1
    if count >= 1 << 8 * width:
        raise boxes.too_far()
    changes.put((), iinf.body + 4, width, count.to_bytes(width, "big"))
    changes.put((*table.within, iinf), iinf.end, 0, _entry(number))


def _describe(source: Source, changes: Changes, table: ItemTable, number: int) -> None:
    iref = table.box(b"iref")
    primary = table.primary or 0
    width = 4 if (boxes.number(source, iref, 0, 1) if iref else primary > _MAX_16) else 2
    if primary >= 1 << 8 * width:
        raise boxes.too_far()
    parts = (number.to_bytes(width, "big"), (1).to_bytes(2, "big"), primary.to_bytes(width, "big"))
    reference = boxes.boxed(b"cdsc", *parts)
    if iref:
        changes.put((*table.within, iref), iref.end, 0, reference)
    else:
        full = boxes.boxed(b"iref", bytes([width == 4, 0, 0, 0]), reference)
        changes.put(table.within, table.inner[-1].end, 0, full)
