"""What is wrong with a rulebook is refused with its file and line, and with what to do.

Each file of rulebooks/bad holds the wrong lines and the exact message; its twin in rulebooks/good holds them put
right, and loads. Both stand on the small vocabulary below.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from guiju.documents.errors import DocumentError
from tests.engine.strategies import linked_from

HERE = Path(__file__).parent / "rulebooks"
BAD = sorted((HERE / "bad").glob("*.yaml"))
GOOD = sorted((HERE / "good").glob("*.yaml"))

COMMON = {
    "common/facts.yaml": """
- {fact: has_users, of: system, type: bool, question: {zh: 甲, en: a}}
- {fact: is_public, of: system, type: bool, question: {zh: 甲, en: a}}
- {fact: users, of: system, type: count, question: {zh: 甲, en: a}}
- {fact: tier, of: system, type: choice, choices: [low, high], question: {zh: 甲, en: a}}
- {fact: media, of: system, type: set, choices: [image, text], question: {zh: 甲, en: a}}
""",
    "common/events.yaml": """
- {event: outage, of: system, label: {zh: 甲, en: a}, question: {zh: 甲, en: a}, attributes: {is_major: bool}}
""",
    "common/parties.yaml": "- {party: provider, label: {zh: 甲, en: a}}\n",
    "law/law.yaml": """
key: law
title: {zh: 甲, en: a}
short: {zh: 甲, en: a}
version: "1"
status: model
in_force_from: null
scope: has_users
scope_cites: []
articles: 30
encoded: ["1-3"]
""",
    "law/readings.yaml": """
- reading: how
  question: {zh: 甲, en: a}
  cites: []
  default: wide
  candidates: [{id: wide, reason: {zh: 甲, en: a}}, {id: narrow, reason: {zh: 甲, en: a}}]
""",
}


def load(example: Path, folder: Path) -> None:
    files: dict[str, Any] = yaml.safe_load(example.read_text("utf-8"))["files"]
    linked_from({**COMMON, **files}, folder)


@pytest.mark.parametrize("example", BAD, ids=lambda path: path.stem)
def test_a_wrong_rulebook_is_refused_with_its_line(example: Path, tmp_path: Path) -> None:
    expected = yaml.safe_load(example.read_text("utf-8")).get("refused")
    with pytest.raises(DocumentError) as refused:
        load(example, tmp_path)
    assert str(refused.value).replace(f"{tmp_path}/", "") + "\n" == expected


@pytest.mark.parametrize("example", GOOD, ids=lambda path: path.stem)
def test_the_same_put_right_is_accepted(example: Path, tmp_path: Path) -> None:
    load(example, tmp_path)


def test_every_wrong_rulebook_has_its_right_twin() -> None:
    assert [path.stem for path in BAD] == [path.stem for path in GOOD]


def test_a_folder_without_rulebooks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"holds no rulebook: there is no <law>/law\.yaml"):
        linked_from({}, tmp_path)
