"""The tags of an FLV file: kind, size, bytes, and behind each one its size again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guiju.label.errors import DamagedError
from guiju.label.source import Source
from guiju.label.splice import Edit

AUDIO, VIDEO, SCRIPT = 8, 9, 18
_HEADER, _TRAILER = 11, 4
_ENCRYPTED = 0x20
_FIRST = 64
"""Tags to look at for metadata: players read it before the first frames and expect it nowhere else."""


@dataclass(frozen=True)
class Tag:
    """Where a tag stands and how many bytes of data it has."""

    at: int
    flags: int
    size: int

    @property
    def kind(self) -> int:
        """Return AUDIO, VIDEO, SCRIPT or another number."""
        return self.flags & 0x1F

    @property
    def is_encrypted(self) -> bool:
        """Tell whether the data went through a filter, which means encryption."""
        return bool(self.flags & _ENCRYPTED)

    @property
    def body(self) -> int:
        """Offset of the data."""
        return self.at + _HEADER

    @property
    def end(self) -> int:
        """Offset behind the data; the size follows."""
        return self.body + self.size

    def edits(self, data: bytes, old: bytes) -> list[Edit]:
        """Return the edits that give the tag new data, its time and stream kept."""
        if data == old:
            return []
        size = Edit(self.at + 1, 3, len(data).to_bytes(3, "big"))
        body = Edit(self.body, self.size + _TRAILER, data + (len(data) + _HEADER).to_bytes(_TRAILER, "big"))
        return [size, body]


def first_tags(source: Source) -> tuple[Tag, ...]:
    """Return the first tags of the file; raises DamagedError where one reaches behind its end."""
    tags: list[Tag] = []
    for tag in _tags(source):
        tags.append(tag)
        if len(tags) == _FIRST:
            break
    return tuple(tags)


def assert_whole(source: Source) -> None:
    """Raise DamagedError unless the file ends with a tag and its size.

    The size at the end leads to the last tag's head. Where it does not, because some writers put zero there, all tags
    are walked through; TooLargeError if they are too many.
    """
    size = int.from_bytes(source.peek(source.size - _TRAILER, _TRAILER), "big")
    head = source.peek(source.size - _TRAILER - size, _HEADER)
    if (
        len(head) == _HEADER
        and head[0] in {AUDIO, VIDEO, SCRIPT}
        and int.from_bytes(head[1:4], "big") + _HEADER == size
    ):
        return
    for _ in _tags(source):
        pass


def made(kind: int, data: bytes) -> bytes:
    """Return a tag at time zero, with its size behind it."""
    head = bytes([kind]) + len(data).to_bytes(3, "big") + bytes(_HEADER - 4)
    return head + data + (len(data) + _HEADER).to_bytes(_TRAILER, "big")


def _tags(source: Source) -> Iterator[Tag]:
    head = source.read(0, 9)
    at = int.from_bytes(head[5:9], "big")
    if at < 9 or at + _TRAILER > source.size:
        raise DamagedError.because("FLV 文件头不完整", "the FLV header is cut off")
    at += _TRAILER
    while at < source.size:
        head = source.read(at, _HEADER)
        tag = Tag(at, head[0], int.from_bytes(head[1:4], "big"))
        at = tag.end + _TRAILER
        if at > source.size:
            raise DamagedError.because(
                f"第 {tag.at} 字节处的标签应至第 {at} 字节，文件只有 {source.size} 字节",
                f"the tag at byte {tag.at} should reach byte {at}, but the file has only {source.size}",
            )
        yield tag
