"""Positions inside a Matroska Segment: the SeekHead's and the Cues', kept right when bytes are inserted.

All of them count from the first byte of the Segment's body, so the Segment's own header may grow freely.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from guiju.label.errors import TooLargeError
from guiju.label.formats.film import ebml
from guiju.label.formats.film.ebml import Element
from guiju.label.formats.film.matroska_segment import CUES, SEEK_HEAD, TAGS, Segment
from guiju.label.source import Source
from guiju.label.splice import Edit

_SEEK, _SEEK_ID, _SEEK_POSITION = 0x4DBB, 0x53AB, 0x53AC
_CUE_CLUSTER, _CUE_STATE, _REF_CLUSTER, _REF_STATE = 0xF1, 0xEA, 0x97, 0xEB
_CUE_POINT, _CUE_TRACK, _CUE_REFERENCE = 0xBB, 0xB7, 0xDB
_HEAD_LIMIT = 2**18
_CUE_MASTERS = {_CUE_POINT, _CUE_TRACK, _CUE_REFERENCE}
_CUE_POSITIONS = {_CUE_CLUSTER, _CUE_STATE, _REF_CLUSTER, _REF_STATE}


@dataclass(frozen=True)
class Shift:
    """Everything at or behind an offset of the file moves by so many bytes."""

    at: int
    by: int


@dataclass(frozen=True)
class Move:
    """What a change does to positions; all fields are offsets in the old file.

    `base` is the Segment's body, `tags` where the Tags with the label will stand, `left` where they stood if they move,
    `gone` are Tags that are there no more. `must_list` asks for an entry in a SeekHead: Tags behind the first cluster
    are found by no other way.
    """

    base: int
    tags: int
    left: int | None = None
    gone: tuple[int, ...] = ()
    shifts: tuple[Shift, ...] = ()
    must_list: bool = False

    def position(self, position: int) -> int:
        """Return the new position for an old one, both relative to the Segment's body."""
        return position + sum(shift.by for shift in self.shifts if position + self.base >= shift.at)

    def tags_position(self) -> int:
        """Return the position of the label's Tags in the new file."""
        return self.tags - self.base + sum(shift.by for shift in self.shifts if shift.at < self.tags)


def seek_edits(source: Source, segment: Segment, move: Move, taken: tuple[int, ...]) -> list[Edit] | None:
    """Return the edits that keep every SeekHead right; None where an entry is needed and no room for it.

    `taken` are offsets of filler that something else uses.
    """
    edits: list[Edit] = []
    listed = False
    for head in segment.all_of(SEEK_HEAD):
        body = _body(source, head)
        entries, names_tags = _entries(body, move)
        listed = listed or names_tags
        edit = _head_edit(segment, head, body, entries, taken)
        if edit is None:
            return None
        edits += edit
    if move.must_list and not listed:
        return _with_entry(source, segment, move, taken)
    return edits


def _body(source: Source, head: Element) -> bytes:
    if head.end - head.body > _HEAD_LIMIT:
        raise TooLargeError.because("SeekHead 过大", "the SeekHead is too large")
    return source.read(head.body, head.end - head.body)


def _with_entry(source: Source, segment: Segment, move: Move, taken: tuple[int, ...]) -> list[Edit] | None:
    """Return the edits with a further entry for the Tags in the first SeekHead that has room."""
    edits: list[Edit] = []
    added = False
    for head in segment.all_of(SEEK_HEAD):
        body = _body(source, head)
        entries, _ = _entries(body, move)
        more = None if added else _head_edit(segment, head, body, [*entries, _entry(TAGS, move.tags_position())], taken)
        added = added or more is not None
        edit = more if more is not None else _head_edit(segment, head, body, entries, taken)
        if edit is None:
            return None
        edits += edit
    return edits if added else None


