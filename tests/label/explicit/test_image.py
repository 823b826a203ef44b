"""The mark on pictures: high enough by the strictest reading, in contrast, upright, in every frame; the rest stays."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageOps

from guiju.label import explicit
from guiju.label.explicit.image import check_image, write_image
from guiju.label.explicit.mark import PLACES, mark_for
from tests.label.explicit.making import busy, picture

LABEL = "AI生成"
SIZE = (300, 200)
SHARE = 0.05


def test_the_lowest_required_glyph_is_measured_not_the_em_box() -> None:
    mark = mark_for(LABEL, (2000, 1000), SHARE)
    heights = {glyph.character: _ink(mark.ink, glyph.box) for glyph in mark.glyphs}
    assert set(heights) == set(LABEL)
    assert min(heights.values()) == heights["A"] == heights["I"]
    assert 50 <= min(heights.values()) <= 54
    assert mark.em > 65, "a capital has less than three quarters of its em"


@given(width=st.integers(60, 3000), height=st.integers(60, 3000))
@settings(max_examples=40)
def test_whatever_the_size_the_ink_is_high_enough_and_the_plate_fits(width: int, height: int) -> None:
    mark = mark_for(LABEL, (width, height), SHARE)
    assert min(_ink(mark.ink, glyph.box) for glyph in mark.glyphs) >= SHARE * min(width, height)
    assert mark.size[0] <= width
    assert mark.size[1] <= height


def test_no_ink_is_cut_off_at_the_edge_of_the_plate() -> None:
    for text in ("AI生成", "人工智能生成合成内容", "AI生成 AI-generated"):
        mark = mark_for(text, (1000, 800), SHARE)
        box = mark.ink.getbbox()
        assert box is not None
        assert box[0] > 0
        assert box[1] > 0
        assert box[2] < mark.size[0]
        assert box[3] < mark.size[1]


SMOOTH = Image.merge("RGB", [Image.linear_gradient("L").rotate(turn).resize(SIZE) for turn in (0, 90, 180)])

GROUNDS = {
    "bright": Image.new("RGB", SIZE, "white"),
    "dark": Image.new("RGB", SIZE, (4, 4, 8)),
    "grey, the worst for white and for black text": Image.new("RGB", SIZE, (118, 118, 118)),
    "yellow": Image.new("RGB", SIZE, "yellow"),
    "busy": busy(SIZE),
    "wide": busy((900, 70)),
    "tall": busy((70, 900)),
    "tiny": Image.new("RGB", (64, 64), "orange"),
    "grey levels": busy(SIZE).convert("L"),
    "clear": Image.new("RGBA", SIZE, (255, 255, 255, 0)),
    "half clear": Image.new("RGBA", SIZE, (255, 255, 255, 128)),
    "grey and clear": Image.new("LA", SIZE, (255, 0)),
    "palette": busy(SIZE).quantize(32),
    "black and white": busy(SIZE).convert("1"),
    "16 bits": Image.new("I;16", SIZE, 60000),
}


@pytest.mark.parametrize("name", GROUNDS)
def test_on_any_ground_the_mark_measures_up_again_after_writing(name: str) -> None:
    old = picture("PNG", GROUNDS[name])
    assert [finding.ok for finding in check_image(old, [LABEL])] == [None]
    new = write_image(old, LABEL, "bottom_right")
    findings = {finding.code: finding for finding in check_image(new, [LABEL])}
    assert {code: finding.ok for code, finding in findings.items()} == {
        "mark": True,
        "text_height": True,
        "contrast": True,
    }
    assert float(findings["contrast"].figures["contrast"]) >= 4.5


@pytest.mark.parametrize("where", PLACES)
def test_only_the_asked_corner_or_edge_changes(where: str) -> None:
    old = busy(SIZE)
    new = _read(write_image(picture("PNG", old), LABEL, where))
    box = ImageChops.difference(old, new).getbbox()
    assert box is not None
    left, top, right, bottom = box
    assert {"left": right < 150, "right": left > 150}.get(where.rpartition("_")[2], left > 90 and right < 210)
    assert bottom < 60 if "top" in where else top > 140


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_mark_is_upright_in_the_corner_that_is_shown(kind: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    options: dict[str, Any] = {"lossless": True} if kind == "WEBP" else {}
    stored = Image.new("RGB", SIZE, (90, 120, 150))
    new = write_image(picture(kind, stored, exif=exif.tobytes(), **options), LABEL, "bottom_right")
    with Image.open(io.BytesIO(new)) as opened:
        shown = ImageOps.exif_transpose(opened)
    plain = _read(write_image(picture("PNG", Image.new("RGB", shown.size, (90, 120, 150))), LABEL, "bottom_right"))
    difference = ImageChops.difference(shown.convert("L"), plain.convert("L"))
    largest = max(level for level, count in enumerate(difference.histogram()) if count)
    assert largest < (60 if kind == "JPEG" else 2)


@pytest.mark.parametrize("subsampling", [0, 2])
@pytest.mark.parametrize("progressive", [True, False])
def test_a_jpeg_keeps_its_tables_metadata_and_nearly_all_pixels(subsampling: int, progressive: bool) -> None:
    exif = Image.Exif()
    exif[0x010E] = "a description"
    options: dict[str, Any] = {"exif": exif.tobytes(), "icc_profile": b"profile" * 40, "comment": b"a comment"}
    old = picture("JPEG", SMOOTH, quality=83, subsampling=subsampling, progressive=progressive, **options)
    old = old[:2] + b"\xff\xed\x00\x08IPTC!!" + old[2:]
    new = write_image(old, LABEL, "bottom_right")
    assert b"\xff\xed\x00\x08IPTC!!" in new
    with Image.open(io.BytesIO(old)) as before, Image.open(io.BytesIO(new)) as after:
        assert before.quantization == after.quantization  # type: ignore[attr-defined]
        assert before.layer == after.layer  # type: ignore[attr-defined]
        for name in ("exif", "icc_profile", "comment", "progressive", "dpi", "jfif"):
            assert before.info.get(name) == after.info.get(name)
        away = (0, 0, 180, 140)
        changed = ImageChops.difference(before.convert("RGB").crop(away), after.convert("RGB").crop(away))
        levels = [sum(at * count for at, count in enumerate(each)) for each in _histograms(changed)]
        assert max(levels) <= 2 * away[2] * away[3], "two of 255 on average, the same tables being used again"


def test_a_cmyk_jpeg_stays_one() -> None:
    new = write_image(picture("JPEG", busy(SIZE).convert("CMYK"), quality=90), LABEL, "top_left")
    with Image.open(io.BytesIO(new)) as opened:
        assert opened.mode == "CMYK"
        away = opened.convert("RGB").crop((150, 100, 300, 200))
    difference = ImageChops.difference(away, busy(SIZE).crop((150, 100, 300, 200)))
    assert sum(sum(histogram[at] for at in range(48, 256)) for histogram in _histograms(difference)) < 45_000 * 0.35


def test_a_png_keeps_every_chunk_that_is_not_pixels() -> None:
    import zlib

    old = picture("PNG", busy(SIZE), dpi=(72, 72))
    extra = b"prVt" + b"private"
    chunk = len(b"private").to_bytes(4, "big") + extra + zlib.crc32(extra).to_bytes(4, "big")
    old = old[:33] + chunk + old[33:-12] + chunk + old[-12:]
    new = write_image(old, LABEL, "bottom")
    assert new.count(chunk) == 2
    assert new.index(chunk) < new.index(b"IDAT") < new.rindex(chunk)


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
@pytest.mark.parametrize("clear", [True, False])
def test_every_frame_of_an_animation_is_marked_and_keeps_its_time(kind: str, clear: bool) -> None:
    frames = [Image.new("RGBA", (160, 120), (60 * at, 200 - 50 * at, 90, 255)) for at in range(4)]
    if clear:
        for frame in frames:
            frame.paste((0, 0, 0, 0), (20, 10, 60, 50))
            frame.putpixel((0, 0), (0, 0, 0, 0))
    options: dict[str, Any] = {
        "save_all": True,
        "append_images": frames[1:],
        "duration": [70, 120, 200, 330],
        "loop": 3,
    }
    if kind == "GIF":
        options["disposal"] = 2
    if kind == "WEBP":
        options["lossless"] = True
    old = picture(kind, frames[0], **options)
    new = write_image(old, LABEL, "bottom_right")
    assert check_image(new, [LABEL])[0].figures == {"frames": 4, "marked": 4, "unit": "frame"}
    before, after = list(_frames(old)), list(_frames(new))
    assert [time for _, time in before] == [time for _, time in after]
    for (one, _), (two, _) in zip(before, after, strict=True):
        assert _seen(one.crop((0, 0, 90, 80))) == _seen(two.crop((0, 0, 90, 80)))
    with Image.open(io.BytesIO(old)) as first, Image.open(io.BytesIO(new)) as second:
        assert first.info.get("loop") == second.info.get("loop")


def test_a_gif_of_few_colours_keeps_them_exactly_and_its_extensions() -> None:
    old = picture("GIF", busy(SIZE).quantize(200), comment=b"a comment")
    extension = b"\x21\xff\x0bXMP DataXMP" + b"\x05hello" + b"\x00"
    colours = 13 + 3 * 2 ** ((old[10] & 7) + 1)
    old = old[:colours] + extension + old[colours:]
    new = write_image(old, LABEL, "top_left")
    assert extension in new
    assert b"a comment" in new
    away = (150, 60, 300, 200)
    assert _read(old).crop(away).tobytes() == _read(new).crop(away).tobytes()


def test_a_transparent_colour_does_not_swallow_the_mark() -> None:
    for colour in ((255, 255, 255), (0, 0, 0)):
        old = picture("PNG", Image.new("RGB", SIZE, colour), transparency=colour)
        assert all(finding.ok for finding in check_image(write_image(old, LABEL, "bottom"), [LABEL]))


def test_a_tiff_keeps_compression_and_tags() -> None:
    old = picture("TIFF", busy(SIZE), compression="tiff_lzw", tiffinfo={270: "a description", 700: b"<x/>"})
    new = write_image(old, LABEL, "bottom_left")
    with Image.open(io.BytesIO(new)) as opened:
        assert opened.info["compression"] == "tiff_lzw"
        assert (opened.tag_v2[270], opened.tag_v2[700]) == ("a description", b"<x/>")  # type: ignore[attr-defined]
        assert (
            ImageChops.difference(opened.crop((150, 0, 300, 150)), busy(SIZE).crop((150, 0, 300, 150))).getbbox()
            is None
        )


@pytest.mark.parametrize("size", [(30, 20), (200, 15), (20, 400)])
def test_a_picture_too_small_for_legible_text_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(explicit.ExplicitLabelError) as caught:
        write_image(picture("PNG", Image.new("RGB", size)), LABEL, "bottom")
    assert caught.value.code == "too_small"
    assert caught.value.text("en") == (
        f'the picture has only {size[0]}x{size[1]} pixels: "AI生成" does not fit at a legible, sufficient height'
    )
    assert caught.value.text("zh").startswith(f"画面仅 {size[0]}×{size[1]} 像素")


def test_a_narrow_picture_gets_two_lines() -> None:
    mark = mark_for(LABEL, (34, 300), SHARE)
    assert mark.size[1] > 2 * mark.em
    assert all(finding.ok for finding in check_image(_marked((34, 300)), [LABEL]))


def test_a_missing_glyph_is_refused_never_drawn_as_a_box() -> None:
    with pytest.raises(explicit.ExplicitLabelError) as caught:
        mark_for("AI生成 한국", (800, 600), SHARE)
    assert caught.value.code == "missing_glyphs"
    assert "한국" in caught.value.text("en")


def test_a_mark_that_was_scaled_down_with_its_picture_is_not_passed() -> None:
    with Image.open(io.BytesIO(_marked(SIZE))) as opened:
        smaller = picture("PNG", opened.resize((220, 150)))
    assert [finding.ok for finding in check_image(smaller, [LABEL])] == [None]


@pytest.mark.parametrize("level", [150, 190])
def test_a_mark_with_too_little_contrast_is_seen_and_not_passed(level: int) -> None:
    with Image.open(io.BytesIO(_marked(SIZE))) as opened:
        pale = opened.point([level + at * (255 - level) // 255 for at in range(256)] * 3)
    findings = {finding.code: finding.ok for finding in check_image(picture("PNG", pale), [LABEL])}
    assert findings["contrast"] is False


def test_a_frame_without_the_mark_is_noticed() -> None:
    with Image.open(io.BytesIO(_marked((160, 120)))) as marked:
        frames = [marked.convert("RGB"), Image.new("RGB", (160, 120), "red")]
    moving = picture("PNG", frames[0], save_all=True, append_images=frames[1:], duration=100)
    assert check_image(moving, [LABEL])[0].ok is False


def _deep() -> bytes:
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 90, 90, 16, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(90 * 541)))
        + chunk(b"IEND", b"")
    )


def _pages() -> bytes:
    return picture("TIFF", busy(SIZE), save_all=True, append_images=[busy(SIZE)])


@pytest.mark.parametrize(("make", "code"), [(_deep, "depth"), (_pages, "several_pictures")])
def test_what_coding_again_would_lose_is_refused(make: Any, code: str) -> None:
    with pytest.raises(explicit.ExplicitLabelError) as caught:
        write_image(make(), LABEL, "bottom")
    assert caught.value.code == code


@pytest.mark.parametrize("content", [b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"BM"])
def test_a_broken_picture_is_told(content: bytes) -> None:
    with pytest.raises(explicit.ExplicitLabelError) as caught:
        check_image(content + bytes(30), [LABEL])
    assert caught.value.code == "damaged"


def test_a_picture_that_claims_to_be_huge_is_refused_before_its_pixels_are_read() -> None:
    small = picture("BMP", Image.new("L", (8, 8)))
    for side in (11_000, 60_000):
        bomb = small[:18] + side.to_bytes(4, "little") * 2 + small[26:]
        with pytest.raises(explicit.ExplicitLabelError) as caught:
            check_image(bomb, [LABEL])
        assert caught.value.code == "too_large"


def _marked(size: tuple[int, int]) -> bytes:
    return write_image(picture("PNG", Image.new("RGB", size, (90, 120, 150))), LABEL, "bottom_right")


def _read(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(content)) as opened:
        return opened.convert("RGB")


def _frames(content: bytes) -> Iterator[tuple[Image.Image, float]]:
    with Image.open(io.BytesIO(content)) as opened:
        for number in range(opened.n_frames):  # type: ignore[attr-defined]
            opened.seek(number)
            opened.load()
            yield opened.convert("RGBA"), opened.info["duration"]


def _seen(image: Image.Image) -> bytes:
    """What is seen of a picture: the colour under a clear pixel does not count."""
    return Image.alpha_composite(Image.new("RGBA", image.size, "lime"), image).tobytes()


def _ink(ink: Image.Image, box: tuple[int, int, int, int]) -> int:
    left, top, width, height = box
    found = ink.crop((left, top, left + width, top + height)).point([255 * (at >= 128) for at in range(256)]).getbbox()
    return found[3] - found[1] if found else 0


def _histograms(image: Image.Image) -> list[list[int]]:
    return [channel.histogram() for channel in image.split()]
