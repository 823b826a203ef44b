"""Writing as a whole: kinds by content, places, metadata and seals, atomic replacement, errors in both languages."""

from __future__ import annotations

import builtins
import io
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from guiju.label import Label, LabelError, Permission, explicit, read, verify
from guiju.label import write as write_metadata
from guiju.label.explicit.kind import kind_of
from tests.label.explicit.making import busy, document, hum, picture, sound, video, wav

METADATA = Label.by_generator("001191110108MA01XXXX0X100000", "7c1f")


def _made(folder: Path, name: str) -> Path:
    path = folder / name
    suffix = path.suffix
    if suffix in {".mp3", ".m4a", ".flac", ".opus"}:
        codec = {".mp3": "libmp3lame", ".m4a": "aac", ".flac": "flac", ".opus": "libopus"}[suffix]
        return sound(path, codec, rate=48000, seconds=1)
    if suffix in {".mp4", ".mkv", ".avi", ".flv"}:
        codec, voice = ("mpeg4", "libmp3lame") if suffix == ".avi" else ("libx264", "aac")
        return video(path, codec, seconds=0.5, voice=voice)
    kinds = {".jpg": "JPEG", ".png": "PNG", ".gif": "GIF", ".webp": "WEBP", ".tif": "TIFF", ".bmp": "BMP"}
    if suffix in kinds:
        path.write_bytes(picture(kinds[suffix], busy((300, 200))))
    else:
        contents: dict[str, bytes] = {
            ".wav": wav(hum(8000, 1)),
            ".docx": document("content"),
            ".html": b"<html><body><p>content</p></body></html>",
        }
        path.write_bytes(contents.get(suffix, b"# content\n"))
    return path


KINDS = {
    "a.jpg": "image",
    "a.png": "image",
    "a.gif": "image",
    "a.webp": "image",
    "a.tif": "image",
    "a.bmp": "image",
    "a.wav": "audio",
    "a.mp3": "audio",
    "a.m4a": "audio",
    "a.flac": "audio",
    "a.opus": "audio",
    "a.mp4": "video",
    "a.mkv": "video",
    "a.avi": "video",
    "a.flv": "video",
    "a.docx": "docx",
    "a.html": "html",
    "a.md": "markdown",
    "a.txt": "text",
    "README": "text",
}


@pytest.mark.parametrize("name", KINDS)
def test_the_kind_is_told_from_the_content(name: str, tmp_path: Path) -> None:
    path = _made(tmp_path, name)
    assert kind_of(path) == KINDS[name]
    if KINDS[name] not in {"text", "markdown"}:
        assert kind_of(path.rename(tmp_path / "renamed.bin")) == KINDS[name]


@pytest.mark.parametrize("name", [name for name in KINDS if name not in {"a.bmp", "a.txt", "README"}])
def test_a_label_in_the_metadata_survives_the_explicit_one(name: str, tmp_path: Path) -> None:
    path = _made(tmp_path, name)
    write_metadata(path, METADATA)
    assert explicit.write(path).changed
    assert verify(path).label == METADATA
    assert len(read(path).occurrences) == 1
    old = path.read_bytes()
    assert not explicit.write(path).changed
    assert path.read_bytes() == old


@pytest.mark.parametrize("name", ["a.jpg", "a.wav", "a.docx", "a.html", "a.md", "a.txt"])
def test_a_copy_leaves_the_old_file_alone_and_keeps_its_mode(name: str, tmp_path: Path) -> None:
    path = _made(tmp_path, name)
    path.chmod(0o640)
    old = path.read_bytes()
    out = tmp_path / f"out{path.suffix}"
    result = explicit.write(path, out)
    assert result.path == out
    assert path.read_bytes() == old
    assert out.read_bytes() != old
    assert out.stat().st_mode & 0o777 == 0o640
    again = explicit.write(out, tmp_path / f"again{path.suffix}")
    assert not again.changed
    assert again.path.read_bytes() == out.read_bytes()


