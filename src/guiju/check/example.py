"""Counter-examples: profiles that anybody can assess to see what a diagnostic says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from guiju.bilingual import Bilingual
from guiju.calendar.days import prc_calendar
from guiju.engine.collection import Rulebooks
from guiju.engine.findings import Status, Subject, SubjectCase
from guiju.engine.norms import Norm
from guiju.engine.values import Event, Value

DAY = dt.date(2025, 12, 31)
"""The day for which a counter-example is worked out here; its events lie before it, so every later day will do."""


class DisagreementError(ValueError):
    """The solver says of a case what the engine does not: a mistake in Guiju, never in a law."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What an assessment of the case shows: the status of one norm for one subject."""

    subject: Subject
    norm: Norm
    status: Status


@dataclass(frozen=True, slots=True)
class Case:
    """One system with its facts and events, or the organisation itself (then `system` is None)."""

    system: str | None
    facts: Mapping[str, Value]
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Counterexample:
    """One organisation, its systems, how open questions are read where not by default, and what is then seen."""

    name: str
    cases: tuple[Case, ...]
    claims: tuple[Claim, ...]
    readings: Mapping[str, str]

    def confirm(self, books: Rulebooks) -> None:
        """Let the engine decide the case; raises DisagreementError where it sees another status."""
        readings = books.read(self.readings)
        for case in self.cases:
            for claim in self.claims:
                if claim.subject == subject_of(case, self.name):
                    status = _status(books, case, claim, readings)
                    if status != claim.status:
                        raise DisagreementError(
                            f"{self.name}: {claim.norm.key} is {status}, not {claim.status}; please report this"
                        )

    def profile_text(self, books: Rulebooks, about: Iterable[str]) -> str:
        """Write the profile as YAML, with comments that say what it shows and what to run."""
        lines = [f"# {line}".rstrip() for line in about]
        lines += [f"# {c.norm.key} ({c.subject.name}): {c.status}" for c in self.claims]
        facts = {name: value for case in self.cases for name, value in case.facts.items()}
        lines += ["organisation:", f"  name: {self.name}"]
        lines += [f"  {n}: {_yaml(v)}" for n, v in sorted(facts.items()) if books.facts[n].of == "organisation"]
        systems = [case for case in self.cases if case.system is not None]
        lines += ["", "systems:"] if systems else []
        for case in systems:
            lines.append(f"  - name: {case.system}")
            lines += [f"    {n}: {_yaml(v)}" for n, v in sorted(case.facts.items()) if books.facts[n].of == "system"]
        events = [event for case in self.cases for event in case.events]
        lines += ["", "events:"] if events else []
        lines += [_event(event) for event in events]
        return "\n".join(lines) + "\n"

    def command(self, path: str) -> str:
        """Say how to see it."""
        readings = "".join(f" --reading {question}={candidate}" for question, candidate in self.readings.items())
        return f"guiju assess {path}{readings}"


def about(code: str, message: Bilingual, command: str) -> list[str]:
    """Say at the head of a profile what it shows."""
    return [f"{code}: {message.zh}", f"{code}: {message.en}", command]


def subject_of(case: Case, organisation: str) -> Subject:
    """Say whom or what a case is about."""
    return Subject("organisation", organisation) if case.system is None else Subject("system", case.system)


def _status(books: Rulebooks, case: Case, claim: Claim, readings: Mapping[str, str]) -> Status:
    events: dict[str, list[Event]] = {}
    for event in case.events:
        events.setdefault(event.name, []).append(event)
    seen = SubjectCase(
        books, claim.subject, case.facts, events, as_of=DAY, calendar=prc_calendar(), readings=readings
    )  # fmt: skip
    return seen.status(claim.norm, seen.case)[0]


def _yaml(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return f"{value:_}"
    if isinstance(value, Decimal):
        return f"{int(value):_}" if value == value.to_integral() else f"{value:f}"
    if isinstance(value, frozenset):
        return f"[{', '.join(sorted(value))}]"
    return f'"{value}"'


def _event(event: Event) -> str:
    where = f", system: {event.system}" if event.system else ""
    attributes = "".join(f", {name}: {_yaml(value)}" for name, value in event.attributes)
    return f"  - {{event: {event.name}, date: {event.date}{where}{attributes}}}"
