"""Values of fields at their limits: what is taken can be kept as JSON and read back unchanged."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.procedures.model import CaseType
from guiju.procedures.values import LARGEST_COUNT, LONGEST_TEXT, WrongValueError, settle
from tests.procedures.at_hand import PERMIT
from tests.procedures.leading import Leading
from tests.procedures.test_clock_edges import changed

USERS, FUNDS, NAME, EXPIRES = (PERMIT.fields[name] for name in ("registered_users", "funds", "name", "expires_on"))


@pytest.mark.parametrize("good", [0, LARGEST_COUNT])
def test_counts_that_fit(good: int) -> None:
    assert settle(USERS, good) == good


@pytest.mark.parametrize("bad", [-1, LARGEST_COUNT + 1, 10**30, True, 1.0, "1"])
def test_counts_that_do_not(bad: object) -> None:
    with pytest.raises(WrongValueError):
        settle(USERS, bad)


@pytest.mark.parametrize(
    ("given_", "kept"), [("0.01", "0.01"), (5, "5"), (Decimal("1E+6"), "1000000"), ("0.000001", "0.000001")]
)
def test_sums_that_fit(given_: object, kept: str) -> None:
    assert settle(FUNDS, given_) == kept


@pytest.mark.parametrize(
    "bad", ["-0.01", "1e16", "1e999999999", "1e-999999999", "0.0000001", "NaN", "Infinity", "x", 0.5]
)
def test_sums_that_do_not(bad: object) -> None:
    """Also those that would fill the memory when written out."""
    with pytest.raises(WrongValueError):
        settle(FUNDS, bad)


def test_a_time_of_day_is_no_date() -> None:
    assert settle(EXPIRES, dt.date(2026, 9, 28)) == "2026-09-28"
    with pytest.raises(WrongValueError):
        settle(EXPIRES, dt.datetime(2026, 9, 28, 10))


@given(st.text(st.characters(), max_size=40) | st.just("\ud800") | st.just("x" * (LONGEST_TEXT + 1)))
def test_a_text_that_is_taken_comes_back_from_json(text: str) -> None:
    try:
        kept = settle(NAME, text)
    except WrongValueError:
        return
    assert msgspec.json.decode(msgspec.json.encode(kept)) == kept


def kind_that_sets(expression: str) -> CaseType:
    return changed(
        ("sets: {outcome: '\"granted\"'}", f"sets: {{outcome: '\"granted\"', registered_users: {expression}}}")
    )


def test_what_an_act_would_set_and_does_not_fit_is_refused() -> None:
    kind = kind_that_sets("registered_users - 1")
    case = Leading(kind).does("03-02", "apply", registered_users=0)
    assert case.refused("03-03", "grant").code == "wrong_value"
    assert (
        Leading(kind)
        .does("03-02", "apply", registered_users=1)
        .does("03-03", "grant")
        .standing.fields["registered_users"]
        == 0
    )


def test_one_act_that_certainly_was_so_suffices_although_another_is_unknown() -> None:
    kind = changed(("- {input: major, type: bool,", "- {input: major, type: bool, required: false,"))
    case = (
        Leading(kind)
        .does("03-02", "apply")
        .does("03-10", "grant")
        .does("04-01", "report_incident", "anyone", major=None)
    )
    refusal = case.refused("04-02", "suspend")
    assert (refusal.code, refusal.missing) == ("missing", ("major",))
    case.does("04-02", "report_incident", "anyone", major=True).does("04-03", "suspend")
