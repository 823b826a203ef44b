"""A sum that cannot be computed says which fact it waits for (the sums themselves are in scenarios/mail4/101.yaml)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import scenario as scenarios


@pytest.mark.parametrize(
    ("known", "missing"),
    [
        ({"actual_loss_rmb": 100_000}, ("last_year_pay_rmb",)),
        ({"last_year_pay_rmb": 150_000}, ("actual_loss_rmb",)),
        ({}, ("actual_loss_rmb", "last_year_pay_rmb")),
        ({"actual_loss_rmb": 100_000, "last_year_pay_rmb": 150_000}, ()),
    ],
)
def test_what_a_sum_waits_for_is_named(tmp_path: Path, known: dict[str, int], missing: tuple[str, ...]) -> None:
    organisation = {"retaliated_against_whistleblower": True, **known}
    data = {"case": "sum", "base": "provider", "organisation": organisation}
    assessment = scenarios.run(scenarios.Scenario(tmp_path / "101.yaml", data), tmp_path)
    [finding] = scenarios.found(assessment, "mail4:101.2", None)
    [owed] = finding.sums
    assert owed.missing == missing
