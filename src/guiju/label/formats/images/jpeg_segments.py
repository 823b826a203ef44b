"""The segments of a JPEG file (ITU-T T.81 annex B) in front of its first scan, and whether the image has an end."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.label.errors import DamagedError
from guiju.label.source import Source

APP0, APP1, APP2, APP11, APP15, COM = 0xE0, 0xE1, 0xE2, 0xEB, 0xEF, 0xFE
_START_OF_SCAN, _END = 0xDA, 0xD9
_WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD8)}
_PEEK = 80
_BLOCK = 1 << 20


@dataclass(frozen=True)
class Segment:
    """A marker segment: `at` is the offset of its 0xFF, `length` the number of bytes behind its length field.

    `start` holds its first bytes.
    """

    marker: int
    at: int
    body: int
    length: int
    start: bytes

    @property
    def end(self) -> int:
        """Offset behind the last byte."""
        return self.body + self.length

    @property
    def size(self) -> int:
        """All its bytes, marker and length field counted."""
        return self.end - self.at


def segments(source: Source) -> list[Segment]:
    """Return the segments in front of the first scan; raises DamagedError if the image is broken or ends early."""
    if source.read(0, 2) != b"\xff\xd8":
        raise DamagedError.because("不以 SOI 开头", "it does not begin with SOI")
    parts: list[Segment] = []
    at = 2
    while True:
        head = source.peek(at, _PEEK)
        marker = head[1] if len(head) > 1 else -1
        if marker < 0 or head[0] != 0xFF or marker == 0:
            raise DamagedError.because(f"第 {at} 字节处应有标记", f"a marker should stand at byte {at}")
        if marker == 0xFF:
            at += 1
        elif marker in _WITHOUT_LENGTH:
            at += 2
        elif marker == _END:
            return parts
        else:
            part = _segment(source, marker, at, head)
            if marker == _START_OF_SCAN:
                _assert_end(source, part.end)
                return parts
            parts.append(part)
            at = part.end


def _segment(source: Source, marker: int, at: int, head: bytes) -> Segment:
    length = int.from_bytes(head[2:4], "big") - 2
    if len(head) < 4 or length < 0 or at + 4 + length > source.size:
        raise DamagedError.because(f"第 {at} 字节处的段不完整", f"the segment at byte {at} is cut off")
    return Segment(marker, at, at + 4, length, head[4 : 4 + length])


def _assert_end(source: Source, at: int) -> None:
    """Look for EOI: it closes most files; else it is sought in the scans, where its bytes cannot stand as data."""
    end = b"\xff\xd9"
    if source.size >= at + 2 and source.peek(source.size - 2, 2) == end:
        return
    while at < source.size:
        if end in source.peek(at, _BLOCK):
            return
        at += _BLOCK - 1
    raise DamagedError.because("图像数据没有结尾（EOI）", "the image data has no end (EOI)")
