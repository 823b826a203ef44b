"""Sound in front of or behind the content of a WAV (also RF64, BW64), by its bytes: every old sample stays as it is."""

from __future__ import annotations

import struct
from array import array
from dataclasses import dataclass, field
from typing import Final

from guiju.label.explicit.errors import ExplicitLabelError
from guiju.label.explicit.samples import first_channel
from guiju.label.source import Source
from guiju.label.splice import Edit, Plan

_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE
_IN_DS64: Final = 0xFFFFFFFF
_BITS: Final = {_PCM: {8, 16, 24, 32}, _FLOAT: {32, 64}}
_CUE_SIZE: Final = 24
_LOOP_SIZE, _LOOPS_AT = 24, 36


@dataclass(frozen=True)
class Wav:
    """The layout of a WAV: format, and where things stand; offsets and sizes in bytes."""

    rate: int
    channels: int
    bits: int
    floating: bool
    data_at: int
    data_size: int
    size: int
    """Where the RIFF chunk ends, pad byte included."""
    chunks: dict[bytes, tuple[int, int]] = field(default_factory=dict)

    @property
    def frame(self) -> int:
        """Bytes of one sample on all channels."""
        return self.channels * self.bits // 8

    @property
    def frames(self) -> int:
        """Number of samples on each channel."""
        return self.data_size // self.frame


def read_wav(source: Source) -> Wav | None:
    """Return the layout, or None if the samples are not linear PCM; raises ExplicitLabelError if it is damaged."""
    chunks: dict[bytes, tuple[int, int]] = {}
    at = 12
    wide = source.peek(0, 4) != b"RIFF"
    end = source.size
    while at + 8 <= end:
        name, length = struct.unpack("<4sI", source.read(at, 8))
        if name == b"data" and length == _IN_DS64 and wide and b"ds64" in chunks:
            (length,) = struct.unpack("<Q", source.read(chunks[b"ds64"][0] + 8, 8))
        if at + 8 + length > end:
            raise _damaged()
        if name in chunks and name in {b"data", b"fmt ", b"fact", b"ds64"}:
            raise _damaged()
        chunks[name] = (at + 8, length)
        at += 8 + length + length % 2
    if not {b"fmt ", b"data"} <= set(chunks) or chunks[b"fmt "][1] < 16:  # noqa: PLR2004 - its shortest form
        raise _damaged()
    kind, channels, rate, _, frame, bits = struct.unpack("<HHIIHH", source.read(chunks[b"fmt "][0], 16))
    if kind == _EXTENSIBLE and chunks[b"fmt "][1] >= 40:  # noqa: PLR2004 - with the sub-format
        (kind,) = struct.unpack("<H", source.read(chunks[b"fmt "][0] + 24, 2))
    if bits not in _BITS.get(kind, set()) or not channels or frame != channels * bits // 8 or not rate:
        return None
    data_at, data_size = chunks[b"data"]
    if not data_size:
        raise ExplicitLabelError.because("empty", "音频没有内容", "there is no sound in the file")
    return Wav(rate, channels, bits, kind == _FLOAT, data_at, data_size, min(at, end), chunks)


def with_sound(source: Source, wav: Wav, before: bytes, behind: bytes) -> Plan:
    """Return the plan of the file with PCM bytes in front of and behind its content.

    Sizes, the sample count, cue points and loops follow. Raises ExplicitLabelError if the file would get too large.
    """
    added = len(before) + len(behind)
    new_size = wav.data_size + added
    pad_before, pad_now = wav.data_size % 2, new_size % 2
    data_end = wav.data_at + wav.data_size
    has_pad = bool(pad_before and data_end < source.size)
    edits = [
        Edit(wav.data_at, 0, before),
        Edit(data_end, int(has_pad), behind + bytes(pad_now)),
    ]
    shift = len(before) // wav.frame
    growth = added + pad_now - int(has_pad)
    edits += (
        _sizes(source, wav, new_size, growth) + _counts(source, wav, added // wav.frame) + _marks(source, wav, shift)
    )
    return Plan.of_edits(source.size, edits)


def ends(source: Source, wav: Wav, seconds: float) -> tuple[array[float], array[float]]:
    """Return the first channel of the first and of the last seconds."""
    length = min(wav.frames, round(seconds * wav.rate)) * wav.frame
    last = wav.data_at + wav.frames * wav.frame - length
    first, final = (_read(source, at, length) for at in (wav.data_at, last))
    return (
        first_channel(first, wav.channels, wav.bits, wav.floating),
        first_channel(final, wav.channels, wav.bits, wav.floating),
    )


def _read(source: Source, at: int, length: int) -> bytes:
    block = source.limits.block
    return b"".join(source.read(at + done, min(block, length - done)) for done in range(0, length, block))


def _sizes(source: Source, wav: Wav, new_size: int, growth: int) -> list[Edit]:
    (riff,) = struct.unpack("<I", source.read(4, 4))
    if b"ds64" in wav.chunks:
        at = wav.chunks[b"ds64"][0]
        riff64, _, samples = struct.unpack("<QQQ", source.read(at, 24))
        added = new_size - wav.data_size
        edits = [Edit(at, 24, struct.pack("<QQQ", riff64 + growth, new_size, samples + added // wav.frame))]
        narrow = [(4, riff + growth, riff), (wav.data_at - 4, new_size, _size_field(source, wav))]
        return edits + [Edit(place, 4, struct.pack("<I", size)) for place, size, old in narrow if old != _IN_DS64]
    if riff + growth >= _IN_DS64:
        raise ExplicitLabelError.because(
            "too_large", "WAV 将超过 4 GB；请使用 RF64", "the WAV would grow beyond 4 GB; use RF64"
        )
    return [Edit(4, 4, struct.pack("<I", riff + growth)), Edit(wav.data_at - 4, 4, struct.pack("<I", new_size))]


def _size_field(source: Source, wav: Wav) -> int:
    (size,) = struct.unpack("<I", source.read(wav.data_at - 4, 4))
    return int(size)


def _counts(source: Source, wav: Wav, added: int) -> list[Edit]:
    if b"fact" not in wav.chunks:
        return []
    at = wav.chunks[b"fact"][0]
    (count,) = struct.unpack("<I", source.read(at, 4))
    return [] if count == _IN_DS64 else [Edit(at, 4, struct.pack("<I", count + added))]


def _marks(source: Source, wav: Wav, shift: int) -> list[Edit]:
    """Move cue points and loops with the content they point at."""
    edits: list[Edit] = []
    if not shift:
        return edits
    at, length = wav.chunks.get(b"cue ", (0, 0))
    for point in range(at + 4, at + length - _CUE_SIZE + 1, _CUE_SIZE) if at else ():
        for place in (point + 4, point + 20):
            (offset,) = struct.unpack("<I", source.read(place, 4))
            edits.append(Edit(place, 4, struct.pack("<I", offset + shift)))
    at, length = wav.chunks.get(b"smpl", (0, 0))
    for loop in range(at + _LOOPS_AT, at + length - _LOOP_SIZE + 1, _LOOP_SIZE) if at else ():
        start, end = struct.unpack("<II", source.read(loop + 8, 8))
        edits.append(Edit(loop + 8, 8, struct.pack("<II", start + shift, end + shift)))
    return edits


def _damaged() -> ExplicitLabelError:
    return ExplicitLabelError.because(
        "damaged", "WAV 结构损坏或未写完", "the WAV structure is damaged, or the file was not finished"
    )
