"""Chinese numerals: what the law writes, what people write, and what nobody means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.law.errors import NumeralError
from guiju.law.numerals import format_numeral, parse_numeral


@given(st.integers(min_value=0, max_value=9999))
def test_what_is_written_is_read_back(number: int) -> None:
    assert parse_numeral(format_numeral(number)) == number


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (66, "六十六"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (112, "一百一十二"),
        (999, "九百九十九"),
        (1000, "一千"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (9999, "九千九百九十九"),
    ],
)
def test_numbers_are_spelled_as_the_law_spells_them(number: int, written: str) -> None:
    assert format_numeral(number) == written
    assert parse_numeral(written) == number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("〇", 0),
        ("两", 2),
        ("两百", 200),
        ("百零一", 101),
        ("一百〇一", 101),
        ("一百十二", 112),
        ("一十二", 12),
        (" 十二 ", 12),
    ],
)
def test_other_spellings_of_the_same_number_are_read(written: str, number: int) -> None:
    assert parse_numeral(written) == number


@pytest.mark.parametrize(
    "nonsense",
    [
        "一一",
        "十百",
        "零一",
        "一零",
        "一百零",
        "一百一",
        "一百零十",
        "两十",
        "一千一",
        "百百",
        "十十",
        "一百千",
    ],
)
def test_characters_in_no_order_are_refused(nonsense: str) -> None:
    with pytest.raises(NumeralError, match="not a well-formed Chinese numeral"):
        parse_numeral(nonsense)


@pytest.mark.parametrize("other", ["", "12", "abc", "第一", "一万"])
def test_what_is_no_numeral_is_refused_with_an_example(other: str) -> None:
    with pytest.raises(NumeralError) as refusal:
        parse_numeral(other)
    assert str(refusal.value) == f"{other!r} is not a Chinese numeral: write it like 六十六 or 一百一十二"


@given(st.text(alphabet="零〇一二两三九十百千", max_size=7))
def test_whatever_is_read_can_be_written_and_read_again(text: str) -> None:
    try:
        number = parse_numeral(text)
    except NumeralError:
        return
    assert parse_numeral(format_numeral(number)) == number


@pytest.mark.parametrize("number", [-1, 10_000])
def test_numbers_beyond_the_range_are_refused(number: int) -> None:
    with pytest.raises(NumeralError, match=f"{number} has no Chinese numeral here: use a number from 0 to 9999"):
        format_numeral(number)
