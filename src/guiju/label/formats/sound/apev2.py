"""APEv2 tags at the end of audio files: an `AIGC` item there is read, and taken out when the label moves to ID3v2."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.label.errors import DamagedError
from guiju.label.formats.slots import assert_only_label, candidate, is_named
from guiju.label.found import Found
from guiju.label.source import Limits, Source
from guiju.label.splice import Edit

_MARK = b"APETAGEX"
_HEAD = 32
_HAS_HEADER = 1 << 31
_KIND, _TEXT = 0x06, 0x00
_ID3V1, _LYRICS_END, _LYRICS_FOOT = 128, b"LYRICS200", 15


@dataclass(frozen=True)
class _Item:
    start: int
    end: int
    found: Found | None


@dataclass(frozen=True)
class ApeTag:
    """A tag in the file; `start` is that of the items, `footer` the offset of the last 32 bytes."""

    start: int
    footer: int
    items: tuple[_Item, ...]
    has_header: bool

    @property
    def found(self) -> list[Found]:
        """Return the items that may be labels."""
        return [item.found for item in self.items if item.found]

    def edits(self) -> list[Edit]:
        """Return the changes that take the labels out and keep all other items as they are."""
        removed = [item for item in self.items if item.found]
        if not removed:
            return []
        for found in self.found:
            assert_only_label(found)
        size = self.footer + _HEAD - self.start - sum(item.end - item.start for item in removed)
        sums = size.to_bytes(4, "little") + (len(self.items) - len(removed)).to_bytes(4, "little")
        heads = [self.footer, self.start - _HEAD] if self.has_header else [self.footer]
        return [
            *(Edit(item.start, item.end - item.start, b"") for item in removed),
            *(Edit(head + 12, 8, sums) for head in heads),
        ]


def ape_tag(source: Source, end: int) -> ApeTag | None:
    """Return the tag whose footer ends at `end`, if one stands there; raises DamagedError where its sums are wrong."""
    footer = end - _HEAD
    if footer < 0:
        return None
    head = source.peek(footer, _HEAD)
    if not head.startswith(_MARK):
        return None
    size, count, flags = (int.from_bytes(head[at : at + 4], "little") for at in (12, 16, 20))
    start = end - size
    has_header = bool(flags & _HAS_HEADER)
    if size < _HEAD or start < (_HEAD if has_header else 0) or count > size // 11:
        raise _broken()
    if has_header and source.peek(start - _HEAD, 8) != _MARK:
        raise _broken()
    return ApeTag(start, footer, _items(source, start, footer, count), has_header)


def audio_end(source: Source) -> int:
    """Return where ID3v1 and Lyrics3 tags, which only ever stand last, begin."""
    end = source.size
    if end >= _ID3V1 and source.peek(end - _ID3V1, 3) == b"TAG":
        end -= _ID3V1
    foot = source.peek(end - _LYRICS_FOOT, _LYRICS_FOOT) if end >= _LYRICS_FOOT else b""
    if foot.endswith(_LYRICS_END) and foot[:6].isdigit() and int(foot[:6]) + _LYRICS_FOOT <= end:
        end -= int(foot[:6]) + _LYRICS_FOOT
    return end


def _items(source: Source, start: int, footer: int, count: int) -> tuple[_Item, ...]:
    items = []
    at = start
    for _ in range(count):
        head = source.peek(at, min(8 + 256, footer - at))
        name, nul, _ = head[8:].partition(b"\x00")
        value = at + 8 + len(name) + 1
        end = value + int.from_bytes(head[:4], "little")
        if not nul or end > footer:
            raise _broken()
        items.append(_Item(at, end, _found(source, name, head[4], value, end)))
        at = end
    if at != footer:
        raise _broken()
    return tuple(items)


def _found(source: Source, name: bytes, flags: int, value: int, end: int) -> Found | None:
    limits: Limits = source.limits
    key = name.decode("latin-1")
    if flags & _KIND != _TEXT or (end - value > 4 * limits.label and not is_named(key)):
        return None
    text = source.peek(value, min(end - value, 4 * limits.label + 4)).decode("utf-8", "replace")
    return candidate("ape:AIGC" if is_named(key) else "ape:item", key, text, limits)


def _broken() -> DamagedError:
    return DamagedError.because("文件尾的 APEv2 标签不完整", "the APEv2 tag at the end of the file is inconsistent")
