"""WebP: the label stands in the XMP packet, in the `XMP ` chunk (guide 20259A, grade C2); Exif is read too.

Metadata needs the extended form (VP8X, RFC 9649): a simple file gets that chunk, made from its own picture header.
"""

from __future__ import annotations

from guiju.label.errors import DamagedError, RefusedError
from guiju.label.fields import Label
from guiju.label.formats import riff, takeover, xmp
from guiju.label.formats.images import exif
from guiju.label.found import Contents, Seal
from guiju.label.source import Source
from guiju.label.splice import Edit, Plan

_XMP_NAMES = (b"XMP ", b"XMP\x00")
_XMP_FLAG, _EXIF_FLAG, _ALPHA_FLAG, _ICC_FLAG = 0x04, 0x08, 0x10, 0x20
_BEFORE_XMP = {b"VP8X", b"ICCP", b"ANIM", b"ANMF", b"ALPH", b"VP8 ", b"VP8L", b"EXIF"}
_HEADER = 12


def contents(source: Source) -> Contents:
    """Return the labels and C2PA seals of a WebP file; see `Format.contents`."""
    chunks = _chunks(source)
    packets = xmp.bounded([source.read(chunk.body, chunk.size) for chunk in chunks if chunk.name in _XMP_NAMES])
    found = [one for packet in packets for one in xmp.found(packet)]
    found += [
        slot.found for chunk in chunks if chunk.name == b"EXIF" for slot in exif.slots(_exif_block(source, chunk)[0])
    ]
    seals = [Seal("c2pa", "webp:C2PA")] if any(chunk.name == b"C2PA" for chunk in chunks) else []
    if any(xmp.names_remote_manifest(packet) for packet in packets):
        seals.append(Seal("c2pa", "xmp dcterms:provenance"))
    return Contents(tuple(found), tuple(seals))


def plan(source: Source, label: Label) -> Plan:
    """Return the file with the label in its XMP; see `Format.plan`.

    Refused: `riff_full` where the file would outgrow the 32 bits of its size field.
    """
    chunks = _chunks(source)
    edits = _extended(source, chunks) + _xmp_edits(source, chunks, label.bare())
    for chunk in chunks:
        if chunk.name == b"EXIF":
            block, base = _exif_block(source, chunk)
            edits += [exif.blanked(slot, base) for slot in exif.labels(block)]
    growth = sum(len(edit.data) - edit.removed for edit in edits)
    size = _end(source) - 8 + growth
    if size > 0xFFFFFFFE:
        raise RefusedError.because("riff_full", "文件已达 RIFF 的 4 GB 上限", "the file is at the 4 GB limit of RIFF")
    if growth:
        edits.append(Edit(4, 4, size.to_bytes(4, "little")))
    return takeover.planned(source.size, edits)


def _end(source: Source) -> int:
    return 8 + int.from_bytes(source.read(4, 4), "little")


def _chunks(source: Source) -> list[riff.Chunk]:
    head = source.read(0, _HEADER)
    end = _end(source)
    if head[:4] != b"RIFF" or head[8:] != b"WEBP" or not _HEADER < end <= source.size:
        raise DamagedError.because("WebP 文件头不符或文件不完整", "the WebP header is wrong or the file is cut off")
    chunks = list(riff.walk(source, _HEADER, end))
    riff.assert_nothing_behind(source, end, (b"XMP ", b"EXIF"))
    pictures = {b"VP8 ", b"VP8L", b"ANMF"} if chunks[0].name == b"VP8X" else {b"VP8 ", b"VP8L"}
    if not any(chunk.name in pictures for chunk in chunks):
        raise DamagedError.because("没有图像数据", "there is no image data")
    return chunks


def _exif_block(source: Source, chunk: riff.Chunk) -> tuple[Source, int]:
    """Return the TIFF structure in an EXIF chunk and its offset; some writers put the JPEG prefix in front of it."""
    data = source.read(chunk.body, chunk.size)
    skip = 6 if data.startswith(b"Exif\x00\x00") else 0
    return Source.of_bytes(data[skip:], source.limits), chunk.body + skip


def _xmp_edits(source: Source, chunks: list[riff.Chunk], value: str) -> list[Edit]:
    mine = [chunk for chunk in chunks if chunk.name in _XMP_NAMES]
    packets = xmp.bounded([source.read(chunk.body, chunk.size) for chunk in mine])
    end = _end(source)
    # A last chunk without its pad byte is common: it gets one before anything can follow.
    edits = [Edit(end, 0, b"\x00")] if chunks[-1].end > end and chunks[-1] not in mine else []
    if not mine:
        behind = max(min(chunk.end, end) for chunk in chunks if chunk.name in _BEFORE_XMP)
        return [*edits, Edit(behind, 0, riff.made(b"XMP ", xmp.merged(None, value)))]
    for index, (chunk, old) in enumerate(zip(mine, packets, strict=True)):
        new = xmp.without(old) if index else xmp.merged(old, value)
        if new != old or chunk.name != b"XMP ":
            edits.append(Edit(chunk.at, min(chunk.end, end) - chunk.at, riff.made(b"XMP ", new)))
    return edits


def _extended(source: Source, chunks: list[riff.Chunk]) -> list[Edit]:
    """Return the edit that makes the file extended and says that it has XMP."""
    first = chunks[0]
    if first.name == b"VP8X":
        flags = source.read(first.body, 10)[0]
        return [] if flags & _XMP_FLAG else [Edit(first.body, 1, bytes([flags | _XMP_FLAG]))]
    width, height, has_alpha = _picture(source, next(chunk for chunk in chunks if chunk.name in {b"VP8 ", b"VP8L"}))
    names = {chunk.name for chunk in chunks}
    flags = _XMP_FLAG
    flags |= _ALPHA_FLAG if has_alpha or b"ALPH" in names else 0
    flags |= _EXIF_FLAG if b"EXIF" in names else 0
    flags |= _ICC_FLAG if b"ICCP" in names else 0
    canvas = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return [Edit(_HEADER, 0, riff.made(b"VP8X", bytes([flags, 0, 0, 0]) + canvas))]


def _picture(source: Source, chunk: riff.Chunk) -> tuple[int, int, bool]:
    """Return width, height and whether there is transparency, from the picture's own header."""
    head = source.peek(chunk.body, min(10, chunk.size))
    if chunk.name == b"VP8L" and len(head) >= 5 and head[0] == 0x2F:
        bits = int.from_bytes(head[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, bool(bits >> 28 & 1)
    if chunk.name == b"VP8 " and len(head) == 10 and head[3:6] == b"\x9d\x01\x2a":
        width, height = (int.from_bytes(head[at : at + 2], "little") & 0x3FFF for at in (6, 8))
        if width and height:
            return width, height, False
    raise DamagedError.because("WebP 图像头不可读", "the header of the WebP picture cannot be read")
