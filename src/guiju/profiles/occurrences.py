"""Take in the events of a profile: each known, on a real day, and tied to its system."""

from __future__ import annotations

from collections.abc import Collection

from guiju.documents.document import Map
from guiju.documents.messages import shown
from guiju.engine.collection import Rulebooks
from guiju.engine.values import Event
from guiju.engine.vocabulary import EventSpec
from guiju.profiles.dates import read_date
from guiju.profiles.factvalues import read_bool
from guiju.profiles.intake import entries, read_name
from guiju.profiles.problems import Report
from guiju.profiles.refusal import RefusedError
from guiju.profiles.suggestions import OWNERS, Suggestions


class Occurrences:
    """Reads the entries under `events`."""

    def __init__(self, books: Rulebooks, report: Report, suggestions: Suggestions, systems: Collection[str]) -> None:
        self.books = books
        self.report = report
        self.suggestions = suggestions
        self.systems = systems

    def read(self, root: Map) -> list[Event]:
        """Return the events that are right, in the order of the file, and report those that are not."""
        found = []
        for number, entry, line in entries(root, "events", "{event: …, date: 2026-09-28}", self.report):
            place = f"events / #{number}"
            spec = self._spec(entry, line, place)
            if spec is not None:
                found.append(self._event(entry, spec, line, f"{place} {spec.event}"))
        return [event for event in found if event is not None]

    def _spec(self, entry: Map, line: int, place: str) -> EventSpec | None:
        name = entry.written.get("event", "").strip()
        if not name or entry["event"] is None:
            self.report.add("event_without_name", line, place)
            return None
        spec = self.books.events.get(name)
        if spec is None:
            details = self.suggestions.not_an_event(name)
            self.report.add("unknown_event", entry.key_lines["event"], f"{place} / event", **details)
        return spec

    def _event(self, entry: Map, spec: EventSpec, line: int, place: str) -> Event | None:
        attributes = spec.attributes or {}
        problems = len(self.report.problems)
        for field in entry:
            if field not in ("event", "date", "system", *attributes):
                details = self.suggestions.not_a_field(field, spec)
                self.report.add("unknown_field", entry.key_lines[field], f"{place} / {shown(field)}", **details)
        date = system = None
        known: dict[str, bool] = {}
        for field in ("date", "system", *attributes):
            try:
                if field == "date":
                    date = read_date(*self._said(entry, field))
                elif field == "system":
                    system = self._system(entry, spec)
                elif entry.get(field) is not None:
                    known[field] = read_bool(*self._said(entry, field))
            except RefusedError as refused:
                where = entry.key_lines.get(field, line)
                self.report.add(refused.kind, where, f"{place} / {field}", **refused.details)
        if date is None or len(self.report.problems) > problems:
            return None
        return Event(date, spec.event, system, tuple(known.items()))

    def _said(self, entry: Map, field: str) -> tuple[object, str]:
        if entry.get(field) is None:
            raise RefusedError(f"event_without_{field}")
        return entry[field], entry.written[field]

    def _system(self, entry: Map, spec: EventSpec) -> str | None:
        name = read_name(entry.get("system"), entry.written.get("system", ""))
        if spec.of != "system":
            if name:
                raise RefusedError("needless_system", name=spec.event, owner=OWNERS[spec.of])
            return None
        if not name:
            sample = next((shown(system) for system in self.systems), "…")
            raise RefusedError("event_without_system", sample=sample)
        if name not in self.systems:
            raise RefusedError("unknown_system", **self.suggestions.not_a_system(name, self.systems))
        return name
