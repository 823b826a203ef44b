"""Text in the first seconds of a video: start frame included, upright, gone afterwards; sound untouched."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import pytest
from PIL import ImageChops

from guiju.label import explicit
from guiju.label.explicit.measure import find_mark
from tests.label.explicit.making import shown_frames, sound, video

LABEL = "AI生成"


def test_the_mark_stands_from_the_start_frame_for_the_whole_term_and_not_longer(tmp_path: Path) -> None:
    path = video(tmp_path / "a.mp4")
    before = shown_frames(path)
    result = explicit.write(path)
    after = shown_frames(path)
    marked = [time for time, image in after if find_mark(image, [LABEL], 0.05)]
    assert marked[0] == 0
    assert marked == [time for time, _ in after if time <= 2.0]
    assert {finding.code: finding.ok for finding in result.findings} == {
        "mark": True,
        "text_height": True,
        "contrast": True,
        "duration": True,
    }
    assert [time for time, _ in before] == [time for time, _ in after]
    for (time, one), (_, two) in zip(before, after, strict=True):
        if time > 2.0:
            changed = ImageChops.difference(one.convert("L"), two.convert("L"))
            assert sum(at * count for at, count in enumerate(changed.histogram())) < 3 * one.width * one.height


@pytest.mark.parametrize(
    ("name", "codec", "voice", "pixels"),
    [
        ("a.mp4", "libx264", "aac", "yuv420p"),
        ("a.mov", "libx264", "aac", "yuv444p"),
        ("a.mkv", "libx264", "flac", "yuv420p10le"),
        ("a.webm", "libvpx-vp9", "libopus", "yuv420p"),
        ("a.avi", "mpeg4", "libmp3lame", "yuv420p"),
        ("a.flv", "libx264", "aac", "yuv420p"),
    ],
)
def test_codec_pixels_colours_times_and_sound_stay(
    name: str, codec: str, voice: str, pixels: str, tmp_path: Path
) -> None:
    path = video(tmp_path / name, codec, voice=voice, pixels=pixels)
    before = _described(path)
    explicit.write(path)
    assert _described(path) == before
    new = path.read_bytes()
    assert not explicit.write(path).changed
    assert path.read_bytes() == new


@pytest.mark.parametrize("turned", [90, 180, -90])
def test_a_turned_video_shows_the_mark_upright_in_the_asked_corner_and_stays_turned(
    turned: int, tmp_path: Path
) -> None:
    path = video(tmp_path / "a.mp4", turned=turned, voice=None)
    size = shown_frames(path)[0][1].size
    explicit.write(path, where="top_left")
    frames = shown_frames(path)
    assert frames[0][1].size == size
    found = find_mark(frames[0][1], [LABEL], 0.05)
    assert found is not None
    assert found.where == "top_left"


def test_uneven_frame_times_stay_and_the_term_is_counted_in_time_not_in_frames(tmp_path: Path) -> None:
    path = video(tmp_path / "a.mkv", voice=None, late=4)
    before = [time for time, _ in shown_frames(path)]
    explicit.write(path)
    after = shown_frames(path)
    assert [time for time, _ in after] == before
    assert [bool(find_mark(image, [LABEL], 0.05)) for _, image in after] == [time <= 2.0 for time in before]


def test_a_video_shorter_than_the_term_carries_the_mark_throughout_and_says_so(tmp_path: Path) -> None:
    path = video(tmp_path / "a.mp4", seconds=1)
    result = explicit.write(path)
    assert [finding.ok for finding in result.findings] == [True, True, True, None]
    assert "the video itself is shorter" in result.findings[-1].text("en")
    assert explicit.labelled(result.findings) is None
    assert not explicit.write(path).changed


def test_a_mark_that_ends_too_early_is_not_passed(tmp_path: Path) -> None:
    path = video(tmp_path / "a.mp4", seconds=1, voice=None)
    explicit.write(path)
    longer = tmp_path / "longer.mp4"
    with av.open(str(path)) as source, av.open(str(longer), "w") as target:
        stream: Any = target.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 160, 96, "yuv420p"
        frames = list(source.decode(video=0))
        for number in range(26):
            frame = frames[number] if number < 10 else av.VideoFrame(160, 96, "yuv420p")
            frame.pts, frame.time_base, frame.pict_type = number, Fraction(1, 10), 0
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    findings = {finding.code: finding.ok for finding in explicit.check(longer)}
    assert findings["mark"] is False
    assert findings["duration"] is False


def test_a_video_without_a_mark_of_ours_is_undecided(tmp_path: Path) -> None:
    assert [finding.ok for finding in explicit.check(video(tmp_path / "a.mp4"))] == [None]


def test_a_video_too_small_for_legible_text_is_refused_and_stays(tmp_path: Path) -> None:
    path = video(tmp_path / "a.mp4", size=(32, 16), seconds=0.5)
    old = path.read_bytes()
    with pytest.raises(explicit.ExplicitLabelError) as caught:
        explicit.write(path)
    assert caught.value.code == "too_small"
    assert path.read_bytes() == old
    assert [each.name for each in tmp_path.iterdir()] == ["a.mp4"]


def test_pixels_that_are_not_known_are_refused(tmp_path: Path) -> None:
    path = video(tmp_path / "a.mkv", "ffv1", pixels="yuva420p", voice=None, seconds=0.5)
    with pytest.raises(explicit.ExplicitLabelError, match="cannot be coded again alike: yuva420p"):
        explicit.write(path)


def test_a_damaged_video_is_told(tmp_path: Path) -> None:
    path = video(tmp_path / "a.mp4", seconds=0.5)
    path.write_bytes(path.read_bytes()[:900])
    with pytest.raises(ValueError, match="damaged"):
        explicit.check(path)


def test_sound_in_a_video_container_is_sound(tmp_path: Path) -> None:
    path = sound(tmp_path / "a.m4a", "aac", seconds=1)
    assert explicit.write(path).kind == "audio"


def _described(path: Path) -> tuple[object, ...]:
    with av.open(str(path)) as source:
        track = source.streams.video[0]
        context = track.codec_context
        digest = hashlib.sha256()
        times = []
        for packet in source.demux():
            if packet.size and packet.stream.type == "audio":
                digest.update(bytes(packet))
            elif packet.size and packet.pts is not None:
                times.append(round(float(packet.pts * packet.time_base), 3))
        return (
            *(source.format.name, context.codec.canonical_name, context.pix_fmt, context.width, context.height),
            *(context.color_primaries, context.color_trc, context.colorspace, track.average_rate),
            *(sorted(times), digest.hexdigest(), source.metadata.get("title", source.metadata.get("TITLE"))),
        )
