"""The seven fields: their order, their two written forms, and everything that a slot can hold instead."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.label.fields import FIELD_NAMES, Label, parse

LABEL = Label.by_generator("001191110108MA01XXXX0X100000", "7c1f")
texts = st.text(max_size=40)


def test_the_first_label_repeats_the_production_fields_as_propagation_fields() -> None:
    assert LABEL.as_dict() == {
        "Label": "1",
        "ContentProducer": "001191110108MA01XXXX0X100000",
        "ProduceID": "7c1f",
        "ReservedCode1": "",
        "ContentPropagator": "001191110108MA01XXXX0X100000",
        "PropagateID": "7c1f",
        "ReservedCode2": "",
    }


def test_the_written_forms_are_bare_and_wrapped_json_in_the_prescribed_order() -> None:
    assert list(json.loads(LABEL.bare())) == list(FIELD_NAMES)
    assert json.loads(LABEL.wrapped()) == {"AIGC": json.loads(LABEL.bare())}


@given(st.tuples(*[texts] * 7))
def test_what_is_written_is_read_in_both_forms(values: tuple[str, ...]) -> None:
    label = Label(*values)
    assert parse(label.bare()).label == label
    assert parse(label.wrapped()).label == label
    assert parse(label.bare()).in_order


def test_a_platform_changes_only_the_propagation_fields() -> None:
    passed_on = LABEL.propagated("platform", "p-1", "sig")
    assert passed_on.values()[:4] == LABEL.values()[:4]
    assert passed_on.values()[4:] == ("platform", "p-1", "sig")


@pytest.mark.parametrize(
    "text",
    ["", "no json", "[]", '"1"', "1", "null", "{", '{"AIGC":', "[" * 60_000, '{"a":' * 20_000, "\ud800"],
)
def test_what_is_no_json_object_is_said_to_be_none(text: str) -> None:
    parsed = parse(text)
    assert parsed.label is None
    assert parsed.not_json


def test_each_departure_is_named() -> None:
    parsed = parse(
        '{"Label":1,"ProduceID":"a","ProduceID":"b","ContentProducer":"x","Timestamp":"t","ReservedCode1":""}'
    )
    assert parsed.wrong_types == ("Label",)
    assert parsed.repeated == ("ProduceID",)
    assert parsed.extra == ("Timestamp",)
    assert parsed.missing == ("ContentPropagator", "PropagateID", "ReservedCode2")
    assert not parsed.in_order
    assert parsed.label is None


def test_names_are_case_exact() -> None:
    assert "Label" in parse(LABEL.bare().replace('"Label"', '"label"')).missing


def test_other_json_is_no_label() -> None:
    assert not parse('{"title": "a picture"}').is_label
    assert parse('{"ProduceID": "1"}').is_label
    assert parse('{"AIGC": {"Label": "1"}}').is_label


@given(st.text(max_size=200))
def test_reading_never_raises(text: str) -> None:
    parse(text)
