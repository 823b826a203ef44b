"""HEIC, AVIF and their sequences: the label is XMP in a `mime` item that describes the primary image (grade C2).

Pixels are only copied; every offset to bytes that move is patched. Readers of sequences look at the track, so its own
table of items leads to the same packet. ISO/IEC 23008-12 as commonly described, grade T.
"""

from __future__ import annotations

from guiju.label.errors import DamagedError
from guiju.label.fields import Label
from guiju.label.formats import takeover, xmp
from guiju.label.formats.boxes import box_offsets, box_xmp, boxes, item_changes, item_xmp, mp4_places
from guiju.label.formats.boxes.box_changes import Changes
from guiju.label.formats.boxes.box_xmp import Packet
from guiju.label.formats.boxes.boxes import Box
from guiju.label.formats.boxes.item_changes import Data
from guiju.label.formats.boxes.item_table import RDF, ItemTable
from guiju.label.found import Contents, Seal
from guiju.label.source import Source
from guiju.label.splice import Plan


def contents(source: Source) -> Contents:
    """Return every candidate for a label, XMP of the primary image first, and every seal; pixels are not read."""
    top = _top(source)
    places = mp4_places.places_of(source, top)
    seals = list(mp4_places.seals_of(source, top, places))
    if not seals and item_xmp.names_remote_manifest(source, top):
        seals.append(Seal("c2pa", "xmp dcterms:provenance"))
    items = (item for table in item_xmp.tables(source, top) for item in table.items)
    if any(item.protected and item.content_type == RDF for item in items):
        seals.append(Seal("encryption", "heif:ipro"))
    return Contents((*item_xmp.found(source, top), *places.found(source)), tuple(seals))


def plan(source: Source, label: Label) -> Plan:
    """Return the file with this label in the XMP of the primary image; a new item is added where there is none.

    Raises RefusedError: `no_items` without a primary image, `label_elsewhere`, `item_in_pieces`, `offset_overflow`.
    """
    top = _top(source)
    tables = item_xmp.tables(source, top)
    own = next((table for table in tables if len(table.within) == 1), None)
    if own is None or own.primary is None or own.meta.open_ended:
        raise item_changes.no_items()
    changes = Changes()
    main = _main(source, top, own)
    if main:
        data, written = _merge(source, changes, main, tables, label.bare())
    else:
        packet = xmp.merged(None, label.bare())
        data = Data(len(packet), lambda shift: shift(own.meta.end) - len(packet))
        written = [item_changes.add(source, changes, own, data)]
        changes.put((), own.meta.end, 0, boxes.boxed(b"mdat", packet))
    written += _add_to_track(source, changes, top, (tables, main, data))
    item_xmp.clear(source, changes, top, main)
    mp4_places.places_of(source, top).clear(source, changes)
    return box_offsets.plan_moved(source, top, changes, written)


def _top(source: Source) -> tuple[Box, ...]:
    top = mp4_places.top_boxes(source)
    if boxes.of_kind(top, b"meta") is None and boxes.of_kind(top, b"moov") is None:
        raise DamagedError.because("没有 meta 或 moov 盒", "there is neither a box meta nor a box moov")
    return top


def _main(source: Source, top: tuple[Box, ...], own: ItemTable) -> Packet | None:
    """Return the packet of the primary image."""
    for packet, table, item in item_xmp.packets(source, top):
        if table.within == own.within and table.is_main(item):
            return packet
    return None


def _merge(
    source: Source, changes: Changes, main: Packet, tables: tuple[ItemTable, ...], value: str
) -> tuple[Data, list[Box]]:
    """Put the label into the packet in its place: filled up if it gets shorter, pushing on what follows if longer."""
    length = box_xmp.replace(source, changes, main, xmp.merged(main.data(source), value))
    written: list[Box] = []
    for table in tables:
        users = table.overlapping(main.offset, main.length)
        twin = table.at(source, main.offset, main.length)
        if len(users) > 1 or (users and twin is None):
            takeover.refuse(main.place)
        if twin and length != main.length:
            written.append(item_changes.lengthen(changes, table, twin.number, length))
    return Data(length, lambda shift: shift(main.offset)), written


def _add_to_track(
    source: Source, changes: Changes, top: tuple[Box, ...], known: tuple[tuple[ItemTable, ...], Packet | None, Data]
) -> list[Box]:
    """Let the picture track of a sequence refer to the packet too, unless it does or has XMP of its own."""
    tables, main, data = known
    path = _picture_track(source, top)
    if path is None:
        return []
    table = next((table for table in tables if table.within[:-1] == path), None)
    if table is None:
        item_changes.add_table(changes, path, boxes.children(source, path[-1])[-1].end, data)
        return []
    if table.packets() or (main and table.at(source, main.offset, main.length)):
        return []
    return [item_changes.add(source, changes, table, data)]


def _picture_track(source: Source, top: tuple[Box, ...]) -> tuple[Box, ...] | None:
    moov = boxes.of_kind(top, b"moov")
    for trak in boxes.children(source, moov) if moov else ():
        handler = boxes.child(source, trak, b"mdia", b"hdlr") if trak.kind == b"trak" else None
        if moov and handler and boxes.fields(source, handler, 4, 8) == b"pict":
            return (moov, trak)
    return None
