"""The imported texts have exactly the structure that a reader of the Chinese texts counted."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from guiju.law.compare import align, differing
from guiju.law.provisions import Article, Text

from .conftest import Texts

EXPECTED: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "structure.yaml").read_text("utf-8"))

STRUCTURES = [
    (("mail4", "zh", "4.0"), "mail4"),
    (("mail4", "en", "4.0"), "mail4"),
    (("genai", "zh", "final"), "genai"),
    (("genai", "zh", "commentary"), "genai"),
    (("genai", "zh", "draft"), "genai_draft"),
]


def structure(text: Text) -> dict[int, list[int]]:
    return {article.number: [len(paragraph.items) for paragraph in article.paragraphs] for article in text.articles}


def place(article: Article) -> str:
    assert article.chapter is not None
    return f"{article.chapter.number}" + (f".{article.section.number}" if article.section else "")


def test_the_published_files_hold_these_texts_and_no_others(texts: Texts) -> None:
    assert sorted(texts) == sorted(key for key, _ in STRUCTURES)


@pytest.mark.parametrize(("key", "expected"), STRUCTURES, ids=[".".join(key) for key, _ in STRUCTURES])
def test_every_article_paragraph_and_item_is_found_and_none_invented(
    texts: Texts, key: tuple[str, str, str], expected: str
) -> None:
    assert structure(texts[key]) == EXPECTED[expected]


@pytest.mark.parametrize(
    ("key", "law"),
    [
        (("mail4", "zh", "4.0"), "mail4"),
        (("mail4", "en", "4.0"), "mail4"),
        (("genai", "zh", "commentary"), "genai"),
    ],
)
def test_every_article_stands_in_its_chapter_and_section(texts: Texts, key: tuple[str, str, str], law: str) -> None:
    found: dict[str, list[int]] = {}
    for article in texts[key].articles:
        found.setdefault(place(article), []).append(article.number)
    assert {name: [numbers[0], numbers[-1]] for name, numbers in found.items()} == EXPECTED["divisions"][law]


def test_both_languages_of_the_model_law_align_one_to_one(texts: Texts) -> None:
    alignment = align(texts["mail4", "zh", "4.0"], texts["mail4", "en", "4.0"])
    assert alignment.one_to_one
    assert len(alignment.shared) == 205 + 108


def test_the_final_text_that_the_commentary_quotes_is_the_published_one(texts: Texts) -> None:
    published, quoted = texts["genai", "zh", "final"], texts["genai", "zh", "commentary"]
    alignment = align(published, quoted)
    assert (alignment.only_left, alignment.only_right) == ((), ())
    assert differing(published, quoted) == ()
    # The one difference: the web page leaves the chapter headings out.
    assert alignment.regrouped == tuple(range(1, 25))
    assert all(article.chapter is None for article in published.articles)
