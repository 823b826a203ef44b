"""XMP packets in ISO media files: boxes of their own (`uuid`, QuickTime's `XMP_`); items are in `heif`.

Not the guide's main place for video, but seen in files (grade T).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guiju.label.formats import takeover, xmp
from guiju.label.formats.boxes import boxes
from guiju.label.formats.boxes.box_changes import Changes
from guiju.label.formats.boxes.boxes import Box
from guiju.label.source import Source

_SPACES = (
    (b"\xff\xfe\x00\x00", b" \x00\x00\x00"),
    (b"<\x00\x00\x00", b" \x00\x00\x00"),
    (b"\x00\x00\xfe\xff", b"\x00\x00\x00 "),
    (b"\x00\x00\x00<", b"\x00\x00\x00 "),
    (b"\xff\xfe", b" \x00"),
    (b"<\x00", b" \x00"),
    (b"\xfe\xff", b"\x00 "),
    (b"\x00<", b"\x00 "),
)


@dataclass(frozen=True)
class Packet:
    """Where a packet lies, and the boxes `within` which it does."""

    place: str
    within: tuple[Box, ...]
    offset: int
    length: int

    def data(self, source: Source) -> bytes:
        """Return the packet without the padding behind it, which is room to grow."""
        raw = source.read(self.offset, self.length)
        bare = raw.rstrip(b"\x00 \t\r\n")
        return bare if bare.endswith(b">") and b"\x00" not in bare else raw


def boxed_packets(source: Source, top: tuple[Box, ...]) -> Iterator[Packet]:
    """Yield the packets in `uuid` boxes at the top or in `moov`, and in `moov.udta.XMP_`."""
    for box in top:
        if box.uuid == boxes.XMP:
            yield _packet("mp4:uuid-xmp", (box,))
        elif box.kind == b"moov":
            for inner in boxes.children(source, box):
                if inner.uuid == boxes.XMP:
                    yield _packet("mp4:uuid-xmp", (box, inner))
                elif inner.kind == b"udta":
                    found = boxes.children(source, inner)
                    yield from (_packet("mp4:udta-xmp", (box, inner, deep)) for deep in found if deep.kind == b"XMP_")


def replace(source: Source, changes: Changes, packet: Packet, new: bytes) -> int:
    """Put a new packet into the old one's place, filled up with spaces where it is shorter, so that nothing moves.

    Returns the bytes that it takes now.
    """
    if new == packet.data(source):
        return packet.length
    new = _filled(new, packet.length)
    changes.put(packet.within, packet.offset, packet.length, new)
    return len(new)


def clear(source: Source, changes: Changes, packet: Packet) -> None:
    """Take the label out of a packet, if it has one."""
    old = packet.data(source)
    if old.strip(b"\x00 \t\r\n") and xmp.found(old):
        replace(source, changes, packet, xmp.without(old))


def _filled(packet: bytes, length: int) -> bytes:
    """Return the packet with spaces behind it, in its own encoding."""
    space = next((space for start, space in _SPACES if packet.startswith(start)), b" ")
    count, rest = divmod(max(length - len(packet), 0), len(space))
    if rest:
        takeover.refuse("xmp")
    return packet + space * count


def _packet(place: str, within: tuple[Box, ...]) -> Packet:
    body = within[-1].body
    return Packet(place, within, body, within[-1].end - body)
