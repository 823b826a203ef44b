"""Sound files in other codecs, through PyAV: decoded, the label put in front or behind, coded again the same way."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from guiju.label.explicit.errors import ExplicitLabelError
from guiju.label.explicit.opening import ANY_TAGS, opened
from guiju.label.explicit.rhythm import ZONE, loudness

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer, OutputContainer

LONGEST: Final = 4 * 3600  # seconds
LONGEST_CLIP: Final = 30  # seconds
# Encoders that write what the decoders of these codecs read; others are refused.
_ENCODERS: Final = {
    "mp3": "libmp3lame",
    "aac": "aac",
    "flac": "flac",
    "opus": "libopus",
    "alac": "alac",
    "pcm_s16be": "pcm_s16be",
    "pcm_s24be": "pcm_s24be",
}
_LOSSLESS: Final = frozenset({"flac", "alac", "pcm_s16be", "pcm_s24be"})
_MUXERS: Final = {
    "mp3": "mp3",
    "flac": "flac",
    "ogg": "ogg",
    "aac": "adts",
    "aiff": "aiff",
    "mov,mp4,m4a,3gp,3g2,mj2": "ipod",
    "matroska,webm": "matroska",
}
_DEFAULT_BIT_RATE: Final = 192_000
_OURS_TO_CHANGE: Final = {"encoder", "major_brand", "minor_version", "compatible_brands", "creation_time", "duration"}
_HEARING_RATE: Final = 16_000


@dataclass(frozen=True)
class Listened:
    """The first and the last seconds of a file (one channel), at a rate; `loudness` of both; seconds in all."""

    first: array[float]
    last: array[float]
    rate: int
    loudness: float
    seconds: float


def listen(path: Path) -> Listened:
    """Decode a file and keep its ends, mixed to one channel; raises ExplicitLabelError if it cannot be decoded."""
    keep = int(ZONE * _HEARING_RATE)
    first: array[float] = array("f")
    last: deque[float] = deque(maxlen=keep)
    total = 0
    with opened(path) as container:
        for part in _mono(container, _HEARING_RATE):
            total += len(part)
            if len(first) < keep:
                first.extend(part[: keep - len(first)])
            last.extend(part)
            if total > LONGEST * _HEARING_RATE:
                raise _too_long()
    if not total:
        raise ExplicitLabelError.because("empty", "音频没有内容", "there is no sound in the file")
    ending = array("f", last)
    level = max(loudness(first, _HEARING_RATE), loudness(ending, _HEARING_RATE))
    return Listened(first, ending, _HEARING_RATE, level, total / _HEARING_RATE)


def clip_samples(path: Path, rate: int) -> array[float]:
    """Return a voice clip as samples at a rate, mixed to one channel; raises ExplicitLabelError if it is no clip."""
    samples: array[float] = array("f")
    with opened(path) as container:
        for part in _mono(container, rate):
            samples.extend(part)
            if len(samples) > LONGEST_CLIP * rate:
                raise ExplicitLabelError.because(
                    "clip_too_long",
                    f"语音片段超过 {LONGEST_CLIP} 秒",
                    f"the voice clip is longer than {LONGEST_CLIP} seconds",
                )
    if not any(samples):
        raise ExplicitLabelError.because("clip_silent", "语音片段没有声音", "the voice clip is silent")
    return samples


def with_sound(path: Path, out: Path, before: array[float], behind: array[float]) -> None:
    """Write the file again into `out` with samples (at 16 kHz, one channel) in front of and behind its content.

    Raises ExplicitLabelError if the codec or container cannot be written alike, or tags or pictures would get lost.
    """
    with opened(path) as source:
        import av

        stream = _sound_of(source)
        codec = _codec(stream)
        muxer = _MUXERS.get(source.format.name)
        if codec not in _ENCODERS or muxer is None or source.chapters():
            raise ExplicitLabelError.because(
                "codec",
                f"不能以同样方式重新编码 {codec}（{source.format.name}），或文件带有章节",
                f"{codec} in {source.format.name} cannot be coded again alike, or the file has chapters",
            )
        with av.open(str(out), "w", format=muxer, metadata_errors=ANY_TAGS) as target:
            _write(source, stream, target, _ENCODERS[codec], (before, behind))
    _check_kept(path, out)


def _write(
    source: InputContainer,
    stream: AudioStream,
    target: OutputContainer,
    encoder: str,
    around: tuple[array[float], array[float]],
) -> None:
    import av

    target.metadata.update(source.metadata)
    rate, layout = stream.rate, stream.codec_context.layout.name
    written: Any = target.add_stream(encoder, rate=rate, layout=layout)
    written.metadata.update({name: value for name, value in stream.metadata.items() if name.lower() != "encoder"})
    if encoder not in _LOSSLESS:
        written.bit_rate = stream.bit_rate or source.bit_rate or _DEFAULT_BIT_RATE
    elif stream.codec_context.format.name in {"s32", "s32p", "s16", "s16p"}:
        written.codec_context.format = stream.codec_context.format.name
    pictures = {index: target.add_stream_from_template(each) for index, each in _pictures(source).items()}
    for index, each in pictures.items():
        each.disposition = source.streams[index].disposition
    kind = written.codec_context.format.name if written.codec_context.format else "fltp"
    fit = av.AudioResampler(format=kind, layout=layout, rate=rate)
    fit_ours = av.AudioResampler(format=kind, layout=layout, rate=rate)
    at = 0

    def put(frames: Iterable[AudioFrame]) -> None:
        nonlocal at
        for frame in frames:
            frame.pts, frame.time_base = at, Fraction(1, rate)
            at += frame.samples
            target.mux(written.encode(frame))

    put(_ours(around[0], fit_ours))
    for packet in source.demux():
        if packet.stream.index in pictures and packet.size:
            packet.stream = pictures[packet.stream.index]
            target.mux(packet)
        elif packet.stream.index == stream.index:
            for frame in packet.decode():
                put(fit.resample(_plain(cast("AudioFrame", frame))))
    put(fit.resample(None))
    put(_ours(around[1], av.AudioResampler(format=kind, layout=layout, rate=rate)))
    target.mux(written.encode(None))


def _ours(samples: array[float], fit: Any) -> Iterator[AudioFrame]:
    if samples:
        import av

        frame = av.AudioFrame(format="flt", layout="mono", samples=len(samples))
        frame.planes[0].update(samples.tobytes())
        frame.sample_rate = _HEARING_RATE
        frame.pts, frame.time_base = 0, Fraction(1, _HEARING_RATE)
        yield from fit.resample(frame)
        yield from fit.resample(None)


def _mono(container: InputContainer, rate: int) -> Iterator[array[float]]:
    import av

    stream = _sound_of(container)
    fit = av.AudioResampler(format="flt", layout="mono", rate=rate)
    for frame in container.decode(stream):
        for part in fit.resample(_plain(frame)):
            yield _floats(part)
    for part in fit.resample(None):
        yield _floats(part)


def _plain(frame: AudioFrame) -> AudioFrame:
    # Times with gaps or a start behind zero would make the resampler complain; order is all that counts here.
    frame.pts = None
    return frame


def _floats(frame: AudioFrame) -> array[float]:
    result: array[float] = array("f")
    result.frombytes(bytes(frame.planes[0])[: 4 * frame.samples])
    return result


def _sound_of(container: InputContainer) -> AudioStream:
    moving = [each for each in container.streams.video if each.index not in _pictures(container)]
    sounds = [each for each in container.streams.audio if each.codec_context]
    if len(sounds) != 1 or len(container.streams.audio) != 1 or moving:
        raise ExplicitLabelError.because(
            "streams", "音频文件应恰有一条音轨", "a sound file should have exactly one audio track"
        )
    return sounds[0]


def _pictures(container: InputContainer) -> dict[int, Any]:
    from av.stream import Disposition

    return {each.index: each for each in container.streams.video if each.disposition & Disposition.attached_pic}


def _codec(stream: AudioStream) -> str:
    return str(stream.codec_context.codec.canonical_name)


def _check_kept(old: Path, new: Path) -> None:
    with opened(old) as before, opened(new) as after:
        tags = [{**each.metadata, **each.streams.audio[0].metadata} for each in (before, after)]
        names = {name.lower() for name in tags[0]} - _OURS_TO_CHANGE - {name.lower() for name in tags[1]}
        pictures = len(_pictures(before)) - len(_pictures(after))
        same = _sound_of(before).rate == _sound_of(after).rate
        lost = sorted(names) + (["pictures"] if pictures else [])
    # The label itself is put back by the caller; what stands around it must survive here.
    lost = [name for name in lost if "aigc" not in name]
    if lost or not same:
        raise ExplicitLabelError.because(
            "metadata_lost",
            f"重新编码会丢失：{'、'.join(lost) or '采样率'}；未写入",
            f"coding the sound again would lose: {', '.join(lost) or 'its rate'}; nothing was written",
        )


def _too_long() -> ExplicitLabelError:
    return ExplicitLabelError.because(
        "too_long", f"超过 {LONGEST // 3600} 小时", f"longer than {LONGEST // 3600} hours"
    )
