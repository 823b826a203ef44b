"""Fields: labels and messages belong to their inputs, and what a person wrote comes back as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import translation

from guiju.bilingual import Bilingual
from guiju.portal.look.components import (
    ChoiceField,
    DateField,
    ErrorSummary,
    Field,
    FileField,
    NumberField,
    Option,
    SetField,
    TextField,
)
from guiju.portal.look.gallery.sample import provision
from tests.portal_look.reading import read

ASKED = Bilingual(zh="系统名称", en="Name of the system")
WRONG = Bilingual(zh="请填写", en="Fill this in")
OPTIONS = (Option(value="a", label="A", hint="first"), Option(value="b", label="B"), Option(value="c", label="C"))
SINGLE: list[Field] = [
    TextField(name="x", label=ASKED),
    TextField(name="x", label=ASKED, rows=3),
    NumberField(name="x", label=ASKED),
    ChoiceField(name="x", label=ASKED, options=OPTIONS, listed=True),
    FileField(name="x", label=ASKED),
]
GROUPS: list[Field] = [
    DateField(name="x", label=ASKED),
    ChoiceField(name="x", label=ASKED, options=OPTIONS),
    SetField(name="x", label=ASKED, options=OPTIONS),
]
CONTROLS = ("input", "select", "textarea")


@pytest.mark.parametrize("field", SINGLE, ids=lambda one: type(one).__name__)
def test_a_single_input_is_named_by_its_label(field: Field, lang: str) -> None:
    page = read(field)
    assert page.one("label").get("for") == field.id
    assert page.one("label").text == ASKED.get("en" if lang == "en" else "zh")
    assert len([one for name in CONTROLS for one in page.all(name, id=field.id)]) == 1


@pytest.mark.parametrize("field", GROUPS, ids=lambda one: type(one).__name__)
def test_several_inputs_stand_in_a_group_that_is_named(field: Field, lang: str) -> None:
    page = read(field)
    assert page.one("fieldset").children[0].name == "legend"
    assert page.one("legend").text == ASKED.get("en" if lang == "en" else "zh")
    inputs = page.all("input")
    assert inputs[0].get("id") == field.id
    assert [one.get("id") for one in inputs] == [one.get("for") for one in page.all("label")]


@pytest.mark.parametrize("field", [*SINGLE, *GROUPS], ids=lambda one: type(one).__name__)
def test_hint_and_error_are_read_out_with_the_input(field: Field) -> None:
    page = read(replace(field, hint="why we ask", error=WRONG, cites=provision("mail4:66.1")))
    holder = next(one for one in page.walk() if one.has("aria-describedby"))
    described = [page.one(id=name) for name in holder.get("aria-describedby").split()]
    assert [one for one in described if "why we ask" in one.text]
    assert [one for one in described if one.text == "错误： 请填写"]
    assert "mail4:66.1" in page.text


@pytest.mark.parametrize("field", [*SINGLE, *GROUPS], ids=lambda one: type(one).__name__)
def test_an_input_without_hint_or_error_points_at_nothing(field: Field) -> None:
    page = read(field)
    assert not page.all(class_="gj-error")
    assert all(one.get("aria-describedby") != "" for one in page.walk() if one.has("aria-describedby"))
    for one in page.walk():
        for target in one.get("aria-describedby").split():
            page.one(id=target)


def test_what_was_written_comes_back_unchanged() -> None:
    hostile = '"><script>alert(1)</script>&amp;'
    for field in (TextField(name="x", label="X", value=hostile), NumberField(name="x", label="X", value=hostile)):
        page = read(field)
        assert page.one("input").get("value") == hostile
        assert not page.all("script")
    assert read(TextField(name="x", label="X", rows=2, value=f"\n{hostile}")).one("textarea").text == hostile


def test_a_password_never_comes_back() -> None:
    assert "geheim" not in str(TextField(name="x", label="X", kind="password", value="geheim"))


def test_a_leading_line_break_of_a_long_text_is_kept() -> None:
    # A browser drops the first line break after <textarea>, so that one must be ours.
    assert ">\n\nline" in str(TextField(name="x", label="X", rows=2, value="\nline"))


def test_the_chosen_answers_are_marked_and_no_others() -> None:
    one_of = read(ChoiceField(name="x", label="X", options=OPTIONS, value="b"))
    assert [box.get("value") for box in one_of.all("input") if box.has("checked")] == ["b"]
    listed = read(ChoiceField(name="x", label="X", options=OPTIONS, value="b", listed=True))
    assert [box.get("value") for box in listed.all("option") if box.has("selected")] == ["b"]
    some = read(SetField(name="x", label="X", options=OPTIONS, values=frozenset({"a", "c"})))
    assert [box.get("value") for box in some.all("input") if box.has("checked")] == ["a", "c"]


def test_only_the_wrong_part_of_a_date_is_marked() -> None:
    def marked(**given: object) -> list[str]:
        page = read(DateField(name="d", label="D", **given))  # type: ignore[arg-type]
        return [one.get("name") for one in page.all("input") if one.has("aria-invalid")]

    assert marked(error="no such month", wrong=frozenset({"month"})) == ["d-month"]
    assert marked(error="enter the day") == ["d-year", "d-month", "d-day"]
    assert marked(wrong=frozenset({"month"})) == []


@pytest.mark.parametrize("name", ["users[0]", "a b", '"><x', "用户"])
def test_an_id_is_one_word_whatever_the_name(name: str) -> None:
    field = TextField(name=name, label="X")
    assert not set(field.id) & set(" \t\"'<>[]")
    assert read(field).one("input").get("name") == name


def test_the_summary_leads_to_each_wrong_field_in_order(lang: str) -> None:
    fields = (
        TextField(name="a", label="A", error=WRONG),
        DateField(name="b", label="B"),
        SetField(name="c", label="C", options=OPTIONS, error="<b>two</b>"),
    )
    summary = ErrorSummary.of(fields)
    assert summary is not None
    page = read(summary)
    links = page.all("a")
    assert [one.text for one in links] == [WRONG.get("en" if lang == "en" else "zh"), "<b>two</b>"]
    form = read("".join(map(str, fields)))
    for link in links:
        assert form.one(id=link.get("href").removeprefix("#")).name == "input"
    assert page.one("h2").text == ("There are 2 mistakes to mend" if lang == "en" else "有 2 处需要改正")


def test_one_mistake_is_counted_in_the_singular() -> None:
    with translation.override("en"):
        assert "There is 1 mistake to mend" in str(ErrorSummary.of((TextField(name="a", label="A", error="x"),)))


def test_without_mistakes_there_is_no_summary() -> None:
    assert ErrorSummary.of((TextField(name="a", label="A"),)) is None


def test_the_keyboard_starts_at_the_summary_without_a_script() -> None:
    summary = ErrorSummary.of((TextField(name="a", label="A", error="x"),))
    box = read(summary).one(id="errors")
    assert box.has("autofocus")
    assert box.get("tabindex") == "-1"
