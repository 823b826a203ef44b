"""The worksheet for a fine as people see it, and the quoted wording of the law in the report."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import pytest

from guiju.assess.assessment import Assessment, assess
from guiju.assess.report.html import render_html as render_report
from guiju.assess.worksheet.html import render_html
from guiju.assess.worksheet.sheet import worksheet
from guiju.engine.questions import next_questions
from guiju.engine.rulebook import load_rulebooks
from guiju.law.provisions import Article, Item, Paragraph, Text
from guiju.profiles.profile import load_profile

from .chromium import needs_chromium, needs_poppler, printed, probe
from .test_report_in_chromium import CONTRAST, DESK, HAN, OPEN_ALL, OVERFLOW, PHONE, READ

pytestmark = [pytest.mark.browser, needs_chromium]

EXAMPLE = Path(__file__).parents[2] / "examples" / "xinghe-chat.yaml"
ENTER = "const f = document.getElementById('sum-1'); f.value = '%s'; return f.matches(':out-of-range');"


@cache
def assessed() -> Assessment:
    books = load_rulebooks()
    return assess(load_profile(EXAMPLE, books), books, as_of=dt.date(2026, 11, 22))


@cache
def form(lang: str, address: str = "mail4:96.2") -> str:
    return render_html(worksheet(assessed(), address), lang)


@cache
def report(lang: str) -> str:
    long = "一段很长的条文。" * 40, "A long provision of the law. " * 40
    texts = [
        Text("mail4", language, "4.0", (Article(66, None, None, None, (Paragraph(words, (Item(words),)),)),))
        for language, words in zip(("zh", "en"), long, strict=True)
    ]
    questions = next_questions(assessed().cases, assessed().norms)
    return render_report(assessed(), lang, questions, texts)


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_sticks_out_sideways(lang: str, width: int) -> None:
    for page in (form(lang), form(lang, "mail4:96.1"), report(lang)):
        seen = probe(page, OPEN_ALL + OVERFLOW, width=width)
        assert seen["page"] <= seen["right"]
        assert seen["beyond"] == []


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_every_text_has_enough_contrast(width: int) -> None:
    assert probe(form("en"), CONTRAST, width=width) == {}
    assert probe(report("en"), OPEN_ALL + CONTRAST, width=width) == {}


def test_the_switch_shows_one_language_at_a_time() -> None:
    assert not HAN.search(
        probe(form("zh"), READ % "en", width=DESK).replace("中文", "").replace("星河智能科技有限公司", "")
    )
    assert "Finding" not in probe(form("en"), READ % "zh", width=DESK)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_wording_is_shown_in_both_languages_whichever_is_chosen(lang: str) -> None:
    text = probe(report(lang), OPEN_ALL + READ % lang, width=DESK)
    assert "一段很长的条文。" in text
    assert "A long provision of the law." in text


@pytest.mark.parametrize(
    ("entered", "outside"),
    [("999999", True), ("1000000", False), ("34400000", False), ("34400000.01", True)],
)
def test_a_sum_outside_the_range_is_marked(entered: str, *, outside: bool) -> None:
    assert probe(form("en"), ENTER % entered, width=DESK) is outside


@needs_poppler
def test_the_form_prints_on_numbered_sheets() -> None:
    sheets = printed(form("en"))
    assert 3 <= len(sheets) <= 8
    assert all(f"{n}/{len(sheets)}" in sheet.replace(" ", "") for n, sheet in enumerate(sheets, 1))
    text = " ".join(" ".join(sheets).split())
    assert "5. The factors to weigh" in text
    assert "Handled by" in text
