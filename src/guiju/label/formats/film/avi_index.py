"""Absolute positions in AVI files above 1 GB (OpenDML 1.02): indexes of indexes, and the indexes that they name.

The old index `idx1` counts from the media list, or from the start of the file, and only ever points before itself:
bytes inserted behind the media of the first RIFF leave it right.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from guiju.label.errors import DamagedError, RefusedError
from guiju.label.formats import riff
from guiju.label.formats.riff import Chunk
from guiju.label.source import Source
from guiju.label.splice import Edit

_OF_INDEXES, _OF_CHUNKS = 0, 1
_HEADER, _ENTRY = 24, 16
_DEPTH = 3


def has_indexes(source: Source, chunks: tuple[Chunk, ...]) -> bool:
    """Tell whether the headers hold OpenDML indexes: players then read nothing behind the media (ffmpeg, T)."""
    return next(_indexes(source, chunks, 0), None) is not None


def shifted(source: Source, chunks: tuple[Chunk, ...], at: int, by: int) -> list[Edit]:
    """Return the edits that keep indexes right when everything from `at` on moves by so many bytes.

    `chunks` are those of the first RIFF. Raises DamagedError for an index that contradicts itself, RefusedError
    (`absolute_positions`) for one that counts from a place before the move to places behind it, and for a move that
    would put what follows at an odd place.
    """
    media = next((chunk for chunk in chunks if is_media(source, chunk)), None)
    if at % 2 or (media and at <= media.at and not _old_index_is_relative(source, chunks, media)):
        raise _refusal()
    moved: dict[int, int] = {}
    for index in _indexes(source, chunks, 0):
        kind, count = _kind_and_count(source, index)
        if kind == _OF_CHUNKS:
            moved |= _base(source, index, at)
            continue
        if kind != _OF_INDEXES or _HEADER + count * _ENTRY > index.size:
            raise _contradiction(index)
        entries = source.read(index.body + _HEADER, count * _ENTRY)
        for number in range(count):
            position = int.from_bytes(entries[number * _ENTRY : number * _ENTRY + 8], "little")
            if position >= at:
                moved[index.body + _HEADER + number * _ENTRY] = position
                moved |= _base(source, _named(source, position), at)
    places = sorted(moved)
    if any(following - place < 8 for place, following in pairwise(places)):
        raise DamagedError.because("索引互相重叠", "indexes overlap")
    return [Edit(place, 8, (moved[place] + by).to_bytes(8, "little")) for place in places]


def is_media(source: Source, chunk: Chunk) -> bool:
    """Tell whether a chunk is the list of media."""
    return chunk.name == b"LIST" and chunk.size >= 4 and source.read(chunk.body, 4) == b"movi"


def _old_index_is_relative(source: Source, chunks: tuple[Chunk, ...], media: Chunk) -> bool:
    """Tell whether the entries of idx1 count from the media list, by looking where the first one leads."""
    for chunk in chunks:
        if chunk.name == b"idx1" and chunk.size >= _ENTRY:
            entry = source.read(chunk.body, _ENTRY)
            place = media.body + int.from_bytes(entry[8:12], "little")
            return source.peek(place, 4) == entry[:4]
    return True


def _indexes(source: Source, chunks: tuple[Chunk, ...], depth: int) -> Iterator[Chunk]:
    for chunk in chunks:
        if chunk.name == b"indx" and chunk.size >= _HEADER:
            yield chunk
        elif chunk.name == b"LIST" and chunk.size >= 4 and depth < _DEPTH and not is_media(source, chunk):
            yield from _indexes(source, tuple(riff.walk(source, chunk.body + 4, chunk.body + chunk.size)), depth + 1)


def _named(source: Source, position: int) -> Chunk:
    header = source.read(position, 8)
    chunk = Chunk(header[:4], position, int.from_bytes(header[4:], "little"))
    if chunk.size < _HEADER or (chunk.name[:2] != b"ix" and chunk.name[2:] != b"ix"):
        raise DamagedError.because(
            f"索引指向第 {position} 字节，那里没有索引", f"an index names byte {position}, where no index stands"
        )
    return chunk


def _kind_and_count(source: Source, index: Chunk) -> tuple[int, int]:
    head = source.read(index.body, 8)
    return head[3], int.from_bytes(head[4:8], "little")


def _base(source: Source, index: Chunk, at: int) -> dict[int, int]:
    """Return the place and value of the offset from which an index of chunks counts, if it has to move."""
    kind, count = _kind_and_count(source, index)
    width = 4 * int.from_bytes(source.read(index.body, 2), "little")
    if kind != _OF_CHUNKS or width < 8 or _HEADER + count * width > index.size:
        raise _contradiction(index)
    place = index.body + 12
    base = int.from_bytes(source.read(place, 8), "little")
    if base >= at:
        return {place: base}
    entries = source.read(index.body + _HEADER, count * width)
    if any(base + int.from_bytes(entries[one : one + 4], "little") >= at for one in range(0, len(entries), width)):
        raise _refusal()
    return {}


def _contradiction(index: Chunk) -> DamagedError:
    return DamagedError.because(
        f"第 {index.at} 字节处的索引自相矛盾", f"the index at byte {index.at} contradicts itself"
    )


def _refusal() -> RefusedError:
    return RefusedError.because(
        "absolute_positions",
        "文件中的索引按绝对位置记录，写入标识会使其失效：请先重新封装",
        "an index in the file counts in a way that would break when the data behind moves: remux the file first",
    )
