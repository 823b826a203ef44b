"""How names, values and whole profiles are written in YAML, so that reading gives exactly the same again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from guiju.documents.marked import WORDS
from guiju.engine.values import Event, Value

if TYPE_CHECKING:
    from guiju.profiles.profile import Profile

_PLAIN = re.compile(r"[A-Za-z\u4e00-\u9fff][\w .()\u4e00-\u9fff-]*\Z")
_GROUPED_FROM = 10_000


def profile_text(profile: Profile) -> str:
    """Write a whole profile; reading the text gives the same profile."""
    return "\n".join([*_organisation(profile), "", *_systems(profile), *_events(profile.events), ""])


def entry_text(name: str, value: Value, *, quote: bool = False) -> str:
    """Write one fact as `name: value`; with `quote`, as JSON would."""
    return f"{key_text(name, quote=quote)}: {value_text(value, quote=quote)}"


def key_text(name: str, *, quote: bool = False) -> str:
    """Write a key, in double quotes if asked."""
    return f'"{name}"' if quote else name


def value_text(value: Value, *, quote: bool = False) -> str:
    """Write a value; numbers in full, in groups of three unless it is to be JSON."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, frozenset):
        return f"[{', '.join(value_text(one, quote=quote) for one in sorted(value))}]"
    if isinstance(value, str):
        return quoted(value) if quote else name_text(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return f"{value:_}" if abs(value) >= _GROUPED_FROM and not quote else str(value)


def name_text(name: str) -> str:
    """Write a text plainly where YAML takes it for nothing else, in double quotes otherwise."""
    plain = _PLAIN.match(name) and name.isprintable() and name not in WORDS and not name.endswith(" ")
    return name if plain else quoted(name)


def quoted(text: str) -> str:
    """Write a text in double quotes, with what cannot be seen as escapes."""
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character.isprintable():
        return character
    number = ord(character)
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"  # noqa: PLR2004 - the forms of YAML


def _organisation(profile: Profile) -> list[str]:
    lines = [f"  name: {name_text(profile.organisation)}"] if profile.organisation else []
    lines.extend(f"  {line}" for line in _facts(profile.facts))
    return ["organisation:", *lines] if lines else ["organisation: {}"]


def _systems(profile: Profile) -> list[str]:
    lines = ["systems:"] if profile.systems else ["systems: []"]
    for system in profile.systems:
        lines.append(f"  - name: {name_text(system.name)}")
        lines.extend(f"    {line}" for line in _facts(system.facts))
    return lines


def _facts(facts: Mapping[str, Value]) -> Iterator[str]:
    return (entry_text(name, value) for name, value in facts.items())


def _events(events: tuple[Event, ...]) -> list[str]:
    lines = ["", "events:"] if events else []
    for event in events:
        parts = [f"event: {event.name}", f"date: {event.date}"]
        if event.system is not None:
            parts.append(f"system: {quoted(event.system)}")
        parts.extend(f"{name}: {value_text(value)}" for name, value in event.attributes)
        lines.append(f"  - {{{', '.join(parts)}}}")
    return lines
