"""Save answers into a profile file: one fact at a time, whole or not at all, and nothing of the user's text lost."""

from __future__ import annotations

import codecs
import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path

from guiju.documents.document import decode
from guiju.documents.messages import shown
from guiju.engine.collection import Rulebooks
from guiju.engine.expression import Pool
from guiju.engine.values import Value
from guiju.profiles.problem_texts import FACTS, WHOLE
from guiju.profiles.problems import ProfileError, Report, problem
from guiju.profiles.profile import Profile, SystemProfile, read_profile, read_raw
from guiju.profiles.replacing import replace_file
from guiju.profiles.splice import put
from guiju.profiles.suggestions import Suggestions
from guiju.profiles.written import entry_text, profile_text

_ABOUT_VALUES = frozenset(message.code for message in (*FACTS.values(), *WHOLE.values()))
"""Codes that say something of the answer; all others would only say that our edit went wrong."""


def set_fact(path: Path, books: Rulebooks, *, system: str | None, fact: str, value: Value) -> None:
    """Give a fact of the organisation (`system` None) or of a system a value in a profile file; None makes it unknown.

    Everything else in the file stays as it is written, comments and order too. Raises ProfileError, and leaves the
    file untouched, if it is no valid profile, if the value does not fit or contradicts other facts, if it cannot be
    put in without rewriting the text, or if somebody changes the file meanwhile.
    """
    raw = read_raw(path)
    profile = read_profile(raw, str(path), books)
    expected = _with(profile, books, system, fact, value)
    if expected == profile:
        return
    text = decode(raw, str(path))
    changed = put(text, system, fact, value)
    if changed is None:
        raise problem("not_editable", path, entry=entry_text(fact, value))
    mark = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
    content = mark + changed.encode()
    try:
        done = read_profile(content, str(path), books) == expected
    except ProfileError as error:
        if any(one.code in _ABOUT_VALUES for one in error.problems):
            raise
        done = False
    if not done:
        raise problem("not_editable", path, entry=entry_text(fact, value))
    replace_file(path, raw, content)


def new_profile(path: Path, organisation_name: str, system_names: Sequence[str]) -> None:
    """Make a profile file with these names and nothing else in it.

    Raises ProfileError, and writes nothing, if a file of this name exists or a name is unfit or given twice.
    """
    systems = tuple(SystemProfile(name, {}) for name in system_names)
    content = profile_text(Profile(str(path), organisation_name, {}, systems, ())).encode()
    read_profile(content, str(path), Rulebooks(Pool(), {}, {}, {}, {}))
    replace_file(path, None, content)


def _with(profile: Profile, books: Rulebooks, system: str | None, fact: str, value: Value) -> Profile:
    """Return the profile as it shall be."""
    owner = "organisation" if system is None else "system"
    report = Report(profile.file)
    suggestions = Suggestions(books)
    spec = books.facts.get(fact)
    if spec is None or spec.of != owner:
        kind, details = suggestions.not_a_fact(fact, owner)
        report.add(kind, 0, shown(fact), **details)
        raise ProfileError(report.problems)
    if system is None:
        return dataclasses.replace(profile, facts=_changed(profile.facts, fact, value))
    if system not in (known.name for known in profile.systems):
        report.add("unknown_system", 0, fact, **suggestions.not_a_system(system, [s.name for s in profile.systems]))
        raise ProfileError(report.problems)
    systems = tuple(
        SystemProfile(known.name, _changed(known.facts, fact, value)) if known.name == system else known
        for known in profile.systems
    )
    return dataclasses.replace(profile, systems=systems)


def _changed(facts: Mapping[str, Value], fact: str, value: Value) -> dict[str, Value]:
    others = {name: known for name, known in facts.items() if name != fact}
    return others if value is None else {**others, fact: value}
