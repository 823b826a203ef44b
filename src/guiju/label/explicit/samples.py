"""Numbers between -1 and 1 as the bytes of linear PCM, and back."""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterable
from typing import Final

_WIDE: Final = {16: "h", 32: "i"}
_FLOATS: Final = {32: "f", 64: "d"}
_UNSIGNED_BITS: Final = 8


def to_bytes(samples: Iterable[float], channels: int, bits: int, floating: bool) -> bytes:
    """Return little-endian PCM with each sample on every channel; 8 bits are unsigned, as WAV has them."""
    if floating:
        return _packed(array(_FLOATS[bits], (each for each in samples for _ in range(channels))))
    top = 2 ** (bits - 1) - 1
    whole = [max(-top, min(top, round(each * top))) for each in samples]
    if bits == _UNSIGNED_BITS:
        return bytes(each + 128 for each in whole for _ in range(channels))
    if bits in _WIDE:
        return _packed(array(_WIDE[bits], (each for each in whole for _ in range(channels))))
    size = bits // 8
    return b"".join(each.to_bytes(size, "little", signed=True) * channels for each in whole)


def first_channel(data: bytes, channels: int, bits: int, floating: bool) -> array[float]:
    """Return the first channel of little-endian PCM."""
    if floating:
        return array("f", _unpacked(_FLOATS[bits], data)[::channels])
    scale = 2 ** (bits - 1)
    if bits == _UNSIGNED_BITS:
        return array("f", ((each - scale) / scale for each in data[::channels]))
    if bits in _WIDE:
        return array("f", (each / scale for each in _unpacked(_WIDE[bits], data)[::channels]))
    step = 3 * channels
    return array(
        "f", (struct.unpack("<i", b"\0" + data[at : at + 3])[0] / 2**31 for at in range(0, len(data) - 2, step))
    )


def _packed(numbers: array[float] | array[int]) -> bytes:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def _unpacked(code: str, data: bytes) -> array[float]:
    numbers: array[float] = array(code)
    numbers.frombytes(data[: len(data) // numbers.itemsize * numbers.itemsize])
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
