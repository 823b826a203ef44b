"""The published Model Law in both languages: what is found, each finding judged by a reader.

A finding is ``true`` if the two texts do differ there in number, force, actor, activity, time or term; ``open`` if
lawyers may disagree; ``false`` if they say the same. Reads ../shared/seeds and is skipped only without it.
"""

import pytest

from guiju.law.bilingual import Difference, compare_languages

from .conftest import Texts

JUDGED = {
    ("16.2", "B111"): "open",
    ("20.1", "B151"): "true",
    ("31.1", "B111"): "true",
    ("32.1", "B111"): "true",
    ("35.1", "B151"): "true",
    ("42.1.1", "B151"): "true",
    ("43.1", "B123"): "true",
    ("43.1.7", "B151"): "true",
    ("44.4", "B102"): "true",
    ("50.1", "B102"): "true",
    ("53.3", "B141"): "true",
    ("53.5", "B141"): "true",
    ("54.5", "B113"): "true",
    ("55.2", "B113"): "true",
    ("55.3", "B113"): "true",
    ("56.1", "B151"): "true",
    ("57.1", "B113"): "true",
    ("57.2", "B101"): "true",
    ("57.2", "B113"): "true",
    ("57.2", "B131"): "true",
    ("65.1.3", "B112"): "true",
    ("65.1.6", "B151"): "true",
    ("66.2", "B113"): "true",
    ("67.1", "B113"): "true",
    ("69.1.1", "B102"): "true",
    ("69.1.2", "B113"): "true",
    ("70.1", "B102"): "true",
    ("72.2", "B112"): "true",
    ("81.1.1", "B102"): "open",
    ("85.1", "B141"): "true",
    ("86.2", "B141"): "true",
    ("92.1", "B113"): "true",
    ("92.2", "B113"): "true",
    ("96.1", "B111"): "true",
    ("96.1", "B122"): "true",
    ("98.1", "B113"): "true",
    ("99.2", "B111"): "true",
    ("102.1.1", "B151"): "true",
    ("103.1", "B151"): "true",
}


@pytest.fixture(scope="module")
def found(texts: Texts) -> tuple[Difference, ...]:
    return compare_languages(texts["mail4", "zh", "4.0"], texts["mail4", "en", "4.0"])


@pytest.mark.parametrize(
    ("place", "code", "chinese", "english"),
    [
        ("50.1", "B102", "五年以上", "exceeds five years"),
        ("96.1", "B122", "研发、提供、使用", "research, development, or provision"),
        ("57.2", "B101", None, "no less than two years"),
        ("57.2", "B131", None, "AI providers must retain records"),
        ("44.4", "B102", "十个工作日", "up to 10 working days"),
        ("53.5", "B141", "立即", "promptly"),
        ("102.1.1", "B151", None, "intellectual property"),
    ],
)
def test_the_known_differences_are_found(
    found: tuple[Difference, ...], place: str, code: str, chinese: str | None, english: str
) -> None:
    (one,) = [each for each in found if str(each.address) == f"mail4:{place}" and each.code == code]
    assert one.chinese == chinese
    assert one.english is not None
    assert one.english.startswith(english)


def test_every_finding_has_been_judged_and_few_are_false(found: tuple[Difference, ...]) -> None:
    places = [(str(each.address).partition(":")[2], str(each.code)) for each in found]
    assert set(places) == set(JUDGED), "judge what is new, and correct the figures in docs/bilingual.md"
    judgements = [JUDGED[place] for place in places]
    counts = {judgement: judgements.count(judgement) for judgement in ("true", "open", "false")}
    print(f"{len(found)} differences reported: {counts}")
    assert counts["false"] <= len(found) // 10


def test_a_quotation_is_a_few_words(found: tuple[Difference, ...]) -> None:
    for each in found:
        assert len(each.chinese or "") <= 17
        assert len((each.english or "").split()) <= 8
