"""Sound in other codecs: decoded and coded again the same way, tags and pictures kept; a supplied voice clip."""

from __future__ import annotations

import io
from array import array
from pathlib import Path

import av
import pytest
from PIL import Image

from guiju.label import explicit
from tests.label.explicit.making import hum, sound, wav

CODECS = [
    ("a.mp3", "libmp3lame", 44100),
    ("a.m4a", "aac", 44100),
    ("a.flac", "flac", 44100),
    ("a.opus", "libopus", 48000),
    ("a.aiff", "pcm_s16be", 22050),
]


@pytest.mark.parametrize(("name", "codec", "rate"), CODECS)
def test_the_rhythm_is_heard_again_and_nothing_else_changes(name: str, codec: str, rate: int, tmp_path: Path) -> None:
    path = sound(tmp_path / name, codec, rate=rate, layout="stereo" if codec != "libopus" else "mono")
    before = _described(path)
    result = explicit.write(path, where="both")
    assert [(finding.place, finding.ok) for finding in result.findings] == [("start", True), ("end", True)]
    assert _described(path) == before
    assert not explicit.write(path, where="both").changed


def test_a_lossless_codec_keeps_every_sample_of_the_content(tmp_path: Path) -> None:
    path = sound(tmp_path / "a.flac", "flac", seconds=1)
    before = _samples(path)
    explicit.write(path, where="both")
    assert before.tobytes() in _samples(path).tobytes()


def test_a_cover_picture_is_kept(tmp_path: Path) -> None:
    plain = sound(tmp_path / "plain.mp3", "libmp3lame", seconds=1)
    image = io.BytesIO()
    Image.new("RGB", (16, 16), "red").save(image, "PNG")
    path = tmp_path / "a.mp3"
    frame = (
        b"APIC" + (len(image.getvalue()) + 13).to_bytes(4, "big") + b"\0\0" + b"\0image/png\0\x03\0" + image.getvalue()
    )
    size = len(frame)
    syncsafe = bytes((size >> shift) & 0x7F for shift in (21, 14, 7, 0))
    path.write_bytes(b"ID3\x03\0\0" + syncsafe + frame + plain.read_bytes())
    explicit.write(path)
    assert image.getvalue() in path.read_bytes()


def test_a_voice_clip_is_put_in_and_what_it_says_is_left_to_people(tmp_path: Path) -> None:
    clip = tmp_path / "clip.wav"
    clip.write_bytes(wav(hum(8000, 1.5), rate=8000))
    path = tmp_path / "a.wav"
    old = wav(hum(16000, 2), rate=16000)
    path.write_bytes(old)
    result = explicit.write(path, where="both", clip=clip, text="本内容由AI生成")
    assert old[44:] in path.read_bytes()
    (finding,) = result.findings
    assert (finding.code, finding.ok) == ("voice", None)
    assert float(finding.figures["seconds"]) == pytest.approx(3, abs=0.1)
    assert "本内容由AI生成" in finding.text("en")


@pytest.mark.parametrize(("samples", "code"), [([0.0] * 8000, "clip_silent"), (hum(4000, 31), "clip_too_long")])
def test_a_clip_that_is_none_is_refused(samples: list[float], code: str, tmp_path: Path) -> None:
    clip = tmp_path / "clip.wav"
    clip.write_bytes(wav(samples, rate=4000))
    path = tmp_path / "a.wav"
    path.write_bytes(wav(hum(8000, 1)))
    with pytest.raises(explicit.ExplicitLabelError) as caught:
        explicit.write(path, clip=clip)
    assert caught.value.code == code


def test_a_codec_that_cannot_be_written_again_alike_is_refused(tmp_path: Path) -> None:
    path = sound(tmp_path / "a.mka", "ac3", rate=48000, seconds=1)
    old = path.read_bytes()
    with pytest.raises(explicit.ExplicitLabelError, match="cannot be coded again alike"):
        explicit.write(path)
    assert path.read_bytes() == old


def test_tags_that_are_no_utf8_come_through_as_the_bytes_they_were(tmp_path: Path) -> None:
    path = sound(tmp_path / "a.flac", "flac", seconds=1)
    title = "标题1".encode("gb18030") + b"ab"
    path.write_bytes(path.read_bytes().replace(b"a title", title))
    explicit.write(path)
    assert b"=" + title in path.read_bytes()


def _described(path: Path) -> tuple[object, ...]:
    with av.open(str(path)) as source:
        stream = source.streams.audio[0]
        context = stream.codec_context
        tags = {**source.metadata, **stream.metadata}
        title = next(value for name, value in tags.items() if name.lower() == "title")
        return (source.format.name, context.codec.canonical_name, stream.rate, context.layout.name, title)


def _samples(path: Path) -> array[int]:
    samples: array[int] = array("h")
    with av.open(str(path)) as source:
        for frame in source.decode(audio=0):
            samples.frombytes(bytes(frame.planes[0])[: 2 * frame.samples])
    return samples
