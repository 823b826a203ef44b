"""AVI: the label is a chunk `AIGC` in the list INFO (practice guide 20257A, C2; ffprobe and MediaInfo show it, T).

The list takes the place of blank filler in front of the media where there is enough, so that nothing moves; else it
stands behind the media and the index, or in front where players would not look behind them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guiju.label.errors import DamagedError, RefusedError
from guiju.label.fields import WRAPPER, Label
from guiju.label.formats import riff, riff_info, slots, takeover, xmp
from guiju.label.formats.film import avi_index
from guiju.label.formats.riff import Chunk
from guiju.label.found import Contents, Found, Seal
from guiju.label.source import Source
from guiju.label.splice import Edit, Plan

_INFO_PLACE, _CHUNK_PLACE = "avi:INFO", "avi:AIGC"
_NAME = WRAPPER.encode()
_FILLER = b"JUNK"
_MOST_FILLER = 2**16


@dataclass(frozen=True)
class Riff:
    """One RIFF of the file: the first is the AVI itself, further ones (`AVIX`) go on with its media."""

    at: int
    end: int
    chunks: tuple[Chunk, ...]


def contents(source: Source) -> Contents:
    """Return every text of INFO lists that may be a label, then chunks of that name and XMP; media are not read.

    Raises DamagedError for a file that ends early, or whose recording was never finished.
    """
    found: list[Found] = []
    seals: list[Seal] = []
    for one in _riffs(source):
        for chunk in one.chunks:
            found += _found(source, chunk)
            seals += [Seal("c2pa", "avi:C2PA")] if chunk.name == b"C2PA" else []
    return Contents(tuple(sorted(found, key=lambda one: one.place != _INFO_PLACE)), tuple(seals))


def plan(source: Source, label: Label) -> Plan:
    """Return the file with the label in its INFO list, all other texts kept.

    Raises RefusedError: `absolute_positions` and `riff_full` where a large file cannot take more bytes in its middle,
    `label_elsewhere` where a label stands together with other data.
    """
    riffs = _riffs(source)
    first = riffs[0]
    infos = [chunk for chunk in first.chunks if riff_info.is_info(source, chunk)]
    home = next((chunk for chunk in infos if _found(source, chunk)), infos[0] if infos else None)
    new = riff_info.rebuilt(source, home, _INFO_PLACE, label.bare())
    edits, moves_from = _placed(source, first, home, new)
    for one in riffs:
        edits += [_cleared(source, one, chunk) for chunk in one.chunks if chunk != home and _found(source, chunk)]
    edits += _growth_edits(source, riffs, edits, moves_from)
    try:
        return Plan.of_edits(source.size, edits)
    except ValueError as error:
        raise DamagedError.because("索引与其他数据重叠", "an index overlaps other data") from error


def _riffs(source: Source) -> tuple[Riff, ...]:
    riffs: list[Riff] = []
    at = 0
    while at < source.size:
        head = source.peek(at, 12)
        if riffs and (head[:4] != b"RIFF" or head[8:12] != b"AVIX"):
            break
        end = at + 8 + int.from_bytes(head[4:8], "little")
        if len(head) < 12 or end < at + 12 or end > source.size:
            raise DamagedError.because(
                f"第 {at} 字节处的 RIFF 应至第 {end} 字节，文件只有 {source.size} 字节",
                f"the RIFF at byte {at} should reach byte {end}, but the file has {source.size}",
            )
        riffs.append(Riff(at, end, tuple(riff.walk(source, at + 12, end))))
        at = end + end % 2
    return tuple(riffs)


def _found(source: Source, chunk: Chunk) -> list[Found]:
    if chunk.name.upper() == _NAME:
        one = slots.candidate(_CHUNK_PLACE, WRAPPER, riff_info.text_of(riff_info.block(source, chunk)), source.limits)
        return [one] if one else []
    if chunk.name == b"_PMX":
        return xmp.found(riff_info.block(source, chunk))
    if riff_info.is_info(source, chunk):
        return riff_info.labels(source, chunk, _INFO_PLACE)
    return []


def _placed(source: Source, first: Riff, home: Chunk | None, new: bytes) -> tuple[list[Edit], int]:
    """Return the edits that put the list into the file, gentlest way first, and from where on bytes may move.

    Where OpenDML indexes stand in the header, players do not look behind the media: the list then stands in front.
    """
    media = next((chunk.at for chunk in first.chunks if avi_index.is_media(source, chunk)), first.end)
    in_front_only = avi_index.has_indexes(source, first.chunks)
    if home and (home.at < media or not in_front_only):
        start, end = home.at, _slot_end(source, first, home)
        fitted = _fitted(new, end - start)
        if fitted is not None or home.at > media:
            return [Edit(start, end - start, fitted or new)], end
    old = [Edit(home.at, _end(home, first) - home.at, _filler(_end(home, first) - home.at))] if home else []
    for filler in _blank(source, first):
        length = _end(filler, first) - filler.at
        if filler.at < media and (fitted := _fitted(new, length)) is not None:
            return [*old, Edit(filler.at, length, fitted)], media
    if in_front_only:
        return [*old, Edit(media, 0, new)], media
    return [*old, riff.behind(first.chunks, first.end, new)], first.end


def _slot_end(source: Source, first: Riff, home: Chunk) -> int:
    """Return where the blank filler directly behind a list ends."""
    end = _end(home, first)
    for filler in _blank(source, first):
        end = filler.end if filler.at == end else end
    return end


def _blank(source: Source, one: Riff) -> Iterator[Chunk]:
    """Yield filler with nothing in it: some cameras and programs keep data of their own in theirs."""
    for chunk in one.chunks:
        if (
            chunk.name == _FILLER
            and chunk.size <= _MOST_FILLER
            and not source.read(chunk.body, chunk.size).strip(b"\0")
        ):
            yield chunk


def _end(chunk: Chunk, one: Riff) -> int:
    """Return the end of a chunk: the last one may lack its pad."""
    return min(chunk.end, one.end)


def _fitted(chunk: bytes, room: int) -> bytes | None:
    left = room - len(chunk)
    return chunk + _filler(left) if left == 0 or left >= 8 else None


def _filler(length: int) -> bytes:
    return riff.made(_FILLER, bytes(length - 8))[:length] if length else b""


def _cleared(source: Source, one: Riff, chunk: Chunk) -> Edit:
    """Return the edit that takes a label out of a chunk and leaves its length as it was."""
    length = _end(chunk, one) - chunk.at
    if chunk.name == b"_PMX":
        rest = xmp.without(riff_info.block(source, chunk))
        if b"\0" in rest or len(rest) > chunk.size:
            takeover.refuse("xmp")
        return Edit(chunk.body, chunk.size, rest.ljust(chunk.size))
    rest = riff_info.rebuilt(source, chunk, _INFO_PLACE, None) if chunk.name == b"LIST" else b""
    fitted = _fitted(rest, length)
    if fitted is None:
        takeover.refuse(_INFO_PLACE)
    return Edit(chunk.at, length, fitted or b"")


def _growth_edits(source: Source, riffs: tuple[Riff, ...], edits: list[Edit], moves_from: int) -> list[Edit]:
    """Return the edits of the first RIFF's size and of the positions of what moves."""
    first = riffs[0]
    growth = sum(len(edit.data) - edit.removed for edit in edits)
    if growth == 0:
        return []
    size = first.end - first.at - 8 + growth
    if size > riff.UNKNOWN - 1:
        raise RefusedError.because(
            "riff_full",
            "首个 RIFF 已近 4 GB，容纳不下更多数据：请先重新封装",
            "the first RIFF is close to 4 GB and cannot take more bytes: remux the file first",
        )
    done = [Edit(first.at + 4, 4, size.to_bytes(4, "little"))]
    if moves_from < first.end or len(riffs) > 1:
        done += avi_index.shifted(source, first.chunks, moves_from, growth)
    return done
