"""RIFF chunks (WebP, WAV, AVI): four letters, a size, the bytes, and a pad byte behind an odd size."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from guiju.label.errors import DamagedError
from guiju.label.source import Source
from guiju.label.splice import Edit

Order = Literal["little", "big"]
UNKNOWN = 0xFFFFFFFF
"""Size field of a chunk whose size stands elsewhere (RF64) or was never filled in."""


@dataclass(frozen=True)
class Chunk:
    """Where a chunk stands: offset of its four letters and number of its bytes, header and pad not counted."""

    name: bytes
    at: int
    size: int

    @property
    def body(self) -> int:
        """Offset of the first byte behind the header."""
        return self.at + 8

    @property
    def end(self) -> int:
        """Offset behind the last byte and its pad."""
        return self.body + self.size + self.size % 2


def walk(
    source: Source,
    start: int,
    end: int,
    *,
    order: Order = "little",
    resolve: Callable[[Chunk], int] | None = None,
) -> Iterator[Chunk]:
    """Yield the chunks between two offsets, reading their headers only.

    `resolve` gives the true size of a chunk whose size field may not say it. A last chunk may lack its pad. Raises
    DamagedError where a chunk reaches behind `end`, or where a rest is too short for a header and not zero.
    """
    at = start
    while at < end:
        header = source.peek(at, min(8, end - at))
        if len(header) < 8:
            if header.strip(b"\0") or at + len(header) < end:
                raise DamagedError.because(f"第 {at} 字节处的块头不完整", f"the chunk header at byte {at} is cut off")
            return
        chunk = Chunk(header[:4], at, int.from_bytes(header[4:], order))
        if resolve is not None:
            chunk = replace(chunk, size=resolve(chunk))
        if chunk.body + chunk.size > end:
            name = chunk.name.decode("ascii", "backslashreplace")
            raise DamagedError.because(
                f"第 {at} 字节处的块 {name} 长 {chunk.size} 字节，超出其容器（至第 {end} 字节）",
                f"the chunk {name} at byte {at} has {chunk.size} bytes, more than its container (up to byte {end})",
            )
        yield chunk
        at = chunk.end


def assert_nothing_behind(source: Source, end: int, names: Sequence[bytes]) -> None:
    """Raise DamagedError if one of these chunks stands behind the end that the file's size field gives.

    Writers that append a chunk and forget the size leave such files; some readers show what is there (ExifTool, T).
    """
    name = source.peek(end + end % 2, 4) or source.peek(end, 4)
    if name.upper() in names or source.peek(end, 4).upper() in names:
        raise DamagedError.because(
            f"第 {end} 字节之后还有块 {name.decode('ascii', 'backslashreplace')}，文件头的长度未计入",
            f"a chunk {name.decode('ascii', 'backslashreplace')} stands behind byte {end}, where the file should end",
        )


def made(name: bytes, data: bytes, order: Order = "little") -> bytes:
    """Return a chunk with its header and, behind an odd size, its pad byte."""
    return name + len(data).to_bytes(4, order) + data + b"\0" * (len(data) % 2)


def behind(chunks: Sequence[Chunk], end: int, more: bytes) -> Edit:
    """Return the edit that adds chunks behind the last one, whose pad may be missing or be followed by a few zeros."""
    last = chunks[-1].end if chunks else end
    return Edit(min(last, end), max(end - last, 0), b"\0" * max(last - end, 0) + more)
