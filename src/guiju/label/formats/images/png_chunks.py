"""The chunks of a PNG file (ISO/IEC 15948) and the three kinds of text chunk."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from guiju.label.errors import DamagedError, TooLargeError
from guiju.label.source import Source

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_MAX = 2**31 - 1
_NAMES = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")


@dataclass(frozen=True)
class Chunk:
    """Where a chunk stands: offset of its length field, and the length of its data."""

    name: bytes
    at: int
    length: int

    @property
    def body(self) -> int:
        """Offset of the data."""
        return self.at + 8

    @property
    def size(self) -> int:
        """All bytes: length, name, data, checksum."""
        return self.length + 12


@dataclass(frozen=True)
class Text:
    """A text chunk: what stands in front of the text, in bytes, and the text, decompressed."""

    keyword: str
    head: bytes
    data: bytes

    @property
    def text(self) -> str:
        """The text as UTF-8, or as Latin-1 where it is no UTF-8."""
        try:
            return self.data.decode()
        except UnicodeDecodeError:
            return self.data.decode("latin-1")


def chunks(source: Source) -> Iterator[Chunk]:
    """Yield all chunks up to IEND; raises DamagedError if the file is broken or ends before it."""
    if source.read(0, 8) != SIGNATURE:
        raise DamagedError.because("没有 PNG 签名", "the PNG signature is missing")
    at = 8
    while True:
        header = source.read(at, 8)
        chunk = Chunk(header[4:], at, int.from_bytes(header[:4], "big"))
        if not _NAMES.issuperset(chunk.name) or chunk.length > _MAX or at + chunk.size > source.size:
            raise DamagedError.because(f"第 {at} 字节处的块不完整", f"the chunk at byte {at} is broken or cut off")
        yield chunk
        if chunk.name == b"IEND":
            return
        at += chunk.size


def made(name: bytes, data: bytes) -> bytes:
    """Return a chunk with its length and checksum."""
    return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")


def data_of(source: Source, chunk: Chunk) -> bytes:
    """Return the data of a chunk; raises DamagedError if its checksum is wrong."""
    whole = source.read(chunk.at, chunk.size)
    if zlib.crc32(whole[4:-4]) != int.from_bytes(whole[-4:], "big"):
        raise DamagedError.because(
            f"第 {chunk.at} 字节处的块校验和不符", f"the checksum of the chunk at byte {chunk.at} is wrong"
        )
    return whole[8:-4]


def keyword_of(source: Source, chunk: Chunk) -> str:
    """Return the keyword of a text chunk, without reading its text."""
    return source.read(chunk.body, min(chunk.length, 80)).partition(b"\x00")[0].decode("latin-1")


class TextReader:
    """Reads text chunks of one file; `budget` is how many bytes may come out of decompression in all."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.budget = source.limits.total

    def read(self, chunk: Chunk, limit: int) -> Text:
        """Return a text chunk, with `limit` bytes of text at most.

        Raises TooLargeError beyond it, DamagedError if the chunk is broken.
        """
        data = data_of(self._source, chunk)
        keyword, separator, rest = data.partition(b"\x00")
        if not separator:
            raise _broken(chunk)
        packed = chunk.name == b"zTXt"
        start = len(keyword) + 1
        if packed:
            start += 1
        elif chunk.name == b"iTXt":
            packed = rest[:1] == b"\x01"
            parts = rest[2:].split(b"\x00", 2)
            if len(parts) < 3:
                raise _broken(chunk)
            start += 2 + len(parts[0]) + len(parts[1]) + 2
        text = self._inflated(data[start:], chunk, limit) if packed else data[start:]
        if len(text) > limit:
            raise TooLargeError.because("文本块过长", "a text chunk is too long")
        return Text(keyword.decode("latin-1"), data[:start], text)

    def _inflated(self, data: bytes, chunk: Chunk, limit: int) -> bytes:
        inflater = zlib.decompressobj()
        allowed = min(limit, self.budget)
        try:
            text = inflater.decompress(data, allowed + 1)
        except zlib.error as error:
            raise _broken(chunk) from error
        self.budget -= len(text)
        if len(text) > allowed:
            raise TooLargeError.because("压缩文本过大", "a compressed text is too large")
        if not inflater.eof:
            raise _broken(chunk)
        return text


def _broken(chunk: Chunk) -> DamagedError:
    return DamagedError.because(f"第 {chunk.at} 字节处的文本块不可读", f"the text chunk at byte {chunk.at} is broken")
