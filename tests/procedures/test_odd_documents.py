"""Whatever stands in a case type or a script, the reader tells what is wrong; it never breaks down."""

from __future__ import annotations

import json
import re
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju.documents.document import parse_document
from guiju.procedures.expectations import misses
from guiju.procedures.loading import parse_case_type, plain
from guiju.procedures.problems import ProcedureError
from guiju.procedures.running import play
from guiju.procedures.script import parse_script
from tests.procedures.at_hand import HERE, PERMIT, TYPES_FOLDER, lawbook

BOOK = lawbook()
ODD: st.SearchStrategy[Any] = st.sampled_from(
    (None, "", "odd", "two words", 0, -1, 10**12, True, [], {}, ["odd"], {"odd": "odd"}, [[]], "clock")
)


def document(path: str) -> Any:
    text = (HERE / path).read_text("utf-8")
    return plain(parse_document(text, path))


CASE_TYPE = document("types/mail4/procedures/permit.yaml")
SCRIPT = document("scripts/from_application_to_expiry.yaml")


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a document."""
    found = [path] if path else []
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        found.extend(places(one, (*path, key)))
    return found


def changed(value: Any, path: tuple[Any, ...], odd: Any) -> Any:
    """The document with something odd at one place."""
    copy = json.loads(json.dumps(value))
    inner = copy
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = odd
    return copy


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(places(CASE_TYPE)), ODD)
def test_a_case_type_with_something_odd_in_it(path: tuple[Any, ...], odd: Any) -> None:
    text = json.dumps(changed(CASE_TYPE, path, odd), ensure_ascii=False)
    error = None
    try:
        kind = parse_case_type(text, "mail4", BOOK, file="odd.yaml", stem="permit")
        assert plain(kind.document) == kind.document
    except ProcedureError as caught:
        error = caught
    assert error is None or (error.text("en") and error.text("zh"))


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(places(SCRIPT)), ODD)
def test_a_script_with_something_odd_in_it(path: tuple[Any, ...], odd: Any) -> None:
    text = json.dumps(changed(SCRIPT, path, odd), ensure_ascii=False)
    text = re.sub(r'"(\d{4}-\d\d-\d\d)"', r"\1", text)
    told = None
    try:
        misses(play(parse_script(text, "odd.yaml"), PERMIT))
    except ValueError as caught:
        told = caught
    assert told is None or type(told).__module__.startswith("guiju.")


def test_the_good_ones_are_good() -> None:
    assert (TYPES_FOLDER / "mail4/procedures/permit.yaml").exists()
    parse_case_type(json.dumps(CASE_TYPE, ensure_ascii=False), "mail4", BOOK, file="good.yaml", stem="permit")