def _entries(body: bytes, move: Move) -> tuple[list[bytes], bool]:
    """Return the entries with their new positions, and whether the label's Tags are among them."""
    kept: list[bytes] = []
    listed = False
    for element in ebml.children(body):
        raw = body[element.at : element.end]
        if element.id == _SEEK:
            identifier, position, width = _target(body[element.body : element.end])
            if identifier == TAGS and move.base + position in move.gone:
                continue
            has_left = identifier == TAGS and move.base + position == move.left
            new = move.tags_position() if has_left else move.position(position)
            listed = listed or (identifier == TAGS and new == move.tags_position())
            if new != position:
                raw = _entry(identifier, new, width)
        if element.id != ebml.CRC32:
            kept.append(raw)
    return kept, listed


def _target(seek: bytes) -> tuple[int, int, int]:
    parts = {element.id: seek[element.body : element.end] for element in ebml.children(seek)}
    position = parts.get(_SEEK_POSITION, b"")
    return int.from_bytes(parts.get(_SEEK_ID, b""), "big"), int.from_bytes(position, "big"), len(position)


def _entry(identifier: int, position: int, width: int = 0) -> bytes:
    name = ebml.made(_SEEK_ID, identifier.to_bytes(max(ebml.id_width(identifier), 1), "big"))
    return ebml.made(_SEEK, name + ebml.made(_SEEK_POSITION, _uint(position, width)))


def _uint(value: int, width: int) -> bytes:
    return value.to_bytes(max(width, (value.bit_length() + 7) // 8, 1), "big")


def _head_edit(
    segment: Segment, head: Element, body: bytes, entries: list[bytes], taken: tuple[int, ...]
) -> list[Edit] | None:
    """Return the edit that puts these entries into a SeekHead, using the filler behind it if need be."""
    had_crc = any(element.id == ebml.CRC32 for element in ebml.children(body))
    new = ebml.with_crc(b"".join(entries), wanted=had_crc)
    if new == body:
        return []
    length = head.end - head.at
    made = ebml.made(SEEK_HEAD, new, head.size_width)
    if len(made) == length:
        return [Edit(head.at, length, made)]
    room = length if head.end in taken else segment.slot_end(head) - head.at
    fitted = ebml.fitted(SEEK_HEAD, new, room, head.size_width)
    return None if fitted is None else [Edit(head.at, room, fitted)]


def cue_edits(source: Source, segment: Segment, move: Move) -> tuple[list[Edit], Move] | None:
    """Return the edits that keep every index right, and the move with the shifts that grown indexes add.

    None where an index would have to grow that stands before clusters: that would move them again.
    """
    edits: list[Edit] = []
    extra: list[Shift] = []
    for cues in segment.all_of(CUES):
        body = source.read(cues.body, cues.end - cues.body)
        new = ebml.made(CUES, _moved(body, move.position), cues.size_width)
        growth = len(new) - (cues.end - cues.at)
        if growth and (segment.last_cluster is None or cues.at < segment.last_cluster.at):
            return None
        if growth:
            extra.append(Shift(cues.end, growth))
        edits.append(Edit(cues.at, cues.end - cues.at, new))
    return edits, replace(move, shifts=(*move.shifts, *extra))


def _moved(body: bytes, position: Callable[[int], int]) -> bytes:
    """Return the elements of an index with new positions, in the width they had unless they need more."""
    parts: list[bytes] = []
    had_crc = False
    for element in ebml.children(body):
        inner = body[element.body : element.end]
        if element.id == ebml.CRC32:
            had_crc = True
        elif element.id in _CUE_MASTERS:
            parts.append(ebml.made(element.id, _moved(inner, position), element.size_width))
        elif element.id in _CUE_POSITIONS and inner.strip(b"\0"):
            parts.append(
                ebml.made(element.id, _uint(position(int.from_bytes(inner, "big")), len(inner)), element.size_width)
            )
        else:
            parts.append(body[element.at : element.end])
    return ebml.with_crc(b"".join(parts), wanted=had_crc)
