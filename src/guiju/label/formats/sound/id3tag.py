"""ID3v2 tags in a file: where they begin and end."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.label.errors import DamagedError, TooLargeError
from guiju.label.source import Source

UNSYNCHRONISED, EXTENDED, _FOOTER = 0x80, 0x40, 0x10
COMPRESSED_AS_A_WHOLE = 0x40
"""Bit of a 2.2 tag's flags; the method was never defined."""
_HEADER = 10


@dataclass(frozen=True)
class Tag:
    """A tag in the file: `size` counts what lies between header and footer."""

    offset: int
    version: int
    flags: int
    size: int

    @property
    def has_footer(self) -> bool:
        """Tell whether ten more bytes repeat the header behind the tag; such a tag has no padding."""
        return self.version == 4 and bool(self.flags & _FOOTER)

    @property
    def end(self) -> int:
        """Offset of the first byte behind the tag."""
        return self.offset + _HEADER + self.size + (_HEADER if self.has_footer else 0)

    @property
    def is_unsynchronised(self) -> bool:
        """Tell whether the tag as a whole was made free of false sync bytes; 2.4 does that frame by frame."""
        return self.version < 4 and bool(self.flags & UNSYNCHRONISED)


def tags_in_front(source: Source) -> tuple[Tag, ...]:
    """Return the tags that stand one behind the other at the start of a file; most files have one or none."""
    tags: list[Tag] = []
    at = 0
    while (tag := _tag_at(source, at)) is not None:
        if len(tags) == source.limits.depth:
            raise TooLargeError.because("ID3 标签过多", "too many ID3 tags")
        tags.append(tag)
        at = tag.end
    return tuple(tags)


def appended_tag(source: Source, end: int) -> Tag | None:
    """Return the tag whose footer ends at `end`, if there is one (2.4 allows a tag behind the audio)."""
    if end < 2 * _HEADER or source.peek(end - _HEADER, 3) != b"3DI":
        return None
    footer = source.read(end - _HEADER, _HEADER)
    tag = _tag_at(source, end - 2 * _HEADER - synchsafe(footer[6:]))
    if tag is None or tag.end != end:
        raise DamagedError.because("文件尾的 ID3 标签不完整", "the ID3 tag at the end of the file is incomplete")
    return tag


def _tag_at(source: Source, at: int) -> Tag | None:
    head = source.peek(at, _HEADER)
    if not head.startswith(b"ID3"):
        return None
    if len(head) < _HEADER or head[3] not in {2, 3, 4}:
        raise DamagedError.because("ID3 标签头不可识别", "the head of the ID3 tag cannot be read")
    tag = Tag(at, head[3], head[5], synchsafe(head[6:]))
    if tag.end > source.size:
        raise DamagedError.because(
            f"ID3 标签应有 {tag.size} 字节，但文件提前结束",
            f"the ID3 tag should have {tag.size} bytes, but the file ends",
        )
    return tag


def synchsafe(data: bytes) -> int:
    """Return a number of which every byte holds seven bits; raises DamagedError where one holds eight."""
    if any(byte & 0x80 for byte in data):
        raise DamagedError.because("ID3 长度不是同步安全整数", "an ID3 size is not a synchsafe number")
    value = 0
    for byte in data:
        value = value << 7 | byte
    return value


def as_synchsafe(value: int) -> bytes:
    """Return a number below 2**28 in four bytes of seven bits."""
    return bytes((value >> shift) & 0x7F for shift in (21, 14, 7, 0))
