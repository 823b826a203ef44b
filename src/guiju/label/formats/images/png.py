"""PNG and APNG: the label stands in the XMP packet, in iTXt `XML:com.adobe.xmp` (guide 20259A, grade C2).

Also read: text chunks named AIGC (tEXt: annex B, C3; iTXt and zTXt: seen in the wild, T) or with a wrapped label, Exif
in eXIf, and the XMP and Exif that ImageMagick keeps as `Raw profile type xmp` and so on (M).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from guiju.label.errors import DamagedError, TooLargeError
from guiju.label.fields import WRAPPER, Label
from guiju.label.formats import takeover, xmp
from guiju.label.formats.images import exif, jpeg_xmp
from guiju.label.formats.images.png_chunks import Chunk, Text, TextReader, chunks, data_of, keyword_of, made
from guiju.label.found import Contents, Found, Seal
from guiju.label.source import Source
from guiju.label.splice import Edit, Plan

_XMP = "XML:com.adobe.xmp"
_RAW = ("raw profile type xmp", "raw profile type exif", "raw profile type app1")
_TEXTS = {b"tEXt", b"iTXt", b"zTXt"}
_SIGNED = b"caBX"


@dataclass
class _Parts:
    """What matters in a PNG file."""

    first: Chunk
    packets: list[tuple[Chunk, Text]] = field(default_factory=list)
    raw_packets: list[bytes] = field(default_factory=list)
    raw_exif: list[bytes] = field(default_factory=list)
    texts: list[tuple[Chunk, Found]] = field(default_factory=list)
    exif: list[tuple[Chunk, bytes]] = field(default_factory=list)
    is_signed: bool = False


def contents(source: Source) -> Contents:
    """Return the labels and C2PA seals of a PNG file; see `Format.contents`."""
    parts = _parts(source)
    packets = [text.data for _, text in parts.packets] + parts.raw_packets
    found = [one for packet in packets for one in xmp.found(packet)]
    found += [text for _, text in parts.texts]
    blocks = [data for _, data in parts.exif] + parts.raw_exif
    found += [slot.found for data in blocks for slot in exif.slots(_block(source, data))]
    seals = [Seal("c2pa", "png:caBX")] if parts.is_signed else []
    if any(xmp.names_remote_manifest(packet) for packet in packets):
        seals.append(Seal("c2pa", "xmp dcterms:provenance"))
    return Contents(tuple(found), tuple(seals))


def plan(source: Source, label: Label) -> Plan:
    """Return the file with the label in its XMP; see `Format.plan`.

    A new chunk stands right behind IHDR, so that readers of streams see it before the image. Refused:
    `label_elsewhere` for a label in ImageMagick's raw profile or among other data.
    """
    parts = _parts(source)
    raw_labels = (exif.labels(_block(source, data)) for data in parts.raw_exif)
    if any(xmp.found(packet) for packet in parts.raw_packets) or any(raw_labels):
        takeover.refuse("png:raw-profile")
    edits = _xmp_edits(parts, label.bare())
    for chunk, found in parts.texts:
        if found.named or takeover.is_label(found.text):
            if not found.named:
                takeover.assert_only_label(found.place, found.text)
            edits.append(Edit(chunk.at, chunk.size, b""))
    for chunk, data in parts.exif:
        slots = exif.labels(_block(source, data))
        if slots:
            blank = takeover.planned(len(data), [exif.blanked(slot, _prefix(data)) for slot in slots])
            clean = b"".join(blank.blocks(Source.of_bytes(data, source.limits)))
            edits.append(Edit(chunk.at, chunk.size, made(b"eXIf", clean)))
    return takeover.planned(source.size, edits)


def _xmp_edits(parts: _Parts, value: str) -> list[Edit]:
    new_head = _XMP.encode() + b"\x00" * 5
    if not parts.packets:
        return [Edit(parts.first.at + parts.first.size, 0, made(b"iTXt", new_head + xmp.merged(None, value)))]
    edits = []
    for index, (chunk, text) in enumerate(parts.packets):
        packet = xmp.without(text.data) if index else xmp.merged(text.data, value)
        is_itxt = chunk.name == b"iTXt"
        if packet != text.data or not is_itxt:
            uncompressed = text.head[: len(_XMP) + 1] + b"\x00\x00" + text.head[len(_XMP) + 3 :]
            edits.append(Edit(chunk.at, chunk.size, made(b"iTXt", (uncompressed if is_itxt else new_head) + packet)))
    return edits


def _parts(source: Source) -> _Parts:
    reader = TextReader(source)
    walk = chunks(source)
    parts = _Parts(next(walk))
    if parts.first.name != b"IHDR":
        raise DamagedError.because("首块不是 IHDR", "the first chunk is not IHDR")
    for chunk in walk:
        if chunk.name in _TEXTS:
            _note_text(source, reader, chunk, parts)
        elif chunk.name == b"eXIf":
            parts.exif.append((chunk, data_of(source, chunk)))
        elif chunk.name == _SIGNED:
            parts.is_signed = True
    xmp.bounded([text.data for _, text in parts.packets] + parts.raw_packets)
    return parts


def _note_text(source: Source, reader: TextReader, chunk: Chunk, parts: _Parts) -> None:
    keyword = keyword_of(source, chunk)
    if keyword == _XMP:
        parts.packets.append((chunk, reader.read(chunk, source.limits.block)))
    elif keyword.lower() in _RAW:
        data = _unhexed(reader.read(chunk, source.limits.block))
        is_exif = data.startswith((b"Exif\x00", b"II", b"MM"))
        (parts.raw_exif if is_exif else parts.raw_packets).append(data.removeprefix(jpeg_xmp.MAIN))
    elif keyword.upper() == WRAPPER:
        text = reader.read(chunk, source.limits.label)
        parts.texts.append((chunk, Found(f"png:{chunk.name.decode()}", text.text)))
    elif chunk.length <= source.limits.label:
        try:
            text = reader.read(chunk, source.limits.label)
        except TooLargeError:
            if reader.budget <= 0:
                raise
            return  # a long text with a general name is no label
        if takeover.may_be_label(text.text):
            parts.texts.append((chunk, Found(f"png:{chunk.name.decode()}", text.text, named=False)))


def _unhexed(text: Text) -> bytes:
    """Return the bytes of a raw profile: a name, a length, and lines of hexadecimal digits."""
    try:
        return bytes.fromhex("".join(text.text.split()[2:]))
    except ValueError as error:
        raise DamagedError.because("原始元数据块不可读", "a raw profile cannot be read") from error


def _block(source: Source, data: bytes) -> Source:
    """Return the TIFF structure of Exif; some writers put the prefix of JPEG in front of it."""
    return Source.of_bytes(data[_prefix(data) :], source.limits)


def _prefix(data: bytes) -> int:
    return 6 if data.startswith(b"Exif\x00\x00") else 0
