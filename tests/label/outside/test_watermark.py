"""Watermarks: hidden, read back, and what they survive or not; everything else in the file stays."""

from __future__ import annotations

import io
import json
import shutil
import zlib
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from guiju import label
from guiju.cli import main
from guiju.label import Label, Permission, RefusedError
from guiju.label.watermark import LIMITS, embed, extract
from tests.label.certificates import chain
from tests.label.formats.build_images import animated, noise, saved

pytest.importorskip("blind_watermark", reason="read in `make outside`")

MEDIA = Path(__file__).parents[3] / "examples" / "media"
MINE = Label.by_generator("ExampleLtd", "42")
TEXT = "5f2c0193a4e84c0e9d0b6a7c8d9e0f11"
SECRET = "a password"
KINDS: dict[str, dict[str, Any]] = {
    "png": {},
    "jpg": {"quality": 90},
    "webp": {"quality": 90},
    "lossless.webp": {"lossless": True},
}


def cat(mode: str = "RGB", size: tuple[int, int] = (320, 240)) -> Image.Image:
    with Image.open(MEDIA / "cat.png") as picture:
        return picture.convert("RGB").resize(size).convert(mode)


def textured() -> Image.Image:
    """A picture without flat areas, like a photograph."""
    coarse = noise("L", (20, 15)).resize((320, 240), Image.Resampling.BICUBIC)
    return Image.merge("RGB", [coarse, coarse.rotate(180), coarse.transpose(Image.Transpose.FLIP_LEFT_RIGHT)])


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Path]:
    def made(name: str, picture: Image.Image | None = None, **options: Any) -> Path:
        path = tmp_path / name
        (picture or cat()).save(path, **options)
        return path

    return made


@pytest.mark.parametrize("ending", KINDS)
def test_a_text_is_hidden_and_read_and_the_rest_stays(ending: str, make: Callable[..., Path]) -> None:
    exif = Image.Exif()
    exif[0x010F] = "A maker"
    path = make(f"cat.{ending}", exif=exif, icc_profile=b"profile" * 30, **KINDS[ending])
    label.write(path, MINE)
    with Image.open(path) as old:
        before, size = dict(old.info), old.size
    result = embed(path, TEXT, password=SECRET)
    assert (result.changed, extract(path, password=SECRET)) == (True, TEXT)
    assert "not the label that the law asks for" in result.limits.en
    assert label.verify(path).label == MINE
    with Image.open(path) as new:
        assert (new.size, new.mode) == (size, "RGB")
        assert {name: new.info[name] for name in ("exif", "icc_profile", "xmp")} == {
            name: before[name] for name in ("exif", "icc_profile", "xmp")
        }


@pytest.mark.parametrize("text", ["7", "内容编号七十七号", "x" * 32])
def test_texts_of_any_length_up_to_the_limit(text: str, make: Callable[..., Path]) -> None:
    path = make("cat.png")
    embed(path, text, password=SECRET)
    assert extract(path, password=SECRET) == text


def test_the_second_time_changes_no_byte(make: Callable[..., Path]) -> None:
    path = make("cat.png")
    embed(path, TEXT, password=SECRET)
    once = path.read_bytes()
    assert not embed(path, TEXT, password=SECRET).changed
    assert path.read_bytes() == once


def test_nothing_is_read_without_a_watermark_or_with_another_password(make: Callable[..., Path]) -> None:
    path = make("cat.png")
    assert extract(path, password=SECRET) is None
    embed(path, TEXT, password=SECRET)
    assert extract(path, password="another") is None


@pytest.mark.parametrize("mode", ["L", "P", "RGBA"])
def test_other_pixels(mode: str, make: Callable[..., Path]) -> None:
    picture = textured().convert(mode)
    if mode == "RGBA":
        picture.putalpha(cat("L"))
    path = make("cat.png", picture)
    embed(path, TEXT, password=SECRET)
    assert extract(path, password=SECRET) == TEXT
    with Image.open(path) as new:
        assert new.mode == ("RGB" if mode == "P" else mode)
        if mode == "RGBA":
            assert new.getchannel("A").tobytes() == picture.getchannel("A").tobytes()


def attacked(path: Path, attack: Callable[[Image.Image], Image.Image], **options: Any) -> Path:
    out = path.with_name("attacked.jpg" if options else "attacked.png")
    with Image.open(path) as picture:
        attack(picture).save(out, **options)
    return out


@pytest.mark.parametrize("quality", [75, 50])
def test_it_survives_jpeg(quality: int, make: Callable[..., Path]) -> None:
    path = make("cat.png")
    embed(path, TEXT, password=SECRET)
    assert extract(attacked(path, lambda one: one, quality=quality), password=SECRET) == TEXT


@pytest.mark.parametrize("scale", [0.5, 1.5])
def test_it_survives_resizing_where_the_first_size_is_known(scale: float, make: Callable[..., Path]) -> None:
    path = make("cat.png", cat(size=(400, 304)))
    embed(path, TEXT, password=SECRET)
    small = attacked(path, lambda one: one.resize((int(400 * scale), int(304 * scale)), Image.Resampling.BICUBIC))
    assert extract(small, password=SECRET) is None
    assert extract(small, password=SECRET, size=(400, 304)) == TEXT


