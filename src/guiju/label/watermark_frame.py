"""The bits of a watermark: always equally many, so a reader need not know the text; a checksum tells it from noise.

One byte for the length, 32 bytes of text in UTF-8, 4 bytes of CRC-32.
"""

from __future__ import annotations

import hashlib
import zlib
from typing import Final

MOST_BYTES: Final = 32
"""Bytes of text in UTF-8: a UUID without dashes, or about ten Chinese characters."""
FRAME_BITS: Final = 8 * (1 + MOST_BYTES + 4)


def framed(text: str) -> list[bool]:
    """Return the bits of a text of 1 to 32 bytes."""
    data = text.encode()
    body = bytes([len(data)]) + data.ljust(MOST_BYTES, b"\x00")
    frame = body + zlib.crc32(body).to_bytes(4, "big")
    return [bool(byte >> bit & 1) for byte in frame for bit in range(7, -1, -1)]


def unframed(bits: list[bool]) -> str | None:
    """Return the text, or None where the bits are no frame."""
    frame = bytes(sum(bit << 7 - at for at, bit in enumerate(bits[i : i + 8])) for i in range(0, len(bits), 8))
    body, checksum = frame[:-4], frame[-4:]
    length = body[0]
    if zlib.crc32(body).to_bytes(4, "big") != checksum or not 0 < length <= MOST_BYTES:
        return None
    try:
        return body[1 : 1 + length].decode()
    except UnicodeDecodeError:
        return None


def seeds(password: str) -> tuple[int, int]:
    """Return the two 32-bit seeds that blind-watermark scatters by: they hide, they are no encryption."""
    digest = hashlib.sha256(b"guiju watermark\x00" + password.encode()).digest()
    return int.from_bytes(digest[:4], "big"), int.from_bytes(digest[4:8], "big")
