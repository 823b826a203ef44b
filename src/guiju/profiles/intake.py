"""Take in what a profile's document says: every name and value checked, all problems reported together."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from guiju.documents.document import Map, Seq
from guiju.documents.messages import shown
from guiju.engine.collection import Rulebooks
from guiju.engine.values import Event, Value
from guiju.profiles.factvalues import read_value
from guiju.profiles.problems import Report
from guiju.profiles.refusal import RefusedError, both, found
from guiju.profiles.suggestions import PARTS, Suggestions

LONGEST_NAME = 200
"""In characters; the bound is ours, so that every name can be shown."""

_UNFIT = ("Cc", "Cs", "Zl", "Zp")
"""Unicode categories that a name on one line cannot hold: control characters, lone surrogates, line separators."""


@dataclass(slots=True)
class Described:
    """The organisation or a system: its name, its facts, and the line of each."""

    name: str = ""
    facts: dict[str, Value] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Intake:
    """What one document says. Where problems were reported, it is incomplete."""

    organisation: Described = field(default_factory=Described)
    systems: list[Described] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)


def entries(root: Map, part: str, sample: str, report: Report) -> Iterator[tuple[int, Map, int]]:
    """Yield number, mapping and line of each entry of `systems` or `events`; report what is none."""
    listed = root.get(part)
    if listed is None:
        return
    if not isinstance(listed, Seq):
        said = found(listed, root.written[part])
        report.add("not_a_list", root.key_lines[part], part, found=said, sample=sample)
        return
    for number, (entry, line, written) in enumerate(zip(listed, listed.lines, listed.written, strict=True), 1):
        if isinstance(entry, Map):
            yield number, entry, line
        else:
            hint = both(f"write it as `- {sample}`", f"写成 `- {sample}`")
            report.add("not_a_mapping", line, f"{part} / #{number}", found=found(entry, written), hint=hint)


def read_name(value: Any, written: str) -> str:
    """Return a name without the spaces around it, empty if there is none; raises RefusedError for an unfit one."""
    if isinstance(value, dict | list):
        raise RefusedError("unfit_name", written=found(value, written), limit=LONGEST_NAME)
    name = "" if value is None else written.strip()
    if len(name) > LONGEST_NAME or any(unicodedata.category(c) in _UNFIT for c in name):
        raise RefusedError("unfit_name", written=shown(written), limit=LONGEST_NAME)
    return name


class Describer:
    """Reads the organisation and the systems."""

    def __init__(self, books: Rulebooks, report: Report, suggestions: Suggestions) -> None:
        self.books = books
        self.report = report
        self.suggestions = suggestions

    def parts(self, root: Any) -> Map | None:
        """Return the document's mapping if there is one, and report what is none of its parts."""
        if root is None or root == {}:
            self.report.add("empty", 0)
            return None
        if not isinstance(root, Map):
            hint = both("begin with `organisation:` and `systems:`", "以 `organisation:` 和 `systems:` 开头")
            self.report.add("not_a_mapping", 1, found=found(root, str(root)), hint=hint)
            return None
        for key in root:
            if key not in PARTS:
                hint = self.suggestions.not_a_part(key)
                self.report.add("unknown_part", root.key_lines[key], name=shown(key), hint=hint)
        return root

    def organisation(self, root: Map) -> Described:
        """Read the organisation; a profile may leave it out, and its name too."""
        entry = root.get("organisation")
        if entry is None:
            return Described()
        if not isinstance(entry, Map):
            hint = both("write `name: …` below it, indented", "在其下缩进写 `name: …`")
            said = found(entry, root.written["organisation"])
            self.report.add("not_a_mapping", root.key_lines["organisation"], "organisation", found=said, hint=hint)
            return Described()
        described = Described(self._name(entry, "organisation") or "")
        self._facts(entry, described, "organisation", "organisation")
        return described

    def systems(self, root: Map) -> list[Described]:
        """Read the systems, each with a name of its own."""
        described: list[Described] = []
        named_on: dict[str, int] = {}
        for number, entry, line in entries(root, "systems", "name: …", self.report):
            place = f"systems / #{number}"
            name = self._name(entry, place)
            if name == "":
                self.report.add("system_without_name", line, place)
            elif name:
                place = f"systems / {shown(name)}"
                if name in named_on:
                    self.report.add("same_name", entry.key_lines["name"], place, first=named_on[name])
                named_on.setdefault(name, entry.key_lines["name"])
            described.append(Described(name or ""))
            self._facts(entry, described[-1], "system", place)
        return described

    def _facts(self, entry: Map, described: Described, owner: str, place: str) -> None:
        for name, value in entry.items():
            line = entry.key_lines[name]
            spec = self.books.facts.get(name)
            if name == "name":
                continue
            if spec is None or spec.of != owner:
                kind, details = self.suggestions.not_a_fact(name, owner)
                self.report.add(kind, line, f"{place} / {shown(name)}", **details)
                continue
            try:
                known = read_value(spec, value, entry.written[name])
            except RefusedError as refused:
                self.report.add(refused.kind, line, f"{place} / {name}", **refused.details)
                continue
            if known is not None:
                described.facts[name] = known
                described.lines[name] = line

    def _name(self, entry: Map, place: str) -> str | None:
        """Return a name, empty if there is none, or None if it has been reported as unfit."""
        try:
            return read_name(entry.get("name"), entry.written.get("name", ""))
        except RefusedError as refused:
            self.report.add(refused.kind, entry.key_lines["name"], f"{place} / name", **refused.details)
            return None
