"""Forms over fields: every value comes back as it was; whatever else is sent is told how to mend it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from guiju.bilingual import Bilingual
from guiju.portal.forms.inputs import (
    entered_from,
    fields_for,
    read_inputs,
    rearranged,
    show_inputs,
    write_inputs,
)
from guiju.portal.look.components import ErrorSummary
from guiju.procedures.catalogue import built_in_types
from guiju.procedures.model import Field, FieldType
from guiju.procedures.values import LARGEST_COUNT, LONGEST_TEXT, settle, settle_all
from tests.portal.filling import sent_by
from tests.portal_look.reading import read

KINDS = built_in_types()
CHOICES = {name: Bilingual(zh=f"{name}之一", en=f"{name} one") for name in ("red", "green", "blue")}
MANY = {f"c{n}": Bilingual(zh=f"第{n}", en=f"no. {n}") for n in range(12)}


def field(type_: FieldType, name: str = "thing", **more: Any) -> Field:
    choices = CHOICES if type_ in ("choice", "set") else {}
    return Field(name, type_, Bilingual(zh="某项", en="the thing"), ("mail4:66.1",), 1, **{"choices": choices, **more})


ENTRIES = (
    field("text", "person", required=True), field("set", "skills"), field("date", "since"), field("bool", "full_time"),
    field("list", "papers", plain="file"),
)  # fmt: skip
TEXTS = (
    st.text(
        st.characters(blacklist_categories=("Cc", "Cs"), blacklist_characters="\ufffd\x85\u2028\u2029")
        | st.just("\n"), min_size=1, max_size=80,
    ).map(str.strip).filter(bool)
)  # fmt: skip
PLAIN: dict[str, st.SearchStrategy[Any]] = {
    "text": TEXTS,
    "file": TEXTS,
    "bool": st.booleans(),
    "count": st.integers(0, LARGEST_COUNT),
    "money": st.decimals(0, LARGEST_COUNT, places=2).map(lambda one: format(one, "f")),
    "date": st.dates(min_value=dt.date(1000, 1, 1)).map(str),
    "choice": st.sampled_from(sorted(CHOICES)),
    "set": st.sets(st.sampled_from(sorted(CHOICES)), min_size=1).map(sorted),
}


@st.composite
def entries(draw: st.DrawFn) -> dict[str, Any]:
    one: dict[str, Any] = {"person": draw(PLAIN["text"])}
    for name, values in (
        ("skills", PLAIN["set"]),
        ("since", PLAIN["date"]),
        ("full_time", PLAIN["bool"]),
        ("papers", st.lists(PLAIN["file"], min_size=1, max_size=2)),
    ):
        if draw(st.booleans()):
            one[name] = draw(values)
    return one


@st.composite
def forms(draw: st.DrawFn) -> tuple[list[Field], dict[str, Any]]:
    """Some fields of all types, each perhaps with a value."""
    fields, values = [], {}
    for number in range(draw(st.integers(1, 5))):
        name = f"field_{number}"
        type_: Any = draw(st.sampled_from([*PLAIN, "list", "entries"]))
        required = draw(st.booleans())
        if type_ == "entries":
            fields.append(field("list", name, entries=ENTRIES, required=required))
            value: Any = draw(st.lists(entries(), min_size=1, max_size=3))
        elif type_ == "list":
            plain: Any = draw(st.sampled_from(["text", "bool", "count", "money", "date", "file"]))
            fields.append(field("list", name, plain=plain, required=required))
            value = draw(st.lists(PLAIN[plain], min_size=1, max_size=4))
        else:
            fields.append(field(type_, name, required=required, confidential=draw(st.booleans())))
            value = draw(PLAIN[type_])
        if draw(st.booleans()):
            values[name] = settle(fields[-1], value)
    return fields, values


def given_of(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


@given(forms())
def test_what_a_form_shows_is_what_it_sends(form: tuple[list[Field], dict[str, Any]]) -> None:
    fields, values = form
    shown = "".join(str(one) for one in fields_for(fields, values))
    back, errors = read_inputs(fields, sent_by(shown))
    assert errors == {}
    assert given_of(back) == values


@given(forms())
def test_what_was_entered_keeps_through_a_draft(form: tuple[list[Field], dict[str, Any]]) -> None:
    fields, values = form
    entered = write_inputs(fields, values)
    sent = sent_by("".join(str(one) for one in show_inputs(fields, entered)))
    assert given_of(read_inputs(fields, entered_from(sent, fields))[0]) == values


@pytest.mark.parametrize("key", list(KINDS.keys()))
@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_every_case_type_shows_its_form_and_takes_its_example_back(key: str, lang: str) -> None:
    kind = KINDS.get(key)
    fields = list(kind.form.values())
    example = settle_all(fields, kind.example)
    with override(lang):
        shown = "".join(str(one) for one in fields_for(fields, example))
    back, errors = read_inputs(fields, sent_by(shown))
    assert errors == {}
    assert given_of(back) == example
    for transition in kind.transitions:
        with override(lang):
            read("".join(str(one) for one in fields_for(transition.inputs.values(), {})))


NASTY = st.text(max_size=60) | st.sampled_from(
    [
     "\x00", "9" * 5000, "-1", "1e999", "NaN", "Infinity", "٣", "²", "1.2.3", "unknown", "yes", "--", "'", "<b>",
     "\ud800",
     "0" * 30, str(LARGEST_COUNT + 1), "true", "2026-13-40", "𝟙", "1" * 21_000]
)  # fmt: skip


@given(
    st.dictionaries(
        st.sampled_from([
            "thing", "thing-year", "thing-month", "thing-day", "thing-0", "thing-1", "thing-0-person", "thing-0-skills",
            "thing-0-since-year", "thing-0-papers", "thing-0-papers-0", "_add", "_remove",
        ]),
        st.lists(NASTY, max_size=3), max_size=8,
    ),
    st.sampled_from([*PLAIN, "list", "entries"]),
)  # fmt: skip
def test_whatever_is_sent_is_either_a_value_that_fits_or_an_error_in_both_languages(
    data: dict[str, list[str]], type_: Any
) -> None:
    one = (
        field("list", entries=ENTRIES)
        if type_ == "entries"
        else field(type_, plain="date" if type_ == "list" else None)
    )
    values, errors = read_inputs([one], data)
    assert settle(one, values.get("thing")) == values.get("thing")
    assert all(error.zh and error.en for error in errors.values())
    entered = entered_from(data, [one])
    shown = show_inputs([one], entered, errors)
    read("".join(str(part) for part in shown))
    if errors:
        assert ErrorSummary.of(shown) is not None
    rearranged([one], data)


@pytest.mark.parametrize(
    ("type_", "sent", "value"),
    [
        ("count", "12,000", 12000),
        ("count", "１２０００", 12000),
        ("count", " 007 ", 7),
        ("count", str(LARGEST_COUNT), LARGEST_COUNT),
        ("money", "¥860,000.50", "860000.50"),
        ("money", "860000元", "860000"),
        ("text", "  a\r\nb ", "a\nb"),
        ("bool", "unknown", None),
        ("text", "x" * LONGEST_TEXT, "x" * LONGEST_TEXT),
    ],
)
def test_values_are_taken_as_people_write_them(type_: FieldType, sent: str, value: object) -> None:
    values, errors = read_inputs([field(type_)], {"thing": [sent]})
    assert (values, errors) == ({"thing": value}, {})


@pytest.mark.parametrize(
    ("type_", "sent", "zh", "en"),
    [
        (
            "count",
            "一百万左右",
            "“某项”要写成从 0 开始的整数，例如 12000；现在是“一百万左右”",
            "“the thing” is a whole number from 0, such as 12000; now it is “一百万左右”",
        ),
        (
            "count",
            str(LARGEST_COUNT + 1),
            "“某项”太大了；请核对位数",
            "“the thing” is too large; check the number of digits",
        ),
        (
            "money",
            "1.2345678",
            "“某项”要写成以元为单位的数，例如 860000 或者 860000.50；现在是“1.2345678”",
            "“the thing” is a sum in yuan, such as 860000 or 860000.50; now it is “1.2345678”",
        ),
        (
            "choice",
            "pink",
            "“某项”没有“pink”这个选项；请重新选择",
            "“the thing” does not offer “pink”; choose again",
        ),
        ("bool", "maybe", "“某项”要选“是”或者“否”", "“the thing” is answered by yes or no"),
        (
            "text",
            "a\x00b",
            "“某项”含有不能保存的字符（例如控制字符）；请删去后重新填写",
            "“the thing” contains characters that cannot be kept (control characters, say); remove them",
        ),
        (
            "text",
            "x" * (LONGEST_TEXT + 3),
            "“某项”最多 20000 字，现在多出 3 字；请缩短，或者作为文件提交",
            "“the thing” takes at most 20000 characters, 3 fewer than now; shorten it or send it as a file",
        ),
    ],
)
def test_what_does_not_fit_is_told_with_the_way_to_mend_it(type_: FieldType, sent: str, zh: str, en: str) -> None:
    values, errors = read_inputs([field(type_)], {"thing": [sent]})
    assert values == {}
    assert errors == {"thing": Bilingual(zh=zh, en=en)}


@pytest.mark.parametrize(
    ("parts", "zh", "wrong"),
    [
        (("2026", "2", "30"), "“某项”：2026 年 2 月没有 30 日", ["day"]),
        (("2026", "13", "1"), "“某项”的月份是 1 到 12", ["month"]),
        (("26", "1", "1"), "“某项”的年份要写四位，例如 2026 年 9 月 28 日", ["year"]),
        (("2026", "", "1"), "“某项”要有年、月、日，例如 2026 年 9 月 28 日", ["month"]),
        (("2026", "九", "1"), "“某项”要用数字写，例如 2026 年 9 月 28 日", ["month"]),
    ],
)
def test_a_wrong_day_is_marked_where_it_is_wrong(parts: tuple[str, str, str], zh: str, wrong: list[str]) -> None:
    sent = {f"thing-{part}": [value] for part, value in zip(("year", "month", "day"), parts, strict=True)}
    values, errors = read_inputs([field("date")], sent)
    assert (values, errors["thing"].zh) == ({}, zh)
    (shown,) = show_inputs([field("date")], sent, errors)
    marked = [one.get("name") for one in read(shown).all("input") if one.has("aria-invalid")]
    assert marked == [f"thing-{part}" for part in wrong]
    assert [one.get("value") for one in read(shown).all("input")] == list(parts)


def test_an_entry_that_lacks_something_required_is_told_at_its_input_and_an_empty_one_is_left_out() -> None:
    staff = field("list", entries=ENTRIES)
    sent = {"thing": ["0", "1"], "thing-1-skills": ["red"]}
    values, errors = read_inputs([staff], sent)
    assert (values, list(errors)) == ({}, ["thing-1-person"])
    summary = ErrorSummary.of(show_inputs([staff], sent, errors))
    assert summary is not None
    assert [one.target for one in summary.mistakes] == ["f-thing-1-person"]


def test_entries_are_added_and_removed_by_buttons_that_send_the_form() -> None:
    forms_of_service = field("list", plain="text")
    sent = sent_by(fields_for([forms_of_service], {"thing": ["web", "app"]})[0])
    more = rearranged([forms_of_service], {**sent, "_add": ["thing"]})
    assert more is not None
    assert more[1] == "thing-2"
    shown = str(show_inputs([forms_of_service], more[0])[0])
    assert [one.get("value") for one in read(shown).all("input", type="text")] == ["web", "app", ""]
    fewer = rearranged([forms_of_service], {**sent_by(shown), "_remove": ["thing:0"]})
    assert fewer is not None
    assert read_inputs([forms_of_service], fewer[0])[0] == {"thing": ["app"]}
    assert rearranged([forms_of_service], {**sent, "_add": ["other"], "_remove": ["thing:99"]}) is None


def test_a_list_takes_only_so_many_entries() -> None:
    texts = field("list", plain="text")
    sent = {"thing": [str(n) for n in range(5000)], **{f"thing-{n}": ["x"] for n in range(5000)}}
    values, errors = read_inputs([texts], sent)
    assert (values, list(errors)) == ({}, ["thing"])


def test_who_sees_a_confidential_field_is_said_at_it() -> None:
    with override("zh-hans"):
        shown = read(fields_for([field("text", confidential=True)], {})[0]).text
    assert "保密：只有申请方和办理机关看得到，不公示。" in shown


def test_a_field_that_may_be_needed_says_on_what_that_turns() -> None:
    kind = KINDS.get("mail4/filing")
    names = ("also_required_by", "other_information")
    fields = [kind.form[name] for name in names]
    with override("en"):
        assert "Whether it is needed turns on “law that asks for more”." in read(fields_for(fields, {})[1]).text
        told = read(fields_for(fields, {}, needed={"other_information": True})[1]).text
    assert "Needed, by what has been filled in." in told
    assert "(optional)" not in told


@pytest.mark.parametrize("type_", ["text", "count", "money", "date", "choice", "set", "file", "list"])
def test_markup_in_every_field_comes_out_as_text(type_: FieldType) -> None:
    one = field(type_, plain="text" if type_ == "list" else None)
    hostile = '"><script>alert(1)</script>'
    sent = {name: [hostile] for name in ("thing", "thing-year", "thing-month", "thing-day", "thing-0")}
    _, errors = read_inputs([one], sent)
    shown = str(show_inputs([one], {**sent, **({"thing": ["0"]} if type_ == "list" else {})}, errors)[0])
    assert "<script>" not in shown
