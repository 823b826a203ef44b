"""Assess a profile: every norm of the chosen rulebooks for every subject of the profile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from guiju.calendar.days import WorkCalendar, prc_calendar
from guiju.engine.collection import Rulebooks
from guiju.engine.findings import Finding, Subject, SubjectCase
from guiju.engine.norms import Norm, Rulebook
from guiju.engine.values import Event, Value
from guiju.profiles.profile import Profile


@dataclass(frozen=True, slots=True)
class Assessment:
    """The findings for a profile on one day under chosen readings; `cases` hold what each subject led to."""

    profile: Profile
    as_of: dt.date
    books: Rulebooks
    rulebooks: tuple[Rulebook, ...]
    norms: tuple[Norm, ...]
    readings: Mapping[str, str]
    cases: tuple[SubjectCase, ...]
    findings: tuple[Finding, ...]


def assess(
    profile: Profile,
    books: Rulebooks,
    *,
    as_of: dt.date,
    rulebooks: Iterable[str] | None = None,
    readings: Mapping[str, str] | None = None,
    calendar: WorkCalendar | None = None,
) -> Assessment:
    """Assess a profile on a day. Raises UnknownNameError for a rulebook or reading that does not exist."""
    keys = None if rulebooks is None else list(rulebooks)
    norms = books.of(keys)
    chosen = books.read(readings or {})
    days = calendar or prc_calendar()
    cases = []
    for subject, facts, events in subjects_of(profile, {norm.rulebook for norm in norms}):
        cases.append(SubjectCase(books, subject, facts, events, as_of=as_of, calendar=days, readings=chosen))
    findings = tuple(finding for case in cases for finding in case.findings(norms_about(norms, case.subject)))
    used = tuple(book for book in books.books if keys is None or book.key in keys)
    return Assessment(profile, as_of, books, used, norms, chosen, tuple(cases), findings)


def subjects_of(profile: Profile, laws: set[str]) -> Iterator[tuple[Subject, dict[str, Value], dict[str, list[Event]]]]:
    """Yield each subject with its facts and events: the systems, the organisation, the laws."""
    for system in profile.systems:
        facts = {**profile.facts, **system.facts}
        yield Subject("system", system.name), facts, _events(profile, system.name)
    yield Subject("organisation", profile.organisation), dict(profile.facts), _events(profile, None)
    for law in sorted(laws):
        yield Subject("law", law), {}, _events(profile, None)


def norms_about(norms: tuple[Norm, ...], subject: Subject) -> tuple[Norm, ...]:
    """Keep a law's own norms apart: those of one law are not findings about another."""
    if subject.kind != "law":
        return norms
    return tuple(norm for norm in norms if norm.rulebook == subject.name)


def _events(profile: Profile, system: str | None) -> dict[str, list[Event]]:
    """Collect the events of a subject: its own, and those that concern all (a law taking effect)."""
    result: dict[str, list[Event]] = {}
    for event in sorted(profile.events, key=lambda e: (e.date, e.name)):
        if event.system is None or event.system == system:
            result.setdefault(event.name, []).append(event)
    return result
