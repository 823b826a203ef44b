"""The worksheet for a fine: the range, what must be established, what bars or lessens it, the factors, the remedies."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from guiju.assess.worksheet.errors import NoWorksheetError
from guiju.assess.worksheet.html import render_html
from guiju.assess.worksheet.serial import to_data
from guiju.assess.worksheet.sheet import Worksheet, worksheet
from guiju.assess.worksheet.text import render_text
from guiju.cli import main
from guiju.engine.collection import UnknownNameError

from .profiles import Assess
from .report_pages import Page, with_systems

EXAMPLE = str(Path(__file__).parents[2] / "examples" / "xinghe-chat.yaml")
FINES = ("mail4:96.1", "mail4:96.2", "mail4:99.1", "mail4:99.2")
HAN = re.compile(r"[\u4e00-\u9fff]")


def sheet_of(assess_profile: Assess, profile: dict[str, Any], address: str = "mail4:96.2") -> Worksheet:
    return worksheet(assess_profile(profile), address)


def text_of(sheet: Worksheet, lang: str = "en", width: int = 100) -> str:
    return render_text(sheet, lang, width=width, colour=False)


def standing(data: dict[str, Any], part: str, key: str) -> dict[str, Any]:
    found = next(b for b in data[part] if "#".join(filter(None, (b["address"], b["id"]))) == key)
    (only,) = found["standings"]
    return dict(only)


@pytest.mark.parametrize(
    ("revenue", "most"),
    [(None, None), (249_999_999, 10_000_000), (250_000_000, 10_000_000), (860_000_000, 34_400_000)],
)
def test_the_upper_end_is_the_larger_branch_or_waits_for_the_revenue(
    assess_profile: Assess, provider: dict[str, Any], revenue: int | None, most: int | None
) -> None:
    if revenue is not None:
        provider["organisation"]["annual_revenue_rmb"] = revenue
    fines = to_data(sheet_of(assess_profile, provider))["fines"]
    assert [(f["on"], f["least"], f["most"], f["missing"]) for f in fines] == [
        ("organisation", 1_000_000, most, None if revenue else "annual_revenue_rmb"),
        ("person_in_charge", 100_000, 1_000_000, None),
    ]


def test_a_missing_revenue_is_asked_for(assess_profile: Assess, provider: dict[str, Any]) -> None:
    text = " ".join(text_of(sheet_of(assess_profile, provider)).split())
    assert "The upper end waits for a fact" in text
    assert "annual_revenue_rmb" in text


def test_what_must_be_established_is_told_part_by_part(assess_profile: Assess, provider: dict[str, Any]) -> None:
    (case,) = to_data(sheet_of(assess_profile, provider))["to_establish"]
    assert case["for"] == ["mail4:96.2#fine", "mail4:96.2#fine_on_individuals"]
    values = [[step["value"] for step in c["profile"]] for c in case["conditions"]]
    assert values == [[True], [True], [None], [None]]
    serious = case["conditions"][-1]["profile"][0]
    assert serious["code"] == "violation_is_serious"
    assert serious["text"]["zh"] == "该违法行为是否情节严重？"


def test_fines_under_different_conditions_are_established_apart(
    assess_profile: Assess, provider: dict[str, Any]
) -> None:
    """Whether the fine on individuals needs a refusal is an open reading."""
    literal = {"individual_fine_96_1": "without_refusal"}
    cases = to_data(worksheet(assess_profile(provider, readings=literal), "mail4:96.1"))["to_establish"]
    assert [case["for"] for case in cases] == [["mail4:96.1#fine"], ["mail4:96.1#fine_on_individuals"]]


def test_systems_are_told_apart_only_where_they_differ(assess_profile: Assess, provider: dict[str, Any]) -> None:
    profile = with_systems(provider, 3)
    assessment = assess_profile(profile)
    (case,) = to_data(worksheet(assessment, "mail4:96.2"))["to_establish"]
    scope, roles, *_ = case["conditions"]
    assert [step["systems"] for step in scope["profile"]] == [["System 1", "System 2", "System 3"]]
    assert [step["systems"] for step in roles["profile"]] == [["System 1", "System 2"], ["System 3"]]
    (alone,) = to_data(worksheet(assessment, "mail4:96.2", "System 3"))["to_establish"]
    assert [len(c["profile"]) for c in alone["conditions"]] == [1, 1, 1, 1]
    with pytest.raises(UnknownNameError, match="there is no system `System 4`"):
        worksheet(assessment, "mail4:96.2", "System 4")


def test_the_nine_factors_come_from_the_rulebook(assess_profile: Assess, provider: dict[str, Any]) -> None:
    factors = to_data(sheet_of(assess_profile, provider))["factors"]
    assert [f["address"] for f in factors] == [f"mail4:98.1.{n}" for n in range(1, 10)]
    assert {(f["finding"], f["weight"]) for f in factors} == {(None, None)}


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({}, "undetermined"),
        ({"violation_is_minor": True, "corrected_in_time": True, "caused_harm": False}, "applies"),
        ({"violation_is_minor": True, "corrected_in_time": True, "caused_harm": True}, "does_not_apply"),
        ({"violation_is_minor": True, "corrected_in_time": False}, "does_not_apply"),
    ],
)
def test_no_penalty_for_what_is_minor_corrected_and_harmless(
    assess_profile: Assess, provider: dict[str, Any], facts: dict[str, bool], status: str
) -> None:
    provider["systems"][0] |= facts
    data = to_data(sheet_of(assess_profile, provider))
    assert standing(data, "bars", "mail4:108.1#no_penalty")["status"] == status


def test_only_exemptions_that_reach_this_fine_are_listed(assess_profile: Assess, provider: dict[str, Any]) -> None:
    bars = [f"{b['address']}#{b['id']}" for b in to_data(sheet_of(assess_profile, provider))["bars"]]
    assert "mail4:108.1#no_penalty" in bars
    assert "mail4:109.1#instead_of_penalties" in bars
    assert "mail4:108.1#no_loss_of_licence" not in bars


@pytest.mark.parametrize(("averted", "status"), [(None, "undetermined"), (True, "applies"), (False, "does_not_apply")])
def test_a_whistleblower_who_averted_harm_lessens_it(
    assess_profile: Assess, provider: dict[str, Any], averted: bool | None, status: str
) -> None:
    if averted is not None:
        provider["systems"][0]["whistleblowing_averted_harm"] = averted
    data = to_data(sheet_of(assess_profile, provider))
    found = standing(data, "lessens", "mail4:90.4#organisation")
    assert found["status"] == status
    assert found["missing"] == (["whistleblowing_averted_harm"] if averted is None else [])


def test_leniency_guidance_and_remedies_are_on_the_form(assess_profile: Assess, provider: dict[str, Any]) -> None:
    data = to_data(sheet_of(assess_profile, provider))
    assert {"mail4:87.1", "mail4:90.4", "mail4:108.1"} <= {b["address"] for b in data["lessens"]}
    assert "mail4:86.2" in {b["address"] for b in data["milder"]}
    assert [b["address"] for b in data["remedies"]] == ["mail4:105.1"]


def test_the_provisions_that_lead_here_are_those_that_bind(assess_profile: Assess, provider: dict[str, Any]) -> None:
    assert to_data(sheet_of(assess_profile, provider, "mail4:99.1"))["leading_here"].count("mail4:66.1") == 1
    provider["systems"][0]["on_negative_list"] = True
    assert "mail4:66.1" not in to_data(sheet_of(assess_profile, provider, "mail4:99.1"))["leading_here"]


@pytest.mark.parametrize(
    ("address", "en", "zh"),
    [
        (
            "mail4:66.1",
            "mail4:66.1 threatens no fine itself; breaking it leads to those of: mail4:99.1",
            "mail4:66.1 本身没有罚款；违反它引出的罚款在：mail4:99.1",
        ),
        (
            "mail4:96",
            "mail4:96 threatens several fines; name one of them: mail4:96.1, mail4:96.2",
            "mail4:96 有几项罚款，请指明其一：mail4:96.1, mail4:96.2",
        ),
        (
            "mail4:112.1.5",
            "mail4:112.1.5 threatens no fine; this law does in: mail4:96.1, mail4:96.2, mail4:99.1, mail4:99.2",
            "mail4:112.1.5 没有罚款；这部法律的罚款在：mail4:96.1, mail4:96.2, mail4:99.1, mail4:99.2",
        ),
        (
            "genai:21.1",
            "genai:21.1 threatens no fine; genai sets no fines at all",
            "genai:21.1 没有罚款；genai 全文没有规定罚款数额",
        ),
    ],
)
def test_what_is_no_single_fine_is_refused_with_what_could_be_named(
    assess_profile: Assess, provider: dict[str, Any], address: str, en: str, zh: str
) -> None:
    with pytest.raises(NoWorksheetError) as refused:
        sheet_of(assess_profile, provider, address)
    assert str(refused.value) == en
    assert refused.value.text("zh") == zh


@pytest.mark.parametrize("address", FINES)
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [80, 120])
def test_the_text_fits_and_is_in_one_language(
    assess_profile: Assess, provider: dict[str, Any], address: str, lang: str, width: int
) -> None:
    text = text_of(sheet_of(assess_profile, provider, address), lang, width)
    assert [line for line in text.split("\n") if cell_len(line) > width or line != line.rstrip()] == []
    assert bool(HAN.search(text)) is (lang == "zh")


@pytest.mark.parametrize("address", FINES)
def test_the_form_is_whole_in_both_languages_and_every_field_is_named(
    assess_profile: Assess, provider: dict[str, Any], address: str
) -> None:
    page = Page(render_html(sheet_of(assess_profile, provider, address), "en"))
    ids = page.ids()
    assert len(ids) == len(set(ids))
    labels = [e.attributes["aria-labelledby"] for e in page.elements if "aria-labelledby" in e.attributes]
    assert set(labels) <= set(ids)
    for field in page.root.all("textarea"):
        assert page.by_id(field.attributes["aria-labelledby"]).text("zh")
    pairs = {lang: [e.text() for e in page.root.all("i") if e.attributes["lang"] == lang] for lang in ("zh", "en")}
    assert len(pairs["zh"]) == len(pairs["en"]) > 100
    assert [text for text in pairs["zh"] if not HAN.search(text)] == []
    assert [text for text in pairs["en"] if HAN.search(text)] == []


def test_each_factor_has_room_and_three_weights(assess_profile: Assess, provider: dict[str, Any]) -> None:
    page = Page(render_html(sheet_of(assess_profile, provider), "en"))
    for number in range(1, 10):
        weights = [e for e in page.root.all("input") if e.attributes.get("name") == f"w-{number}"]
        assert [w.attributes["value"] for w in weights] == ["aggravating", "neutral", "mitigating"]
        assert page.by_id(f"w-{number}-n").tag == "textarea"


def test_a_sum_is_entered_between_the_ends_of_the_range(assess_profile: Assess, provider: dict[str, Any]) -> None:
    first = Page(render_html(sheet_of(assess_profile, provider), "en")).by_id("sum-1").attributes
    assert first["min"] == "1000000"
    assert "max" not in first
    provider["organisation"]["annual_revenue_rmb"] = 860_000_000
    first = Page(render_html(sheet_of(assess_profile, provider), "en")).by_id("sum-1").attributes
    assert float(first["max"]) == 34_400_000


def test_names_are_text_whatever_they_contain(assess_profile: Assess, provider: dict[str, Any]) -> None:
    provider["organisation"]["name"] = "</style><script>alert(1)</script>"
    page = Page(render_html(sheet_of(assess_profile, provider), "en"))
    assert [e for e in page.root.all("script") if "alert" in e.text()] == []


def test_the_command_prints_and_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "fine.html"
    assert main(["fine", "mail4:96.2", EXAMPLE, "--as-of", "2026-11-22", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["sanction"] == "mail4:96.2"
    assert main(["fine", "mail4:96.2", EXAMPLE, "--format", "html", "--output", str(target)]) == 0
    assert target.read_text("utf-8").lstrip().lower().startswith("<!doctype html>")
    capsys.readouterr()
    assert main(["fine", "mail4:96", EXAMPLE, "--lang", "zh"]) == 2
    assert capsys.readouterr().err == "错误：mail4:96 有几项罚款，请指明其一：mail4:96.1, mail4:96.2\n"
