"""Numbers: none twice, none lost, and most slips of the pen are noticed."""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from guiju.portal.numbers.check_character import check_character, checks, with_check
from guiju.portal.numbers.issuing import SeriesNameError, issue
from guiju.portal.numbers.models import Issued, Series

SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
texts = st.text(SIGNS, min_size=2, max_size=24)


def test_the_check_character_is_that_of_iso_7064() -> None:
    assert check_character("A12425GABC1234002") == "M"  # the example of the Global Release Identifier


@given(texts, st.data())
def test_one_wrong_character_is_always_noticed(text: str, data: st.DataObject) -> None:
    number = with_check(text).replace("-", "")
    place = data.draw(st.integers(0, len(number) - 1))
    wrong = data.draw(st.sampled_from([sign for sign in SIGNS if sign != number[place]]))
    assert checks(number)
    assert not checks(number[:place] + wrong + number[place + 1 :])


def test_swapped_neighbours_are_noticed_but_for_few_pairs() -> None:
    pairs = [(a, b) for a in SIGNS for b in SIGNS if a < b]
    missed = [(a, b) for a, b in pairs if check_character(f"C2026{a}{b}") == check_character(f"C2026{b}{a}")]
    assert len(missed) <= len(pairs) / 100


def test_numbers_are_read_as_people_type_them() -> None:
    number = with_check("F-330000-2026-000042")
    assert checks(number.lower().replace("-", " "))
    assert not checks("")
    assert not checks("K")
    assert not checks("编号")


@pytest.mark.usefixtures("db")
def test_a_series_counts_from_one_without_gaps_and_beside_others() -> None:
    given_numbers = [issue("C-2026") for _ in range(3)]
    assert [number[:-2] for number in given_numbers] == ["C-2026-000001", "C-2026-000002", "C-2026-000003"]
    assert issue("C-2027").startswith("C-2027-000001-")
    assert all(map(checks, given_numbers))


@pytest.mark.usefixtures("db")
def test_a_number_that_is_undone_is_given_to_the_next() -> None:
    with transaction.atomic():
        issue("C-2026")
        transaction.set_rollback(True)
    assert issue("C-2026").startswith("C-2026-000001-")
    assert Series.objects.get().last == Issued.objects.count() == 1


@pytest.mark.parametrize("name", ["", "c-2026", "C_2026", "-C", "C-", "案件"])
def test_a_series_is_named_with_what_the_check_covers(name: str) -> None:
    with pytest.raises(SeriesNameError):
        issue(name)
