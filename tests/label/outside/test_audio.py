"""Sound that we labelled, read by mutagen, ffprobe, MediaInfo and ExifTool: our label, and all other tags as before."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.label.formats.build_audio import (
    ID3V1,
    LABEL,
    OTHER,
    ape,
    audio,
    found,
    frame,
    id3,
    labelled,
    opus,
    packets,
    txxx,
)

mutagen = pytest.importorskip("mutagen", reason="read in `make outside`")
EXIFTOOL = os.environ.get("GUIJU_EXIFTOOL") or shutil.which("exiftool")
BARE = LABEL.bare()
KINDS = ["mp3", "adts", "flac", "vorbis", "opus", "oggflac"]
ENDINGS = {"mp3": "mp3", "adts": "aac", "flac": "flac", "vorbis": "ogg", "opus": "opus", "oggflac": "oga"}


def needs(command: str | None) -> pytest.MarkDecorator:
    reason = "read in `make outside`: needs ffprobe, MediaInfo and ExifTool"
    return pytest.mark.skipif(command is None or shutil.which(command) is None, reason=reason)


def read(data: bytes, kind: str) -> dict[str, list[str]]:
    """Return the tags as mutagen reads them."""
    from mutagen import aac
    from mutagen import id3 as mutagen_id3

    if kind == "adts":
        aac.AAC(io.BytesIO(data))
        tags: Any = mutagen_id3.ID3(io.BytesIO(data))
    else:
        tags = mutagen.File(io.BytesIO(data)).tags
    return {key.lower(): [str(value)] if kind in {"mp3", "adts"} else list(value) for key, value in tags.items()}


def asked(data: bytes, kind: str, folder: Path, *command: str) -> Any:
    file = folder / f"sound.{ENDINGS[kind]}"
    file.write_bytes(data)
    answer = subprocess.run([*command, str(file)], capture_output=True, check=True, text=True)
    return json.loads(answer.stdout)


@pytest.mark.parametrize("kind", KINDS)
def test_mutagen_reads_the_label_and_the_other_tags(kind: str) -> None:
    before = audio(kind, title="标题")
    key = "txxx:aigc" if kind in {"mp3", "adts"} else "aigc"
    old = read(before, kind) if before[:3] == b"ID3" or kind != "adts" else {}
    assert read(labelled(before, kind), kind) == {**old, key: [BARE]}


@needs("ffprobe")
@pytest.mark.parametrize("kind", KINDS)
def test_ffprobe_reads_the_label(kind: str, tmp_path: Path) -> None:
    entries = ("ffprobe", "-v", "error", "-of", "json", "-show_entries", "format_tags:stream_tags")
    answer = asked(labelled(audio(kind), kind), kind, tmp_path, *entries)
    tags = {**answer["format"].get("tags", {}), **answer["streams"][0].get("tags", {})}
    assert tags["AIGC"] == BARE


@needs("mediainfo")
@pytest.mark.parametrize("kind", KINDS[:-1])  # of FLAC within Ogg, MediaInfo 23.04 shows nobody's comments
def test_mediainfo_reads_the_label(kind: str, tmp_path: Path) -> None:
    answer = asked(labelled(audio(kind), kind), kind, tmp_path, "mediainfo", "--Output=JSON")
    assert answer["media"]["track"][0]["extra"]["AIGC"] == BARE


@needs(EXIFTOOL)
@pytest.mark.parametrize("kind", KINDS)
def test_exiftool_reads_the_label(kind: str, tmp_path: Path) -> None:
    (answer,) = asked(
        labelled(audio(kind), kind),
        kind,
        tmp_path,
        str(EXIFTOOL),
        "-json",
        "-a",
        "-G1",
        "-validate",
        "-warning",
        "-all",
    )
    assert BARE in [str(value).removeprefix("(AIGC) ") for value in answer.values()]
    # ID3 in front of ADTS is what the guide asks for; ExifTool then takes the file for MP3 by its content.
    taken_for_mp3 = "File has wrong extension (should be MP3, not AAC)"
    warnings = [value for name, value in answer.items() if name.endswith(":Warning")]
    assert warnings in ([], [taken_for_mp3]) if kind == "adts" else answer["ExifTool:Validate"] == "OK"


@pytest.mark.parametrize("version", [2, 3, 4])
@pytest.mark.parametrize("flags", [0, 0x80])
def test_mutagen_reads_every_version_of_id3(version: int, flags: int) -> None:
    sound = audio("mp3")
    sound = sound[10 + int.from_bytes(sound[8:10], "big") :]
    title = frame(version, b"TT2" if version == 2 else b"TIT2", b"\0Title")
    after = labelled(id3(version, title, flags=flags, padding=20) + sound, "mp3")
    file = mutagen.File(io.BytesIO(after))
    assert file.tags.version[1] == version
    assert {key: str(value) for key, value in file.tags.items()} == {"TIT2": "Title", "TXXX:AIGC": BARE}


def test_a_label_by_mutagen_is_read_and_replaced_like_ours() -> None:
    from mutagen import id3 as mutagen_id3

    for version in (3, 4):
        stream = io.BytesIO(audio("mp3"))
        tags = mutagen_id3.ID3(stream)
        tags.add(mutagen_id3.TXXX(encoding=1, desc="AIGC", text=[OTHER.bare()]))
        tags.add(mutagen_id3.APIC(encoding=3, mime="image/png", type=3, desc="图", data=b"\xff\xd8" * 900))
        stream.seek(0)
        tags.save(stream, v2_version=version)
        before = stream.getvalue()
        assert found(before, "mp3") == [("id3:TXXX", OTHER.bare())]
        after = labelled(before, "mp3")
        assert read(after, "mp3") == {**read(before, "mp3"), "txxx:aigc": [BARE]}
        assert packets(after) == packets(before)


@pytest.mark.parametrize("kind", ["flac", "vorbis", "opus", "oggflac"])
def test_comments_and_a_picture_by_mutagen_stay(kind: str) -> None:
    stream = io.BytesIO(audio(kind))
    file = mutagen.File(stream)
    file["METADATA_BLOCK_PICTURE"] = ["QUJD" * 30_000]
    file["title"] = ["标题", "second"]
    file["aigc"] = [OTHER.bare(), BARE]
    stream.seek(0)
    file.save(stream)
    before = stream.getvalue()
    assert [text for _, text in found(before, kind)] == [OTHER.bare(), BARE]
    after = labelled(before, kind)
    assert read(after, kind) == {**read(before, kind), "aigc": [BARE]}
    assert packets(after) == packets(before)


def test_mutagen_reads_a_stream_whose_pages_were_renumbered() -> None:
    from mutagen.oggopus import OggOpus

    before = opus("COVER=" + "x" * 64_980, pages=40)
    after = labelled(before, "ogg")
    assert OggOpus(io.BytesIO(after)).info.length == OggOpus(io.BytesIO(before)).info.length
    assert OggOpus(io.BytesIO(after)).tags["AIGC"] == [BARE]
    assert packets(after) == packets(before)


def test_an_ape_tag_loses_nothing_but_the_label() -> None:
    from mutagen import apev2

    sound = audio("mp3") + ape({"Title": "标题", "AIGC": OTHER.bare(), "Year": "2026"}) + ID3V1
    after = labelled(id3(3, txxx(3, "mood", "calm")) + sound, "mp3")
    tags = apev2.APEv2(io.BytesIO(after))
    assert {key: str(value) for key, value in tags.items()} == {"Title": "标题", "Year": "2026"}
