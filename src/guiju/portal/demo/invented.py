"""What a demo consists of, as its YAML files say: people, organisations with their systems, and what they did when."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import msgspec
import yaml

_HERE = Path(__file__).parent


class Post(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where an official works, as what."""

    office: str
    role: str


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody with an account; `member`: {organisation: role}; `look`: what there is to see with it."""

    name: str
    email: str
    language: str = "zh"
    post: Post | None = None
    member: dict[str, str] = {}
    look: dict[str, str] = {}


class System(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An AI system and the facts about it (docs/profile.md)."""

    zh: str
    en: str
    facts: dict[str, Any] = {}


class Occurred(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"values": "with"}):
    """Something dated that happened to an organisation or its `system`, or is planned: `on` as for acts."""

    event: str
    on: int
    system: str = ""
    values: dict[str, bool] = {}


class Organisation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An organisation and the facts about it as a whole. `is_a` says in a few words what it shows."""

    zh: str
    en: str
    area: str
    is_a: dict[str, str]
    contact: str
    credit_code: str = ""
    facts: dict[str, Any] = {}
    systems: dict[str, System] = {}
    events: list[Occurred] = []


class Act(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"values": "with"}):
    """One act, `on` so many working days after the day of laying; `by` a role, found from the case, or a person."""

    on: int
    do: str
    by: str
    values: dict[str, Any] = {}
    without: list[str] = []


class Script(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"applicant": "for"}):
    """One case. `applicant`: `organisation`, `organisation/system`, or a person; `shows` why it is there."""

    case: str
    case_type: str
    applicant: str
    shows: dict[str, str]
    acts: list[Act]
    readings: dict[str, str] = {}


class Invented(msgspec.Struct, frozen=True):
    """All of it; `forms` fill what the first act of a case type does not give."""

    password: str
    people: dict[str, Person]
    organisations: dict[str, Organisation]
    forms: dict[str, dict[str, Any]]
    scripts: list[Script]


@functools.cache
def read_invented(folder: Path = _HERE) -> Invented:
    """Read the files, once. Raises msgspec.ValidationError where one says what it cannot."""
    people = _read(folder / "people.yaml")
    scripts = [one for path in sorted((folder / "cases").glob("*.yaml")) for one in _read(path)["cases"]]
    whole = {
        "password": people["password"],
        "people": people["people"],
        "organisations": _read(folder / "organisations.yaml")["organisations"],
        "forms": _read(folder / "forms.yaml")["forms"],
        "scripts": scripts,
    }
    return msgspec.convert(whole, Invented)


class _Loader(yaml.SafeLoader):
    """Reads `on` as a word: YAML 1.1 takes it for true."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _read(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(path.read_text("utf-8"), _Loader)
    return loaded
