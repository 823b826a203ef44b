"""Whatever bytes a profile holds: a Profile or a ProfileError with bounded, printable messages, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from guiju.profiles.problems import MOST_REPORTED, ProfileError
from guiju.profiles.profile import load_profile, read_profile

from .small_rulebooks import small

LINES = """\
organisation:
systems:
events:
name: S
- name: S
- name: T
red: true
fruit: yes
stone: true
users: 5
users: -1
users: 130万
years: 1.5
colours: [red,
size: small
revenue: 9 USD
- {event: sold, date: 2026-09-28, system: S}
- {event: founded, date: 2026-02-30}
<<: *a
%YAML 9.9
users: 1e999
red：true
---
...
"""
SIGNS = [
    " ",
    "\n",
    "\n  ",
    "\n    ",
    ": ",
    "- ",
    "? ",
    *"{}[]'#|>~\t\r：😀",
    '"',
    "&a ",
    "*a",
    "!!int ",
    "!<x> ",
    "\\ud800",
]
ODD = ["\ufeff", "\u2028", "\x85", "x" * 300, "9" * 300]
PIECES = st.sampled_from([*LINES.splitlines(), *SIGNS, *ODD])
LIKELY = st.lists(PIECES, max_size=40).map(lambda parts: "".join(parts).encode("utf-8", "surrogatepass"))
LONGEST_PROBLEM = 3000


def refusal(raw: bytes) -> ProfileError | None:
    """Read a profile; nothing but a ProfileError may come out of it."""
    try:
        read_profile(raw, "p.yaml", small())
    except ProfileError as error:
        return error
    return None


@given(st.binary(max_size=400) | LIKELY)
@example(b"\xff\xfe\x00")
@example(b"systems: [" * 500)
@example(b"a: &a\n" + b"b: [" + b"*a, " * 1000 + b"]")
@example(b'"\\ud800": "\\udfff"')
@example(b"%TAG ! tag:x,2000:\n--- !y z")
@example(b"? [a]\n: b\n")
@example(b"!%FF x")
def test_any_bytes_give_a_profile_or_a_problem(raw: bytes) -> None:
    error = refusal(raw)
    if error is None:
        return
    assert 1 <= len(error.problems) <= MOST_REPORTED
    for lang in ("en", "zh"):
        text = error.text(lang)
        assert all(line.isprintable() for line in text.split("\n"))
        assert len(text) < MOST_REPORTED * LONGEST_PROBLEM


@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_any_text_as_the_name_of_a_fact_is_told_safely(name: str) -> None:
    quoted = '"' + "".join(f"\\U{ord(c):08x}" for c in name) + '"'
    error = refusal(f"organisation:\n  {quoted}: true\n".encode())
    assert error is None or all(line.isprintable() for line in str(error).split("\n"))


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_a_path_that_cannot_be_a_path_is_a_problem(name: str, tmp_path: Path) -> None:
    with pytest.raises(ProfileError) as caught:
        load_profile(tmp_path / name, small())
    assert caught.value.problems[0].code == "P104"
