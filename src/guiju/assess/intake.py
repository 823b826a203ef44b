"""Take in what a profile's document says: every name and value checked, all problems reported together."""

from __future__ import annotations

from typing import Any

from guiju.assess.dates import read_date
from guiju.assess.factvalues import read_bool, read_value
from guiju.assess.intake_names import Names, read_name
from guiju.assess.problems import Report
from guiju.assess.refusal import RefusedError, both, found
from guiju.engine.collection import Rulebooks
from guiju.engine.document import Map, Seq
from guiju.engine.messages import shown
from guiju.engine.values import Event, Value

PARTS = ("organisation", "systems", "events")


class Intake:
    """Reads one document into the parts of a profile. Where it reports a problem, the parts are incomplete."""

    def __init__(self, books: Rulebooks, report: Report) -> None:
        self.books = books
        self.report = report
        self.names = Names(books)
        self.organisation = ""
        self.facts: dict[str, Value] = {}
        self.systems: list[tuple[str, dict[str, Value]]] = []
        self.events: list[Event] = []
        self.lines: dict[str | None, dict[str, int]] = {}
        """Where each fact stands: by system, None for the organisation."""
        self._named_on: dict[str, int] = {}

    def read(self, root: Any) -> None:
        """Take in a whole document."""
        if root is None or root == {}:
            self.report.add("empty", 0)
            return
        if not isinstance(root, Map):
            hint = both("begin with `organisation:` and `systems:`", "以 `organisation:` 和 `systems:` 开头")
            self.report.add("not_a_mapping", 1, found=found(root, str(root)), hint=hint)
            return
        for key in root:
            if key not in PARTS:
                self.report.add("unknown_part", root.key_lines[key], name=shown(key), hint=self.names.part(key, PARTS))
        self._organisation(root)
        for entry, line, number in self._entries(root, "systems", "name: …"):
            self._system(entry, line, number)
        for entry, line, number in self._entries(root, "events", "{event: …, date: 2026-09-28}"):
            self._event(entry, line, number)

    def _organisation(self, root: Map) -> None:
        entry = root.get("organisation")
        if entry is None:
            return
        if not isinstance(entry, Map):
            hint = both("write `name: …` below it, indented", "在其下缩进写 `name: …`")
            said = found(entry, root.written["organisation"])
            self.report.add("not_a_mapping", root.key_lines["organisation"], "organisation", found=said, hint=hint)
            return
        self.organisation = self._name(entry, "organisation") or ""
        self.facts = self._facts(entry, None, "organisation")

    def _system(self, entry: Map, line: int, number: int) -> None:
        name = self._name(entry, f"systems / #{number}")
        if name == "":
            self.report.add("system_without_name", line, f"systems / #{number}")
        elif name is not None and name in self._named_on:
            first = self._named_on[name]
            self.report.add("same_name", entry.key_lines["name"], f"systems / {shown(name)}", first=first)
        label = name or f"#{number}"
        self._named_on.setdefault(label, line)
        self.systems.append((label, self._facts(entry, label, f"systems / {shown(label)}")))

    def _facts(self, entry: Map, system: str | None, place: str) -> dict[str, Value]:
        facts: dict[str, Value] = {}
        owner = "organisation" if system is None else "system"
        lines = self.lines[system] = {}
        for name, value in entry.items():
            if name == "name":
                continue
            line = entry.key_lines[name]
            spec = self.books.facts.get(name)
            if spec is None or spec.of != owner:
                kind, details = self.names.not_a_fact(name, owner)
                self.report.add(kind, line, f"{place} / {shown(name)}", **details)
                continue
            try:
                known = read_value(spec, value, entry.written[name])
            except RefusedError as refused:
                self.report.add(refused.kind, line, f"{place} / {name}", **refused.details)
                continue
            if known is not None:
                facts[name] = known
                lines[name] = line
        return facts

    def _event(self, entry: Map, line: int, number: int) -> None:
        place = f"events / #{number}"
        said = entry.get("event")
        if not isinstance(said, str) or not said:
            self.report.add("event_without_name", line, place)
            return
        spec = self.books.events.get(said)
        if spec is None:
            place = f"{place} / event"
            self.report.add("unknown_event", entry.key_lines["event"], place, **self.names.not_an_event(said))
            return
        place = f"{place} {said}"
        attributes = spec.attributes or {}
        for name in entry:
            if name not in ("event", "date", "system", *attributes):
                details = self.names.not_a_field(name, spec)
                self.report.add("unknown_field", entry.key_lines[name], f"{place} / {shown(name)}", **details)
        known: list[tuple[str, bool]] = []
        system = None
        try:
            system = self._system_of(entry, spec.of, said, line, place)
            for name in attributes:
                if entry.get(name) is not None:
                    known.append((name, read_bool(entry[name], entry.written[name])))
        except RefusedError as refused:
            self.report.add(refused.kind, entry.key_lines[name], f"{place} / {name}", **refused.details)
        if entry.get("date") is None:
            self.report.add("event_without_date", entry.key_lines.get("date", line), f"{place} / date")
            return
        try:
            date = read_date(entry["date"], entry.written["date"])
        except RefusedError as refused:
            self.report.add(refused.kind, entry.key_lines["date"], f"{place} / date", **refused.details)
            return
        self.events.append(Event(date, said, system, tuple(known)))

    def _system_of(self, entry: Map, owner: str, event: str, line: int, place: str) -> str | None:
        place = f"{place} / system"
        if entry.get("system") is None:
            if owner == "system":
                names = [shown(name) for name in self._named_on] or ["…"]
                self.report.add("event_without_system", line, place, sample=names[0])
            return None
        line = entry.key_lines["system"]
        name = entry.written["system"].strip()
        if owner != "system":
            self.report.add("needless_system", line, place, **self.names.owner_of(event))
        elif name not in self._named_on:
            self.report.add("unknown_system", line, place, **self.names.no_such_system(name, self._named_on))
        return name

    def _name(self, entry: Map, place: str) -> str | None:
        """Return a name, empty if there is none, or None if it has been reported as unfit."""
        if entry.get("name") is None:
            return ""
        try:
            return read_name(entry["name"], entry.written["name"])
        except RefusedError as refused:
            self.report.add(refused.kind, entry.key_lines["name"], f"{place} / name", **refused.details)
            return None

    def _entries(self, root: Map, part: str, sample: str) -> list[tuple[Map, int, int]]:
        entries = root.get(part)
        if entries is None:
            return []
        line = root.key_lines[part]
        if not isinstance(entries, Seq):
            self.report.add("not_a_list", line, part, found=found(entries, root.written[part]), sample=sample)
            return []
        result = []
        for number, (entry, line, written) in enumerate(zip(entries, entries.lines, entries.written, strict=True), 1):
            if isinstance(entry, Map):
                result.append((entry, line, number))
                continue
            hint = both(f"write it as `- {sample}`", f"写成 `- {sample}`")
            place = f"{part} / #{number}"
            self.report.add("not_a_mapping", line, place, found=found(entry, written), hint=hint)
        return result
