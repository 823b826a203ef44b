"""Explicit labels as other people's programs see them: Word's reader, tag readers, the player's decoder."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from guiju.label import explicit
from guiju.label.explicit.measure import find_mark
from tests.label.explicit.making import document, sound, video

docx = pytest.importorskip("docx", reason="read in `make outside`")
mutagen = pytest.importorskip("mutagen", reason="read in `make outside`")
FFMPEG = shutil.which("ffmpeg") or ""
needs_ffmpeg = pytest.mark.skipif(not FFMPEG, reason="ffmpeg is not installed; read in `make outside`")


def test_python_docx_reads_the_paragraphs(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(document("one", "two"))
    explicit.write(path, where="both")
    assert [paragraph.text for paragraph in docx.Document(str(path)).paragraphs] == ["AI生成", "one", "two", "AI生成"]


@pytest.mark.parametrize(("name", "codec"), [("a.mp3", "libmp3lame"), ("a.flac", "flac"), ("a.m4a", "aac")])
def test_mutagen_reads_the_tags_and_the_longer_sound(name: str, codec: str, tmp_path: Path) -> None:
    path = sound(tmp_path / name, codec, seconds=2)
    explicit.write(path)
    read = mutagen.File(str(path), easy=True)
    assert read["title"] == ["a title"]
    assert read.info.length == pytest.approx(2 + 20 * 0.12, abs=0.15)


@needs_ffmpeg
@pytest.mark.parametrize("turned", [0, 90, 180])
def test_ffmpeg_shows_the_mark_upright_at_the_start_and_no_longer_after_the_term(turned: int, tmp_path: Path) -> None:
    path = video(tmp_path / "a.mp4", turned=turned)
    before = _sound(path)
    explicit.write(path)
    assert [bool(find_mark(_frame(path, at), ["AI生成"], 0.05)) for at in ("0", "1.9", "2.1")] == [True, True, False]
    assert _sound(path) == before


def _frame(path: Path, at: str) -> Image.Image:
    arguments = ["-v", "error", "-ss", at, "-i", str(path), "-frames:v", "1", "-f", "image2pipe", "-c:v", "png", "-"]
    done = subprocess.run([FFMPEG, *arguments], capture_output=True, check=True)
    return Image.open(io.BytesIO(done.stdout))


def _sound(path: Path) -> str:
    arguments = ["-v", "error", "-i", str(path), "-map", "0:a", "-c", "copy", "-f", "data", "-"]
    done = subprocess.run([FFMPEG, *arguments], capture_output=True, check=True)
    return hashlib.sha256(done.stdout).hexdigest()
