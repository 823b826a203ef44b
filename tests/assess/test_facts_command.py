"""`guiju facts` lists the words of a profile, each with its question and the provisions that use it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from guiju.assess.catalogue import data, provisions, words
from guiju.cli import main
from guiju.engine.rulebook import load_rulebooks
from tests.profiles.small_rulebooks import small


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["facts", *arguments]) == 0
    return capsys.readouterr().out


def as_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, list[dict[str, Any]]]:
    result: dict[str, list[dict[str, Any]]] = json.loads(printed(capsys, *arguments, "--format", "json"))
    return result


def test_a_fact_is_used_where_a_condition_or_a_definition_behind_it_names_it() -> None:
    used = {name: [str(address) for address in addresses] for name, addresses in provisions(small()).items()}
    assert used["users"] == ["demo:2.1", "demo:3.1"]
    assert used["colours"] == ["demo:3.1"]
    assert used["size"] == []


def test_a_fact_that_decides_whether_the_law_applies_is_listed_with_its_scope_only() -> None:
    assert [str(address) for address in provisions(small())["red"]] == ["demo:1.1"]


def test_an_event_is_used_where_a_clock_starts_from_it() -> None:
    assert [str(address) for address in provisions(small())["sold"]] == ["demo:3.1"]


def test_json_tells_all_about_every_fact_and_event() -> None:
    everything = data(small(), list(words(small()).values()))
    (users,) = [fact for fact in everything["facts"] if fact["fact"] == "users"]
    assert users == {
        "fact": "users",
        "of": "system",
        "type": "count",
        "unit": {"zh": "个", "en": "accounts"},
        "choices": [],
        "question": {"zh": "用户？", "en": "users?"},
        "help": None,
        "asked": True,
        "provisions": ["demo:2.1", "demo:3.1"],
    }
    (sold,) = [event for event in everything["events"] if event["event"] == "sold"]
    assert (sold["attributes"], sold["planned"]) == ({"is_gift": "bool"}, False)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_table_shows_every_name_whole(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    seen = printed(capsys, "--lang", lang).split()
    assert set(words(load_rulebooks())) <= set(seen)


def test_only_facts_and_events_of_the_organisation_or_of_systems(capsys: pytest.CaptureFixture[str]) -> None:
    for owner in ("organisation", "system"):
        found = as_json(capsys, "--of", owner)
        assert {entry["of"] for entry in (*found["facts"], *found["events"])} == {owner}


def test_named_facts_are_told_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    seen = printed(capsys, "registered_users", "incident_discovered", "--lang", "zh")
    assert "registered_users  (系统, 个数, 个)" in seen
    assert "mail4:66.1" in seen
    assert "is_major" in seen
    assert list(as_json(capsys, "registered_users")["facts"][0]) == list(as_json(capsys)["facts"][0])


@pytest.mark.parametrize(
    ("lang", "message"),
    [
        ("en", "error: there is no fact or event `registerd_users`; did you mean `registered_users`?\n"),
        ("zh", "错误：没有事实或者事件 `registerd_users`；是否想写 `registered_users`？\n"),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest(lang: str, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["facts", "registerd_users", "--lang", lang]) == 2
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", message)
