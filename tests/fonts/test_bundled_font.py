"""The bundled font: what it can draw, what it cannot, and that it is the file its README describes."""

from __future__ import annotations

import hashlib
import re
import struct
from pathlib import Path

import pytest

from guiju import fonts


@pytest.mark.parametrize(
    "text",
    [
        "AI生成",
        "由人工智能生成合成内容",
        "规矩：第六十六条第一款（二〇二六年）〔2026〕第1号",
        "Résumé, naïve – “quoted” … ‘it’s’ — §12 ¶3 №7 20℃ €5 ¥100 £9 ©®™ ½ ±2 ×3 ÷4",
        "→ ← ↑ ↓ ⇒ ■ □ ▲ △ ● ○ ★ ☆ ✓ ① ⑳ ㈠ Ⅻ ─│┌┐└┘├┤┬┴┼",
        "ＡＢＣａｂｃ０１２３，。；：？！（）《》【】、～",
        "nǐ hǎo lǚ pīnyīn",
        "赟堃喆翀昇旻玥琤婧",
        "劉德華 張學友 鄭裕玲 臺灣 香港 澳門",
        "line one\nline two\tand a tab\r\n",
        "",
    ],
)
def test_what_labels_letters_and_names_need_can_be_drawn(text: str) -> None:
    assert fonts.missing_glyphs(text) == ""


def test_every_character_of_gb2312_can_be_drawn() -> None:
    cells = (bytes([row, cell]) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    characters = "".join(each.decode("gb2312", "ignore") for each in cells)
    assert len(characters) == 6763
    assert fonts.missing_glyphs(characters) == ""


def test_the_ideographs_of_the_national_table_beyond_the_basic_plane_can_be_drawn() -> None:
    assert fonts.missing_glyphs("𠙶𫗧𬭎𬺈") == ""


def test_missing_characters_are_named_once_each_in_order() -> None:
    assert fonts.missing_glyphs("好😀a한😀글") == "😀한글"


def test_an_invisible_character_without_a_glyph_is_missing_too() -> None:
    assert fonts.missing_glyphs("A\ufe0fI") == "\ufe0f"


def test_the_file_is_the_one_the_readme_describes() -> None:
    path = fonts.font_path()
    described = (path.parent / "README.md").read_text(encoding="utf-8")
    assert hashlib.sha256(path.read_bytes()).hexdigest() in described
    assert f"{path.stat().st_size:,} bytes" in described
    count = re.search(r"([\d,]+) characters\)", described)
    assert count is not None
    assert int(count[1].replace(",", "")) == len("".join(map(chr, range(0x110000)))) - _missing_in_all()


def _missing_in_all() -> int:
    # Tab, line feed and carriage return have no glyph and are never reported.
    return len(fonts.missing_glyphs("".join(map(chr, range(0x110000))))) + 3


def test_the_licence_travels_with_the_font_and_its_name_is_its_own() -> None:
    path = fonts.font_path()
    licence = (path.parent / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Adobe" in licence
    content = path.read_bytes()
    assert fonts.FAMILY.encode("utf-16-be") in content
    assert "Noto Sans CJK SC".encode("utf-16-be") in content, "acknowledged in the description"
    assert _names(content)[1] == fonts.FAMILY
    for number in (1, 4, 6):
        assert not re.search("Noto|Source|思源", _names(content)[number])


def _names(content: bytes) -> dict[int, str]:
    """Read the name table: the family is 1, the full name 4, the PostScript name 6."""
    (count,) = struct.unpack_from(">H", content, 4)
    for tag, _, offset, _ in struct.iter_unpack(">4sIII", content[12 : 12 + 16 * count]):
        if tag == b"name":
            _, records, texts = struct.unpack_from(">HHH", content, offset)
            return {
                number: content[offset + texts + at : offset + texts + at + length].decode("utf-16-be")
                for _, _, _, number, length, at in struct.iter_unpack(
                    ">HHHHHH", content[offset + 6 : offset + 6 + 12 * records]
                )
            }
    return {}


@pytest.mark.parametrize("content", [None, b"", b"OTTO\x00\x01", b"OTTO" + bytes(400)])
def test_a_damaged_or_missing_font_is_told_in_both_languages(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "GuijuSans-Regular.otf"
    if content is not None:
        broken.write_bytes(content)
    monkeypatch.setattr(fonts, "_FILE", broken)
    fonts._covered.cache_clear()
    with pytest.raises(fonts.FontError, match="missing or damaged; install guiju again") as caught:
        fonts.missing_glyphs("a")
    assert "请重新安装" in caught.value.text("zh")
    fonts._covered.cache_clear()
