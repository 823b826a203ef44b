"""The draft and the final Interim Measures, compared without being told which articles belong together.

The commentary sets them side by side; the pairs below are its rows, read off by a person. Reads ../shared/seeds
and is skipped only without it.
"""

import random

import pytest

from guiju.law.provisions import Article, Text
from guiju.law.versions import Change, Kind, compare_versions

from .conftest import Texts

ROWS = {
    1: [1],
    2: [2, 22],
    3: [6],
    4: [4],
    5: [9],
    6: [17],
    7: [7],
    8: [8],
    10: [10],
    11: [11],
    13: [15],
    14: [13],
    15: [14],
    16: [12],
    17: [19],
    18: [10, 18],
    19: [14],
    20: [21],
    21: [24],
}
DELETED = {9, 12}


@pytest.fixture(scope="module")
def changes(texts: Texts) -> tuple[Change, ...]:
    return compare_versions(texts["genai", "zh", "draft"], texts["genai", "zh", "final"])


def test_nearly_every_article_is_found_and_few_are_wrong(changes: tuple[Change, ...]) -> None:
    found = {(old.article, new.article) for change in changes for old in change.old for new in change.new}
    expected = {(old, new) for old, news in ROWS.items() for new in news}
    right = found & expected
    print(f"precision {len(right)}/{len(found)}, recall {len(right)}/{len(expected)}")
    assert len(right) / len(found) >= 0.9
    assert len(right) / len(expected) >= 0.9


def test_the_two_deleted_articles_are_found(changes: tuple[Change, ...]) -> None:
    assert {change.old[0].article for change in changes if change.kind is Kind.DELETED} == DELETED


@pytest.mark.parametrize(
    ("article", "kind", "moved"),
    [
        (3, Kind.ADDED, False),
        (9, Kind.REWORDED, True),
        (10, Kind.MERGED, False),
        (14, Kind.MERGED, False),
        (17, Kind.REWORDED, True),
        (20, Kind.ADDED, False),
        (22, Kind.SPLIT, True),
    ],
)
def test_the_kinds_are_those_of_the_table(changes: tuple[Change, ...], article: int, kind: Kind, moved: bool) -> None:
    (change,) = [each for each in changes if each.new and each.new[0].article == article]
    assert (change.kind, change.moved) == (kind, moved)


def test_the_numbers_that_the_final_text_dropped_are_shown(changes: tuple[Change, ...]) -> None:
    lost = {
        change.new[0].article: change.wording.numbers_lost
        for change in changes
        if change.new and change.wording.numbers_lost
    }
    assert lost == {14: ("3个月内",), 21: ("一万元以上", "十万元以下")}


def test_the_page_and_the_commentary_hold_one_final_text(texts: Texts) -> None:
    same = compare_versions(texts["genai", "zh", "final"], texts["genai", "zh", "commentary"])
    assert {(change.kind, change.moved) for change in same} == {(Kind.UNCHANGED, False)}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_shuffled_and_shortened_model_law_is_put_together_again(texts: Texts, language: str) -> None:
    text = texts["mail4", language, "4.0"]
    dice = random.Random(20260531)
    dropped = set(dice.sample(range(1, 115), 10))
    kept = [article for article in text.articles if article.number not in dropped]
    dice.shuffle(kept)
    renumbered = tuple(
        Article(number, article.heading, article.chapter, article.section, article.paragraphs)
        for number, article in enumerate(kept, start=1)
    )
    found = compare_versions(text, Text(text.law, language, "shuffled", renumbered))
    assert {change.old[0].article for change in found if change.kind is Kind.DELETED} == dropped
    pairs = {(old.article, new.article) for change in found for old in change.old for new in change.new}
    assert pairs == {(article.number, number) for number, article in enumerate(kept, start=1)}
