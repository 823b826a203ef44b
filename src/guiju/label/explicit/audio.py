"""The audible label at the start and the end of a sound file (GB 5.3, grade C2): the rhythm, or a supplied voice clip.

Linear PCM in WAV is spliced by bytes. Other codecs are decoded and coded again with the same parameters (`coded.py`).
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from guiju.bilingual import Bilingual
from guiju.label.explicit import coded
from guiju.label.explicit.errors import ExplicitLabelError
from guiju.label.explicit.result import ExplicitFinding
from guiju.label.explicit.rhythm import LOWEST_RATE, UNIT, ZONE, Heard, find_rhythms, loudness, rhythm
from guiju.label.explicit.samples import to_bytes
from guiju.label.explicit.wav import Wav, ends, read_wav, with_sound
from guiju.label.source import Limits, Source

_SILENCE: Final = 0.03  # of the level of the rhythm: what is quieter is no content
_EDGE: Final = 0.02  # seconds beside the rhythm that its own rise and fall may reach into
QUIETEST, LOUDEST = 10 ** (-32 / 20), 10 ** (-9 / 20)  # RMS of full scale between which the rhythm is kept
CLIP_RATE: Final = 16_000
_CODER_DELAY: Final = 0.25  # seconds that a coder may add or cut at the ends of a file
_SILENT: Final = 10 ** (-60 / 20)
_FOR_SILENCE: Final = 10 ** (-20 / 20)
_AUDIBLE: Final = 0.5  # of the loudness of the content, at least
_LIMITS: Final = Limits(block=32 * 2**20, total=2**40)
_WAV: Final = {b"RIFF", b"RF64", b"BW64"}


def write_audio(path: Path, out: Path, places: tuple[str, ...], clip: Path | None = None) -> None:
    """Write the file with the audible label at the places (`start`, `end`) into `out`.

    Raises ExplicitLabelError if the codec cannot be written again alike, or if something would get lost.
    """
    with _wav(path) as (source, wav):
        if wav:
            level = _content_level(source, wav)
            before, behind = (_sound_at(place, places, wav.rate, level, clip) for place in ("start", "end"))
            packed = [to_bytes(part, wav.channels, wav.bits, wav.floating) for part in (before, behind)]
            with out.open("wb") as stream:
                with_sound(source, wav, packed[0], packed[1]).write_to(source, stream)
            return
    heard = coded.listen(path)
    level = _rhythm_level(heard.loudness)
    before, behind = (_sound_at(place, places, heard.rate, level, clip) for place in ("start", "end"))
    coded.with_sound(path, out, before, behind)


def check_clip(old: Path, new: Path, clip: Path, places: tuple[str, ...], text: str) -> list[ExplicitFinding]:
    """Return whether a voice clip was put in: the file is longer by it. What the clip says is not understood here."""
    before, after = coded.listen(old).seconds, coded.listen(new).seconds
    spoken = len(coded.clip_samples(clip, CLIP_RATE)) / CLIP_RATE
    grown = after - before
    missing = abs(grown - spoken * len(places)) > _CODER_DELAY
    told = Bilingual(
        zh=f"加入语音 {grown:.2f} 秒；是否清晰说出“{text}”须由人听辨",
        en=f'{grown:.2f} s of voice were put in; whether it says "{text}" clearly needs a person\'s ears',
    )
    figures = {"seconds": round(grown, 2)}
    return [ExplicitFinding("voice", False if missing else None, told, ", ".join(places), figures)]


def check_audio(path: Path) -> list[ExplicitFinding]:
    """Return whether our rhythm is heard at the start and at the end, its timing, and its level beside the content.

    A voice is not understood here: without the rhythm the finding is undecided. Raises ExplicitLabelError.
    """
    with _wav(path) as (source, wav):
        if wav:
            first, last = ends(source, wav, ZONE)
            rate, seconds = wav.rate, wav.frames / wav.rate
        else:
            heard = coded.listen(path)
            first, last, rate, seconds = heard.first, heard.last, heard.rate, heard.seconds
    _check_rate(rate)
    findings = [
        _told(place, heard, loudness(_without(samples, heard, rate), rate))
        for place, heard, samples in _placed(first, last, rate, seconds)
    ]
    if findings:
        return findings
    told = Bilingual(
        zh="开头和结尾都没有听到本软件的节奏标识；语音标识须由人听辨",
        en="the rhythm was heard neither at the start nor at the end; a spoken label needs a person's ears",
    )
    return [ExplicitFinding("rhythm", None, told)]


def _told(place: str, heard: Heard, content: float) -> ExplicitFinding:
    loud_enough = heard.level >= content * _AUDIBLE and heard.level >= QUIETEST / 2
    names = {"start": "开头", "end": "结尾"}
    level, beside = _decibels(heard.level), _decibels(content)
    return ExplicitFinding(
        "rhythm",
        loud_enough,
        Bilingual(
            zh=f"{names[place]}有“短长 短短”节奏，单位 {heard.unit * 1000:.0f} 毫秒，"
            f"{level:.1f} dBFS（内容 {beside:.1f} dBFS）",
            en=f"the rhythm short-long short-short is heard at the {place}, unit {heard.unit * 1000:.0f} ms, "
            f"{level:.1f} dBFS (content {beside:.1f} dBFS)",
        ),
        place,
        {
            "begins": round(heard.begins, 3),
            "unit": round(heard.unit, 4),
            "level_dbfs": round(level, 1),
            "content_dbfs": round(beside, 1),
        },
    )


def _placed(
    first: array[float], last: array[float], rate: int, seconds: float
) -> list[tuple[str, Heard, array[float]]]:
    """Return the rhythms with nothing but silence in front of them, or behind them; the same one only once."""
    offset = seconds - len(last) / rate
    at_start = [each for each in find_rhythms(first, rate) if _silent(first[: int(each.begins * rate)], each, rate)]
    at_end = [each for each in find_rhythms(last, rate) if _silent(last[int(each.ends * rate) :], each, rate)]
    if at_start and at_end and abs(at_start[0].begins - at_end[-1].begins - offset) < UNIT:
        # In silence one rhythm has silence on both sides: it belongs to the side that is nearer.
        if at_start[0].begins <= seconds - offset - at_end[-1].ends:
            at_end = []
        else:
            at_start = []
    placed = [("start", each, first) for each in at_start[:1]]
    return placed + [("end", each, last) for each in at_end[-1:]]


def _silent(samples: array[float], beside: Heard, rate: int) -> bool:
    edge = int(_EDGE * rate)
    return len(samples) <= 2 * edge or loudness(samples[edge:-edge], rate) <= beside.level * _SILENCE


def _without(samples: array[float], heard: Heard, rate: int) -> array[float]:
    """Return the samples apart from the rhythm, which must not be taken for the content."""
    return samples[: int(heard.begins * rate)] + samples[int((heard.ends + heard.unit) * rate) :]


def _sound_at(place: str, places: tuple[str, ...], rate: int, level: float, clip: Path | None) -> array[float]:
    if place not in places:
        return array("f")
    _check_rate(rate)
    if clip is not None:
        return coded.clip_samples(clip, rate)
    return rhythm(rate, level, before_content=place == "start")


def _content_level(source: Source, wav: Wav) -> float:
    first, last = ends(source, wav, ZONE)
    return _rhythm_level(max(loudness(first, wav.rate), loudness(last, wav.rate)))


def _rhythm_level(content: float) -> float:
    """Return the level of the rhythm: as loud as the loud parts of the content, within what is heard and not harsh."""
    return _FOR_SILENCE if content < _SILENT else min(max(content, QUIETEST), LOUDEST)


def _check_rate(rate: int) -> None:
    if rate < LOWEST_RATE:
        raise ExplicitLabelError.because(
            "rate",
            f"采样率 {rate} 太低，容纳不了清晰的节奏音（至少 {LOWEST_RATE}）",
            f"a rate of {rate} samples a second is too low for a clear rhythm (at least {LOWEST_RATE})",
        )


def _decibels(level: float) -> float:
    return 20 * math.log10(max(level, 1e-6))


@contextmanager
def _wav(path: Path) -> Iterator[tuple[Source, Wav | None]]:
    with Source.of_path(path, _LIMITS) as source:
        is_wav = source.peek(0, 4) in _WAV and source.peek(8, 4) == b"WAVE"
        wav = read_wav(source) if is_wav else None
        if is_wav and wav is None:
            raise ExplicitLabelError.because(
                "codec",
                "WAV 中不是线性 PCM；重新编码会丢失其他区块，请先转换为 PCM",
                "the WAV does not hold linear PCM; coding it again would lose its other chunks; convert it to PCM",
            )
        yield source, wav
