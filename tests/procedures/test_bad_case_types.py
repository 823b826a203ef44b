"""What the loader refuses: one file for each kind of fault, with the message in both languages.

A file in `bad/` names a good case type, the text that is changed in it, and what the loader then says.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from guiju.procedures.loading import parse_case_type
from guiju.procedures.problem_texts import MESSAGES
from guiju.procedures.problems import ProcedureError
from tests.procedures.at_hand import HERE, TYPES_FOLDER, lawbook

BAD = sorted((HERE / "bad").glob("*.yaml"))
BOOK = lawbook()
ELSEWHERE = {"no_such_type", "several_types", "no_such_version", "changed_in_place", "script_order", "script_value"}
"""Kinds that do not come from reading one case type: see test_versions.py and test_scripts.py."""


def refused(bad: dict[str, Any]) -> ProcedureError:
    """Change the good case type and load it."""
    text = (TYPES_FOLDER / f"mail4/procedures/{bad['base']}.yaml").read_text("utf-8")
    for change in bad["change"]:
        assert change["from"] in text, f"the good case type no longer holds {change['from']!r}"
        text = text.replace(change["from"], change["to"], 1)
    with pytest.raises(ProcedureError) as caught:
        parse_case_type(text, "mail4", BOOK, file=f"{bad['base']}.yaml", stem=bad.get("stem", bad["base"]))
    return caught.value


@pytest.mark.parametrize("path", BAD, ids=[path.stem for path in BAD])
def test_the_loader_says_what_is_wrong_where_and_how_to_mend_it(path: Path) -> None:
    bad = yaml.safe_load(path.read_text("utf-8"))
    error = refused(bad)
    assert error.text("en") == bad["says"]["en"].strip()
    assert error.text("zh") == bad["says"]["zh"].strip()
    assert MESSAGES[path.stem.partition(".")[0]].code in {problem.code for problem in error.problems}


def test_every_kind_of_fault_has_a_file() -> None:
    assert {path.stem.partition(".")[0] for path in BAD} == MESSAGES.keys() - ELSEWHERE


def test_codes_are_unique() -> None:
    codes = [message.code for message in MESSAGES.values()]
    assert len(codes) == len(set(codes))


def test_all_faults_of_a_file_are_told_at_once_in_its_order() -> None:
    error = refused(
        {
            "base": "notice_of_change",
            "change": [{"from": "to: submitted", "to": "to: sent"}, {"from": "by: reviewer", "to": "by: judge"}],
        }
    )
    assert [problem.code for problem in error.problems] == ["C120", "C121"]


def test_what_is_no_yaml_is_told_with_its_line() -> None:
    error = refused({"base": "permit", "change": [{"from": "title: {zh", "to": "title: {{zh"}]})
    assert error.problems[0].code.startswith("P1")
