"""Text in the first seconds of a video (GB 5.4, grade C2): burnt into the frames, start frame included.

The whole video track is coded again with the same codec, size, pixel format, colour tags and frame times: joining a new
beginning to old packets is not safe in general, because both would have to share one set of parameters. Packets of all
other tracks are copied and compared.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from guiju.bilingual import Bilingual
from guiju.label.explicit.burning import burn, luma
from guiju.label.explicit.demands import demands
from guiju.label.explicit.errors import ExplicitLabelError
from guiju.label.explicit.image import picture_findings
from guiju.label.explicit.mark import PLACES
from guiju.label.explicit.measure import Measured, find_mark
from guiju.label.explicit.opening import ANY_TAGS, opened
from guiju.label.explicit.result import ExplicitFinding
from guiju.label.explicit.turning import as_shown
from guiju.label.explicit.video_facts import (
    ENCODERS,
    Facts,
    frame_rate,
    frame_time,
    muxer_for,
    picture_track,
    video_facts,
)
from guiju.label.explicit.video_kept import COPIED, check_kept

if TYPE_CHECKING:
    from av.container import InputContainer, OutputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream


def write_video(path: Path, out: Path, text: str, where: str) -> None:
    """Write the video with the mark in its first seconds into `out`.

    Raises ExplicitLabelError if codec, pixels, rotation, tracks or tags cannot be kept.
    """
    facts = video_facts(path)
    import av

    with opened(path) as source:
        stream = picture_track(source)
        muxer = muxer_for(path, source)
        options = {"movflags": "faststart"} if muxer in {"mp4", "mov"} else {}
        with av.open(str(out), "w", format=muxer, options=options, metadata_errors=ANY_TAGS) as target:
            _Rewriting(source, stream, target, facts, text=text, where=where).run()
    check_kept(path, out)


def check_video(path: Path, texts: tuple[str, ...]) -> list[ExplicitFinding]:
    """Return whether our mark stands in every frame of the first seconds, its ink height and contrast, and how long.

    Raises ExplicitLabelError if the video cannot be decoded.
    """
    facts = video_facts(path)
    seconds = demands().video_seconds
    found: list[Measured | None] = []
    lasts = Fraction(0)
    where: tuple[str, ...] = PLACES
    with opened(path) as source:
        stream = picture_track(source)
        for frame in source.decode(stream):
            at = frame_time(frame, stream) - facts.begins
            if at >= seconds:
                lasts = at  # the last frame before it was shown until now
                break
            measured = find_mark(_shown(frame, facts), texts, demands().video_height, where)
            found.append(measured)
            if measured is None:
                break
            lasts = at + Fraction(1) / frame_rate(stream)
            texts, where = (measured.text,), (measured.where,)
    findings = picture_findings(found, demands().video_height, "frame")
    if findings[0].code == "mark" and findings[0].ok is not None:
        findings.append(_duration(found, lasts, seconds))
    return findings


def _duration(found: list[Measured | None], lasts: Fraction, seconds: float) -> ExplicitFinding:
    """Say how long the mark stands; a video that is shorter than asked carries it throughout, which stays undecided."""
    unbroken = all(found)
    held = lasts >= seconds and unbroken
    ok = True if held else None if unbroken else False
    zh = f"自起始画面起持续 {float(lasts):.2f} 秒，至少应为 {seconds:g} 秒"
    en = f"from the start frame on it stands for {float(lasts):.2f} s; at least {seconds:g} s are needed"
    if ok is None:
        zh += "（视频本身更短，已全程标识）"
        en += " (the video itself is shorter and carries it throughout)"
    return ExplicitFinding("duration", ok, Bilingual(zh=zh, en=en), "start", {"seconds": round(float(lasts), 3)})


class _Rewriting:
    """One pass over a video: frames decoded, the first ones marked, all coded again; other packets copied."""

    def __init__(
        self,
        source: InputContainer,
        stream: VideoStream,
        target: OutputContainer,
        facts: Facts,
        *,
        text: str,
        where: str,
    ) -> None:
        self.source, self.stream, self.target = source, stream, target
        self.facts, self.text, self.where = facts, text, where
        target.metadata.update(source.metadata)
        # In the order of the old tracks, so that players pick the same ones.
        self.tracks: dict[int, Any] = {}
        for each in source.streams:
            if each.index == stream.index:
                self.tracks[each.index] = self.written = self._encoder()
            elif each.type in COPIED:
                self.tracks[each.index] = target.add_stream_from_template(each)
            else:
                raise ExplicitLabelError.because(
                    "streams",
                    f"视频含有无法原样复制的轨道（{each.type}）",
                    f"the video has a track that cannot be copied as it is ({each.type})",
                )
            self.tracks[each.index].metadata.update(each.metadata)
            self.tracks[each.index].disposition = each.disposition
        if source.chapters():
            target.set_chapters(source.chapters())

    def _encoder(self) -> Any:
        stream = self.stream
        context = stream.codec_context
        name, options = ENCODERS[context.codec.canonical_name]
        written: Any = self.target.add_stream(name, rate=frame_rate(stream), options=dict(options))
        made = written.codec_context
        made.width, made.height, made.pix_fmt = context.width, context.height, context.pix_fmt
        made.time_base = stream.time_base
        for tag in ("color_range", "color_primaries", "color_trc", "colorspace"):
            setattr(made, tag, getattr(context, tag))
        if stream.sample_aspect_ratio:
            made.sample_aspect_ratio = stream.sample_aspect_ratio
        if context.bit_rate and context.codec.canonical_name in {"mpeg4", "mjpeg"}:
            made.bit_rate = max(context.bit_rate, 2_000_000)
        if self.facts.matrix:
            written.set_display_matrix(self.facts.matrix)
        return written

    def run(self) -> None:
        """Write everything."""
        until = self.facts.begins + Fraction(demands().video_seconds)
        for packet in self.source.demux():
            if packet.stream.index == self.stream.index:
                for frame in packet.decode():
                    self._frame(cast("VideoFrame", frame), until)
            elif packet.size:  # an empty packet only ends a track; one without times may be real
                packet.stream = self.tracks[packet.stream.index]
                self.target.mux(packet)
        self.target.mux(self.written.encode(None))

    def _frame(self, frame: VideoFrame, until: Fraction) -> None:
        if frame.interlaced_frame:
            raise ExplicitLabelError.because(
                "interlaced",
                "隔行扫描视频重新编码会破坏场序；请先去隔行",
                "coding an interlaced video again would break its fields; deinterlace it first",
            )
        # The frame that begins exactly at the end of the term is marked too: then the mark stands longer than asked.
        if frame_time(frame, self.stream) <= until:
            frame = burn(frame, self.text, self.where, demands().video_height, orientation=self.facts.orientation)
        frame.pict_type = 0  # the encoder chooses, not the old file's pattern
        self.target.mux(self.written.encode(frame))


def _shown(frame: VideoFrame, facts: Facts) -> Any:
    return as_shown(luma(frame), facts.orientation)
