"""What other programs read in the MP4 files that we labelled: label, title and cover (trap 1 of the brief)."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from guiju.label.formats.boxes import mp4
from tests.label.formats import build_mp4 as build
from tests.label.formats.build_mp4 import LABEL, LAYOUTS, labelled

mutagen_mp4 = pytest.importorskip("mutagen.mp4", reason="read in `make outside`")
EXIFTOOL = os.environ.get("GUIJU_EXIFTOOL") or shutil.which("exiftool")
BARE = LABEL.bare()
PICTURE = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 4


@pytest.fixture
def song(tmp_path: Path) -> Path:
    """A labelled M4A with title and cover, both by mutagen."""
    path = tmp_path / "song.m4a"
    path.write_bytes(build.movie("m4a"))
    tags = mutagen_mp4.MP4(path)
    tags["\xa9nam"] = "标题"
    tags["covr"] = [mutagen_mp4.MP4Cover(PICTURE, mutagen_mp4.MP4Cover.FORMAT_JPEG)]
    tags.save()
    path.write_bytes(labelled(mp4, path.read_bytes()))
    return path


def run(*command: str) -> Any:
    output = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    return json.loads(output)


def test_mutagen_keeps_title_and_cover(song: Path) -> None:
    tags = mutagen_mp4.MP4(song)
    assert tags["\xa9nam"] == ["标题"]
    assert [bytes(cover) for cover in tags["covr"]] == [PICTURE]


def test_mutagen_saves_again_and_the_label_stays(song: Path) -> None:
    tags = mutagen_mp4.MP4(song)
    tags["\xa9alb"] = "album " * 500
    tags.save()
    assert build.found(mp4, song.read_bytes()) == [("mp4:keys", BARE)]
    sound = [packet for packet in build.packets(song.read_bytes()) if packet[0] == 0]
    assert sound == build.packets(build.movie("m4a"))


@pytest.mark.skipif(not shutil.which("ffprobe"), reason="read in `make outside`")
def test_ffprobe_reads_label_title_and_cover(song: Path) -> None:
    seen = run("ffprobe", "-v", "error", "-show_format", "-show_streams", "-of", "json", str(song))
    assert seen["format"]["tags"]["AIGC"] == BARE
    assert seen["format"]["tags"]["title"] == "标题"
    assert [stream["disposition"]["attached_pic"] for stream in seen["streams"]] == [0, 1]


@pytest.mark.skipif(not shutil.which("mediainfo"), reason="read in `make outside`")
def test_mediainfo_reads_label_title_and_cover(song: Path) -> None:
    general = run("mediainfo", "--Output=JSON", str(song))["media"]["track"][0]
    assert general["extra"]["AIGC"] == BARE
    assert general["Title"] == "标题"
    assert general["Cover"] == "Yes"


@pytest.mark.skipif(not EXIFTOOL, reason="read in `make outside`")
def test_exiftool_reads_label_title_and_cover(song: Path) -> None:
    (seen,) = run(str(EXIFTOOL), "-j", "-G1", str(song))
    assert seen["Keys:AIGC"] == BARE
    assert seen["ItemList:Title"] == "标题"
    assert "ItemList:CoverArt" in seen
    assert "ExifTool:Warning" not in seen


@pytest.mark.skipif(not (EXIFTOOL and shutil.which("ffprobe")), reason="read in `make outside`")
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_label_is_read_in_every_layout(layout: str, tmp_path: Path) -> None:
    path = tmp_path / "film"
    path.write_bytes(labelled(mp4, build.movie(layout, title="影片")))
    (seen,) = run(str(EXIFTOOL), "-j", "-G1", str(path))
    assert seen["Keys:AIGC"] == BARE
    probed = run("ffprobe", "-v", "error", "-show_format", "-of", "json", str(path))
    assert probed["format"]["tags"]["AIGC"] == BARE
    assert probed["format"]["tags"]["title"] == "影片"


@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="read in `make outside`")
def test_an_encrypted_film_is_decrypted_to_the_same_packets(tmp_path: Path) -> None:
    key = "00112233445566778899aabbccddeeff"
    plain, locked = tmp_path / "plain.mp4", tmp_path / "locked.mp4"
    plain.write_bytes(build.movie("moov first"))
    scheme = ["-encryption_scheme", "cenc-aes-ctr", "-encryption_key", key, "-encryption_kid", key]
    command = ["ffmpeg", "-v", "error", "-i", str(plain), "-c", "copy", *scheme, "-movflags", "faststart", str(locked)]
    subprocess.run(command, check=True)
    before = hashes(locked, key)
    locked.write_bytes(labelled(mp4, locked.read_bytes()))
    assert hashes(locked, key) == before
    assert build.found(mp4, locked.read_bytes()) == [("mp4:keys", BARE)]


def hashes(path: Path, key: str) -> str:
    command = ["ffmpeg", "-v", "error", "-decryption_key", key, "-i", str(path), "-c", "copy", "-f", "framehash", "-"]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout
