"""XMP in JPEG (ISO 16684-3): one packet in an APP1 segment, and a long rest (ExtendedXMP) spread over further ones."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guiju.label.errors import DamagedError, RefusedError
from guiju.label.formats import xmp
from guiju.label.formats.images.jpeg_segments import APP1, Segment
from guiju.label.found import Found
from guiju.label.source import Source

MAIN = b"http://ns.adobe.com/xap/1.0/\x00"
EXTENSION = b"http://ns.adobe.com/xmp/extension/\x00"
_BARE = (b"<?xpacket", b"<x:xmpmeta", b"<x:xapmeta", b"<rdf:RDF")
_MAX = 0xFFFF - 2
_PADDING = re.compile(rb"\s{2,}(?=<\?xpacket end=)")
_LENGTH_AT = len(EXTENSION) + 32
_NAME = re.compile(rb"a\0{0,3}i\0{0,3}g\0{0,3}c", re.IGNORECASE)


@dataclass(frozen=True)
class Packet:
    """A packet and the segment that holds it; `is_marked` is False where the mark of XMP in front is not right."""

    segment: Segment
    data: bytes
    is_marked: bool = True


def packets(source: Source, parts: list[Segment]) -> list[Packet]:
    """Return the packets; a right file has one at most.

    Packets whose mark lacks its zero byte, or is not there at all, count as others do: ExifTool shows them (T).
    """
    marked = [(part, _mark(part.start)) for part in parts if part.marker == APP1]
    mine = [(part, mark) for part, mark in marked if mark is not None]
    found = xmp.bounded([source.read(part.body + len(mark), part.length - len(mark)) for part, mark in mine])
    return [Packet(part, data, mark == MAIN) for (part, mark), data in zip(mine, found, strict=True)]


def _mark(start: bytes) -> bytes | None:
    """Return what stands in front of the packet in a segment that begins so, None if there is none."""
    if start.startswith(_BARE):
        return b""
    return next((mark for mark in (MAIN, MAIN[:-1]) if start.startswith(mark)), None)


def segment(packet: bytes) -> bytes:
    """Return the APP1 segment of a packet; its padding is given up where the segment (65,533 bytes) needs the room.

    Raises RefusedError (`xmp_full`) if even so it is too long.
    """
    if len(MAIN) + len(packet) > _MAX:
        packet = _PADDING.sub(b"\n", packet)
    if len(MAIN) + len(packet) > _MAX:
        raise RefusedError.because(
            "xmp_full",
            f"加入标识后 XMP 为 {len(packet)} 字节，超出 JPEG 一个段的容量",
            f"with the label, the XMP has {len(packet)} bytes, more than a JPEG segment takes",
        )
    return b"\xff\xe1" + (len(MAIN) + len(packet) + 2).to_bytes(2, "big") + MAIN + packet


def extended(source: Source, parts: list[Segment]) -> list[Found]:
    """Return the labels in ExtendedXMP; raises DamagedError if a part of it is missing."""
    chunks: dict[tuple[bytes, int], dict[int, bytes]] = {}
    for part in parts:
        if part.marker == APP1 and part.start.startswith(EXTENSION):
            data = source.read(part.body, part.length)
            if len(data) < _LENGTH_AT + 8:
                raise _incomplete()
            full, at = (int.from_bytes(data[start : start + 4], "big") for start in (_LENGTH_AT, _LENGTH_AT + 4))
            chunks.setdefault((data[len(EXTENSION) : _LENGTH_AT], full), {})[at] = data[_LENGTH_AT + 8 :]
    wholes = [_joined(full, pieces) for (_, full), pieces in chunks.items()]
    return [one for data in xmp.bounded(wholes) if _NAME.search(data) for one in xmp.found(data)]


def _joined(full: int, pieces: dict[int, bytes]) -> bytes:
    starts = sorted(pieces)
    ends = [0, *(at + len(pieces[at]) for at in starts)]
    if [*starts, full] != ends:
        raise _incomplete()
    return b"".join(pieces[at] for at in starts)


def _incomplete() -> DamagedError:
    return DamagedError.because("ExtendedXMP 不完整", "the ExtendedXMP is incomplete")
