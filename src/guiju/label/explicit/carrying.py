"""Carry everything that is not pixels from an old picture file into its new coding, as bytes.

Labels in metadata, profiles, comments and unknown extras survive because they are never interpreted here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from guiju.label.formats.images.gif_blocks import colours, parts_of
from guiju.label.formats.images.jpeg_segments import segments
from guiju.label.formats.images.png_chunks import SIGNATURE, chunks
from guiju.label.source import Source

# Chunks that belong to one particular coding of the pixels.
_PNG_CODING: Final = {
    *(b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"acTL", b"fcTL", b"fdAT", b"bKGD", b"hIST", b"sBIT", b"sPLT"),
}
_APP0, _APP14, _APP15, _COMMENT = 0xE0, 0xEE, 0xEF, 0xFE
_ADOBE: Final = _APP14  # says how colours are coded, so it belongs to the coding


def carry_jpeg(old: bytes, new: bytes) -> bytes:
    """Return the new coding with the old file's application segments and comments, in their order."""
    kept = b"".join(data for kind, data in _segments(old) if _is_extra(kind))
    end = segments(Source.of_bytes(new))[-1].end
    coding = b"".join(data for kind, data in _segments(new) if not _is_extra(kind))
    return new[:2] + kept + coding + new[end:]


def carry_png(old: bytes, new: bytes) -> bytes:
    """Return the new coding with the old file's other chunks before or behind the pixels, as they stood."""
    before: list[bytes] = []
    behind: list[bytes] = []
    seen = False
    for kind, data in _chunks(old):
        seen = seen or kind == b"IDAT"
        if kind not in _PNG_CODING:
            (behind if seen else before).append(data)
    pieces = [SIGNATURE]
    for kind, data in _chunks(new):
        if kind == b"IEND":
            pieces += behind
        if kind in _PNG_CODING:
            pieces.append(data)
        if kind == b"IHDR":
            pieces += before
    return b"".join(pieces)


def carry_gif(old: bytes, new: bytes) -> bytes:
    """Return the new coding with the old file's application extensions (but its loop) and comments at its front."""
    kept = b"".join(data for data in _extensions(old) if b"NETSCAPE2.0" not in data[:16])
    at = _gif_front(new)
    return b"GIF89a" + new[6:at] + kept + new[at:]


def _is_extra(kind: int) -> bool:
    return (_APP0 <= kind <= _APP15 and kind != _ADOBE) or kind == _COMMENT


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield marker and bytes of the segments of a JPEG in front of its first scan."""
    for segment in segments(Source.of_bytes(data)):
        yield segment.marker, data[segment.at : segment.end]


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield name and bytes of the chunks of a PNG, with their length and checksum."""
    for chunk in chunks(Source.of_bytes(data)):
        yield chunk.name, data[chunk.at : chunk.at + chunk.size]


def _gif_front(data: bytes) -> int:
    """Return the offset behind the screen descriptor and the global colour table."""
    return 13 + colours(data[10])


def _extensions(data: bytes) -> list[bytes]:
    """Return the application and comment extensions of a GIF, in their order."""
    parts = parts_of(Source.of_bytes(data))
    blocks = sorted((*parts.comments, *parts.applications), key=lambda block: block.at)
    return [data[block.at : block.end] for block in blocks]
