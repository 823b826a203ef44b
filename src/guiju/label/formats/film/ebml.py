"""EBML elements (RFC 8794), the grammar under Matroska and WebM: an identifier, a size, the bytes or more elements."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from guiju.label.errors import DamagedError, TooLargeError
from guiju.label.source import Source

CRC32, VOID = 0xBF, 0xEC
WIDEST_ID, WIDEST_SIZE = 4, 8
HEADER = WIDEST_ID + WIDEST_SIZE


@dataclass(frozen=True)
class Element:
    """Where an element stands: offset, bytes of its header, bytes of its body; `size` None means "until it ends"."""

    id: int
    at: int
    header: int
    size: int | None

    @property
    def body(self) -> int:
        """Offset of the first byte behind the header."""
        return self.at + self.header

    @property
    def end(self) -> int:
        """Offset behind the element; asked only of elements of known size."""
        if self.size is None:
            raise DamagedError.because(
                f"第 {self.at} 字节处的元素 {self.id:X} 没有长度",
                f"the element {self.id:X} at byte {self.at} has no size",
            )
        return self.body + self.size

    @property
    def size_width(self) -> int:
        """Bytes of the size field."""
        return self.header - id_width(self.id)


def id_width(identifier: int) -> int:
    """Return how many bytes an identifier takes."""
    return (identifier.bit_length() + 7) // 8


def element_at(source: Source, at: int) -> Element:
    """Read the header at an offset of the file; raises DamagedError if there is none."""
    return element_in(source.peek(at, HEADER), 0, base=at)


def element_in(data: bytes, at: int, base: int = 0) -> Element:
    """Read the header at an offset of a block; `base` is where the block stands in the file."""
    id_length = _vint_width(data, at, WIDEST_ID, base)
    size_length = _vint_width(data, at + id_length, WIDEST_SIZE, base)
    identifier = int.from_bytes(data[at : at + id_length], "big")
    field = int.from_bytes(data[at + id_length : at + id_length + size_length], "big")
    mask = (1 << 7 * size_length) - 1
    size = None if field & mask == mask else field & mask
    return Element(identifier, base + at, id_length + size_length, size)


def children(data: bytes, most: int = 0) -> Iterator[Element]:
    """Yield the elements of a block, at most so many unless it is zero.

    Raises DamagedError where one reaches out of the block or has no size, TooLargeError where there are more.
    """
    at = count = 0
    while at < len(data):
        element = element_in(data, at)
        count += 1
        if element.end > len(data):
            raise DamagedError.because(
                f"元素 {element.id:X} 超出其容器", f"an element {element.id:X} reaches out of its container"
            )
        if most and count > most:
            raise TooLargeError.because(f"一处有超过 {most} 个元素", f"more than {most} elements in one place")
        yield element
        at = element.end


def _vint_width(data: bytes, at: int, widest: int, base: int) -> int:
    first = data[at] if at < len(data) else 0
    width = 9 - first.bit_length()
    if width > widest or at + width > len(data):
        raise DamagedError.because(
            f"第 {base + at} 字节处不是 EBML 元素", f"there is no EBML element at byte {base + at}"
        )
    return width


def size_field(size: int, width: int = 0) -> bytes:
    """Return a size in `width` bytes, or in more where it does not fit."""
    least = next(least for least in range(1, WIDEST_SIZE + 1) if size < (1 << 7 * least) - 1)
    width = max(width, least)
    return (size | 1 << 7 * width).to_bytes(width, "big")


def made(identifier: int, body: bytes, width: int = 0) -> bytes:
    """Return an element with its header."""
    return identifier.to_bytes(id_width(identifier), "big") + size_field(len(body), width) + body


def void(length: int) -> bytes:
    """Return filler of exactly so many bytes in all: none, or at least two."""
    if length == 0:
        return b""
    width = 1 if length - 2 < 127 else WIDEST_SIZE
    return made(VOID, bytes(length - 1 - width), width)


def with_crc(body: bytes, *, wanted: bool) -> bytes:
    """Return the body of a master element, preceded by its checksum where one is wanted."""
    return made(CRC32, zlib.crc32(body).to_bytes(4, "little")) + body if wanted else body


def fitted(identifier: int, body: bytes, room: int, width: int = 0) -> bytes | None:
    """Return the element followed by filler, exactly `room` bytes; None where it does not fit.

    One byte left over is no filler: the size field takes it.
    """
    element = made(identifier, body, width)
    if len(element) > room:
        element = made(identifier, body)
    left = room - len(element)
    if left == 1:
        element = made(identifier, body, len(element) - len(body) - id_width(identifier) + 1)
        left = 0
    return None if left < 0 or len(element) > room else element + void(left)
