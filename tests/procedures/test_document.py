"""docs/procedures.md: its example loads, its script holds, and every code that it names exists."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

from guiju.procedures.catalogue import built_in_types
from guiju.procedures.conditions import ACT_WORDS, CLOCK_WORDS, WORDS
from guiju.procedures.diagram import svg
from guiju.procedures.expectations import misses
from guiju.procedures.loading import parse_case_type
from guiju.procedures.problem_texts import MESSAGES
from guiju.procedures.refusals import REASONS
from guiju.procedures.running import play
from guiju.procedures.script import parse_script
from tests.procedures.at_hand import TYPES_FOLDER, lawbook

DOCS = Path(__file__).parents[2] / "docs"
DOCUMENT = (DOCS / "procedures.md").read_text("utf-8")


def block(heading: str) -> str:
    """The first indented block of a section."""
    section = DOCUMENT.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("    ")]
    return textwrap.dedent("\n".join(lines)) + "\n"


def test_the_example_is_a_case_type_and_the_script_holds() -> None:
    kind = parse_case_type(block("A small example"), "mail4", lawbook(), file="docs/procedures.md")
    script = parse_script(block("A scripted run, and a scenario test"), "docs/procedures.md")
    assert [miss.text("en") for miss in misses(play(script, kind))] == []


def test_the_example_is_the_one_that_the_tests_use() -> None:
    used = (TYPES_FOLDER / "mail4/procedures/notice_of_change.yaml").read_text("utf-8")
    assert block("A small example").split() == used.split()


def test_every_refusal_is_listed() -> None:
    section = DOCUMENT.split("## Refusals", 1)[1].split("\n## ", 1)[0]
    assert set(re.findall(r"`([a-z_]+)`", section)) >= REASONS.keys()


def test_every_word_of_expressions_is_listed() -> None:
    section = DOCUMENT.split("### Expressions", 1)[1].split("\n## ", 1)[0]
    for word in (*WORDS, *CLOCK_WORDS, *ACT_WORDS):
        assert re.search(rf"`{word}[`(]", section), word


def test_every_code_lies_in_a_range_that_is_listed() -> None:
    ranges = [(int(a), int(b)) for a, b in re.findall(r"C(\d+)(?: –|,) C(\d+)", DOCUMENT)]
    for message in MESSAGES.values():
        assert any(low <= int(message.code[1:]) <= high for low, high in ranges), message.code


def test_the_picture_is_the_one_that_the_command_draws() -> None:
    picture = (DOCS / "images/filing.svg").read_text("utf-8")
    assert picture == svg(built_in_types().get("mail4/filing"), "en"), "renew it: guiju case diagram mail4/filing"
