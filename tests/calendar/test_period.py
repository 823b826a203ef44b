"""Periods as laws write them, and the errors for what no law writes."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.calendar.numerals import chinese_to_int
from guiju.calendar.period import Language, Period, PeriodError, Unit


@pytest.mark.parametrize(
    ("written", "amount", "unit"),
    [
        ("10 working days", 10, "working_day"),
        ("1 working day", 1, "working_day"),
        ("10 Working  Days", 10, "working_day"),
        (" 3 months ", 3, "month"),
        ("1 month", 1, "month"),
        ("5 years", 5, "year"),
        ("30 days", 30, "day"),
        ("十个工作日", 10, "working_day"),
        ("30 工作日", 30, "working_day"),
        ("四十五个工作日", 45, "working_day"),
        ("三个月", 3, "month"),
        ("六个月", 6, "month"),
        ("两个月", 2, "month"),
        ("二年", 2, "year"),
        ("5年", 5, "year"),
        ("三十日", 30, "day"),
        ("十五天", 15, "day"),
        ("一百二十日", 120, "day"),
        ("１０个工作日", 10, "working_day"),
    ],
)
def test_reads_what_laws_write(written: str, amount: int, unit: Unit) -> None:
    assert Period.parse(written) == Period(amount, unit)


@pytest.mark.parametrize(
    ("period", "en", "zh"),
    [
        (Period(10, "working_day"), "10 working days", "10个工作日"),
        (Period(1, "working_day"), "1 working day", "1个工作日"),
        (Period(30, "day"), "30 days", "30日"),
        (Period(1, "month"), "1 month", "1个月"),
        (Period(5, "year"), "5 years", "5年"),
    ],
)
def test_writes_both_languages(period: Period, en: str, zh: str) -> None:
    assert period.text() == period.text("en") == en
    assert period.text("zh") == zh


@given(
    amount=st.integers(1, 999),
    unit=st.sampled_from(["working_day", "day", "month", "year"]),
    lang=st.sampled_from(["zh", "en"]),
)
def test_what_it_writes_it_reads(amount: int, unit: Unit, lang: Language) -> None:
    period = Period(amount, unit)
    assert Period.parse(period.text(lang)) == period


_HOW = 'write a whole number and a unit, such as "10 working days", "30 days", "3 months" or "十个工作日"'


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("", f"cannot read the period '': {_HOW}"),
        ("soon", f"cannot read the period 'soon': {_HOW}"),
        ("ten working days", f"cannot read the period 'ten working days': {_HOW}"),
        ("10", f"cannot read the period '10': {_HOW}"),
        (
            "10 business days",
            f"unknown unit 'business days' in '10 business days': did you mean 'working days'? {_HOW}",
        ),
        ("2 fortnights", f"unknown unit 'fortnights' in '2 fortnights': {_HOW}"),
        ("1.5 years", f"the amount '1.5' in '1.5 years' is not a whole number: {_HOW}"),
        ("1,000 days", f"the amount '1,000' in '1,000 days' is not a whole number: {_HOW}"),
        ("半年", f"the amount '半' in '半年' is not a whole number: {_HOW}"),
        ("十十日", f"the amount '十十' in '十十日' is not a whole number: {_HOW}"),
        (
            "-3 months",
            "a period is at least 1 month, not -3; "
            "a period that runs backwards is counted before a day, not written as a negative number",
        ),
        ("9999 years", "a period of 9999 years is too long: at most 999"),
        ("99999999999999999999 days", "the period '99999999999999999999 days' is too long"),
    ],
)
def test_says_how_to_write_a_period(written: str, message: str) -> None:
    with pytest.raises(PeriodError) as caught:
        Period.parse(written)
    assert str(caught.value) == message


def test_nought_is_no_period() -> None:
    with pytest.raises(PeriodError, match="at least 1 day, not 0"):
        Period.parse("0 days")


def test_errors_speak_chinese_too() -> None:
    with pytest.raises(PeriodError) as caught:
        Period.parse("10 business days")
    assert caught.value.text("zh") == (
        "'10 business days'中的单位'business days'无法识别，是否为'working days'？"
        "请写整数和单位，例如“10个工作日”“三十日”“3个月”“五年”"
    )


@pytest.mark.parametrize("amount", [1.0, "3", True, None])
def test_an_amount_is_a_whole_number(amount: Any) -> None:
    with pytest.raises(PeriodError, match="whole number"):
        Period(amount, "day")


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(PeriodError, match="use one of working_day, day, month, year"):
        Period(1, "week")  # type: ignore[arg-type]


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        period = Period.parse(text)
    except PeriodError:
        return
    assert period.amount >= 1


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("零", 0),
        ("九", 9),
        ("十", 10),
        ("十九", 19),
        ("二十", 20),
        ("九十九", 99),
        ("一百", 100),
        ("一百零一", 101),
        ("一百一十", 110),
        ("九百九十九", 999),
        ("一千零五", 1005),
        ("", None),
        ("百", None),
        ("十百", None),
        ("二三", None),
        ("一百十", None),
        ("x", None),
    ],
)
def test_chinese_numerals(numeral: str, value: int | None) -> None:
    assert chinese_to_int(numeral) == value
