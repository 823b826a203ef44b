"""A file to read from at any place, within limits: hostile sizes and endless structures end in an error, no hang."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from guiju.label.errors import DamagedError, TooLargeError


@dataclass(frozen=True)
class Limits:
    """How much one reading may take: bytes in one block, bytes in all, and number of reads; `label` in characters."""

    block: int = 16 * 2**20
    total: int = 128 * 2**20
    reads: int = 200_000
    label: int = 64 * 2**10
    depth: int = 32


DEFAULT_LIMITS = Limits()


class Source:
    """Random access to the bytes of a file, a buffer or a seekable stream; never loads the whole.

    `size` is in bytes. Every read is counted against the limits.
    """

    def __init__(self, stream: BinaryIO, limits: Limits = DEFAULT_LIMITS) -> None:
        self.limits = limits
        self.stream = stream
        self.size = stream.seek(0, io.SEEK_END)
        self._reads = 0
        self._total = 0

    @classmethod
    def of_bytes(cls, data: bytes, limits: Limits = DEFAULT_LIMITS) -> Source:
        """Read from memory."""
        return cls(io.BytesIO(data), limits)

    @classmethod
    @contextmanager
    def of_path(cls, path: str | os.PathLike[str], limits: Limits = DEFAULT_LIMITS) -> Iterator[Source]:
        """Read from a file, open for as long as the context lasts; raises OSError if it cannot be opened."""
        with Path(path).open("rb", buffering=0) as stream:
            yield cls(stream, limits)

    def peek(self, offset: int, length: int) -> bytes:
        """Return up to `length` bytes from `offset`: fewer at the end of the file, none behind it.

        Raises TooLargeError when a limit is reached.
        """
        if length > self.limits.block:
            raise TooLargeError.because(f"单块 {length} 字节", f"one block of {length} bytes")
        self._reads += 1
        self._total += length
        if self._reads > self.limits.reads or self._total > self.limits.total:
            raise TooLargeError.because("结构过多", "too many structures to walk through")
        if offset < 0 or offset >= self.size or length <= 0:
            return b""
        self.stream.seek(offset)
        return self.stream.read(length)

    def read(self, offset: int, length: int) -> bytes:
        """Return exactly `length` bytes from `offset`.

        Raises DamagedError if the file ends before, TooLargeError when a limit is reached.
        """
        if length < 0 or offset < 0 or offset + length > self.size:
            raise DamagedError.because(
                f"第 {offset} 字节处应有 {length} 字节，但文件只有 {self.size} 字节",
                f"{length} bytes should stand at byte {offset}, but the file has only {self.size}",
            )
        return self.peek(offset, length)
