"""TIFF, BigTIFF and DNG: the label stands in the XMP packet, tag 700 of the first directory (guide 20259A, grade C2).

Exif UserComment and ImageDescription are read too. New data goes to the end of the file; offsets stay as they are.
"""

from __future__ import annotations

from operator import add

from guiju.label.errors import DamagedError, RefusedError, TooLargeError
from guiju.label.fields import Label
from guiju.label.formats import takeover, xmp
from guiju.label.formats.images import exif, ifd
from guiju.label.found import Contents, Seal
from guiju.label.source import Source
from guiju.label.splice import Edit, Plan

_XMP, _C2PA = 700, 0xCD41
_DATA = ((273, 279), (324, 325), (513, 514))
"""Tags with the offsets and the byte counts of strips, tiles and a JPEG preview."""
_BYTES = (ifd.BYTE, ifd.UNDEFINED)


def contents(source: Source) -> Contents:
    """Return the labels of all pages of a TIFF file and its C2PA seals; see `Format.contents`."""
    layout, pages = _pages(source)
    packets = _packets(source, pages)
    found = [one for packet in packets for one in xmp.found(packet)]
    found += [slot.found for page in pages for slot in exif.slots_in(source, layout, page)]
    seals = [Seal("c2pa", "tiff:0xCD41")] if any(page.entry(_C2PA) for page in pages) else []
    if any(xmp.names_remote_manifest(packet) for packet in packets):
        seals.append(Seal("c2pa", "xmp dcterms:provenance"))
    return Contents(tuple(found), tuple(seals))


def plan(source: Source, label: Label) -> Plan:
    """Return the file with the label in the XMP of its first directory; see `Format.plan`.

    Refused: `tiff_full` where the file would outgrow 32-bit offsets, `directory_full` where the directory takes no
    further entry, `camera_raw` for CR2, whose readers expect the first directory in its place.
    """
    layout, pages = _pages(source)
    if source.peek(8, 2) == b"CR" and not layout.big:
        raise RefusedError.because("camera_raw", "CR2 原始照片不写入标识", "a CR2 camera file is not written to")
    _packets(source, pages)
    main = pages[0].entry(_XMP)
    edits = _replaced(source, layout, main, label.bare()) if main else _added(source, layout, pages[0], label.bare())
    for page in pages[1:]:
        entry = page.entry(_XMP)
        old = ifd.value(source, entry) if entry else b""
        if entry and xmp.found(old):
            edits += _in_place(layout, entry, xmp.without(old))
    slots = [slot for page in pages for slot in exif.slots_in(source, layout, page) if takeover.is_label(slot.text)]
    edits += [exif.blanked(slot) for slot in slots]
    result = takeover.planned(source.size, edits)
    if not layout.big and result.size > 0xFFFFFFFF:
        raise RefusedError.because("tiff_full", "文件已达 TIFF 的 4 GB 上限", "the file is at the 4 GB limit of TIFF")
    return result


def _pages(source: Source) -> tuple[ifd.Layout, list[ifd.Directory]]:
    """Return the directories; raises DamagedError if there is none, or if the image data does not all stand there."""
    layout = ifd.layout_of(source)
    if layout is None or not layout.first:
        raise DamagedError.because("TIFF 文件头不符", "the TIFF header is wrong")
    pages = list(ifd.chain(source, layout))
    if sum(page.count for page in pages) > source.limits.reads:
        raise TooLargeError.because("TIFF 目录项过多", "the TIFF directories have too many entries")
    for page in pages:
        _assert_whole(source, layout, page)
    return layout, pages


def _packets(source: Source, pages: list[ifd.Directory]) -> list[bytes]:
    return xmp.bounded([ifd.value(source, entry) for page in pages if (entry := page.entry(_XMP))])


def _assert_whole(source: Source, layout: ifd.Layout, page: ifd.Directory) -> None:
    if any(entry.value_at + entry.size > source.size for entry in page.entries()):
        raise DamagedError.because("目录项的值超出文件", "the value of a directory entry lies outside of the file")
    for offset_tag, count_tag in _DATA:
        offsets, counts = page.entry(offset_tag), page.entry(count_tag)
        if offsets and counts:
            ends = map(add, ifd.numbers(source, layout, offsets), ifd.numbers(source, layout, counts))
            if max(ends, default=0) > source.size:
                raise DamagedError.because("图像数据不完整", "the image data is cut off")


def _replaced(source: Source, layout: ifd.Layout, entry: ifd.Entry, value: str) -> list[Edit]:
    """Change a packet that is there: in its place if it fits or stands last, else at the end of the file."""
    old = ifd.value(source, entry)
    packet = xmp.merged(old, value)
    if packet == old:
        return []
    if len(packet) <= entry.size and entry.size > layout.width:
        return _in_place(layout, entry, packet)
    kind = entry.kind if entry.kind in _BYTES else ifd.UNDEFINED
    numbers = layout.pack("H" + layout.offset, kind, len(packet))
    is_inline = entry.size <= layout.width
    if not is_inline and entry.value_at + entry.size == source.size:
        return [Edit(entry.at + 2, len(numbers), numbers), Edit(entry.value_at, entry.size, packet)]
    pad = _pad(layout, source.size)
    field = layout.pack(layout.offset, source.size + len(pad))
    edits = [Edit(entry.at + 2, len(numbers) + layout.width, numbers + field), Edit(source.size, 0, pad + packet)]
    return edits if is_inline else [*edits, Edit(entry.value_at, entry.size, b"\x00" * entry.size)]


def _in_place(layout: ifd.Layout, entry: ifd.Entry, packet: bytes) -> list[Edit]:
    kind = entry.kind if entry.kind in _BYTES else ifd.UNDEFINED
    numbers = layout.pack("H" + layout.offset, kind, len(packet))
    rest = b"\x00" * (entry.size - len(packet))
    return [Edit(entry.at + 2, len(numbers), numbers), Edit(entry.value_at, entry.size, packet + rest)]


def _added(source: Source, layout: ifd.Layout, page: ifd.Directory, value: str) -> list[Edit]:
    """Write the first directory again at the end of the file, with the new tag, and point the header to it."""
    if page.count == 0xFFFF and not layout.big:
        raise RefusedError.because("directory_full", "TIFF 目录已满", "the TIFF directory takes no further entry")
    packet = xmp.merged(None, value)
    pad = _pad(layout, source.size)
    at = source.size + len(pad)
    size = len(page.grown(_XMP, ifd.UNDEFINED, len(packet), 0))
    packet_at = at + size + len(_pad(layout, at + size))
    table = page.grown(_XMP, ifd.UNDEFINED, len(packet), packet_at).ljust(packet_at - at, b"\x00")
    return [
        Edit(layout.first_at, layout.width, layout.pack(layout.offset, at)),
        Edit(source.size, 0, pad + table + packet),
    ]


def _pad(layout: ifd.Layout, size: int) -> bytes:
    return b"\x00" * (-size % (8 if layout.big else 2))
