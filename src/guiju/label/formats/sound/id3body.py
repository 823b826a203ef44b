"""Frames of an ID3v2 tag: walking them, undoing unsynchronisation, reading what a frame means."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

from guiju.label.errors import DamagedError, LabelError
from guiju.label.formats.sound.id3tag import COMPRESSED_AS_A_WHOLE, EXTENDED, UNSYNCHRONISED, Tag, synchsafe
from guiju.label.source import Source

_HEADER = 10
_FRAME_ID = re.compile(rb"[A-Z0-9]{3}[A-Z0-9 \x00]?")


@dataclass(frozen=True)
class Frame:
    """A frame at its place in the tag's body; `id` is as written, `start` that of the frame's own header."""

    id: bytes
    flags: int
    start: int
    data: int
    end: int
    version: int

    @property
    def is_transformed(self) -> bool:
        """Tell whether the frame is compressed, encrypted, grouped or unsynchronised."""
        return bool(self.flags & (0xE0 if self.version == 3 else 0x4F))


@dataclass(frozen=True)
class Payload:
    """The beginning of a frame's data, in the clear; `cut` where more follows."""

    data: bytes
    cut: bool = False


class Body:
    """What lies between a tag's header and its end, with unsynchronisation of the whole undone."""

    def __init__(self, source: Source, tag: Tag) -> None:
        self.tag = tag
        self.limits = source.limits
        self._source, self._from, self.size = source, tag.offset + _HEADER, tag.size
        if tag.is_unsynchronised:
            data = source.read(self._from, tag.size).replace(b"\xff\x00", b"\xff")
            self._source, self._from, self.size = Source.of_bytes(data, source.limits), 0, len(data)
        self.plain_sizes = False
        self.extended = self._extended_header()
        self.frames: tuple[Frame, ...] = ()
        if not (tag.version == 2 and tag.flags & COMPRESSED_AS_A_WHOLE):
            self.frames = self._frames()

    def read(self, at: int, length: int) -> bytes:
        """Return bytes of the body; raises DamagedError where it is shorter."""
        if at + length > self.size:
            raise _broken(self.tag)
        return self._source.read(self._from + at, length)

    def raw(self, frame: Frame) -> bytes:
        """Return a frame with its header, as it is."""
        return self.read(frame.start, frame.end - frame.start)

    def payload(self, frame: Frame, most: int) -> Payload:
        """Return up to `most` bytes of what a frame means; nothing for an encrypted one, which nobody can read."""
        skip, compressed, encrypted, unsynchronised = _transformations(frame, self.tag)
        if encrypted:
            return Payload(b"")
        at = frame.data + skip
        wanted = self.limits.block if compressed else 2 * most if unsynchronised else most
        length = min(frame.end - at, wanted)
        cut = length < frame.end - at
        data = self.read(at, length) if length > 0 else b""
        if unsynchronised:
            data = data.replace(b"\xff\x00", b"\xff")
        if compressed:
            return _inflated(data, most)
        return Payload(data[:most], cut or len(data) > most)

    def _extended_header(self) -> bytes:
        tag = self.tag
        if tag.version == 2 or not tag.flags & EXTENDED:
            return b""
        size = self.read(0, 4)
        length = 4 + int.from_bytes(size, "big") if tag.version == 3 else synchsafe(size)
        if length < 6 or length > self.size or length > self.limits.label:
            raise DamagedError.because("ID3 扩展头长度不符", "the ID3 extended header has an impossible length")
        return self.read(0, length)

    def _frames(self) -> tuple[Frame, ...]:
        """Walk the frames; in 2.4, sizes that old writers did not write as synchsafe are recognised as such."""
        if self.tag.version != 4:
            return self._walk(plain=True)[0]
        frames, clean, fault = self._tried(plain=False)
        if clean:
            return frames
        plain_frames, plain_clean, _ = self._tried(plain=True)
        if plain_clean:
            self.plain_sizes = True
            return plain_frames
        if fault is not None:
            raise fault
        return frames

    def _tried(self, *, plain: bool) -> tuple[tuple[Frame, ...], bool, LabelError | None]:
        try:
            frames, clean = self._walk(plain=plain)
        except DamagedError as fault:
            return (), False, fault
        return frames, clean, None

    def _walk(self, *, plain: bool) -> tuple[tuple[Frame, ...], bool]:
        """Return the frames, and whether nothing but zeros follows them."""
        version = self.tag.version
        width, head_size = (3, 6) if version == 2 else (4, 10)
        frames = []
        at = len(self.extended)
        while at + head_size <= self.size:
            head = self.read(at, head_size)
            if head[0] == 0:
                break
            size = int.from_bytes(head[width : 2 * width], "big") if plain else synchsafe(head[4:8])
            end = at + head_size + size
            if not _FRAME_ID.fullmatch(head[:width]) or end > self.size:
                raise _broken(self.tag)
            flags = head[9] if version > 2 else 0
            frames.append(Frame(head[:width], flags, at, at + head_size, end, version))
            at = end
        padding = self.read(at, min(self.size - at, 4096))
        return tuple(frames), not padding.strip(b"\x00")


def _transformations(frame: Frame, tag: Tag) -> tuple[int, bool, bool, bool]:
    """Return how many bytes stand before the data, and whether it is compressed, encrypted, unsynchronised."""
    flags = frame.flags
    if tag.version == 3:
        compressed, encrypted = bool(flags & 0x80), bool(flags & 0x40)
        return (4 if compressed else 0) + encrypted + bool(flags & 0x20), compressed, encrypted, False
    if tag.version == 4:
        compressed, encrypted = bool(flags & 0x08), bool(flags & 0x04)
        skip = bool(flags & 0x40) + encrypted + (4 if flags & 0x01 else 0)
        return skip, compressed, encrypted, bool(flags & 0x02 or tag.flags & UNSYNCHRONISED)
    return 0, False, False, False


def _inflated(data: bytes, most: int) -> Payload:
    stream = zlib.decompressobj()
    try:
        plain = stream.decompress(data, most)
    except zlib.error:
        plain = b""
    if not stream.eof and len(plain) < most:
        raise DamagedError.because("ID3 压缩帧无法解开", "a compressed ID3 frame cannot be unpacked")
    return Payload(plain, not stream.eof)


def _broken(tag: Tag) -> DamagedError:
    return DamagedError.because(
        f"第 {tag.offset} 字节处 ID3 标签中的帧越界",
        f"a frame of the ID3 tag at byte {tag.offset} reaches outside of it",
    )
