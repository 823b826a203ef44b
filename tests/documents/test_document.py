"""Documents that people write: exact values with their lines, nothing executed, and every fault told."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from guiju.documents import document
from guiju.documents.document import Map, Seq, parse_document, read_document, survey_document
from guiju.documents.errors import DocumentError
from guiju.documents.messages import LONGEST_SHOWN, shown
from guiju.documents.unreadable import REASONS, UnreadableError


def kind(text: str) -> tuple[str, int]:
    with pytest.raises(UnreadableError) as caught:
        parse_document(text, "d.yaml")
    return caught.value.kind, caught.value.line


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1_000", 1000),
        ("-5", -5),
        ("0", 0),
        ("0.04", Decimal("0.04")),
        ("1_000.50", Decimal("1000.50")),
        ("2026-09-28", dt.date(2026, 9, 28)),
        ("2026-02-30", "2026-02-30"),
        ("yes", True),
        ("off", False),
        ("~", None),
        ("none", "none"),
        ("'yes'", "yes"),
        ('"5"', "5"),
        ("007", "007"),
        ("1e6", "1e6"),
        ("0x10", "0x10"),
        ("9" * 101, "9" * 101),
        ("星河", "星河"),
        ("", None),
        ("# only a remark", None),
    ],
)
def test_plain_words_mean_what_they_say(text: str, value: object) -> None:
    parsed = parse_document(text, "d.yaml")
    assert parsed == value
    assert type(parsed) is type(value)


def test_values_know_their_lines_and_their_words() -> None:
    root = parse_document("a: yes\nb:\n  - 1_0\n  # remark\n  - x\nc: {d: 5}\n", "d.yaml")
    assert isinstance(root, Map)
    assert root.key_lines == {"a": 1, "b": 2, "c": 6}
    assert root.written == {"a": "yes", "b": "", "c": ""}
    assert isinstance(root["b"], Seq)
    assert root["b"].lines == [3, 5]
    assert root["b"].written == ["1_0", "x"]


def test_an_alias_repeats_a_value() -> None:
    root = parse_document("a: &x [1]\nb: *x\nc: &y 1_0\nd: *y\n", "d.yaml")
    assert root == {"a": [1], "b": [1], "c": 10, "d": 10}
    assert root.written["d"] == "1_0"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\na: 2\n", ("duplicate_key", 2)),
        ("a: {b: 1, b: 2}\n", ("duplicate_key", 1)),
        ("a: !!int 5\n", ("tag", 1)),
        ("a: 1\nb: !x {c: 1}\n", ("tag", 2)),
        ("a: 1\n---\nb: 2\n", ("second_document", 2)),
        ("[" * 41, ("too_deep", 1)),
        ("a: *b\n", ("unknown_alias", 1)),
        ("a: &a [*a]\n", ("unknown_alias", 1)),
        ("[a]: 1\n", ("key_not_a_word", 1)),
        ("{a: b}: 1\n", ("key_not_a_word", 1)),
        ("a: &x y\n*x : 1\n", ("key_not_a_word", 2)),
        ("null: 1\n", ("empty_key", 1)),
        ('"": 1\n', ("empty_key", 1)),
        ("a: &x {b: 1}\nc:\n  <<: *x\n", ("merge_key", 3)),
        ("a: 'b\nc: 1\n", ("broken_quote", 1)),
        ("a: [b\nc: 1\n", ("broken_bracket", 1)),
        ("a：1\nb: 2\n", ("broken_full_width", 1)),
        ("a:1\nb: 2\n", ("broken_no_space", 1)),
        ("a b\nc: 2\n", ("broken_no_colon", 1)),
        ("a:\n\tb: 1\n", ("broken_tab", 2)),
        ("a: b: c\n", ("broken_colon", 1)),
        ("a: @b\n", ("broken_sign", 1)),
        ("a: 1\n  b: 2\n", ("broken_indent", 2)),
        ("a: }\n", ("broken", 1)),
    ],
)
def test_what_is_no_plain_document_is_refused_at_its_line(text: str, expected: tuple[str, int]) -> None:
    assert kind(text) == expected


def test_both_parsers_of_the_yaml_package_give_the_same_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["a: 'b\nc: 1\n", "a: [b\nc: 1\n", "a：1\nb: 2\n", "a:\n\tb: 1\n", "a: b: c\n", "a: @b\n", "a: 1\n  b: 2\n"]
    fast = [kind(text) for text in texts]
    monkeypatch.setattr(document, "_LOADER", yaml.SafeLoader)
    assert [kind(text) for text in texts] == fast


def test_an_alias_bomb_is_refused_while_it_is_small() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    assert kind("\n".join(lines))[0] == "too_many_values"


def test_tags_construct_nothing(tmp_path: Path) -> None:
    witness = tmp_path / "witness"
    assert kind(f"!!python/object/apply:os.system ['touch {witness}']") == ("tag", 1)
    assert not witness.exists()


def test_reading_goes_on_after_faults_that_allow_it() -> None:
    root, faults = survey_document("a: 1\na: 2\nb: !x 3\n~: 4\nc: 5\n", "d.yaml")
    assert [(fault.kind, fault.line) for fault in faults] == [("duplicate_key", 2), ("tag", 3), ("empty_key", 4)]
    assert root == {"a": 1, "b": "3", "c": 5}


def test_faults_are_not_collected_without_end() -> None:
    _, faults = survey_document("a: 1\n" * 1000, "d.yaml")
    assert len(faults) < 100


def test_an_error_names_file_line_and_remedy() -> None:
    with pytest.raises(DocumentError) as caught:
        parse_document("a: 1\na: 2\n", "d.yaml")
    assert str(caught.value) == "d.yaml:2: `a` is written twice (first on line 1)\n  fix: keep one of the two"


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read_document(path) == {"a": 1}


@pytest.mark.parametrize(("raw", "line"), [(b"a: 1\nb: \xff\n", 2), (b"\xff\xfea\x00", 1)])
def test_a_file_that_is_not_utf8_is_refused_at_its_line(raw: bytes, line: int, tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_bytes(raw)
    with pytest.raises(UnreadableError) as caught:
        read_document(path)
    assert (caught.value.kind, caught.value.line) == ("not_utf8", line)


def test_no_more_is_read_than_allowed(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text("a: 12\n")
    assert read_document(path, max_bytes=6) == {"a": 12}
    with pytest.raises(UnreadableError, match="larger than"):
        read_document(path, max_bytes=5)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.text(st.characters(codec="utf-8"), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcxyz", min_size=1), inner, max_size=4),
    max_leaves=20,
)


@given(PLAIN)
def test_what_the_yaml_package_writes_is_read_as_it_was(value: Any) -> None:
    assert parse_document(yaml.safe_dump(value), "d.yaml") == value


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_any_text_gives_a_value_or_a_fault(text: str) -> None:
    root, faults = survey_document(text, "d.yaml")
    assert faults or root is None or isinstance(root, bool | int | Decimal | str | dt.date | Map | Seq)
    for fault in faults:
        assert fault.kind in REASONS


@given(st.text(max_size=200))
def test_what_is_shown_of_a_document_is_short_and_visible(text: str) -> None:
    said = shown(text)
    assert said.isprintable()
    assert len(said) <= LONGEST_SHOWN * 10
