"""A profile: what an organisation says about itself, its AI systems and dated events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from guiju.documents.document import decode, read_bytes, survey_document
from guiju.documents.unreadable import UnreadableError
from guiju.engine.collection import Rulebooks
from guiju.engine.values import Event, Value
from guiju.profiles.contradictions import report_contradictions
from guiju.profiles.intake import Describer, Intake
from guiju.profiles.occurrences import Occurrences
from guiju.profiles.problems import ProfileError, Report, TooManyProblemsError
from guiju.profiles.suggestions import Suggestions


@dataclass(frozen=True, slots=True)
class SystemProfile:
    """One AI product, service or model with the facts known about it."""

    name: str
    facts: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything one profile file says. Facts that it does not mention are unknown; so is an empty organisation."""

    file: str
    organisation: str
    facts: Mapping[str, Value]
    systems: tuple[SystemProfile, ...]
    events: tuple[Event, ...]


def load_profile(path: Path, books: Rulebooks) -> Profile:
    """Read a profile from a file, as docs/profile.md describes it.

    Raises ProfileError with all problems together: codes, lines, what was expected, how to fix it. No more of the
    file is read than `guiju.documents.document.MAX_BYTES`, and nothing in it is executed.
    """
    return read_profile(read_raw(path), str(path), books)


def read_raw(path: Path) -> bytes:
    """Read the bytes of a profile file, as many as a profile may have; raises ProfileError."""
    try:
        return read_bytes(path)
    except UnreadableError as fault:
        report = Report(str(path))
        report.add_unreadable(fault)
        raise ProfileError(report.problems) from None


def read_profile(raw: bytes, name: str, books: Rulebooks) -> Profile:
    """Read a profile from the bytes of a file; `name` is how messages call it. Raises ProfileError."""
    report = Report(name)
    intake = Intake()
    more = False
    try:
        intake = _take_in(raw, books, report)
    except TooManyProblemsError:
        more = True
    if report.problems:
        raise ProfileError(report.problems, more=more)
    organisation = intake.organisation
    systems = tuple(SystemProfile(system.name, system.facts) for system in intake.systems)
    return Profile(name, organisation.name, organisation.facts, systems, tuple(intake.events))


def _take_in(raw: bytes, books: Rulebooks, report: Report) -> Intake:
    intake = Intake()
    try:
        text = decode(raw, report.file)
    except UnreadableError as fault:
        report.add_unreadable(fault)
        return intake
    value, faults = survey_document(text, report.file)
    for found in faults:
        report.add_unreadable(found)
    if value is None and faults:
        return intake
    suggestions = Suggestions(books)
    describer = Describer(books, report, suggestions)
    root = describer.parts(value)
    if root is not None:
        intake.organisation = describer.organisation(root)
        intake.systems = describer.systems(root)
        names = dict.fromkeys(system.name for system in intake.systems if system.name)
        intake.events = Occurrences(books, report, suggestions, names).read(root)
        report_contradictions(books, intake, report)
    return intake
