"""Letters as PDF: the same words, nothing read as markup, one font, the same bytes; pages that hold together."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from pypdf import PdfReader

from guiju.letters.model import Letter
from guiju.letters.page import pdf
from guiju.letters.plain import number_line, text
from guiju.letters.problems import LetterError
from tests.letters.at_hand import LETTERS, Parade, letter_of

MARKUP = [
    "#panic()", "#sys.inputs", "*bold* _it_", "$x^2$", r"\ backslash \u{41}", "`raw` ```code```", "= Heading",
    "- item + item / term: x", "<label> @ref", "// comment /* c */", "{case_number} {0} {}", "a~b -- c --- d ...",
    '"quoted" \'single\'', "[content](x)", "https://example.org/#a?b=c&d=%20",
]  # fmt: skip


def squeezed(said: str) -> str:
    return re.sub(r"\s+", "", said)


def pages(letter: Letter, lang: str) -> list[str]:
    return [squeezed(page.extract_text()) for page in PdfReader(io.BytesIO(pdf(letter, lang))).pages]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", LETTERS)
def test_the_page_says_what_the_text_says(name: str, lang: str) -> None:
    letter = letter_of(name)
    found = "".join(pages(letter, lang))
    for line in text(letter, lang).splitlines():
        said = squeezed(re.sub(r"^(- |\d+\. )", "", line))
        label, _, value = said.partition("：" if lang == "zh" else ":")
        assert said in found or (label in found and value in found), line


@pytest.mark.parametrize("said", MARKUP)
def test_a_text_is_never_read_as_markup(said: str) -> None:
    letter = Parade(applicant_name=said).does("2026-09-30", "refuse", reasons=said).letter()
    for lang in ("zh", "en"):
        assert "".join(pages(letter, lang)).count(squeezed(said)) == 2


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert pdf(letter_of("grant"), "zh") == pdf(letter_of("grant"), "zh")


@pytest.mark.parametrize(("lang", "language"), [("zh", "zh-CN"), ("en", "en-GB")])
def test_a_reader_learns_title_language_date_and_structure(lang: str, language: str) -> None:
    letter = letter_of("grant")
    reader = PdfReader(io.BytesIO(pdf(letter, lang)))
    root: Any = reader.trailer["/Root"]
    assert reader.metadata is not None
    assert reader.metadata.title == f"{letter.title.get(lang)} {number_line(letter, lang)}"
    assert str(reader.metadata.creation_date)[:10] == letter.date.isoformat()
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    xmp = root["/Metadata"].get_data().decode()
    assert re.search(r"pdfuaid:part(>|=\")1", xmp)
    assert re.search(r"pdfaid:part(>|=\")2", xmp)


def test_only_the_bundled_font_is_used_and_it_is_embedded() -> None:
    reader = PdfReader(io.BytesIO(pdf(letter_of("grant"), "zh")))
    resources: list[Any] = [page["/Resources"] for page in reader.pages]
    fonts = [font.get_object() for one in resources for font in one["/Font"].values()]
    assert fonts
    for font in fonts:
        descendant = font["/DescendantFonts"][0].get_object()
        assert re.fullmatch(r"/[A-Z]{6}\+GuijuSans-Regular(-Identity-H)?", font["/BaseFont"])
        assert "/FontFile3" in descendant["/FontDescriptor"]


def test_a_page_is_a4_and_numbered() -> None:
    letter = Parade().does("2026-09-30", "refuse", reasons="\n".join(["A long reason. " * 12] * 40)).letter()
    reader = PdfReader(io.BytesIO(pdf(letter, "en")))
    assert len(reader.pages) > 2
    for number, page in enumerate(reader.pages, 1):
        assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
        assert f"Page {number} of {len(reader.pages)}" in page.extract_text()


@pytest.mark.parametrize("lines", range(1, 60, 4))
def test_no_page_holds_the_signature_alone(lines: int) -> None:
    letter = Parade().does("2026-09-30", "refuse", reasons="\n".join(["没有符合要求的专职人员。"] * lines)).letter()
    last = pages(letter, "zh")[-1]
    assert "（印章）" in last
    assert "救济途径" in last
    assert letter.check.replace(" ", "") in last


def test_a_long_reference_does_not_run_off_the_page() -> None:
    address = "https://example.org/" + "a1b2c3d4e5" * 40
    letter = Parade().does("2026-09-30", "refuse", reasons=address).letter()
    reader = PdfReader(io.BytesIO(pdf(letter, "en")))
    rights: list[float] = []

    def visit(_text: str, _cm: Any, tm: Any, _font: Any, _size: Any) -> None:
        rights.append(float(tm[4]))

    found = squeezed("".join(page.extract_text(visitor_text=visit) for page in reader.pages))
    assert address in found
    assert max(rights) < 595


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_character_without_a_glyph_is_refused_with_its_field(lang: str) -> None:
    letter = Parade().does("2026-09-30", "refuse", reasons="Well done 🎉 한").letter()
    with pytest.raises(LetterError) as caught:
        pdf(letter, lang)
    assert caught.value.text("en") == (
        "refusal: L224 reasons (reasons): the font has no glyph for 🎉 (U+1F389), 한 (U+D55C)\n"
        "  fix: write these characters otherwise; nothing was written"
    )
    assert caught.value.text("zh") == (
        "refusal: L224 理由（reasons）：字体中没有 🎉 (U+1F389), 한 (U+D55C)\n  改法：换用别的写法；没有写出任何文件"
    )


def test_an_invisible_character_is_refused_as_well() -> None:
    letter = Parade(applicant_name="A\u202eB").letter()
    with pytest.raises(LetterError, match=r"name of the applicant \(applicant_name\).*U\+202E"):
        pdf(letter, "en")


def test_without_the_typesetter_the_error_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    with pytest.raises(LetterError) as caught:
        pdf(letter_of("receipt"), "en")
    assert "pip install 'guiju[letters]'" in caught.value.text("en")
    assert "pip install 'guiju[letters]'" in caught.value.text("zh")
