"""Logical streams of an Ogg file: which codec, and the packets of its comment header."""

from __future__ import annotations

from dataclasses import dataclass, field

from guiju.label.errors import DamagedError, RefusedError, TooLargeError
from guiju.label.formats.sound.oggpages import CONTINUED, FIRST, NO_PACKET_ENDS, Page, body_of, damaged_page, page_at
from guiju.label.formats.sound.vorbis import Comments
from guiju.label.source import Source

_CODECS = {
    b"\x01vorbis": b"\x03vorbis",
    b"OpusHead": b"OpusTags",
    b"\x80theora": b"\x81theora",
    b"\x7fFLAC": b"",
    b"Speex   ": b"",
}
"""How the first packet of a stream begins, and how its comment packet does."""
_FLAC = b"\x7fFLAC"
_FLAC_COMMENT = 4
_LONGEST_FLAC_BLOCK = 2**24 - 1


@dataclass
class Stream:
    """A logical stream: its first packet, and the header pages from the comments on until packet and page end.

    `packets` are those on these pages, comments first; `part` is the beginning of one that goes on.
    """

    serial: int
    first_packet: bytes
    first_number: int
    pages: list[Page] = field(default_factory=list)
    packets: list[bytes] = field(default_factory=list)
    part: bytearray = field(default_factory=bytearray)

    @property
    def codec(self) -> bytes | None:
        """Return how the first packet begins, where it is one we know."""
        return next((start for start in _CODECS if self.first_packet.startswith(start)), None)

    @property
    def has_comments(self) -> bool:
        """Tell whether it is known where this stream's comments stand."""
        return self.codec is not None

    @property
    def is_complete(self) -> bool:
        """Tell whether the header pages are all there."""
        return not self.has_comments or (bool(self.pages) and self.pages[-1].ends_with_packet)

    def assert_alone(self) -> None:
        """Raise RefusedError where audio, which has a position in time, begins on the last header page."""
        if any(page.granule not in {0, NO_PACKET_ENDS} for page in self.pages):
            raise RefusedError.because(
                "header_not_alone",
                "Ogg 注释与音频在同一页上（不合规范），无法安全改写",
                "the Ogg comments share a page with audio, against the format's rules: they cannot be changed safely",
            )

    def take(self, page: Page, body: bytes) -> None:
        """Add a header page; raises DamagedError where its numbers and flags do not continue the last one."""
        number = self.pages[-1].sequence if self.pages else self.first_number
        if page.sequence != number + 1 or bool(page.flags & CONTINUED) != bool(self.part) or not page.lacing:
            raise damaged_page(page.offset)
        self.pages.append(page)
        at = 0
        for length in page.lacing:
            self.part += body[at : at + length]
            at += length
            if length < 255:
                self.packets.append(bytes(self.part))
                self.part.clear()

    def comments(self) -> Comments:
        """Return the comments; raises DamagedError where the second packet has none."""
        head, block = self._split()
        if self.codec == _FLAC:
            length = int.from_bytes(head[1:4], "big")
            if len(head) < 4 or head[0] & 0x7F != _FLAC_COMMENT or length != len(block):
                raise DamagedError.because("Ogg FLAC 流缺少注释块", "the Ogg FLAC stream has no comment block")
        elif head != self._start or (self.codec == b"\x01vorbis" and not self._framed(block)):
            raise DamagedError.because("Ogg 流的第二个包不是注释", "the second packet of the Ogg stream is no comments")
        return Comments.parsed(block)

    def packet(self, comments: Comments) -> bytes:
        """Return the comment packet with other comments; raises RefusedError where FLAC has no room for them."""
        head, _ = self._split()
        block = comments.serialized()
        if self.codec == _FLAC:
            if len(block) > _LONGEST_FLAC_BLOCK:
                raise RefusedError.because("block_full", "FLAC 注释块已满", "the FLAC comment block is full")
            return head[:1] + len(block).to_bytes(3, "big") + block
        return head + block

    @property
    def _start(self) -> bytes:
        return _CODECS[self.codec] if self.codec else b""

    def _split(self) -> tuple[bytes, bytes]:
        packet = self.packets[0]
        length = 4 if self.codec == _FLAC else len(self._start)
        return packet[:length], packet[length:]

    @staticmethod
    def _framed(block: bytes) -> bool:
        """Tell whether the bit that Vorbis wants behind the last comment is set."""
        rest = Comments.parsed(block).rest
        return bool(rest and rest[0] & 1)


def streams_at(source: Source, at: int) -> tuple[list[Stream], int]:
    """Return the streams that begin here side by side, with their comments, and where reading stopped.

    Raises DamagedError where a page is broken or the file ends before all comments are read.
    """
    streams: dict[int, Stream] = {}
    size = 0
    while not streams or not all(stream.is_complete for stream in streams.values()):
        page = page_at(source, at)
        if page is None:
            raise damaged_page(at)
        at = page.end
        stream = streams.get(page.serial)
        if page.flags & FIRST:
            _begin(source, page, streams)
        elif stream is None:
            raise damaged_page(page.offset)
        elif not stream.is_complete:
            body = body_of(source, page)
            stream.take(page, body)
            size += len(body)
            if size > source.limits.block:
                raise TooLargeError.because("Ogg 注释过长", "the Ogg comments are too long")
    return list(streams.values()), at


def _begin(source: Source, page: Page, streams: dict[int, Stream]) -> None:
    """Note a stream at its first page, which holds its first packet and nothing else."""
    body = body_of(source, page)
    if page.serial in streams or not page.ends_with_packet or any(length < 255 for length in page.lacing[:-1]):
        raise damaged_page(page.offset)
    if len(streams) == source.limits.depth:
        raise TooLargeError.because("Ogg 流过多", "too many Ogg streams")
    streams[page.serial] = Stream(page.serial, body, page.sequence)