def test_one_end_that_is_labelled_already_is_not_labelled_again(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("内容\n", encoding="utf-8")
    explicit.write(path, where="end")
    explicit.write(path, where="both")
    assert path.read_text(encoding="utf-8") == "AI生成\n\n内容\n\nAI生成\n"


def test_another_full_prompt_at_the_place_is_accepted_as_the_label(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("本文由人工智能生成\n\n内容\n", encoding="utf-8")
    assert not explicit.write(path).changed


def test_the_bilingual_label_is_written_for_english_readers(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("content\n", encoding="utf-8")
    assert explicit.write(path, lang="en").text == "AI生成 AI-generated"
    assert path.read_text(encoding="utf-8").startswith("AI生成 AI-generated\n\ncontent")
    image = _made(tmp_path, "a.png")
    assert explicit.write(image, lang="en").changed
    assert explicit.labelled(explicit.check(image)) is True


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("内容\n", (False, "")),
        ("AI播客\n\n内容\n", (False, "")),
        ("AI生成\n\n内容\n", (True, "start")),
        ("内容\n\n（本文由AI生成）\n\n更多内容\n", (True, "middle")),
        ("内容\n\nAI合成\n", (True, "end")),
        ("AI生成的图片越来越多，本文讨论其影响。\n", (None, "start")),
        ("本文非AI生成\n\n内容\n", (False, "")),
    ],
)
def test_texts_are_checked_line_by_line(text: str, expected: tuple[bool | None, str], tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    (finding,) = explicit.check(path)
    assert (finding.ok, finding.place) == expected
    assert finding.zh
    assert finding.en


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b"a,b\n1,2\n"),
        ("a.json", b"{}"),
        ("a.py", b"x = 1\n"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.txt", b"#!/bin/sh\n"),
        ("a.pdf", b"%PDF-1.4\n"),
        ("a.bin", bytes(range(256))),
        ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
    ],
)
def test_a_file_that_a_prompt_would_break_is_refused(name: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(LabelError) as caught:
        explicit.write(path)
    assert caught.value.text("zh").startswith(str(path))
    assert path.read_bytes() == content


def test_an_empty_file_is_nothing_to_label(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.touch()
    with pytest.raises(explicit.ExplicitLabelError) as caught:
        explicit.write(path)
    assert caught.value.text("en") == f"{path}: the file is empty: nothing to label"
    assert caught.value.text("zh") == f"{path}: 文件为空，没有可标识的内容"


@pytest.mark.parametrize(
    ("name", "options", "code"),
    [
        ("a.txt", {"where": "bottom_right"}, "where"),
        ("a.png", {"where": "start"}, "where"),
        ("a.png", {"text": "AI"}, "wording"),
        ("a.png", {"clip": "a.png"}, "clip"),
        ("a.png", {"kind": "picture"}, "kind"),
        ("a.png", {"text": "AI生成 한국"}, "missing_glyphs"),
    ],
)
def test_what_was_asked_wrongly_is_told(name: str, options: dict[str, Any], code: str, tmp_path: Path) -> None:
    path = _made(tmp_path, name)
    old = path.read_bytes()
    with pytest.raises(explicit.ExplicitLabelError) as caught:
        explicit.write(path, **options)
    assert caught.value.code == code
    assert caught.value.text("zh") != caught.value.text("en")
    assert path.read_bytes() == old


def test_a_failed_check_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from guiju.label.explicit import plate

    path = _made(tmp_path, "a.png")
    old = path.read_bytes()
    monkeypatch.setattr(plate, "_tile", lambda _, mark, __: Image.new("RGB", mark.size, "grey"))
    with pytest.raises(explicit.ExplicitLabelError) as caught:
        explicit.write(path)
    assert caught.value.code == "read_back"
    assert path.read_bytes() == old
    assert [each.name for each in tmp_path.iterdir()] == ["a.png"]


@pytest.mark.parametrize(
    ("name", "package", "told"), [("a.png", "PIL", "Pillow"), ("a.mp3", "av", "PyAV"), ("a.mp4", "av", "PyAV")]
)
def test_a_package_that_is_not_installed_is_named_with_the_remedy(
    name: str, package: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _made(tmp_path, name)
    extra = {"Pillow": "label", "PyAV": "media"}[told]
    real = builtins.__import__

    def absent(wanted: str, *args: Any, **options: Any) -> Any:
        if wanted.partition(".")[0] == package:
            raise ImportError(wanted)
        return real(wanted, *args, **options)

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(explicit.ExplicitLabelError) as caught:
        explicit.write(path)
    assert caught.value.text("en") == f"{path}: this kind of file needs {told}; install guiju[{extra}]"
    assert f"请安装 guiju[{extra}]" in caught.value.text("zh")


def test_a_signed_picture_is_refused_unless_breaking_the_seal_is_permitted(tmp_path: Path) -> None:
    path = _made(tmp_path, "a.jpg")
    old = path.read_bytes()
    description = b"\0\0\0\x1ejumdc2pa\0\x11\0\x10\x80\0\0\xaa\0\x38\x9b\x71\x03c2pa\0"
    box = (len(description) + 8).to_bytes(4, "big") + b"jumb" + description
    segment = b"JP\0\x01\0\0\0\x01" + box
    path.write_bytes(old[:2] + b"\xff\xeb" + (len(segment) + 2).to_bytes(2, "big") + segment + old[2:])
    with pytest.raises(LabelError) as caught:
        explicit.write(path)
    assert caught.value.code == "c2pa"
    assert explicit.write(path, permission=Permission(break_seals=True)).changed
    assert not explicit.write(path).changed, "labelled already: nothing would break"


def test_a_file_that_was_changed_meanwhile_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from guiju.label.explicit import text as texts

    path = _made(tmp_path, "a.txt")

    def slow(content: bytes, *_: Any) -> bytes:
        path.write_bytes(b"what someone else wrote\n")
        return "AI生成\n\n".encode() + content

    monkeypatch.setattr(texts, "insert", slow)
    with pytest.raises(explicit.ExplicitLabelError) as caught:
        explicit.write(path)
    assert caught.value.code == "changed_meanwhile"
    assert path.read_bytes() == b"what someone else wrote\n"
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]


def test_importing_the_room_loads_neither_pillow_nor_pyav() -> None:
    import subprocess

    code = "import sys, guiju.label.explicit; print([name for name in ('PIL', 'av', 'yaml') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_picture_that_was_written_opens_as_what_it_was(tmp_path: Path) -> None:
    path = _made(tmp_path, "a.jpg")
    explicit.write(path)
    with Image.open(io.BytesIO(path.read_bytes())) as opened:
        assert (opened.format, opened.mode, opened.size) == ("JPEG", "RGB", (300, 200))
