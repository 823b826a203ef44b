"""Canonical JSON: the examples of RFC 8785, and the fast writer against the literal one."""

from __future__ import annotations

import json
import math
import struct
from collections import OrderedDict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.ledger.canonical import LARGEST_INTEGER, canonical_json, number_text, parsed_json, written
from guiju.ledger.errors import EventError

APPENDIX_B = {
    "0000000000000000": "0",
    "8000000000000000": "0",
    "0000000000000001": "5e-324",
    "8000000000000001": "-5e-324",
    "7fefffffffffffff": "1.7976931348623157e+308",
    "ffefffffffffffff": "-1.7976931348623157e+308",
    "4340000000000000": "9007199254740992",
    "c340000000000000": "-9007199254740992",
    "4430000000000000": "295147905179352830000",
    "44b52d02c7e14af5": "9.999999999999997e+22",
    "44b52d02c7e14af6": "1e+23",
    "44b52d02c7e14af7": "1.0000000000000001e+23",
    "444b1ae4d6e2ef4e": "999999999999999700000",
    "444b1ae4d6e2ef4f": "999999999999999900000",
    "444b1ae4d6e2ef50": "1e+21",
    "3eb0c6f7a0b5ed8c": "9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d": "0.000001",
    "41b3de4355555553": "333333333.3333332",
    "41b3de4355555554": "333333333.33333325",
    "41b3de4355555555": "333333333.3333333",
    "41b3de4355555556": "333333333.3333334",
    "41b3de4355555557": "333333333.33333343",
    "becbf647612f3696": "-0.0000033333333333333333",
    "43143ff3c1cb0959": "1424953923781206.2",
}


@pytest.mark.parametrize(("bits", "text"), APPENDIX_B.items())
def test_numbers_of_appendix_b(bits: str, text: str) -> None:
    (value,) = struct.unpack(">d", bytes.fromhex(bits))
    assert number_text(value) == text


def test_names_are_ordered_by_utf_16() -> None:
    fields = {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\x80": 6, "\u00f6": 7}
    ordered = '{"\\r":2,"1":4,"\x80":6,"ö":7,"€":1,"\U0001f600":5,"\ufb33":3}'
    assert canonical_json(fields) == ordered.encode()


def test_text_is_escaped_only_where_it_must_be() -> None:
    assert canonical_json('\u20ac$\u000f\nA\'B"\\\\"/\x7f') == '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/\x7f"'.encode()


def test_values_and_spacing() -> None:
    value = {"literals": [None, True, False], "numbers": [4.50, 2e-3, 1e-27, 1e30], "b": {}, "a": []}
    expected = '{"a":[],"b":{},"literals":[null,true,false],"numbers":[4.5,0.002,1e-27,1e+30]}'
    assert canonical_json(value) == expected.encode()


texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER)
    | st.floats(allow_nan=False, allow_infinity=False).filter(lambda value: not 2**53 <= abs(value) < 1e21)
    | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_the_fast_writer_and_the_literal_one_agree(value: object) -> None:
    assert canonical_json(value) == written(value)


@given(values)
def test_what_is_written_reads_as_what_it_was(value: object) -> None:
    once = canonical_json(value)
    assert json.loads(once) == value
    assert canonical_json(parsed_json(once)) == once


@given(st.dictionaries(texts, st.integers(0, 9)))
def test_the_order_in_which_names_came_does_not_matter(fields: dict[str, int]) -> None:
    assert canonical_json(dict(reversed(fields.items()))) == canonical_json(fields)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_reads_back_exactly(value: float) -> None:
    assert float(number_text(value)) == value


def test_mappings_and_kinds_of_text_are_taken_for_what_they_are() -> None:
    class Name(str):
        __slots__ = ()

    class Measure(float):
        def __repr__(self) -> str:
            return f"{float(self)} m"

    assert canonical_json([Measure(1.5)]) == b"[1.5]"
    assert canonical_json(OrderedDict(b=(1, 2), a=Name("x"))) == b'{"a":"x","b":[1,2]}'


def deep(levels: int) -> object:
    value: object = 1
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("value", "code", "message"),
    [
        ({"a": [1, {"b": math.nan}]}, "L104", "a[1].b is nan, which JSON cannot express"),
        ({"a": math.inf}, "L104", "a is inf, which JSON cannot express"),
        ({"a": 2**53}, "L104", "a is 9007199254740992, beyond ±(2^53 - 1)"),
        ({"a": -(2**53)}, "L104", "a is -9007199254740992, beyond ±(2^53 - 1)"),
        ({"a": 10**5000}, "L104", "a is a number of 16610 bits, beyond ±(2^53 - 1)"),
        ({"a": 2.0**53}, "L104", "a is 9007199254740992, beyond ±(2^53 - 1)"),
        ({"a": "x\ud800"}, "L105", "a holds half of a surrogate pair"),
        ({"a": {"\udfff": 1}}, "L105", "a holds half of a surrogate pair"),
        ({"a": {1: 2}}, "L103", "a has the key 1, which is not text"),
        ({"a": {1, 2}}, "L102", "a is of type set, which JSON does not know"),
        (b"bytes", "L102", "the value is of type bytes"),
        (deep(101), "L106", "is nested more than 100 levels deep"),
    ],
)
def test_what_has_no_canonical_form_is_refused_with_its_place(value: Any, code: str, message: str) -> None:
    with pytest.raises(EventError) as refused:
        canonical_json(value)
    assert refused.value.code == code
    assert message in refused.value.text("en")
    assert refused.value.text("zh").startswith(f"{code}：")


def test_the_bounds_themselves_are_taken() -> None:
    assert canonical_json([LARGEST_INTEGER, -LARGEST_INTEGER]) == b"[9007199254740991,-9007199254740991]"
    assert canonical_json(deep(100)).count(b"[") == 100


@pytest.mark.parametrize("text", ['{"a":1,"a":2}', "NaN", "[Infinity]", "{", "1 2", "[" * 100_000])
def test_json_is_read_strictly(text: str) -> None:
    with pytest.raises(EventError):
        parsed_json(text)
