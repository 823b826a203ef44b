"""The report in a terminal: readable at 80 and 120 columns, piped without colour, short enough to be read."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from rich.cells import cell_len

from guiju.assess.assessment import Assessment
from guiju.assess.report.text import render_text
from guiju.engine.questions import next_questions

from .profiles import Assess
from .report_pages import with_systems

HAN = re.compile(r"[\u4e00-\u9fff]")


def text_of(assessment: Assessment, lang: str = "en", width: int = 80, *, colour: bool = False) -> str:
    questions = next_questions(assessment.cases, assessment.norms)
    return render_text(assessment, lang, questions, width=width, colour=colour)


@pytest.fixture
def late(assess_profile: Assess, provider: dict[str, Any]) -> Assessment:
    provider["events"] = [
        {"event": "users_exceeded_1m", "date": dt.date(2026, 9, 28), "system": "S"},
        {"event": "service_termination_planned", "date": dt.date(2027, 8, 2), "system": "S"},
    ]
    return assess_profile(provider)


@pytest.mark.parametrize("width", [80, 100, 120])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("count", [1, 3, 40])
def test_no_line_is_wider_than_the_terminal(
    assess_profile: Assess, provider: dict[str, Any], count: int, lang: str, width: int
) -> None:
    provider["organisation"]["name"] = "很长的组织名称" * 12 + "AndLatinWithoutSpaces" * 5
    text = text_of(assess_profile(with_systems(provider, count)), lang, width)
    assert [line for line in text.split("\n") if cell_len(line) > width] == []


@pytest.mark.parametrize("count", [1, 3, 40])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_stays_short(assess_profile: Assess, provider: dict[str, Any], count: int, lang: str) -> None:
    assert len(text_of(assess_profile(with_systems(provider, count)), lang).split("\n")) < 300


def test_a_pipe_gets_no_colour_and_a_terminal_does(late: Assessment) -> None:
    assert "\x1b" not in text_of(late)
    assert "\x1b[1;31m" in text_of(late, colour=True)


def test_nothing_trails_at_the_end_of_a_line(late: Assessment) -> None:
    assert [line for line in text_of(late).split("\n") if line != line.rstrip()] == []


def test_what_is_overdue_stands_before_what_is_due(late: Assessment) -> None:
    text = text_of(late)
    assert "1 overdue" in text
    assert text.index("▲ overdue") < text.index("● due")
    assert "37 days overdue" in text
    assert "Article 66, paragraph 1, Model AI Law" in text


def test_chinese_is_chinese_and_english_english(late: Assessment) -> None:
    assert not HAN.search(text_of(late, "en"))
    own = [line for line in text_of(late, "zh").split("\n") if re.search("[A-Za-z]{3,}", line)]
    allowed = re.compile(r"Example|guiju ask|--format html|^\s+[a-z_]+ · |HTML")
    assert [line for line in own if not allowed.search(line)] == []


def test_exactly_one_million_is_told_of(assess_profile: Assess, provider: dict[str, Any]) -> None:
    provider["systems"][0]["registered_users"] = 1_000_000
    assessment = assess_profile(provider)
    assert "exactly a million is in neither" in " ".join(text_of(assessment).split())
    assert "恰好一百万两边都不算" in text_of(assessment, "zh", 120)


def test_an_unknown_count_is_asked_for(assess_profile: Assess, provider: dict[str, Any]) -> None:
    del provider["systems"][0]["registered_users"]
    assert "registered_users · " in text_of(assess_profile(provider))


def test_it_says_where_the_rest_is(late: Assessment) -> None:
    assert "--format html" in text_of(late)
    assert "--format html" in text_of(late, "zh")


def test_fines_are_ranges(late: Assessment) -> None:
    text = " ".join(text_of(late, width=120).split())
    assert "¥10,000 – ¥100,000" in text
    assert "revenue unknown" in text


def test_the_laws_are_named_with_their_force(late: Assessment) -> None:
    text = " ".join(text_of(late).split())
    assert "in force since 2023-08-15" in text
    assert "without legal force" in text


def test_what_only_arises_in_proceedings_is_no_open_question(assess_profile: Assess, provider: dict[str, Any]) -> None:
    del provider["systems"][0]["registered_users"]
    assessment = assess_profile(provider)
    text = " ".join(text_of(assessment).split())
    waiting, rest = re.findall(r"(\d+) waiting for your answers · (\d+) only arise in proceedings", text)[0]
    assert int(waiting) + int(rest) == sum(f.status == "undetermined" for f in assessment.findings)
    assert f"{waiting} norms wait for your answers; answer these first" in text
    assert f"{rest} more only arise in proceedings or a dispute; nobody asks for them now." in text
