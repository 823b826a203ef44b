"""What a good profile says is what is assessed: every type of fact, events, names, and what is left open."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.engine.values import Event, Value
from guiju.profiles.problems import ProfileError
from guiju.profiles.profile import Profile, SystemProfile, load_profile, read_profile
from guiju.profiles.written import profile_text

from .small_rulebooks import small


def read(text: str) -> Profile:
    return read_profile(text.encode(), "profile.yaml", small())


def fact(line: str) -> Value:
    """Return the one fact that a system states with this line."""
    (value,) = read(f"systems:\n  - name: S\n    {line}\n").systems[0].facts.values()
    return value


def codes(text: str) -> list[str]:
    with pytest.raises(ProfileError) as caught:
        read(text)
    return [problem.code for problem in caught.value.problems]


def test_a_file_is_read_under_the_name_it_was_given(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("organisation:\n  name: 星河\n", "utf-8")
    profile = load_profile(path, small())
    assert profile.file == str(path)
    assert profile.organisation == "星河"


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("red: true", True),
        ("red: no", False),
        ("users: 0", 0),
        ("users: 1_300_000", 1_300_000),
        ("users: +7", 7),
        ("years: 5", 5),
        ("years: 0.1", Decimal("0.1")),
        ("size: small", "small"),
        ("colours: [red, blue]", frozenset({"red", "blue"})),
        ("colours: []", frozenset()),
    ],
)
def test_every_type_of_fact_keeps_its_exact_value(line: str, value: Value) -> None:
    assert fact(line) == value
    assert type(fact(line)) is type(value)


def test_money_is_exact_decimal() -> None:
    profile = read("organisation:\n  revenue: 123456789012345.67\n")
    assert profile.facts == {"revenue": Decimal("123456789012345.67")}


@pytest.mark.parametrize("word", ["null", "~", "", "Null"])
def test_null_is_unknown_like_a_fact_that_is_absent(word: str) -> None:
    assert read(f"systems:\n  - name: S\n    red: {word}\n").systems == (SystemProfile("S", {}),)


def test_the_organisation_may_be_left_out_and_so_may_the_systems() -> None:
    assert read("systems: [{name: S}]").organisation == ""
    assert read("organisation: {is_big: true}").systems == ()
    assert read("organisation:\nsystems:\nevents:\n") == Profile("profile.yaml", "", {}, (), ())


@pytest.mark.parametrize("name", ["360", "yes", "2026-09-28", "1_000", "007", "0.5", "星河 对话"])
def test_a_name_is_what_is_written(name: str) -> None:
    text = f"systems:\n  - name: {name}\nevents:\n  - {{event: sold, date: 2026-09-28, system: {name}}}\n"
    profile = read(text)
    assert profile.systems[0].name == name
    assert profile.events[0].system == name


def test_a_profile_may_be_written_as_json() -> None:
    text = (
        '{"systems": [{"name": "S", "users": 5}], "events": [{"event": "sold", "date": "2026-09-28", "system": "S"}]}'
    )
    profile = read(text)
    assert profile.systems == (SystemProfile("S", {"users": 5}),)
    assert profile.events == (Event(dt.date(2026, 9, 28), "sold", "S"),)


def test_events_may_lie_in_the_future_and_state_their_attributes() -> None:
    text = "systems: [{name: S}]\nevents:\n  - {event: sold, date: 2099-01-01, system: S, is_gift: true}\n"
    assert read(text).events == (Event(dt.date(2099, 1, 1), "sold", "S", (("is_gift", True),)),)


def test_an_attribute_left_open_is_unknown() -> None:
    text = "systems: [{name: S}]\nevents:\n  - {event: sold, date: 2026-01-01, system: S, is_gift: }\n"
    assert read(text).events[0].attribute("is_gift") is None


def test_events_of_the_organisation_and_the_law_name_no_system() -> None:
    text = "events:\n  - {event: founded, date: 2000-02-29}\n  - {event: law_changed, date: 2026-01-01}\n"
    assert [event.system for event in read(text).events] == [None, None]
    assert codes("systems: [{name: S}]\nevents:\n  - {event: founded, date: 2000-01-01, system: S}\n") == ["P409"]


def test_an_event_of_a_system_names_it_even_where_there_is_only_one() -> None:
    assert codes("systems: [{name: S}]\nevents:\n  - {event: sold, date: 2026-01-01}\n") == ["P407"]


@pytest.mark.parametrize(
    ("date", "code"),
    [
        ("1948-12-31", "P406"),
        ("2101-01-01", "P406"),
        ("2025-02-29", "P405"),
        ("2026-00-10", "P405"),
        ("2026-1-1", "P404"),
    ],
)
def test_a_date_is_a_plausible_day_of_the_calendar(date: str, code: str) -> None:
    assert codes(f"events:\n  - {{event: founded, date: {date}}}\n") == [code]


@pytest.mark.parametrize("date", ["1949-01-01", "2100-12-31", "2024-02-29"])
def test_the_first_and_last_day_are_accepted(date: str) -> None:
    assert str(read(f"events:\n  - {{event: founded, date: {date}}}\n").events[0].date) == date


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("users: -1", "P307"),
        ("users: 1_000_000_000_000", None),
        ("users: 1_000_000_000_001", "P309"),
        ("users: 1.0", "P308"),
        ("users: 0x10", "P306"),
        ("users: .inf", "P305"),
        ("users: '5'", "P306"),
        ("years: -0.1", "P307"),
        ("red: 1", "P305"),
        ("size: [small]", "P305"),
        ("size: Small", "P310"),
        ("colours: red", "P305"),
        ("colours: [red, red]", "P311"),
        ("colours: [[red]]", "P310"),
        ("shop: true", "P303"),
        ("sold: 2026-01-01", "P304"),
        ("is_big: true", "P302"),
        ("user: 5", "P301"),
    ],
)
def test_what_does_not_fit_is_refused(line: str, code: str | None) -> None:
    text = f"systems:\n  - name: S\n    {line}\n"
    if code is None:
        read(text)
    else:
        assert codes(text) == [code]


def test_a_contradiction_is_found_where_it_only_follows() -> None:
    """Fruit is round, stones are not: whoever says fruit and stone has said two things about roundness."""
    text = "systems:\n  - name: S\n    fruit: true\n    stone: true\n"
    with pytest.raises(ProfileError) as caught:
        read(text)
    (problem,) = caught.value.problems
    assert problem.code == "P501"
    assert "`fruit: true` (line 3) and `stone: true` (line 4)" in problem.what("en")


def test_facts_of_the_organisation_count_for_each_system() -> None:
    systems = "[{name: A, users: 0}, {name: B, users: 1}, {name: C, users: 0}]"
    text = f"organisation: {{is_big: true}}\nsystems: {systems}\n"
    with pytest.raises(ProfileError) as caught:
        read(text)
    assert [problem.place for problem in caught.value.problems] == ["systems / A / users", "systems / C / users"]


def test_what_is_unknown_contradicts_nothing() -> None:
    read("systems:\n  - {name: S, fruit: true}\n  - {name: T, stone: true, round: false}\n")


NAMES = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=200).filter(
    lambda name: name == name.strip() != ""
)
MONEY = st.decimals(0, 10**15, places=2)
FACTS: dict[Any, st.SearchStrategy[Value]] = {
    "red": st.booleans(),
    "users": st.integers(1, 10**12),
    "years": st.integers(0, 10**9) | st.decimals(0, 10**9, places=3),
    "size": st.sampled_from(["small", "middle", "large"]),
    "colours": st.frozensets(st.sampled_from(["red", "green", "blue"])),
}
ORGANISATION: st.SearchStrategy[dict[str, Value]] = st.fixed_dictionaries(
    {}, optional={"is_big": st.booleans(), "revenue": MONEY, "motto": NAMES}
)
SYSTEMS = st.lists(
    st.builds(SystemProfile, NAMES, st.fixed_dictionaries({}, optional=FACTS)), max_size=4, unique_by=lambda s: s.name
)
DATES = st.dates(dt.date(1949, 1, 1), dt.date(2100, 12, 31))


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    systems = tuple(draw(SYSTEMS))
    events = [Event(draw(DATES), "founded", None)]
    for system in systems:
        gift = draw(st.sampled_from([(), (("is_gift", True),), (("is_gift", False),)]))
        events.append(Event(draw(DATES), "sold", system.name, gift))
    return Profile("profile.yaml", draw(NAMES | st.just("")), draw(ORGANISATION), systems, tuple(events))


@given(profiles())
def test_a_profile_written_and_read_again_is_the_same(profile: Profile) -> None:
    again = read(profile_text(profile))
    assert again == profile
    assert dataclasses.asdict(again) == dataclasses.asdict(profile)
