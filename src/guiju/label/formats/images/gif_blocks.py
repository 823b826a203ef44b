"""The blocks of a GIF file: where its comments and application extensions stand, and where its first picture begins."""

from __future__ import annotations

from dataclasses import dataclass, field

from guiju.label.errors import DamagedError, TooLargeError
from guiju.label.source import Source

EXTENSION, _IMAGE, _END = 0x21, 0x2C, 0x3B
_COMMENT, APPLICATION = 0xFE, 0xFF
_WINDOW = 1 << 16
_STEPS = 2_000_000


@dataclass(frozen=True)
class Block:
    """A comment or application extension; its sub-blocks begin at `body`."""

    name: bytes
    at: int
    body: int
    end: int


@dataclass
class Parts:
    """What matters in a GIF file; extensions in the order in which they stand."""

    first_graphic: int = 0
    comments: list[Block] = field(default_factory=list)
    applications: list[Block] = field(default_factory=list)


def parts_of(source: Source) -> Parts:
    """Walk the file to its trailer; raises DamagedError if it is broken or ends before."""
    screen = source.read(0, 13)
    if screen[:3] != b"GIF":
        raise DamagedError.because("没有 GIF 签名", "the GIF signature is missing")
    parts, walker = Parts(), _Walker(source)
    at = 13 + colours(screen[10])
    blocks = 0
    while (kind := walker.byte(at)) != _END:
        blocks += 1
        if blocks > source.limits.reads:
            raise TooLargeError.because("块过多", "too many blocks")
        if kind == EXTENSION:
            at = _note_extension(source, walker, parts, at)
        elif kind == _IMAGE:
            parts.first_graphic = parts.first_graphic or at
            at = walker.behind(at + 11 + colours(walker.byte(at + 9)))
        elif kind == 0:
            at += 1  # stray terminators are common
        else:
            raise DamagedError.because(f"第 {at} 字节处的块未知", f"an unknown block stands at byte {at}")
    parts.first_graphic = parts.first_graphic or at
    return parts


def _note_extension(source: Source, walker: _Walker, parts: Parts, at: int) -> int:
    label = walker.byte(at + 1)
    if label == APPLICATION:
        length = walker.byte(at + 2)
        body = at + 3 + length
        end = walker.behind(body) if length else body
        parts.applications.append(Block(source.peek(at + 3, length), at, body, end))
        return end
    end = walker.behind(at + 2)
    if label == _COMMENT:
        parts.comments.append(Block(b"", at, at + 2, end))
    else:
        parts.first_graphic = parts.first_graphic or at
    return end


def colours(packed: int) -> int:
    """Return the bytes of a colour table, by the packed field in front of it."""
    return 3 * 2 ** ((packed & 7) + 1) if packed & 0x80 else 0


def _full(window: bytes, place: int) -> int:
    """Return how many full sub-blocks follow one another from `place`: most pictures consist of them."""
    lengths = window[place::256]
    return len(lengths) - len(lengths.lstrip(b"\xff"))


class _Walker:
    """Follows sub-blocks through a window of the file, since they have 255 bytes at most."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._base = 0
        self._window = b""
        self._steps = 0

    def byte(self, at: int) -> int:
        """Return one byte; raises DamagedError behind the end."""
        if not self._base <= at < self._base + len(self._window):
            length = min(_WINDOW, self._source.size - at)
            if length <= 0:
                raise DamagedError.because("文件没有结尾块", "the file ends before its trailer")
            self._base, self._window = at, self._source.peek(at, length)
        return self._window[at - self._base]

    def behind(self, at: int) -> int:
        """Return the offset behind the terminator of the sub-blocks that begin at `at`."""
        while self.byte(at):
            window, place = self._window, at - self._base
            length = len(window)
            while place < length:
                size = window[place]
                if not size:
                    return self._base + place + 1
                place += 256 * _full(window, place) if size == 255 else size + 1
                self._steps += 1
            if self._steps > _STEPS:
                raise TooLargeError.because("子块过多", "too many sub-blocks")
            at = self._base + place
        return at + 1
