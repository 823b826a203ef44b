"""Numbers and their boundaries, as Chinese and English legal prose write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.law.bilingual.chinese_numbers import chinese_quantities
from guiju.law.bilingual.english_numbers import english_quantities
from guiju.law.bilingual.quantities import Relation, Unit
from guiju.law.numerals import format_numeral

Read = tuple[int, Unit, str]

CHINESE: list[tuple[str, list[Read]]] = [
    ("超过三只猫碗，保存五年以上", [(5, Unit.YEAR, ">=")]),
    ("不少于两年", [(2, Unit.YEAR, ">=")]),
    ("不足 100 万的", [(1_000_000, Unit.COUNT, "<")]),
    ("超过1万、不足100万", [(10_000, Unit.COUNT, ">"), (1_000_000, Unit.COUNT, "<")]),
    ("十个工作日内", [(10, Unit.WORKING_DAY, "<=")]),
    ("延长十个工作日", [(10, Unit.WORKING_DAY, "=")]),
    ("不晚于开始之日前六个月公布", [(6, Unit.MONTH, "<=")]),
    ("处十万元以上一百万元以下罚款", [(100_000, Unit.MONEY, ">="), (1_000_000, Unit.MONEY, "<=")]),
    ("百分之四以下", [(4, Unit.PERCENT, "<=")]),
    ("不低于 30% 的比例", [(30, Unit.PERCENT, ">=")]),
    ("二倍以上十倍以下", [(2, Unit.COUNT, ">="), (10, Unit.COUNT, "<=")]),
    ("至少每两年进行一次喂食", [(2, Unit.YEAR, ">=")]),
    ("一年内三次以上", [(1, Unit.YEAR, "<="), (3, Unit.COUNT, ">=")]),
    ("每年3月31日前", [(331, Unit.DATE, "<")]),
]
ENGLISH: list[tuple[str, list[Read]]] = [
    ("exceeds five years", [(5, Unit.YEAR, ">")]),
    ("for five years or more", [(5, Unit.YEAR, ">=")]),
    ("not less than two years", [(2, Unit.YEAR, ">=")]),
    ("less than one million", [(1_000_000, Unit.COUNT, "<")]),
    ("within 10 working days", [(10, Unit.WORKING_DAY, "<=")]),
    ("an extension of up to 10 working days", [(10, Unit.WORKING_DAY, "<=")]),
    ("an extension of 10 working days", [(10, Unit.WORKING_DAY, "=")]),
    ("no later than six months before", [(6, Unit.MONTH, "<=")]),
    ("between RMB 100,000 and one million yuan", [(100_000, Unit.MONEY, ">="), (1_000_000, Unit.MONEY, "<=")]),
    ("not more than RMB 1 million", [(1_000_000, Unit.MONEY, "<=")]),
    ("not more than 4% of revenue", [(4, Unit.PERCENT, "<=")]),
    ("forty-five working days", [(45, Unit.WORKING_DAY, "=")]),
    ("at least every two years", [(2, Unit.YEAR, ">=")]),
    ("by March 31 of each year", [(331, Unit.DATE, "<=")]),
]


@pytest.mark.parametrize(("text", "expected"), CHINESE)
def test_chinese_numbers_are_read_with_unit_and_boundary(text: str, expected: list[Read]) -> None:
    assert [(int(each.value), each.unit, str(each.relation)) for each in chinese_quantities(text)] == expected


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english_numbers_are_read_with_unit_and_boundary(text: str, expected: list[Read]) -> None:
    assert [(int(each.value), each.unit, str(each.relation)) for each in english_quantities(text)] == expected


@pytest.mark.parametrize(
    "text",
    ["第六十六条第一款", "统一管理", "一定规模", "第三方机构", "一旦", "上一年度", "进行一次审计", "千百年来", ""],
)
def test_what_counts_nothing_in_chinese_is_no_number(text: str) -> None:
    assert chinese_quantities(text) == ()


@pytest.mark.parametrize(
    "text", ["Article 102 of this Law", "Paragraph 3", "one of them", "a third party", "item (2)", "version 4.0.1", ""]
)
def test_what_counts_nothing_in_english_is_no_number(text: str) -> None:
    assert english_quantities(text) == ()


@given(st.integers(2, 9999), st.sampled_from([("年", "years"), ("个月", "months"), ("个工作日", "working days")]))
def test_any_number_reads_alike_in_both_languages(number: int, unit: tuple[str, str]) -> None:
    chinese, english = unit
    (ours,) = chinese_quantities(f"保存不少于{format_numeral(number)}{chinese}。")
    (theirs,) = english_quantities(f"kept for not less than {number:,} {english}.")
    assert (ours.measure, ours.relation) == (theirs.measure, theirs.relation)
    assert (ours.value, ours.relation) == (Decimal(number), Relation.AT_LEAST)


@given(st.text())
def test_any_text_is_read_without_an_error(text: str) -> None:
    for found in (*chinese_quantities(text), *english_quantities(text)):
        assert 0 <= found.start < found.end <= len(text)
