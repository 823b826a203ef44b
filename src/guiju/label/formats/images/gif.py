"""GIF: the label stands in the XMP packet, in the application extension `XMP DataXMP` (guide 20259A, grade C2).

The packet is not cut into sub-blocks: 258 bytes behind it (the magic trailer) lead any reader out of it (ISO 16684-3).
A comment extension with a wrapped label is read too (T).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from guiju.label.errors import DamagedError, RefusedError, TooLargeError
from guiju.label.fields import Label
from guiju.label.formats import takeover, xmp
from guiju.label.found import Contents, Found, Seal
from guiju.label.source import Source
from guiju.label.splice import Edit, Plan

_XMP = b"XMP DataXMP"
_C2PA = b"C2PA_GIF"
_TRAILER = b"\x01" + bytes(range(0xFF, -1, -1)) + b"\x00"
_EXTENSION, _IMAGE, _END = 0x21, 0x2C, 0x3B
_COMMENT, _APPLICATION = 0xFE, 0xFF
_WINDOW = 1 << 16
_STEPS = 2_000_000


@dataclass(frozen=True)
class _Block:
    """A comment or application extension; its sub-blocks begin at `body`."""

    name: bytes
    at: int
    body: int
    end: int


@dataclass
class _Parts:
    first_graphic: int = 0
    comments: list[_Block] = field(default_factory=list)
    applications: list[_Block] = field(default_factory=list)


def contents(source: Source) -> Contents:
    """Return the labels and C2PA seals of a GIF file; see `Format.contents`."""
    parts = _parts(source)
    packets = xmp.bounded([_packet(source, block) for block in parts.applications if block.name == _XMP])
    found = [one for packet in packets for one in xmp.found(packet)]
    found += [text for block in parts.comments if (text := _comment(source, block)) is not None]
    seals = [Seal("c2pa", "gif:C2PA_GIF")] if any(one.name.startswith(_C2PA) for one in parts.applications) else []
    if any(xmp.names_remote_manifest(packet) for packet in packets):
        seals.append(Seal("c2pa", "xmp dcterms:provenance"))
    return Contents(tuple(found), tuple(seals))


def plan(source: Source, label: Label) -> Plan:
    """Return the file with the label in its XMP, as GIF89a, which extensions need; see `Format.plan`.

    Refused: `xmp_encoding` for XMP that is not UTF-8, which the magic trailer does not work with.
    """
    parts = _parts(source)
    mine = [block for block in parts.applications if block.name == _XMP]
    xmp.bounded([_packet(source, block) for block in mine])
    edits = [] if source.read(3, 3) == b"89a" else [Edit(3, 3, b"89a")]
    if not mine:
        edits.append(Edit(parts.first_graphic, 0, _extension(xmp.merged(None, label.bare()))))
    for index, block in enumerate(mine):
        old = _packet(source, block)
        new = xmp.without(old) if index else xmp.merged(old, label.bare())
        if new != old:
            edits.append(Edit(block.at, block.end - block.at, _extension(new)))
    for block in parts.comments:
        text = _comment(source, block)
        if text is not None and takeover.is_label(text.text):
            takeover.assert_only_label(text.place, text.text)
            edits.append(Edit(block.at, block.end - block.at, b""))
    return takeover.planned(source.size, edits)


def _extension(packet: bytes) -> bytes:
    packet = packet.rstrip(b"\x00")
    if b"\x00" in packet or packet.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise RefusedError.because(
            "xmp_encoding", "GIF 中的 XMP 须为 UTF-8", "the XMP in a GIF file must be UTF-8, and this one is not"
        )
    return bytes([_EXTENSION, _APPLICATION, len(_XMP)]) + _XMP + packet + _TRAILER


def _packet(source: Source, block: _Block) -> bytes:
    """Return the packet, raw in front of the magic trailer, or from sub-blocks as some writers make it."""
    raw = source.read(block.body, block.end - block.body)
    return raw[: -len(_TRAILER)] if raw.endswith(_TRAILER) else _joined(raw)


def _comment(source: Source, block: _Block) -> Found | None:
    if block.end - block.body > source.limits.label:
        return None
    text = _joined(source.read(block.body, block.end - block.body)).decode("utf-8", "replace")
    return Found("gif:comment", text, named=False) if takeover.may_be_label(text) else None


def _joined(raw: bytes) -> bytes:
    pieces, at = [], 0
    while raw[at]:
        pieces.append(raw[at + 1 : at + 1 + raw[at]])
        at += 1 + raw[at]
    return b"".join(pieces)


def _parts(source: Source) -> _Parts:
    """Walk the file to its trailer; raises DamagedError if it is broken or ends before."""
    screen = source.read(0, 13)
    if screen[:3] != b"GIF":
        raise DamagedError.because("没有 GIF 签名", "the GIF signature is missing")
    parts, walker = _Parts(), _Walker(source)
    at = 13 + _colours(screen[10])
    blocks = 0
    while (kind := walker.byte(at)) != _END:
        blocks += 1
        if blocks > source.limits.reads:
            raise TooLargeError.because("块过多", "too many blocks")
        if kind == _EXTENSION:
            at = _note_extension(source, walker, parts, at)
        elif kind == _IMAGE:
            parts.first_graphic = parts.first_graphic or at
            at = walker.behind(at + 11 + _colours(walker.byte(at + 9)))
        elif kind == 0:
            at += 1  # stray terminators are common
        else:
            raise DamagedError.because(f"第 {at} 字节处的块未知", f"an unknown block stands at byte {at}")
    parts.first_graphic = parts.first_graphic or at
    return parts


def _note_extension(source: Source, walker: _Walker, parts: _Parts, at: int) -> int:
    label = walker.byte(at + 1)
    if label == _APPLICATION:
        length = walker.byte(at + 2)
        body = at + 3 + length
        end = walker.behind(body) if length else body
        parts.applications.append(_Block(source.peek(at + 3, length), at, body, end))
        return end
    end = walker.behind(at + 2)
    if label == _COMMENT:
        parts.comments.append(_Block(b"", at, at + 2, end))
    else:
        parts.first_graphic = parts.first_graphic or at
    return end


def _colours(packed: int) -> int:
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
