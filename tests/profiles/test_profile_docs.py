"""docs/profile.md says what is so: its example is a good profile, and its table holds every code."""

from __future__ import annotations

import re
from pathlib import Path

from guiju.engine.rulebook import load_rulebooks
from guiju.profiles.problems import all_messages
from guiju.profiles.profile import read_profile

PAGE = (Path(__file__).parents[2] / "docs" / "profile.md").read_text("utf-8")


def test_the_example_is_a_good_profile() -> None:
    (example,) = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    profile = read_profile(example.encode(), "docs/profile.md", load_rulebooks())
    assert profile.systems[0].facts["registered_users"] == 1_300_000
    assert "on_negative_list" not in profile.systems[0].facts
    assert len(profile.events) == 3


def test_the_table_of_codes_is_complete_and_says_what_the_messages_mean() -> None:
    table = dict(re.findall(r"^\| (P[0-9]{3}) \| (.*) \|$", PAGE, re.MULTILINE))
    assert table == {message.code: message.meaning for message in all_messages()}


def test_a_code_has_one_meaning() -> None:
    meanings: dict[str, set[str]] = {}
    for message in all_messages():
        meanings.setdefault(message.code, set()).add(message.meaning)
    assert all(len(said) == 1 for said in meanings.values())


def test_every_message_speaks_both_languages_with_the_same_details() -> None:
    for message in all_messages():
        for text in (message.what, message.fix, message.expected):
            assert bool(text.zh) == bool(text.en), message.code
            assert set(re.findall(r"{\w+}", text.zh)) == set(re.findall(r"{\w+}", text.en)), message.code
