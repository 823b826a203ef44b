"""How values are shown: every type of field, in both languages, and what is not given said in words."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from guiju.bilingual import Bilingual
from guiju.letters.saying import said as in_words
from guiju.portal.forms.outputs import cell
from guiju.portal.look.components import said
from guiju.procedures.catalogue import built_in_types
from guiju.procedures.model import Field

WORD = Bilingual(zh="项目", en="item")
CHOICES = {"medicine": Bilingual(zh="医疗", en="medicine"), "finance": Bilingual(zh="金融", en="finance")}


def field(type_: Any, **more: Any) -> Field:
    return Field("item", type_, WORD, ("mail4:66.1",), 1, **more)


def shown(one: Field, value: Any, lang: str = "zh-hans", **more: Any) -> str:
    with translation.override(lang):
        return str(said(cell(one, value, **more)))


@pytest.mark.parametrize(
    ("type_", "value", "zh", "en"),
    [
        ("text", "星河问答", "星河问答", "星河问答"),
        ("bool", True, "是", "yes"),
        ("bool", False, "否", "no"),
        ("count", 37_000, "37,000", "37,000"),
        ("count", 0, "0", "0"),
        ("money", "1234567.5", "人民币1,234,567.5元", "CNY 1,234,567.5"),
        ("date", "2026-09-28", "2026-09-28", "2026-09-28"),
        ("choice", "medicine", "医疗", "medicine"),
        ("set", ["finance"], "金融", "finance"),
        ("file", "self-assessment.pdf", "self-assessment.pdf", "self-assessment.pdf"),
    ],
)
def test_a_value_is_shown_as_what_it_is(type_: str, value: Any, zh: str, en: str) -> None:
    one = field(type_, choices=CHOICES)
    assert (shown(one, value), shown(one, value, "en")) == (zh, en)


@pytest.mark.parametrize("type_", ["text", "bool", "count", "money", "date", "choice", "set", "file", "list"])
def test_what_is_not_given_says_so(type_: str) -> None:
    one = field(type_, choices=CHOICES, plain="text" if type_ == "list" else None)
    assert (shown(one, None), shown(one, None, "en")) == ("未提供", "not given")


def test_several_choices_and_a_list_stand_one_under_the_other() -> None:
    several = shown(field("set", choices=CHOICES), ["finance", "medicine"])
    assert several == '<ul class="gj-listing"><li>金融</li><li>医疗</li></ul>'
    assert shown(field("list", plain="text"), ["app", "website"]).count("<li>") == 2


def test_entries_of_a_list_are_a_table_and_with_many_fields_one_list_each() -> None:
    entries = tuple(Field(name, "text", WORD, ("mail4:66.1",), 1) for name in "abcd")
    values = [{"a": "1", "b": "2"}, {"a": "3"}]
    table = shown(field("list", entries=entries[:2]), values)
    assert table.count("<tr") == 3
    assert "未提供" in table
    assert shown(field("list", entries=entries), values).count("<dl") == 2


def test_a_document_is_a_link_where_it_can_be_fetched() -> None:
    one = field("file")
    link = shown(one, "reports/assessment.pdf", file_place=lambda reference: f"/files/{reference}")
    assert link == '<a href="/files/reports/assessment.pdf" download>assessment.pdf</a>'
    assert shown(one, "reports/assessment.pdf", file_place=lambda _: "") == "assessment.pdf"


def test_a_letter_names_a_kept_document_with_the_beginning_of_its_digest() -> None:
    kept = f"sha256:{'0123456789abcdef' * 4}/assessment.pdf"
    assert in_words(field("file"), kept).zh == "assessment.pdf (SHA-256 0123456789abcdef…)"
    assert in_words(field("list", plain="file"), [kept, "plain.pdf"]).en == (
        "assessment.pdf (SHA-256 0123456789abcdef…); plain.pdf"
    )


def test_whatever_was_entered_is_text_and_never_markup() -> None:
    assert "<script>" not in str(cell(field("text"), "<script>\nalert(1)"))
    assert "<b>" not in shown(field("list", plain="text"), ["<b>", "x"])
    assert "<b>" not in shown(field("file"), "<b>.pdf", file_place=lambda _: "/x")
    assert "<b>" not in shown(field("text", confidential=True), "<b>", mark=True)


def test_confidential_values_are_marked_where_that_is_wanted() -> None:
    secret = field("text", confidential=True)
    assert "（保密）" in shown(secret, "13800000000", mark=True)
    assert shown(secret, "13800000000") == "13800000000"
    assert shown(field("text"), "x", mark=True) == "x"


def test_every_example_of_every_case_type_is_shown_without_none() -> None:
    types = built_in_types()
    for key in types.keys():  # noqa: SIM118  (no mapping)
        kind = types.get(key)
        for name, one in kind.form.items():
            for lang in ("zh-hans", "en"):
                assert "None" not in shown(one, kind.example.get(name), lang)
