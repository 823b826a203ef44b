"""What other programs read in the WAV files that we labelled: only ExifTool shows the label, mutagen keeps it."""

from pathlib import Path

import pytest

from guiju.label.formats.sound import wav as module
from tests.label.formats import build_wav as build
from tests.label.formats.build_media import LABEL, found, labelled
from tests.label.outside.media_readers import Reader, complaints, exiftool, ffprobe, mediainfo, needs

KINDS = {
    "plain": build.wav(build.info((b"INAM", b"a title\0"))),
    "RF64": build.rf64(),
    "stream": build.streamed(),
    "odd": build.wav(samples=build.SAMPLES[:-1]),
}


READERS = [
    pytest.param(ffprobe, False, marks=needs("ffprobe"), id="ffprobe"),
    pytest.param(mediainfo, False, marks=needs("mediainfo"), id="MediaInfo"),
    pytest.param(exiftool, True, marks=needs("exiftool"), id="ExifTool"),
]


@pytest.mark.parametrize(("reader", "shows_it"), READERS)
@pytest.mark.parametrize("kind", KINDS)
def test_only_exiftool_shows_the_label_and_none_complains(
    tmp_path: Path, reader: Reader, shows_it: bool, kind: str
) -> None:
    path = tmp_path / "sound.wav"
    path.write_bytes(KINDS[kind])
    before = reader(path)
    path.write_bytes(labelled(module, KINDS[kind]))
    after = reader(path)
    assert after.get("AIGC") == (LABEL.bare() if shows_it else None)
    assert after.get("DURATION") == before.get("DURATION")
    assert after.get("TITLE") == before.get("TITLE")
    assert complaints(after) == complaints(before)


def test_mutagen_adds_a_tag_and_keeps_the_label(tmp_path: Path) -> None:
    wave = pytest.importorskip("mutagen.wave", reason="read in `make outside`")
    frames = pytest.importorskip("mutagen.id3", reason="read in `make outside`")
    file = tmp_path / "sound.wav"
    file.write_bytes(labelled(module, KINDS["odd"]))
    sound = wave.WAVE(str(file))
    sound.add_tags()
    sound.tags.add(frames.TIT2(text="a title"))
    sound.save()
    assert found(module, file.read_bytes()) == [("wav:AIGC", LABEL.bare())]


def test_a_label_that_mutagen_wrote_is_read_and_moves_to_its_place(tmp_path: Path) -> None:
    wave = pytest.importorskip("mutagen.wave", reason="read in `make outside`")
    frames = pytest.importorskip("mutagen.id3", reason="read in `make outside`")
    file = tmp_path / "sound.wav"
    file.write_bytes(KINDS["odd"])
    sound = wave.WAVE(str(file))
    sound.add_tags()
    sound.tags.add(frames.TIT2(text="a title"))
    sound.tags.add(frames.TXXX(desc="AIGC", text=LABEL.bare()))
    sound.save()
    assert found(module, file.read_bytes()) == [("id3:TXXX", LABEL.bare())]
    file.write_bytes(labelled(module, file.read_bytes()))
    assert found(module, file.read_bytes()) == [("wav:AIGC", LABEL.bare())]
    assert str(wave.WAVE(str(file)).tags["TIT2"]) == "a title"
