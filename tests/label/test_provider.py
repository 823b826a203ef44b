"""Provider codes: 27 characters, and the check character of the credit code within (GB 32100)."""

import pytest

from guiju.label.provider import ProviderCode, is_credit_code

# The example that the standard GB 32100 itself is known by.
CREDIT_CODE = "91350100M000100Y43"


def test_the_well_known_example_passes() -> None:
    assert is_credit_code(CREDIT_CODE)


@pytest.mark.parametrize("position", range(18))
def test_one_wrong_character_anywhere_is_noticed(position: int) -> None:
    other = "1" if CREDIT_CODE[position] != "1" else "2"
    assert not is_credit_code(CREDIT_CODE[:position] + other + CREDIT_CODE[position + 1 :])


@pytest.mark.parametrize("letter", "IOSVZ")
def test_letters_that_look_like_digits_do_not_occur(letter: str) -> None:
    assert not is_credit_code(letter + CREDIT_CODE[1:])


@pytest.mark.parametrize("text", ["", CREDIT_CODE[:-1], CREDIT_CODE + "0", CREDIT_CODE.lower()])
def test_other_lengths_and_small_letters_are_no_codes(text: str) -> None:
    assert not is_credit_code(text)


def test_the_parts_of_a_code() -> None:
    code = ProviderCode.of("0011" + CREDIT_CODE + "1A001")
    assert code is not None
    assert (code.subject, code.binding, code.credit_code, code.service, code.free) == (
        "1",
        "1",
        CREDIT_CODE,
        "1",
        "A001",
    )
    assert code.can_be_checked


@pytest.mark.parametrize("text", ["Example Ltd", "0011" + CREDIT_CODE + "1A00", "1011" + CREDIT_CODE + "1A001"])
def test_a_name_is_not_taken_for_a_code(text: str) -> None:
    assert ProviderCode.of(text) is None


def test_subjects_of_other_kinds_are_not_judged() -> None:
    code = ProviderCode.of("0021" + CREDIT_CODE + "1A001")
    assert code is not None
    assert not code.can_be_checked
