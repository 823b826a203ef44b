"""Two small laws of the tests' own, one of which cites the other."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from guiju.engine.collection import Rulebooks
from guiju.engine.rulebook import load_rulebooks
from guiju.export.oscal import as_oscal

DAY = dt.date(2026, 11, 22)
Json = dict[str, Any]


def small() -> Rulebooks:
    return load_rulebooks(Path(__file__).parent / "rulebooks")


def catalog(books: Rulebooks, law: str, day: dt.date = DAY) -> Json:
    found: Json = json.loads(as_oscal(books, law, day))["catalog"]
    return found


def controls(group: Json) -> Iterator[Json]:
    yield from group.get("controls", [])
    for inner in group.get("groups", []):
        yield from controls(inner)


def control(books: Rulebooks, law: str, identifier: str) -> Json:
    return {each["id"]: each for each in controls(catalog(books, law))}[identifier]


def values(control: Json, name: str) -> list[str]:
    return [each["value"] for each in control["props"] if each["name"] == name]


def links(control: Json, rel: str) -> list[str]:
    return [each["href"] for each in control["links"] if each["rel"] == rel]
