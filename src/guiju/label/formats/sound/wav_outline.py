"""The chunks of a WAV file, also above 4 GB (RF64 and BW64: EBU Tech 3306, ITU-R BS.2088) and of unfinished streams."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.label.errors import DamagedError, RefusedError
from guiju.label.formats import riff
from guiju.label.formats.riff import UNKNOWN, Chunk, Order
from guiju.label.source import Source
from guiju.label.splice import Edit

_UNKNOWN64 = 2**64 - 1
_COUNTED_THE_HEADER = 8
"""Some writers put the size of the whole file into the header, eight bytes too many."""


@dataclass(frozen=True)
class Outline:
    """All chunks of the file in order and where they end.

    `is_open` is True for a stream whose writer never filled in how long the sound is: it reaches to the end of the file
    and nothing can stand behind it. `size64_at` is the offset of the 64-bit size of the file, if it has one.
    """

    order: Order
    declared: int
    end: int
    chunks: tuple[Chunk, ...]
    is_open: bool
    size64_at: int | None

    @classmethod
    def of(cls, source: Source) -> Outline:
        """Read the headers of all chunks; raises DamagedError where the file contradicts itself or ends early."""
        head = source.read(0, 12)
        order: Order = "big" if head[:4] == b"RIFX" else "little"
        declared = int.from_bytes(head[4:8], order)
        sizes = _Sizes64.of(source) if head[:4] in {b"RF64", b"BW64"} else None
        size = sizes.file if sizes and declared == UNKNOWN else declared
        unfinished = size in {0, _UNKNOWN64} or (sizes is None and size == UNKNOWN)
        end = source.size if unfinished else _end(source, size, sizes.end if sizes else 12)
        streams: list[Chunk] = []

        def resolve(chunk: Chunk) -> int:
            if sizes is not None and chunk.size == UNKNOWN and (known := sizes.of_chunk(chunk.name)) is not None:
                return known
            if unfinished and chunk.name == b"data" and chunk.size in {0, UNKNOWN}:
                streams.append(chunk)
                return end - chunk.body
            return chunk.size

        chunks = tuple(riff.walk(source, 12, end, order=order, resolve=resolve))
        riff.assert_nothing_behind(source, end, (b"AIGC",))
        is_open = bool(streams) or _is_empty_header(chunks, end, source)
        return cls(order, declared, end, chunks, is_open, sizes.at if sizes and declared == UNKNOWN else None)

    def size_edits(self, growth: int) -> list[Edit]:
        """Return the edits of the file's own size; raises RefusedError (`riff_full`) where it has no bits for more."""
        size = self.end - 8 + growth
        if self.size64_at is not None:
            return [Edit(self.size64_at, 8, size.to_bytes(8, "little"))]
        if self.declared in {0, UNKNOWN}:
            return []
        if size >= UNKNOWN:
            raise RefusedError.because(
                "riff_full",
                "文件已近 4 GB，RIFF 的长度字段容纳不下更多数据：请先转存为 RF64",
                "the file is close to 4 GB and RIFF has no bits for more: save it as RF64 first",
            )
        return [Edit(4, 4, size.to_bytes(4, self.order))]


@dataclass(frozen=True)
class _Sizes64:
    """The chunk ds64: sizes that 32 bits cannot hold."""

    at: int
    end: int
    file: int
    data: int
    others: dict[bytes, int]

    @classmethod
    def of(cls, source: Source) -> _Sizes64:
        head = source.read(12, 8)
        length = int.from_bytes(head[4:], "little")
        if head[:4] != b"ds64" or length < 24:
            raise DamagedError.because("RF64 文件缺少 ds64 块", "an RF64 file without its chunk ds64")
        body = source.read(20, min(length, 2**16))
        others = {
            body[at : at + 4]: int.from_bytes(body[at + 4 : at + 12], "little")
            for at in range(28, min(28 + 12 * int.from_bytes(body[24:28], "little"), len(body) - 11), 12)
        }
        return cls(20, 20 + length, int.from_bytes(body[:8], "little"), int.from_bytes(body[8:16], "little"), others)

    def of_chunk(self, name: bytes) -> int | None:
        """Return the size of a chunk, None where the writer did not fill it in."""
        size = self.data if name == b"data" else self.others.get(name)
        return None if size in {_UNKNOWN64, None} or (size == 0 and self.file == 0) else size


def _end(source: Source, size: int, least: int) -> int:
    end = size + 8
    if end - source.size in {1, _COUNTED_THE_HEADER}:
        return source.size
    if not least <= end <= source.size:
        raise DamagedError.because(
            f"文件头称有 {end} 字节，实际只有 {source.size} 字节",
            f"the header says {end} bytes, but the file has only {source.size}",
        )
    return end


def _is_empty_header(chunks: tuple[Chunk, ...], end: int, source: Source) -> bool:
    """Tell whether the sizes are those written before the first sample, and the sound follows all the same."""
    return bool(chunks) and chunks[-1].name == b"data" and chunks[-1].size == 0 and source.size > end
