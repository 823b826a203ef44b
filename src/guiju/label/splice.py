"""A new file described as stretches of the old one and inserted bytes: content is copied, never encoded again."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from guiju.label.source import Source

_BLOCK = 1 << 20


class Sink(Protocol):
    """What a plan can be written to: a binary file, buffered or not."""

    def write(self, data: bytes, /) -> object:
        """Write all of the bytes."""

    def flush(self) -> None:
        """Hand over what is buffered."""

    def fileno(self) -> int:
        """Return the descriptor, or raise OSError for a stream in memory."""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Move to a place."""


@dataclass(frozen=True)
class Copy:
    """`length` bytes of the old file from `offset`."""

    offset: int
    length: int


@dataclass(frozen=True)
class Insert:
    """Bytes that are not in the old file."""

    data: bytes


@dataclass(frozen=True)
class Edit:
    """Replace `removed` bytes at `offset` of the old file by `data` (either may be empty)."""

    offset: int
    removed: int
    data: bytes


@dataclass(frozen=True)
class Plan:
    """The new file, piece by piece."""

    pieces: tuple[Copy | Insert, ...]

    @classmethod
    def of_edits(cls, size: int, edits: Iterable[Edit]) -> Plan:
        """Make the plan for edits that do not overlap, in any order, on an old file of `size` bytes.

        Edits at one offset keep their order. Raises ValueError if they overlap or lie outside: a mistake of the caller.
        """
        pieces: list[Copy | Insert] = []
        at = 0
        for edit in sorted(edits, key=lambda edit: edit.offset):
            if edit.offset < at or edit.removed < 0 or edit.offset + edit.removed > size:
                raise ValueError(f"edit at {edit.offset} overlaps another one or lies outside of {size} bytes")
            if edit.offset > at:
                pieces.append(Copy(at, edit.offset - at))
            if edit.data:
                pieces.append(Insert(edit.data))
            at = edit.offset + edit.removed
        if at < size:
            pieces.append(Copy(at, size - at))
        return cls(tuple(pieces))

    @property
    def size(self) -> int:
        """Bytes of the new file."""
        return sum(piece.length if isinstance(piece, Copy) else len(piece.data) for piece in self.pieces)

    def blocks(self, source: Source) -> Iterator[bytes]:
        """Yield the new file block by block, for streaming; raises OSError if the old one got shorter meanwhile."""
        for piece in self.pieces:
            if isinstance(piece, Insert):
                yield piece.data
            else:
                yield from _stretch(source.stream, piece)

    def write_to(self, source: Source, out: Sink) -> None:
        """Write the new file; large stretches are copied by the kernel where it can."""
        for piece in self.pieces:
            if isinstance(piece, Insert):
                out.write(piece.data)
            elif not _copied_by_kernel(source.stream, out, piece):
                for block in _stretch(source.stream, piece):
                    out.write(block)


def _stretch(stream: BinaryIO, piece: Copy) -> Iterator[bytes]:
    stream.seek(piece.offset)
    left = piece.length
    while left:
        block = stream.read(min(left, _BLOCK))
        if not block:
            raise OSError("the file got shorter while it was being copied")
        left -= len(block)
        yield block


def _copied_by_kernel(stream: BinaryIO, out: Sink, piece: Copy) -> bool:
    """Copy without passing through this process; False if this pair of files cannot, nothing having been written."""
    if piece.length < _BLOCK or not hasattr(os, "copy_file_range"):
        return False
    try:
        source_fd, out_fd = stream.fileno(), out.fileno()
        out.flush()
        done = os.copy_file_range(source_fd, out_fd, piece.length, piece.offset)
    except OSError:
        return False  # between file systems, or a stream in memory: the plain way is the caller's
    while done < piece.length:
        step = os.copy_file_range(source_fd, out_fd, piece.length - done, piece.offset + done)
        if step == 0:
            raise OSError("the file got shorter while it was being copied")
        done += step
    out.seek(0, os.SEEK_END)
    return True
