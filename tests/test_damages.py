"""Article 101: the sums that the law computes, at their ends and at the floor."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import scenario as scenarios
from guiju.engine.findings import Sum

DAMAGE = {"infringement_caused_damage": True}


def sums(key: str, folder: Path, **data: object) -> tuple[Sum, ...]:
    scenario = scenarios.Scenario(folder / "101.yaml", {"case": "sums", "base": "provider", **data})
    [finding] = scenarios.found(scenarios.run(scenario, folder), key, None)
    return finding.sums


def paid_to_whistleblower(folder: Path, **organisation: object) -> Sum:
    facts = {"retaliated_against_whistleblower": True, **organisation}
    [only] = sums("mail4:101.2", folder, organisation=facts)
    return only


@pytest.mark.parametrize(
    ("loss", "pay", "least", "most"),
    [
        (100_000, 150_000, 200_000, 1_000_000),  # the pay is below the range
        (100_000, 200_000, 200_000, 1_000_000),  # exactly twice the loss
        (100_000, 200_001, 200_001, 1_000_000),  # a yuan more lifts the lower end
        (100_000, 1_000_000, 1_000_000, 1_000_000),  # exactly ten times the loss leaves one sum
        (100_000, 1_000_001, 1_000_001, 1_000_001),  # a yuan more lifts both ends
        (0, 180_000, 180_000, 180_000),  # without a loss the pay remains
        (50_000, 0, 100_000, 500_000),
    ],
)
def test_whistleblowers_get_two_to_ten_times_the_loss_and_no_less_than_last_years_pay(
    tmp_path: Path, loss: int, pay: int, least: int, most: int
) -> None:
    owed = paid_to_whistleblower(tmp_path, actual_loss_rmb=loss, last_year_pay_rmb=pay)
    assert (owed.least, owed.most, owed.missing) == (least, most, ())


def test_cents_stay_exact(tmp_path: Path) -> None:
    owed = paid_to_whistleblower(tmp_path, actual_loss_rmb=33_333.33, last_year_pay_rmb=66_666.67)
    assert (owed.least, owed.most) == (Decimal("66666.67"), Decimal("333333.30"))


@pytest.mark.parametrize(
    ("known", "missing"),
    [
        ({"actual_loss_rmb": 100_000}, ("last_year_pay_rmb",)),
        ({"last_year_pay_rmb": 150_000}, ("actual_loss_rmb",)),
        ({}, ("actual_loss_rmb", "last_year_pay_rmb")),
    ],
)
def test_what_is_unknown_is_named_and_no_sum_guessed(
    tmp_path: Path, known: dict[str, int], missing: tuple[str, ...]
) -> None:
    owed = paid_to_whistleblower(tmp_path, **known)
    assert (owed.least, owed.most, owed.missing) == (None, None, missing)


def test_the_actual_loss_is_owed_to_the_yuan(tmp_path: Path) -> None:
    facts = {**DAMAGE, "loss_can_be_determined": True, "injured_party_loss_rmb": 81_000, "infringer_gains_rmb": 9_000}
    [owed] = sums("mail4:101.1#actual_loss", tmp_path, system=facts)
    assert (owed.least, owed.most) == (81_000, 81_000)


def test_the_gains_are_owed_where_the_loss_is_hard_to_tell(tmp_path: Path) -> None:
    facts = {
        **DAMAGE, "loss_can_be_determined": False, "gains_can_be_determined": True, "infringer_gains_rmb": 9_000,
    }  # fmt: skip
    [owed] = sums("mail4:101.1#gains", tmp_path, system=facts)
    assert (owed.least, owed.most) == (9_000, 9_000)
    assert sums("mail4:101.1#actual_loss", tmp_path, system=facts) == ()


def test_no_sum_is_computed_for_an_employer_that_did_not_retaliate(tmp_path: Path) -> None:
    facts = {"retaliated_against_whistleblower": False, "actual_loss_rmb": 1, "last_year_pay_rmb": 1}
    assert sums("mail4:101.2", tmp_path, organisation=facts) == ()
