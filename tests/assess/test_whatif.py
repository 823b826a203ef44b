"""What if: the smallest change of one fact that flips a norm."""

from __future__ import annotations

from typing import Any

import pytest

from guiju.assess.assessment import Assessment
from guiju.assess.supposing import suppose
from guiju.engine.collection import UnknownNameError
from guiju.engine.whatif import smallest_changes

from .profiles import Assess


def changes(assessment: Assessment, address: str) -> dict[str, tuple[object, object, str]]:
    case = assessment.cases[0]
    [norm] = [n for n in assessment.norms if str(n.address) == address]
    return {c.fact: (c.before, c.after, c.status) for c in smallest_changes(case, norm)}


def test_how_many_more_users_until_the_national_tier(assess_profile: Assess, provider: dict[str, Any]) -> None:
    provider["systems"][0]["registered_users"] = 963_000
    found = changes(assess_profile(provider), "mail4:66.1")
    assert found["registered_users"] == (963_000, 1_000_001, "applies")
    assert "37,001 more" in suppose(assess_profile(provider), None, None, "mail4:66.1", "en")
    assert "增加 37,001" in suppose(assess_profile(provider), None, None, "《示范法》第六十六条第一款", "zh")


def test_the_nearer_side_of_a_range_is_named(assess_profile: Assess, provider: dict[str, Any]) -> None:
    provider["systems"][0]["registered_users"] = 12_000
    assert changes(assess_profile(provider), "mail4:66.2")["registered_users"] == (12_000, 10_000, "does_not_apply")
    provider["systems"][0]["registered_users"] = 998_000
    assert changes(assess_profile(provider), "mail4:66.2")["registered_users"] == (998_000, 1_000_000, "does_not_apply")


def test_facts_that_no_change_of_which_flips_it_are_not_named(assess_profile: Assess, provider: dict[str, Any]) -> None:
    found = changes(assess_profile(provider), "mail4:66.1")
    assert found["on_negative_list"] == (False, True, "does_not_apply")
    assert "is_generative" not in found


def test_a_supposed_fact_lists_what_changes(assess_profile: Assess, provider: dict[str, Any]) -> None:
    text = suppose(assess_profile(provider), "registered_users=99万", None, None, "en")
    assert "registered_users 1,300,000 -> 990,000" in text
    assert "Article 66, paragraph 1" in text
    assert "Article 66, paragraph 2" in text


@pytest.mark.parametrize(
    ("change", "system", "problem"),
    [
        ("registered_user=5", None, "did you mean `registered_users`?"),
        ("registered_users", None, "write FACT=VALUE"),
        ("registered_users=5", "T", "there is no system `T`"),
    ],
)
def test_mistakes_are_told(
    assess_profile: Assess, provider: dict[str, Any], change: str, system: str | None, problem: str
) -> None:
    with pytest.raises(UnknownNameError, match=problem.replace("?", r"\?")):
        suppose(assess_profile(provider), change, system, None, "en")
