"""Labels in items: XMP (the place for HEIF, grade C2) and Exif texts (seen, grade T).

Sequences refer to the same packet twice: from the file's own `meta` and from that of a track.
"""

from __future__ import annotations

from collections.abc import Iterator

from guiju.label.formats import takeover, xmp
from guiju.label.formats.boxes import box_xmp, boxes
from guiju.label.formats.boxes.box_changes import Changes
from guiju.label.formats.boxes.box_xmp import Packet
from guiju.label.formats.boxes.boxes import Box
from guiju.label.formats.boxes.item_table import ItemTable, table_of
from guiju.label.formats.boxes.items import Item
from guiju.label.formats.images import exif
from guiju.label.found import Found
from guiju.label.source import Source

_TIFF_STARTS = (b"II*\x00", b"MM\x00*")


def tables(source: Source, top: tuple[Box, ...]) -> tuple[ItemTable, ...]:
    """Return the tables of items of the file itself, then those of its tracks."""
    own = [table_of(source, (box,)) for box in top if box.kind == b"meta"]
    return (*own, *(table_of(source, within) for within in _track_metas(source, top)))


def found(source: Source, top: tuple[Box, ...]) -> tuple[Found, ...]:
    """Return the candidates in all items, those of the primary image's XMP first."""
    result: list[Found] = []
    for packet, _, _ in packets(source, top):
        result += _in_packet(packet.data(source))
    for table in tables(source, top):
        for item in _exif_items(table):
            slots = [slot.found for slot in _exif_slots(source, table, item)[1]]
            result += [slot for slot in slots if slot not in result]
    return tuple(result)


def packets(source: Source, top: tuple[Box, ...]) -> Iterator[tuple[Packet, ItemTable, Item]]:
    """Yield every packet once, with the first item that it belongs to."""
    seen: set[tuple[int, int]] = set()
    for table in tables(source, top):
        for item in table.packets():
            offset, length = table.stretch(source, item)
            if (offset, length) not in seen:
                seen.add((offset, length))
                yield Packet("xmp", table.around(top, offset, length), offset, length), table, item


def clear(source: Source, changes: Changes, top: tuple[Box, ...], main: Packet | None = None) -> None:
    """Take the labels out of all items but the main packet; lengths stay, so that no location changes.

    Raises RefusedError (`label_elsewhere`) where that would take other data away.
    """
    for packet, table, _ in packets(source, top):
        if packet != main and _in_packet(packet.data(source)):
            if len(table.overlapping(packet.offset, packet.length)) > 1:
                takeover.refuse(packet.place)
            box_xmp.clear(source, changes, packet)
    blanked: set[int] = set()
    for table in tables(source, top):
        for item in _exif_items(table):
            base, slots = _exif_slots(source, table, item)
            for slot in slots if base not in blanked else ():
                if takeover.is_label(slot.text):
                    edit = exif.blanked(slot, base)
                    changes.put((), edit.offset, edit.removed, edit.data)
            blanked.add(base)


def names_remote_manifest(source: Source, top: tuple[Box, ...]) -> bool:
    """Tell whether the XMP of an item points to a C2PA manifest outside of the file."""
    data = (packet.data(source) for packet, _, _ in packets(source, top))
    return any(xmp.names_remote_manifest(packet) for packet in data if packet.strip(b"\x00 \t\r\n"))


def _track_metas(source: Source, top: tuple[Box, ...]) -> Iterator[tuple[Box, ...]]:
    for moov in (box for box in top if box.kind == b"moov"):
        for trak in (box for box in boxes.children(source, moov) if box.kind == b"trak"):
            yield from ((moov, trak, box) for box in boxes.children(source, trak) if box.kind == b"meta")


def _in_packet(packet: bytes) -> list[Found]:
    return xmp.found(packet) if packet.strip(b"\x00 \t\r\n") else []


def _exif_items(table: ItemTable) -> tuple[Item, ...]:
    return tuple(item for item in table.items if item.kind == b"Exif" and not item.protected)


def _exif_slots(source: Source, table: ItemTable, item: Item) -> tuple[int, tuple[exif.Slot, ...]]:
    """Return where the TIFF structure of an Exif item begins, and the texts in it."""
    offset, length = table.stretch(source, item)
    skip = 4 + int.from_bytes(source.read(offset, min(4, length)), "big")
    if skip >= length or source.read(offset + skip, min(4, length - skip)) not in _TIFF_STARTS:
        return offset, ()
    block = source.read(offset + skip, length - skip)
    return offset + skip, exif.slots(Source.of_bytes(block, source.limits))
