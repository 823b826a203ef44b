"""Whatever stands in a published law stands in the imported text, in the same order, and nothing else."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from guiju.law.compare import normalised
from guiju.law.numerals import format_numeral
from guiju.law.provisions import Text

from .conftest import Texts

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII")


def rebuilt_chinese(text: Text) -> Iterator[str]:
    chapter = section = None
    for article in text.articles:
        if article.chapter and article.chapter != chapter:
            chapter = article.chapter
            yield f"第{format_numeral(chapter.number)}章{chapter.title}"
        if article.section and article.section != section:
            section = article.section
            yield f"第{format_numeral(section.number)}节{section.title}"
        heading = f"（{article.heading}）" if article.heading else ""
        yield f"第{format_numeral(article.number)}条{heading}"
        for paragraph in article.paragraphs:
            yield paragraph.text
            for number, item in enumerate(paragraph.items, start=1):
                yield f"（{format_numeral(number)}）{item.text}"


def rebuilt_english(text: Text) -> Iterator[str]:
    chapter = section = None
    for article in text.articles:
        if article.chapter and article.chapter != chapter:
            chapter = article.chapter
            yield f"CHAPTER {ROMAN[chapter.number - 1]} {chapter.title}"
        if article.section and article.section != section:
            section = article.section
            yield f"SECTION {section.number}: {section.title}"
        yield f"ARTICLE {article.number} – {article.heading}"
        for paragraph in article.paragraphs:
            yield paragraph.text
            for number, item in enumerate(paragraph.items, start=1):
                yield f"{number}. {item.text}"


def bare(lines: Iterable[str]) -> str:
    """Leave out what is typesetting: spaces, heading and list marks, emphasis, width of punctuation."""
    return re.sub(r"[#*-]", "", normalised("".join(lines)))


def seed(seeds: Iterable[Path], number: str) -> list[str]:
    return next(path for path in seeds if path.name.startswith(number)).read_text("utf-8").splitlines()


def from_last(lines: list[str], start: str) -> list[str]:
    """Give the lines from the last one that starts so: the table of contents has it before."""
    return lines[max(number for number, line in enumerate(lines) if bare([line]).startswith(start)) :]


def test_the_chinese_model_law(seeds: tuple[Path, ...], texts: Texts) -> None:
    body = from_last(seed(seeds, "000"), "第一章")
    assert bare(body) == bare(rebuilt_chinese(texts["mail4", "zh", "4.0"]))


def test_the_english_model_law(seeds: tuple[Path, ...], texts: Texts) -> None:
    lines = seed(seeds, "001")
    start = max(number for number, line in enumerate(lines) if line.strip() == "# CHAPTER I")
    assert bare(lines[start:]) == bare(rebuilt_english(texts["mail4", "en", "4.0"]))


def test_the_web_page(seeds: tuple[Path, ...], texts: Texts) -> None:
    body = from_last(seed(seeds, "002"), "第一条")
    law = [line for line in body if line.startswith(" ")]
    assert bare(law) == bare(rebuilt_chinese(texts["genai", "zh", "final"]))
    noise = "".join(line for line in body if not line.startswith(" "))
    assert "条 " not in noise
    assert "。" not in noise


def test_the_two_columns_together(seeds: tuple[Path, ...], texts: Texts) -> None:
    table = from_last(seed(seeds, "003"), "图例")[1:]
    draft, final = texts["genai", "zh", "draft"], texts["genai", "zh", "commentary"]
    twice = "第十八条" + draft.articles[17].paragraphs[0].text  # set beside two articles of the final text
    printed_besides = ["（第一款）", "第二条（第二款）", "《暂行办法》删除条款", twice]
    expected = [*rebuilt_chinese(draft), *rebuilt_chinese(final), *printed_besides]
    assert Counter(bare(table)) == Counter(bare(expected))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_article_of_the_model_law_has_its_heading(texts: Texts, language: str) -> None:
    for article in texts["mail4", language, "4.0"].articles:
        assert article.heading


@pytest.mark.parametrize("version", ["final", "draft", "commentary"])
def test_the_measures_have_no_headings_of_articles(texts: Texts, version: str) -> None:
    assert all(article.heading is None for article in texts["genai", "zh", version].articles)


def test_marks_of_typesetting_stay_out_of_the_text(texts: Texts) -> None:
    for text in texts.values():
        for article in text.articles:
            for paragraph in article.paragraphs:
                for written in (paragraph.text, *(item.text for item in paragraph.items)):
                    assert not re.search(r"[#*\n\t]|  |法宝|^[（(-]", written), (text.name, article.number)


def test_an_unfilled_date_stays_unfilled(texts: Texts) -> None:
    assert " 年 月 日" in texts["mail4", "zh", "4.0"].articles[113].paragraphs[0].text
    assert " 年 月 日" in texts["genai", "zh", "draft"].articles[20].paragraphs[0].text
