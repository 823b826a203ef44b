"""JPEG: the label stands in the XMP packet in APP1 (guide 20259A, grade C2).

Also read: Exif UserComment (C3) and ImageDescription, `AIGC{…}` in APP11 or another APPn, and comments (seen in the
wild, T). Segments in front of the first scan are walked; what lies behind the end of the image is kept.
"""

from __future__ import annotations

from guiju.label.errors import RefusedError
from guiju.label.fields import Label
from guiju.label.formats import takeover, xmp
from guiju.label.formats.images import exif, jpeg_xmp, mpf
from guiju.label.formats.images.jpeg_segments import APP0, APP1, APP2, APP11, COM, Segment, segments
from guiju.label.found import Contents, Found, Seal
from guiju.label.source import Source
from guiju.label.splice import Edit, Plan

_EXIF = b"Exif\x00"
_NAMED = b"AIGC"
_JFIF = (b"JFIF\x00", b"JFXX\x00")


def contents(source: Source) -> Contents:
    """Return the labels and C2PA seals of a JPEG file; see `Format.contents`."""
    parts = _whole(source)
    packets = jpeg_xmp.packets(source, parts)
    found = [one for packet in packets for one in xmp.found(packet.data)]
    found += jpeg_xmp.extended(source, parts)
    found += [slot.found for part in parts if _is_exif(part) for slot in exif.slots(_exif_block(source, part))]
    found += [text for part in parts if (text := _text(source, part)) is not None]
    return Contents(tuple(found), _seals(parts, [packet.data for packet in packets]))


def plan(source: Source, label: Label) -> Plan:
    """Return the file with the label in its XMP; see `Format.plan`.

    Refused: `xmp_full` where the packet outgrows its segment, `label_elsewhere` for a label in ExtendedXMP or among
    other data, `multi_image_index` for an MPF index that cannot be read.
    """
    parts = _whole(source)
    if jpeg_xmp.extended(source, parts):
        takeover.refuse("xmp (ExtendedXMP)")
    edits = _xmp_edits(source, parts, label.bare())
    for part in parts:
        if _is_exif(part):
            slots = exif.labels(_exif_block(source, part))
            edits += [exif.blanked(slot, part.body + _exif_header(part)) for slot in slots]
        else:
            edits += _removal(source, part)
    return takeover.planned(source.size, [*edits, *_index_edits(source, parts, edits)])


def _whole(source: Source) -> list[Segment]:
    parts = segments(source)
    for part in _indexes(parts):
        mpf.assert_whole(*_index(source, part), source)
    return parts


def _xmp_edits(source: Source, parts: list[Segment], value: str) -> list[Edit]:
    packets = jpeg_xmp.packets(source, parts)
    if not packets:
        return [Edit(_place_for_xmp(parts), 0, jpeg_xmp.segment(xmp.merged(None, value)))]
    first, *others = packets
    changed = [(first, xmp.merged(first.data, value)), *((other, xmp.without(other.data)) for other in others)]
    return [
        Edit(packet.segment.at, packet.segment.size, jpeg_xmp.segment(data))
        for packet, data in changed
        if data != packet.data or not packet.is_marked
    ]


def _place_for_xmp(parts: list[Segment]) -> int:
    """Return the offset behind JFIF and Exif, which come first by their own standards."""
    ends = [part.end for part in parts if _is_exif(part) or (part.marker == APP0 and part.start.startswith(_JFIF))]
    return max(ends, default=2)


def _removal(source: Source, part: Segment) -> list[Edit]:
    text = _text(source, part)
    if text is None or not (text.named or takeover.is_label(text.text)):
        return []
    if not text.named:
        takeover.assert_only_label(text.place, text.text)
    return [Edit(part.at, part.size, b"")]


def _index_edits(source: Source, parts: list[Segment], edits: list[Edit]) -> list[Edit]:
    indexes = _indexes(parts)
    if len(indexes) > 1:
        raise RefusedError.because(
            "multi_image_index", "文件含多个多图像索引（MPF）", "the file holds more than one index of images (MPF)"
        )
    return [edit for part in indexes for edit in mpf.moved(*_index(source, part), edits)]


def _indexes(parts: list[Segment]) -> list[Segment]:
    return [part for part in parts if part.marker == APP2 and part.start.startswith(mpf.MARK)]


def _index(source: Source, part: Segment) -> tuple[bytes, int]:
    """Return an MPF index and where it stands."""
    at = part.body + len(mpf.MARK)
    return source.read(at, part.end - at), at


def _is_exif(part: Segment) -> bool:
    return part.marker == APP1 and part.start.startswith(_EXIF)


def _exif_header(part: Segment) -> int:
    return min(6, part.length)


def _exif_block(source: Source, part: Segment) -> Source:
    skip = _exif_header(part)
    return Source.of_bytes(source.read(part.body + skip, part.length - skip), source.limits)


def _text(source: Source, part: Segment) -> Found | None:
    """Return the text of an APPn that begins with AIGC, or of a comment that may be a label."""
    is_named = part.start[:4].upper() == _NAMED and part.start[4:].lstrip(b"\x00 :=").startswith(b"{")
    if part.marker != COM and not is_named:
        return None
    place = "jpeg:COM" if part.marker == COM else f"jpeg:APP{part.marker - APP0}"
    text = source.read(part.body, part.length).decode("utf-8", "replace").strip("\x00")
    if is_named:
        return Found(place, text[len(_NAMED) :].lstrip("\x00 :="))
    return Found(place, text, named=False) if takeover.may_be_label(text) else None


def _seals(parts: list[Segment], packets: list[bytes]) -> tuple[Seal, ...]:
    boxes = [part for part in parts if part.marker == APP11 and part.start.startswith(b"JP") and b"c2pa" in part.start]
    seals = [Seal("c2pa", "jpeg:APP11 JUMBF")] if boxes else []
    if any(xmp.names_remote_manifest(packet) for packet in packets):
        seals.append(Seal("c2pa", "xmp dcterms:provenance"))
    return tuple(seals)
