"""Exposure: the fines at the breach addresses of the duties that apply, as ranges, individuals apart."""

from __future__ import annotations

from typing import Any

import pytest

from guiju.assess.report.exposure import Threat
from guiju.assess.report.view import view_of

from .profiles import Assess
from .report_pages import page_of


def fines(threats: tuple[Threat, ...], key: str) -> list[tuple[str, str]]:
    threat = next(t for t in threats if t.norm.key == key)
    return [(r.on, r.words.en + (f" ({r.note.en})" if r.note else "")) for r in threat.ranges]


def threats_of(assess_profile: Assess, provider: dict[str, Any], revenue: int | None) -> tuple[Threat, ...]:
    if revenue is not None:
        provider["organisation"]["annual_revenue_rmb"] = revenue
    return view_of(assess_profile(provider), ()).threats


def test_a_plain_fine_is_a_range(assess_profile: Assess, provider: dict[str, Any]) -> None:
    assert fines(threats_of(assess_profile, provider, None), "mail4:99.1#fine") == [
        ("organisation", "¥10,000 – ¥100,000")
    ]


def test_individuals_are_told_apart(assess_profile: Assess, provider: dict[str, Any]) -> None:
    assert fines(threats_of(assess_profile, provider, None), "mail4:96.1#fine_on_individuals") == [
        ("person_in_charge", "¥10,000 – ¥100,000")
    ]
    heads = [e.text("en") for e in page_of(assess_profile(provider)).section("exposure").all("h3")]
    assert heads.index("On the organisation") < heads.index("On individuals in charge")


def test_a_share_of_an_unknown_revenue_stays_open(assess_profile: Assess, provider: dict[str, Any]) -> None:
    words = "¥1,000,000 up to the larger of ¥10,000,000 and 4 % of last year's revenue (revenue unknown)"
    assert fines(threats_of(assess_profile, provider, None), "mail4:96.2#fine") == [("organisation", words)]


@pytest.mark.parametrize(
    ("revenue", "top", "branch"),
    [
        (100_000_000, "¥10,000,000", "¥4,000,000"),
        (250_000_000, "¥10,000,000", "¥10,000,000"),
        (250_000_025, "¥10,000,001", "¥10,000,001"),
        (860_000_000, "¥34,400,000", "¥34,400,000"),
    ],
)
def test_the_larger_branch_is_the_top(
    assess_profile: Assess, provider: dict[str, Any], revenue: int, top: str, branch: str
) -> None:
    (words,) = fines(threats_of(assess_profile, provider, revenue), "mail4:96.2#fine")
    assert words[1].startswith(f"¥1,000,000 – {top} (")
    assert words[1].endswith(f"4 % of last year's revenue of ¥{revenue:,}, which is {branch})")


def test_a_threat_names_only_duties_that_apply(assess_profile: Assess, provider: dict[str, Any]) -> None:
    provider["systems"][0]["on_negative_list"] = True
    breached = {str(a) for t in threats_of(assess_profile, provider, None) for a in t.breached}
    assert "mail4:66.1" not in breached
    assert "mail4:68.1.5" in breached


def test_the_summary_names_the_highest_fine(assess_profile: Assess, provider: dict[str, Any]) -> None:
    provider["organisation"]["annual_revenue_rmb"] = 860_000_000
    page = page_of(assess_profile(provider))
    assert "Highest single fine: ¥1,000,000 – ¥34,400,000" in page.section("summary").text("en")
