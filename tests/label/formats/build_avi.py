"""AVI files in several RIFFs (OpenDML) with all their indexes, chunk by chunk; the media are small JPEG pictures."""

import io
import struct
from itertools import pairwise

from PIL import Image

from tests.label.formats.build_wav import chunk, info

__all__ = ["chunk", "frames", "frames_by_index", "info", "open_dml", "simple"]


def frames(count: int = 12) -> list[bytes]:
    made = []
    for number in range(count):
        out = io.BytesIO()
        Image.new("RGB", (16, 16), (number * 20, 0, 99)).save(out, "JPEG")
        made.append(out.getvalue())
    return made


def listed(kind: bytes, *chunks: bytes) -> bytes:
    return chunk(b"LIST", kind + b"".join(chunks))


def _header(count: int, index: bytes) -> bytes:
    avih = struct.pack("<14I", 40000, 0, 0, 0x10, count, 0, 1, 0, 16, 16, 0, 0, 0, 0)
    strh = b"vidsMJPG" + struct.pack("<I2H8I4H", 0, 0, 0, 0, 1, 25, 0, count, 0, 0xFFFFFFFF, 0, 0, 0, 16, 16)
    strf = struct.pack("<IiiHH4s5I", 40, 16, 16, 1, 24, b"MJPG", 768, 0, 0, 0, 0)
    strl = listed(b"strl", chunk(b"strh", strh), chunk(b"strf", strf), *([chunk(b"indx", index)] if index else []))
    return listed(b"hdrl", chunk(b"avih", avih), strl)


def _old_index(pictures: list[bytes], absolute_from: int | None) -> bytes:
    at = 4 + (absolute_from or 0)
    entries = b""
    for one in pictures:
        entries += b"00dc" + struct.pack("<III", 0x10, at, len(one))
        at += len(chunk(b"00dc", one))
    return chunk(b"idx1", entries)


def simple(*before: bytes, behind: tuple[bytes, ...] = (), absolute: bool = False, count: int = 12) -> bytes:
    """One RIFF: chunks before and behind the media, the old index relative to the media or absolute."""
    pictures = frames(count)
    head = _header(count, b"") + b"".join(before)
    index = _old_index(pictures, 12 + len(head) + 8 if absolute else None)
    movi = listed(b"movi", *(chunk(b"00dc", one) for one in pictures))
    return chunk(b"RIFF", b"AVI " + head + movi + index + b"".join(behind))


def open_dml(*before: bytes, riffs: int = 3, count: int = 12, base: int | None = None, last: bytes = b"") -> bytes:
    """Several RIFFs with an index of indexes. `base` replaces the offset from which indexes count."""
    pictures = frames(count)
    share = count // riffs
    indexes = [bytes(24 + 16 * riffs)]
    for _ in range(2):  # the second round knows where everything stands
        head = _header(count, indexes[-1]) + b"".join(before)
        data, entries = b"", b""
        for number in range(riffs):
            own = pictures[number * share : (number + 1) * share]
            prefix = b"AVI " + head if number == 0 else b"AVIX"
            movi_at = len(data) + 8 + len(prefix)
            places, at = [], movi_at + 12
            for one in own:
                places.append(at + 8)
                at += len(chunk(b"00dc", one))
            start = movi_at if base is None else base
            inner = struct.pack("<HBBI4sQI", 2, 0, 1, len(own), b"00dc", start, 0)
            inner += b"".join(
                struct.pack("<II", place - start, len(one)) for place, one in zip(places, own, strict=True)
            )
            ix = chunk(b"ix00", inner)
            entries += struct.pack("<QII", at, len(ix), len(own))
            movi = listed(b"movi", *(chunk(b"00dc", one) for one in own), ix)
            tail = _old_index(own, None) if number == 0 else last if number == riffs - 1 else b""
            data += chunk(b"RIFF", prefix + movi + tail)
        indexes.append(struct.pack("<HBBI4s12x", 4, 0, 0, riffs, b"00dc") + entries)
    return data


def frames_by_index(data: bytes) -> list[bytes]:
    """The pictures that the index of indexes leads to, found without the code under test."""
    at = data.index(b"indx") + 8
    (count,) = struct.unpack("<I", data[at + 4 : at + 8])
    found = []
    for number in range(count):
        (place,) = struct.unpack("<Q", data[at + 24 + 16 * number : at + 32 + 16 * number])
        assert data[place : place + 4] == b"ix00"
        (entries,) = struct.unpack("<I", data[place + 12 : place + 16])
        (base,) = struct.unpack("<Q", data[place + 20 : place + 28])
        for entry in range(entries):
            offset, size = struct.unpack("<II", data[place + 32 + 8 * entry : place + 40 + 8 * entry])
            found.append(data[base + offset : base + offset + size])
    assert all(one != other for one, other in pairwise(found))
    return found
