"""A fact as a field and back: nothing is lost, unknown is an answer, and nothing that is sent breaks the page."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st

from guiju.engine.rulebook import load_rulebooks
from guiju.engine.values import Value
from guiju.engine.vocabulary import FactSpec
from guiju.portal.forms.facts import NONE_OF_THEM, UNKNOWN, fact_field, read_fact, value_words
from guiju.portal.look.components import ChoiceField, Field, NumberField, SetField, TextField
from guiju.profiles.factvalues import LARGEST

BOOKS = load_rulebooks()
SPECS = {**BOOKS.facts, "name": BOOKS.names["system"]}


def values_of(spec: FactSpec) -> st.SearchStrategy[Value]:
    match spec.type:
        case "bool":
            return st.booleans()
        case "choice":
            return st.sampled_from(spec.choices)
        case "set":
            return st.frozensets(st.sampled_from(spec.choices))
        case "text":
            return st.text("星河 Chat'\"<&?-", min_size=1, max_size=200).map(str.strip).filter(bool).filter(no_sign)
        case "count":
            return st.integers(0, int(LARGEST["count"]))
    top = LARGEST[spec.type]
    return st.one_of(st.integers(0, int(top)), st.decimals(0, 10**12, places=3, allow_nan=False))


def no_sign(text: str) -> bool:
    return text != UNKNOWN


KNOWN = st.sampled_from(sorted(SPECS)).flatmap(lambda name: st.tuples(st.just(SPECS[name]), values_of(SPECS[name])))


def sent_by(field: Field) -> MultiValueDict[str, str]:
    """What a browser sends for a field that nobody touched."""
    if isinstance(field, SetField):
        return MultiValueDict({field.name: [o.value for o in field.options if o.value in field.values]})
    assert isinstance(field, ChoiceField | NumberField | TextField)
    return MultiValueDict({field.name: [field.value]})


@given(KNOWN)
def test_what_is_read_is_what_was_shown(known: tuple[FactSpec, Value]) -> None:
    spec, value = known
    assert read_fact(spec, sent_by(fact_field(spec, value))) == (value, None)


@pytest.mark.parametrize("name", sorted(SPECS))
def test_unknown_is_an_answer_to_every_question(name: str) -> None:
    spec = SPECS[name]
    field = fact_field(spec, None)
    assert read_fact(spec, sent_by(field)) == (None, None)
    assert read_fact(spec, {}) == (None, None)
    offered = isinstance(field, NumberField | TextField) or any(o.value == UNKNOWN for o in field.options)  # type: ignore[attr-defined]
    assert offered


@given(st.sampled_from(sorted(SPECS)), st.lists(st.text(max_size=300), max_size=5))
def test_whatever_is_sent_gives_a_value_or_an_error_in_both_languages(name: str, sent: list[str]) -> None:
    spec = SPECS[name]
    value, error = read_fact(spec, MultiValueDict({name: sent}))
    assert error is None or (value is None and error.zh and error.en)
    str(fact_field(spec, None, error=error, entered=MultiValueDict({name: sent})))
    assert fact_field(spec, value)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1000000", 1_000_000),
        ("1,000,001", 1_000_001),
        ("１００００", 10_000),
        ("1 300 000", 1_300_000),
        ("130万", 1_300_000),
        ("0.0001亿", 10_000),
    ],
)
def test_a_count_may_be_written_as_people_write_it_if_it_is_exact(written: str, value: int) -> None:
    assert read_fact(SPECS["registered_users"], {"registered_users": written}) == (value, None)


@pytest.mark.parametrize(
    "written", ["about 130万", "1,3", "7.5", "-1", "1e6", "10²", "nan", "1" * 101, "1000000000001"]
)
def test_a_count_that_is_not_exact_is_refused(written: str) -> None:
    value, error = read_fact(SPECS["registered_users"], {"registered_users": written})
    assert value is None
    assert error


def test_a_decimal_is_never_rounded() -> None:
    spec, written = SPECS["annual_revenue_rmb"], "123456789012345.67890123456789012345"
    assert read_fact(spec, {spec.fact: written}) == (Decimal(written), None)


@pytest.mark.parametrize(
    ("sent", "value", "fits"),
    [
        ("modalities=text&modalities=image", frozenset({"text", "image"}), True),
        ("modalities=-", frozenset(), True),
        ("modalities=%3F", None, True),
        ("modalities=-&modalities=text", None, False),
        ("modalities=%3F&modalities=text", None, False),
        ("modalities=smell", None, False),
    ],
)
def test_none_of_these_is_an_empty_set_and_not_known_is_none(sent: str, value: Value, fits: bool) -> None:
    read, error = read_fact(SPECS["modalities"], QueryDict(sent))
    assert (read, error is None) == (value, fits)


def test_what_was_entered_wrong_is_shown_again() -> None:
    spec = SPECS["registered_users"]
    sent = {"registered_users": "一百万左右"}
    _, error = read_fact(spec, sent)
    shown = str(fact_field(spec, None, error=error, entered=sent))
    assert 'value="一百万左右"' in shown
    assert 'aria-invalid="true"' in shown


def test_every_choice_has_a_label_in_both_languages_and_none_is_called_like_our_own_options() -> None:
    for spec in BOOKS.facts.values():
        assert len(spec.labels) == len(spec.choices)
        assert not {UNKNOWN, NONE_OF_THEM, ""} & set(spec.choices)


def test_values_are_said_in_words() -> None:
    assert value_words(SPECS["modalities"], frozenset({"image", "text"})).zh == "文本、图片"
    assert value_words(SPECS["modalities"], frozenset()).en == "none of these"
    assert value_words(SPECS["registered_users"], 1_000_001).en == "1,000,001 accounts"
    assert value_words(SPECS["uses"], None).zh == "不知道"
    assert value_words(SPECS["expected_lifecycle_years"], Decimal("7.5")).en == "7.5 years"
