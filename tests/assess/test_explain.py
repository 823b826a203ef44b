"""An explanation can be followed by hand: facts, terms with their provisions, exceptions, days."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from guiju.assess.explain import explain
from guiju.engine.collection import UnknownNameError

from .profiles import Assess


def test_the_facts_and_the_days_that_decide_are_shown(assess_profile: Assess, provider: dict[str, Any]) -> None:
    provider["events"] = [{"event": "users_exceeded_1m", "date": dt.date(2026, 9, 28), "system": "S"}]
    told = explain(assess_profile(provider), "mail4:66.1", "en")
    for part in (
        "S: applies",
        "✓ registered_users > 1000000  (registered_users = 1,300,000)",
        "✓ provider  [mail4:112.1.5]",
        "2026-10-16",
        "National Day",
    ):
        assert part in told
    assert "国庆节" in explain(assess_profile(provider), "mail4:66.1", "zh")


def test_of_a_refusal_only_what_refuses_is_shown(assess_profile: Assess, provider: dict[str, Any]) -> None:
    provider["systems"][0]["on_negative_list"] = True
    told = explain(assess_profile(provider), "mail4:66.1", "en")
    assert "✗" in told
    assert "registered_users = 1,300,000" not in told


def test_an_article_explains_its_paragraphs(assess_profile: Assess, provider: dict[str, Any]) -> None:
    told = explain(assess_profile(provider), "Article 66, Model AI Law", "en")
    assert "Article 66, paragraph 1" in told
    assert "Article 66, paragraph 2" in told


def test_what_no_program_decides_says_why(assess_profile: Assess, provider: dict[str, Any]) -> None:
    assert "no program decides this" in explain(assess_profile(provider), "genai:3", "en")


def test_what_follows_from_other_facts_says_from_what(assess_profile: Assess, provider: dict[str, Any]) -> None:
    del provider["systems"][0]["used_only_for_research"]
    provider["systems"][0]["serves_mainland_public"] = True
    told = explain(assess_profile(provider), "mail4:66.1", "en")
    assert "used_only_for_research = no  (follows, since this is impossible:" in told


def test_a_provision_that_does_not_exist_is_told(assess_profile: Assess, provider: dict[str, Any]) -> None:
    with pytest.raises(UnknownNameError, match="the law has 114 articles"):
        explain(assess_profile(provider), "mail4:115", "en")
    with pytest.raises(UnknownNameError, match="no such provision"):
        explain(assess_profile(provider), "mail4:66.9", "en")
