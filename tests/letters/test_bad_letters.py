"""What the loader refuses: one file for each kind of fault, with the message in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from guiju.letters.problem_texts import FORM, MESSAGES, SENT, WRITTEN
from guiju.letters.problems import LetterError
from guiju.letters.reading import parse_letter, parse_remedies
from tests.letters.at_hand import SHELF
from tests.letters.bad_cases import BAD, GOOD, changed


def test_the_good_letter_is_accepted() -> None:
    letter = parse_letter(GOOD, "mail4", SHELF.book, file="refusal.yaml", stem="refusal")
    assert [part.content for part in letter.body] == ["paragraph", "prose", "remedy"]


@pytest.mark.parametrize("path", BAD, ids=[path.stem for path in BAD])
def test_the_loader_says_what_is_wrong_where_and_how_to_mend_it(path: Path) -> None:
    text, bad = changed(path)
    with pytest.raises(LetterError) as caught:
        parse_letter(text, "mail4", SHELF.book, file="refusal.yaml", stem="refusal")
    assert caught.value.text("en") == bad["says"]["en"].strip()
    assert caught.value.text("zh") == bad["says"]["zh"].strip()
    assert MESSAGES[path.stem.partition(".")[0]].code in {problem.code for problem in caught.value.problems}


def test_every_kind_of_fault_of_a_letter_has_a_file() -> None:
    assert {path.stem.partition(".")[0] for path in BAD} == {*FORM, *WRITTEN} - {"not_a_list"}


def test_codes_are_unique() -> None:
    codes = [message.code for message in {**WRITTEN, **SENT}.values()]
    assert len(codes) == len(set(codes))


def test_remedies_are_a_list() -> None:
    with pytest.raises(LetterError, match=r"remedies.yaml:1: L201"):
        parse_remedies("remedy: open\n", SHELF.book, file="remedies.yaml")


def test_a_remedy_names_provisions_that_exist() -> None:
    text = "- {remedy: open, acts_under: mail4:999, decision: {zh: 一, en: a}, notice: {zh: 一, en: a}, cites: act}\n"
    with pytest.raises(LetterError, match=r"C107 remedies / open: there is no provision `mail4:999`"):
        parse_remedies(text, SHELF.book, file="remedies.yaml")


def test_what_is_no_yaml_is_told_with_its_line() -> None:
    with pytest.raises(LetterError, match=r"refusal.yaml:2: P"):
        parse_letter("letter: refusal\nmark: {{zh\n", "mail4", SHELF.book, file="refusal.yaml")
