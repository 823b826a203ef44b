"""Whether a video that was coded again is still the same one but for its marked frames."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from guiju.label.explicit.errors import ExplicitLabelError
from guiju.label.explicit.opening import opened
from guiju.label.explicit.video_facts import picture_track, video_facts

if TYPE_CHECKING:
    from av.packet import Packet
    from av.video.stream import VideoStream

COPIED: Final = frozenset({"audio", "subtitle"})
"""Kinds of tracks whose packets are copied as they are."""


def _digests(path: Path) -> dict[int, tuple[int, str]]:
    """Return number and hash of the packets of every copied track."""
    sums: dict[int, Any] = {}
    counts: dict[int, int] = {}
    with opened(path) as source:
        tracks = [each for each in source.streams if each.type in COPIED]
        for packet in source.demux(tracks) if tracks else ():
            if packet.size:
                sums.setdefault(packet.stream.index, hashlib.sha256()).update(bytes(packet))
                counts[packet.stream.index] = counts.get(packet.stream.index, 0) + 1
    return {index: (counts[index], digest.hexdigest()) for index, digest in sums.items()}


def _described(path: Path) -> tuple[Any, ...]:
    facts = video_facts(path)
    with opened(path) as source:
        stream = picture_track(source)
        context = stream.codec_context
        times = sorted(_milliseconds(packet) for packet in source.demux(stream) if packet.size)
        colours = (context.color_primaries, context.color_trc, context.colorspace)
        return (
            *(context.codec.canonical_name, context.width, context.height, context.pix_fmt, *colours),
            *(facts.orientation, stream.sample_aspect_ratio or Fraction(1)),
            *(len(times), [time - times[0] for time in times]),
        )


def _milliseconds(packet: Packet[VideoStream]) -> int:
    """Return when a packet is shown; containers differ in the fineness of their clocks, but not by a millisecond."""
    shown = packet.pts if packet.pts is not None else packet.dts
    return round((shown or 0) * Fraction(packet.time_base) * 1000)


def check_kept(old: Path, new: Path) -> None:
    """Compare packets of copied tracks, and codec, size, colours, rotation and frame times of the pictures.

    Raises ExplicitLabelError if anything of these changed.
    """
    if _digests(old) != _digests(new):
        raise ExplicitLabelError.because(
            "packets_changed",
            "复制音轨时数据有变；未写入",
            "packets of a copied track did not come through unchanged; nothing was written",
        )
    before, after = _described(old), _described(new)
    moved = max((abs(one - two) for one, two in zip(before[-1], after[-1], strict=False)), default=0)
    if before[:-1] != after[:-1] or moved > 1:
        before, after = before[:-1], after[:-1]
        raise ExplicitLabelError.because(
            "video_changed",
            f"重新编码改变了视频属性（{before} → {after}）；未写入",
            f"coding the video again changed its properties ({before} -> {after}); nothing was written",
        )
