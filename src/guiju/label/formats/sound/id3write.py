"""Writing ID3v2 tags: frames put together, padding, checksums and unsynchronisation brought up to date."""

from __future__ import annotations

import re
import zlib

from guiju.label.errors import RefusedError
from guiju.label.formats.sound.id3body import Body
from guiju.label.formats.sound.id3tag import COMPRESSED_AS_A_WHOLE, UNSYNCHRONISED, Tag, as_synchsafe

_ROOM = 1024
"""Padding behind the frames of a tag that had to grow, so that the next change need not move the audio."""
_LARGEST = 2**28 - 1
_NEEDS_ZERO = re.compile(rb"\xff(?=[\x00\xe0-\xff])")


def frame_bytes(tag: Tag, name: bytes, data: bytes, *, plain_size: bool) -> bytes:
    """Return a frame for this tag; `data` must be free of 0xFF where the tag is unsynchronised frame by frame."""
    if tag.version == 2:
        return name + len(data).to_bytes(3, "big") + data
    unsynchronised = tag.version == 4 and tag.flags & UNSYNCHRONISED
    size = as_synchsafe(len(data)) if tag.version == 4 and not plain_size else len(data).to_bytes(4, "big")
    return name + size + (b"\x00\x02" if unsynchronised and b"\xff" not in data else b"\x00\x00") + data


def with_frames(tag: Tag, body: Body, frames: list[bytes]) -> bytes:
    """Return the tag's new bytes: same size where the frames fit into it, else larger, with some padding.

    Raises RefusedError for a tag that is full (28-bit size), and for a 2.2 tag compressed as a whole.
    """
    if tag.version == 2 and tag.flags & COMPRESSED_AS_A_WHOLE:
        raise RefusedError.because(
            "id3_compressed",
            "文件的 ID3v2.2 标签整体压缩（从未定义其方法），无法合并标识；请先转换为 ID3v2.3",
            "the file's ID3v2.2 tag is compressed as a whole, by a method that was never defined: convert it to 2.3",
        )
    joined = b"".join(frames)
    content = body.extended + joined
    length = len(_encoded(tag, content))
    size = length if tag.has_footer else tag.size if length <= tag.size else length + _ROOM
    padding = size - length
    encoded = _encoded(tag, _extended(tag, body.extended, joined, padding) + joined + bytes(padding))[:size]
    encoded += bytes(size - len(encoded))
    if len(encoded) > _LARGEST:
        raise RefusedError.because("id3_full", "ID3 标签已满，放不下标识", "the ID3 tag is full")
    rest = bytes([tag.version, 0, tag.flags]) + as_synchsafe(len(encoded))
    return b"ID3" + rest + encoded + (b"3DI" + rest if tag.has_footer else b"")


def _extended(tag: Tag, old: bytes, frames: bytes, padding: int) -> bytes:
    """Return the extended header with the sums that it holds over frames and padding brought up to date."""
    if tag.version == 3 and len(old) >= 10:
        crc = zlib.crc32(frames).to_bytes(4, "big") if old[4] & 0x80 and len(old) >= 14 else old[10:14]
        return old[:6] + padding.to_bytes(4, "big") + crc + old[14:]
    if tag.version == 4 and len(old) >= 6 and old[5] & 0x20:
        at = 6 + (1 if old[5] & 0x40 else 0)
        if old[at : at + 1] == b"\x05" and len(old) >= at + 6:
            crc_value = zlib.crc32(frames + bytes(padding))
            crc = bytes((crc_value >> shift) & 0x7F for shift in (28, 21, 14, 7, 0))
            return old[: at + 1] + crc + old[at + 6 :]
    return old


def _encoded(tag: Tag, data: bytes) -> bytes:
    """Return the data free of false sync bytes, where the whole tag is."""
    if not tag.is_unsynchronised:
        return data
    encoded = _NEEDS_ZERO.sub(b"\xff\x00", data)
    return encoded + b"\x00" if encoded.endswith(b"\xff") else encoded
