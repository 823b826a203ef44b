"""What a video is: codec, pixels, rotation, start; and whether all of that can be written again alike."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from guiju.label.explicit.burning import FORMATS
from guiju.label.explicit.errors import ExplicitLabelError
from guiju.label.explicit.opening import opened
from guiju.label.explicit.turning import UPRIGHT

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

LONGEST: Final = 2 * 3600  # seconds; every frame is coded again
MOST_PIXELS: Final = 4096 * 2304  # in a frame
_MUXERS: Final = {"mov,mp4,m4a,3gp,3g2,mj2": "mp4", "matroska,webm": "matroska", "avi": "avi", "flv": "flv"}
# Encoder and options for each codec: close to what the eye tells apart, rather than small.
ENCODERS: Final[dict[str, tuple[str, dict[str, str]]]] = {
    "h264": ("libx264", {"crf": "17", "preset": "medium"}),
    "hevc": ("libx265", {"crf": "19", "preset": "medium", "x265-params": "log-level=error"}),
    "vp8": ("libvpx", {"crf": "8", "b": "20M", "deadline": "good", "cpu-used": "2"}),
    "vp9": ("libvpx-vp9", {"crf": "18", "b": "0", "deadline": "good", "cpu-used": "3", "row-mt": "1"}),
    "av1": ("libsvtav1", {"crf": "20", "preset": "8"}),
    "mpeg4": ("mpeg4", {"qmin": "1", "qmax": "2"}),
    "mjpeg": ("mjpeg", {"qmin": "1", "qmax": "2"}),
    "ffv1": ("ffv1", {}),
}
_HIGH_RANGE: Final = {16, 18}  # transfer functions of HDR, whose side data would get lost
_TURNS: Final = {0: UPRIGHT, 90: 8, 180: 3, 270: 6}  # counter-clockwise degrees to the EXIF orientation
_MATRIX: Final = 36  # bytes


@dataclass(frozen=True)
class Facts:
    """What was learnt of a video from its first frame."""

    orientation: int
    matrix: tuple[int, ...]
    begins: Fraction
    """Time of the start frame, in seconds."""


def video_facts(path: Path) -> Facts:
    """Look at the tracks and the first frame; raises ExplicitLabelError if this cannot be written again alike."""
    with opened(path) as source:
        from av.sidedata.sidedata import Type

        stream = picture_track(source)
        context = stream.codec_context
        if context.codec.canonical_name not in ENCODERS or source.format.name not in _MUXERS:
            raise _cannot(f"{context.codec.canonical_name} ({source.format.name})")
        if context.pix_fmt not in FORMATS:
            raise _cannot(str(context.pix_fmt))
        seconds = (source.duration or 0) / 1_000_000
        if context.width * context.height > MOST_PIXELS or seconds > LONGEST:
            raise ExplicitLabelError.because(
                "too_large",
                f"视频过大或过长（上限 4096×2304、{LONGEST // 3600} 小时）",
                f"the video is too large or too long (limits: 4096x2304, {LONGEST // 3600} hours)",
            )
        for frame in source.decode(stream):
            if frame.color_trc in _HIGH_RANGE:
                raise _cannot("HDR")
            side = cast("Any", frame.side_data).get(Type.DISPLAYMATRIX)
            data = bytes(side) if side is not None else b""
            matrix = tuple(memoryview(data).cast("i")) if len(data) == _MATRIX else ()
            turn = round(frame.rotation) % 360
            mirrored = bool(matrix) and matrix[0] * matrix[4] - matrix[1] * matrix[3] < 0
            aspect = stream.sample_aspect_ratio or Fraction(1)
            if turn not in _TURNS or mirrored or (aspect not in {0, 1} and turn):
                raise _cannot(f"rotation {turn}, pixel aspect {aspect}")
            return Facts(_TURNS[turn], matrix, frame_time(frame, stream))
    raise ExplicitLabelError.because("empty", "视频没有画面", "the video has no frames")


def frame_time(frame: VideoFrame, stream: VideoStream) -> Fraction:
    """Return when a frame is shown, in seconds on the clock of its track."""
    if frame.pts is None:
        raise ExplicitLabelError.because("damaged", "画面没有时间戳", "a frame has no time stamp")
    return frame.pts * Fraction(frame.time_base or stream.time_base or Fraction(1))


def frame_rate(stream: VideoStream) -> Fraction:
    """Return the frames in a second, on average."""
    return stream.average_rate or stream.guessed_rate or Fraction(25)


def picture_track(source: InputContainer) -> VideoStream:
    """Return the one picture track; raises ExplicitLabelError if there are more or none."""
    if len(source.streams.video) != 1 or not source.streams.video[0].codec_context:
        raise ExplicitLabelError.because(
            "streams",
            "视频应恰有一条画面轨（含封面图的文件请先移除封面）",
            "a video should have exactly one picture track (remove a cover picture first)",
        )
    return source.streams.video[0]


def muxer_for(path: Path, source: InputContainer) -> str:
    """Return the name of the muxer that writes the same kind of container."""
    if source.format.name == "matroska,webm":
        return "webm" if b"webm" in _head(path) else "matroska"
    head = _head(path)
    return "mov" if head[4:12] == b"ftypqt  " else _MUXERS[source.format.name]


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(64)


def _cannot(what: str) -> ExplicitLabelError:
    return ExplicitLabelError.because(
        "codec",
        f"不能以同样方式重新编码此类视频：{what}",
        f"this kind of video cannot be coded again alike: {what}",
    )
