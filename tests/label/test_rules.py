"""The rules for the fields, each with a good and a bad value."""

from dataclasses import replace

import pytest

from guiju.label.fields import Label, parse
from guiju.label.rules import GENERATOR, PROPAGATOR, findings_on, findings_on_label

CREDIT_CODE = "91350100M000100Y43"
GENERATOR_CODE = f"0011{CREDIT_CODE}1A001"
PLATFORM_CODE = f"0011{CREDIT_CODE}2A001"
GOOD = Label.by_generator(GENERATOR_CODE, "42")


def codes(label: Label, role: str = "") -> dict[str, str]:
    return {finding.code: finding.field for finding in findings_on_label(label, role)}


@pytest.mark.parametrize("role", ["", GENERATOR, PROPAGATOR])
def test_a_first_label_is_good(role: str) -> None:
    assert codes(GOOD, role) == {}


def test_a_plain_name_is_good() -> None:
    assert codes(Label.by_generator("ExampleLtd", "42"), GENERATOR) == {}


@pytest.mark.parametrize("value", ["1", "2", "3"])
def test_label_is_one_two_or_three(value: str) -> None:
    assert codes(replace(GOOD, label=value)) == {}


@pytest.mark.parametrize("value", ["", "0", "4", "AIGC", "true", "01", " 1"])
def test_label_is_nothing_else(value: str) -> None:
    assert codes(replace(GOOD, label=value)).get("label_value") == "Label"


@pytest.mark.parametrize("value", ["2", "3"])
def test_a_generator_says_one(value: str) -> None:
    assert codes(replace(GOOD, label=value), GENERATOR) == {"generator_says_one": "Label"}


def test_who_says_one_names_producer_and_number() -> None:
    assert codes(replace(GOOD, producer="", propagator="")).get("producer_empty") == "ContentProducer"
    assert codes(replace(GOOD, produce_id="", propagate_id="")).get("producer_empty") == "ProduceID"
    assert "producer_empty" not in codes(Label.by_platform("3", "platform", "p"))


def test_empty_propagation_fields_are_seen_in_the_wild_and_only_a_warning() -> None:
    findings = findings_on_label(replace(GOOD, propagator="", propagate_id=""))
    assert [(one.code, one.severity, one.field) for one in findings] == [
        ("propagator_empty", "warning", "ContentPropagator"),
        ("propagator_empty", "warning", "PropagateID"),
    ]


@pytest.mark.parametrize("changed", [{"propagator": "other"}, {"propagate_id": "other"}])
def test_first_write_equality(changed: dict[str, str]) -> None:
    label = replace(Label.by_generator("ExampleLtd", "42"), **changed)
    assert "first_write" in codes(label, GENERATOR)
    assert codes(label, PROPAGATOR) == {}


@pytest.mark.parametrize("character", ["!", "#", "[", "]", "~", "A", "9"])
def test_printable_single_byte_characters_are_right(character: str) -> None:
    assert codes(Label.by_generator("x", f"a{character}b")) == {}


@pytest.mark.parametrize("character", [" ", '"', "\\", "中", "\x7f", "\x1f", "é"])
def test_other_characters_are_a_warning(character: str) -> None:
    findings = findings_on_label(Label.by_generator("x", f"a{character}b"))
    assert {(one.code, one.severity) for one in findings} == {("characters", "warning")}


def test_a_code_with_a_wrong_check_character_is_an_error() -> None:
    wrong = GENERATOR_CODE.replace(CREDIT_CODE, CREDIT_CODE[:-1] + "4")
    assert codes(Label.by_generator(wrong, "42")).get("credit_code") == "ContentPropagator"


def test_the_kind_of_service_fits_the_role() -> None:
    assert codes(Label.by_generator(PLATFORM_CODE, "42")).get("service_type") == "ContentProducer"
    assert codes(GOOD.propagated(PLATFORM_CODE, "p")) == {}


def test_the_last_five_may_be_unused() -> None:
    assert codes(Label.by_generator(f"0011{CREDIT_CODE}00000", "42")) == {}


def test_the_shape_is_told_field_by_field() -> None:
    found = {
        (one.code, one.field)
        for one in findings_on(
            parse('{"Label":"AIGC","ContentProducer":"x","ProduceID":2,"Timestamp":"t","Timestamp":""}')
        )
    }
    assert ("label_value", "Label") in found
    assert ("not_text", "ProduceID") in found
    assert ("extra_field", "Timestamp") in found
    assert ("repeated_field", "Timestamp") in found
    assert ("missing_field", "ReservedCode1") in found


def test_texts_in_both_languages() -> None:
    (finding,) = findings_on_label(replace(GOOD, label="AIGC"))
    assert finding.text.en == 'Label must be "1", "2" or "3"; it is "AIGC"'
    assert finding.text.zh == "Label 应为 1、2 或 3，实为“AIGC”"
    assert finding.basis == "GB 45438-2025 E (C2)"
