"""Pages of an Ogg file: reading their heads, checking and making checksums, cutting packets into pages.

The checksum is the CRC with polynomial 0x04C11DB7, most significant bit first, no inversion. It is computed here with
zlib's, which reads bits the other way round: so bytes and result are mirrored.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache

from guiju.label.errors import DamagedError
from guiju.label.source import Source

CAPTURE = b"OggS"
CONTINUED, FIRST, LAST = 0x01, 0x02, 0x04
NO_PACKET_ENDS = 2**64 - 1
LONGEST_PAGE = 27 + 255 + 255 * 255
_HEAD = 27
_SEQUENCE, _CHECKSUM = 18, 22
_MIRRORED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
_ALL = 0xFFFFFFFF
_OPEN = 255
"""A segment of this length is followed by another one of the same packet."""


@dataclass(frozen=True)
class Page:
    """A page at its place in the file; `lacing` are the lengths of its segments."""

    offset: int
    flags: int
    granule: int
    serial: int
    sequence: int
    checksum: int
    lacing: bytes

    @property
    def body(self) -> int:
        """Offset of the first byte behind the page's head."""
        return self.offset + _HEAD + len(self.lacing)

    @property
    def end(self) -> int:
        """Offset of the first byte behind the page."""
        return self.body + sum(self.lacing)

    @property
    def ends_with_packet(self) -> bool:
        """Tell whether the last packet on the page ends on it."""
        return bool(self.lacing) and self.lacing[-1] < 255


def page_at(source: Source, offset: int) -> Page | None:
    """Return the head of the page at this place, or None where there is no page; raises DamagedError if it is cut."""
    head = source.peek(offset, _HEAD + 255)
    if not head.startswith(CAPTURE):
        return None
    count = head[26] if len(head) >= _HEAD else 255
    lacing = head[_HEAD : _HEAD + count]
    if len(lacing) < count or head[4] != 0:
        raise damaged_page(offset)
    granule, serial = int.from_bytes(head[6:14], "little"), int.from_bytes(head[14:18], "little")
    sequence, checksum = int.from_bytes(head[18:22], "little"), int.from_bytes(head[22:26], "little")
    page = Page(offset, head[5], granule, serial, sequence, checksum, lacing)
    if page.end > source.size:
        raise damaged_page(offset)
    return page


def body_of(source: Source, page: Page) -> bytes:
    """Return a page's segments; raises DamagedError where the checksum is wrong."""
    data = source.read(page.offset, page.end - page.offset)
    if crc(data[:_CHECKSUM] + bytes(4) + data[_CHECKSUM + 4 :]) != page.checksum:
        raise damaged_page(page.offset)
    return data[page.body - page.offset :]


def header_page(flags: int, serial: int, sequence: int, lacing: bytes, body: bytes) -> bytes:
    """Return a page that has no audio: its granule position says only whether a packet ends on it."""
    granule = 0 if min(lacing) < _OPEN else NO_PACKET_ENDS
    head = CAPTURE + bytes([0, flags]) + granule.to_bytes(8, "little") + serial.to_bytes(4, "little")
    head += sequence.to_bytes(4, "little")
    rest = bytes([len(lacing)]) + lacing + body
    return head + crc(head + bytes(4) + rest).to_bytes(4, "little") + rest


def renumbered(page: Page, sequence: int) -> bytes:
    """Return the eight bytes (number, checksum) that stand at `page.offset + 18` when the page gets another number.

    A CRC is linear: the change of the checksum follows from the change of the number alone, so the page itself is not
    read, and a page that was broken stays recognisable as such.
    """
    change = page.sequence ^ sequence
    behind = page.end - page.offset - _SEQUENCE - 4
    checksum = page.checksum ^ _crc_of_change(change, behind)
    return sequence.to_bytes(4, "little") + checksum.to_bytes(4, "little")


def crc(data: bytes) -> int:
    """Return the checksum of a page whose own checksum field is zero."""
    return _mirror(zlib.crc32(data.translate(_MIRRORED), _ALL) ^ _ALL)


def lacing_of(packets: list[bytes]) -> bytes:
    """Return the segment lengths of packets that follow each other."""
    return b"".join(b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255]) for packet in packets)


def damaged_page(offset: int) -> DamagedError:
    """Return the error for a page that is cut or does not fit its checksum."""
    return DamagedError.because(
        f"第 {offset} 字节处的 Ogg 页不完整或校验和不符", f"Ogg page at byte {offset} is broken"
    )


@lru_cache(maxsize=4096)
def _crc_of_change(change: int, behind: int) -> int:
    return crc(change.to_bytes(4, "little") + bytes(behind))


def _mirror(value: int) -> int:
    return int.from_bytes(value.to_bytes(4, "little").translate(_MIRRORED), "big")
