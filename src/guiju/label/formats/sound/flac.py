"""FLAC: the label is the Vorbis comment `AIGC` (practice guide for audio, C2); audio frames are only copied."""

from __future__ import annotations

from dataclasses import dataclass, replace

from guiju.label.errors import DamagedError, RefusedError
from guiju.label.fields import Label
from guiju.label.formats.sound import id3
from guiju.label.formats.sound.vorbis import Comments
from guiju.label.formats.takeover import planned
from guiju.label.found import Contents
from guiju.label.source import Source
from guiju.label.splice import Edit, Plan

_MARKER = b"fLaC"
_STREAMINFO, _PADDING, _COMMENT = 0, 1, 4
_LAST = 0x80
_LONGEST = 2**24 - 1
_NOWHERE = -4
"""Offset and length of a block that was not there: so the four bytes of its header count as growth too."""


@dataclass(frozen=True)
class _Block:
    """A metadata block; `data` is None where the old bytes stay where they are."""

    kind: int
    offset: int
    length: int
    data: bytes | None = None

    @property
    def size(self) -> int:
        return self.length if self.data is None else len(self.data)


def contents(source: Source) -> Contents:
    """Return the labels in the Vorbis comments and in an ID3v2 tag in front; see `Format.contents`."""
    tags = id3.tags_in_front(source)
    in_front = id3.contents(source, tags)
    found = [
        found
        for block in _blocks(source, _start(tags))
        if block.kind == _COMMENT
        for found in Comments.parsed(source.read(block.offset + 4, block.length)).found(source.limits)
    ]
    return Contents((*found, *in_front.found), in_front.seals)


def plan(source: Source, label: Label) -> Plan:
    """Put the label into the comment block, taking the room from a padding block where one is large enough."""
    tags = id3.tags_in_front(source)
    blocks = _blocks(source, _start(tags))
    edits = _edits(blocks, _fitted(_labelled(source, blocks, label)))
    edits += [edit for tag in tags for edit in id3.edits(source, tag, None)]
    return planned(source.size, edits)


def _start(tags: tuple[id3.Tag, ...]) -> int:
    return tags[-1].end if tags else 0


def _blocks(source: Source, start: int) -> list[_Block]:
    """Walk the metadata blocks up to the last one, behind which the first audio frame must begin."""
    if source.read(start, 4) != _MARKER:
        raise DamagedError.because("缺少 fLaC 标记", "the mark fLaC is missing")
    blocks: list[_Block] = []
    at = start + 4
    last = False
    while not last:
        head = source.read(at, 4)
        last = bool(head[0] & _LAST)
        block = _Block(head[0] & ~_LAST, at, int.from_bytes(head[1:], "big"))
        at += 4 + block.length
        if block.kind == 127 or at > source.size or (not blocks and block.kind != _STREAMINFO):
            raise DamagedError.because(f"第 {block.offset} 字节处的元数据块", f"metadata block at byte {block.offset}")
        blocks.append(block)
    sync = source.peek(at, 2)
    if len(sync) < 2 or sync[0] != 0xFF or sync[1] & 0xFC != 0xF8:
        raise DamagedError.because("元数据之后没有音频帧", "no audio frame begins behind the metadata")
    return blocks


def _labelled(source: Source, blocks: list[_Block], label: Label) -> list[_Block]:
    """Return the blocks with the label in the first comment block, in a new one if there is none."""
    value: str | None = label.bare()
    new = []
    for block in blocks:
        if block.kind != _COMMENT:
            new.append(block)
            continue
        comments = Comments.parsed(source.read(block.offset + 4, block.length))
        new.append(replace(block, data=comments.labelled(value, source.limits).serialized()))
        value = None
    if value is not None:
        data = Comments().labelled(value, source.limits).serialized()
        new.insert(1, _Block(_COMMENT, _NOWHERE, _NOWHERE, data))
    if any(block.size > _LONGEST for block in new):
        raise RefusedError.because(
            "block_full",
            "Vorbis 注释块已达 FLAC 元数据块的上限（24 位长度），放不下标识；请先移出部分内嵌图片",
            "the Vorbis comments are at the limit of a FLAC metadata block (24-bit length), so the label does not fit; "
            "move some embedded pictures out first",
        )
    return new


def _fitted(blocks: list[_Block]) -> list[_Block]:
    """Return the blocks with one padding block grown or shrunk so that the audio need not move, where possible."""
    growth = sum(block.size - block.length for block in blocks)
    for at, block in enumerate(blocks):
        if growth and block.kind == _PADDING:
            if 0 <= block.length - growth <= _LONGEST:
                return [*blocks[:at], replace(block, data=bytes(block.length - growth)), *blocks[at + 1 :]]
            if block.length + 4 == growth:
                return [*blocks[:at], *blocks[at + 1 :]]
    return blocks


def _edits(old: list[_Block], new: list[_Block]) -> list[Edit]:
    """Return the changes from the old blocks to the new ones; bytes that stay are not even read."""
    kept = {block.offset for block in new}
    edits = [Edit(block.offset, 4 + block.length, b"") for block in old if block.offset not in kept]
    for number, block in enumerate(new, 1):
        kind = bytes([block.kind | (_LAST if number == len(new) else 0)])
        if block.data is None:
            edits.append(Edit(block.offset, 1, kind))
            continue
        data = kind + block.size.to_bytes(3, "big") + block.data
        if block.offset == _NOWHERE:
            edits.append(Edit(new[0].offset + 4 + new[0].length, 0, data))
        else:
            edits.append(Edit(block.offset, 4 + block.length, data))
    return edits
