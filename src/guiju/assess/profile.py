"""A profile: what an organisation says about itself, its AI systems and dated events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from guiju.engine.collection import Rulebooks
from guiju.engine.document import Map, Seq, read_document
from guiju.engine.values import Event, Value


@dataclass(frozen=True, slots=True)
class SystemProfile:
    """One AI product, service or model with the facts known about it."""

    name: str
    facts: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything one profile file says. Facts that it does not mention are unknown."""

    file: str
    organisation: str
    facts: Mapping[str, Value]
    systems: tuple[SystemProfile, ...]
    events: tuple[Event, ...]


def load_profile(path: Path, books: Rulebooks) -> Profile:
    """Read a profile. (First version: accepts good profiles; the checks of bad ones follow.)"""
    raw = read_document(path)
    organisation = dict(raw.get("organisation") or {})
    name = str(organisation.pop("name", ""))
    systems = []
    for entry in raw.get("systems") or []:
        facts = {k: _value(v) for k, v in entry.items() if k != "name"}
        systems.append(SystemProfile(str(entry["name"]), facts))
    events = []
    for entry in raw.get("events") or []:
        known = books.events[entry["event"]].attributes or {}
        attributes = tuple((k, v) for k, v in entry.items() if k in known)
        events.append(Event(entry["date"], entry["event"], entry.get("system"), attributes))
    facts = {k: _value(v) for k, v in organisation.items()}
    return Profile(str(path), name, facts, tuple(systems), tuple(events))


def _value(value: object) -> Value:
    if isinstance(value, Seq | list):
        return frozenset(value)
    assert not isinstance(value, Map)
    return value  # type: ignore[return-value]