@pytest.mark.parametrize(
    "attack",
    [
        pytest.param(lambda one: one.crop((8, 8, 320, 240)), id="cropped"),
        pytest.param(lambda one: one.transpose(Image.Transpose.ROTATE_90), id="turned"),
        pytest.param(lambda one: one.point(lambda value: min(255, value * 1.1)), id="brightened"),
    ],
)
def test_what_it_does_not_survive(attack: Callable[[Image.Image], Image.Image], make: Callable[..., Path]) -> None:
    path = make("cat.png")
    embed(path, TEXT, password=SECRET)
    assert extract(attacked(path, attack), password=SECRET) is None


def test_the_limits_say_so() -> None:
    assert "not cropping, turning, brightening" in LIMITS.en
    assert "不能承受裁剪、旋转、变亮" in LIMITS.zh


def refusal(path: Path, text: str = TEXT, password: str = SECRET, **options: Any) -> RefusedError:
    before, beside = path.read_bytes(), sorted(path.parent.iterdir())
    with pytest.raises(RefusedError) as caught:
        embed(path, text, password=password, **options)
    assert path.read_bytes() == before
    assert sorted(path.parent.iterdir()) == beside
    assert caught.value.text("zh") != caught.value.text("en")
    return caught.value


def test_what_is_refused(make: Callable[..., Path], tmp_path: Path) -> None:
    good = make("cat.png")
    assert refusal(good, text="").code == "watermark_text"
    assert refusal(good, text="x" * 33).code == "watermark_text"
    assert refusal(good, password="").code == "watermark_password"
    assert refusal(make("small.png", cat(size=(232, 240)))).code == "watermark_small"
    assert refusal(make("cmyk.jpg", cat("CMYK"))).code == "watermark_mode"
    moving = tmp_path / "moving.webp"
    moving.write_bytes(animated("WEBP"))
    assert refusal(moving).code == "watermark_moving"
    assert refusal(make("cat.gif")).code == "watermark_kind"
    assert refusal(Path(shutil.copy(MEDIA / "paper.pdf", tmp_path))).code == "watermark_kind"
    deep = tmp_path / "deep.png"
    deep.write_bytes(saved("PNG", Image.new("I;16", (320, 240))))
    assert refusal(deep).code == "watermark_mode"


def test_a_picture_that_does_not_give_it_back_is_left_alone(make: Callable[..., Path]) -> None:
    assert refusal(make("cat.jpg", quality=5)).code == "watermark_unreadable"


def test_a_broken_picture(make: Callable[..., Path]) -> None:
    path = make("cat.png")
    header = path.read_bytes()[:33]
    chunk = b"IDAT" + b"no pixels"
    end = b"\x00\x00\x00\x00IEND\xaeB`\x82"
    path.write_bytes(header + (9).to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big") + end)
    assert refusal(path).code == "damaged"


def test_a_sealed_picture_is_respected(make: Callable[..., Path], tmp_path: Path) -> None:
    pytest.importorskip("c2pa", reason="read in `make outside`")
    from guiju.label.c2pa import sign

    path = make("cat.png")
    label.write(path, MINE)
    certificates, key = chain(tmp_path)
    sign(path, certificates=certificates, key=key)
    assert refusal(path).code == "c2pa"
    assert embed(path, TEXT, password=SECRET, permission=Permission(break_seals=True)).changed


def command(path: Path, password: Path, *more: object) -> int:
    options = ("--producer", "ExampleLtd", "--watermark", TEXT, "--watermark-password-file", password)
    return main(["label", "write", *map(str, (path, *options, *more))])


def test_the_command_hides_labels_and_prints_the_limits_each_time(
    make: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, password = make("cat.jpg", quality=90), tmp_path / "password"
    password.write_text(SECRET + "\n")
    assert command(path, password) == 0
    assert capsys.readouterr().out == f"✓ WRITTEN  {path}\n    written to xmp\n    {LIMITS.en}\n"
    assert extract(path, password=SECRET) == TEXT
    assert label.verify(path).status == label.VALID
    once = path.read_bytes()
    assert command(path, password, "--format", "json") == 0
    (file,) = json.loads(capsys.readouterr().out)["files"]
    assert (file["status"], LIMITS.zh in file["text"]["zh"]) == ("UNCHANGED", True)
    assert path.read_bytes() == once


def test_label_watermark_and_signature_in_one_step(make: Callable[..., Path], tmp_path: Path) -> None:
    c2pa = pytest.importorskip("c2pa", reason="read in `make outside`")
    path, password = make("cat.png"), tmp_path / "password"
    password.write_text(SECRET)
    certificates, key = chain(tmp_path)
    assert command(path, password, "--c2pa-certificates", certificates, "--c2pa-key", key) == 0
    assert extract(path, password=SECRET) == TEXT
    assert label.verify(path).status == label.VALID
    with c2pa.Reader("image/png", io.BytesIO(path.read_bytes())) as reader:
        assert reader.get_validation_state() == "Valid"
        assert "c2pa.watermarked.unbound" in reader.json()


def test_it_works_in_another_process_too(make: Callable[..., Path]) -> None:
    path = make("cat.png", cat(size=(248, 248)))
    with ProcessPoolExecutor(max_workers=1) as pool:  # where blind-watermark, on import, would fail
        assert pool.submit(embed, path, TEXT, password=SECRET).result().changed
    assert extract(path, password=SECRET) == TEXT
