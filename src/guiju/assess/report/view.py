"""The view of an assessment that all printers share: what stands where, in which order, in both languages."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence
from dataclasses import dataclass

from guiju.assess.assessment import Assessment
from guiju.assess.report.cite import Citations
from guiju.assess.report.dates import Dates
from guiju.assess.report.exposure import Threat, threats
from guiju.assess.report.lines import OWN, Line, Part, Row, by_day, part_of, rows, state_of
from guiju.assess.report.proofs import Proofs
from guiju.assess.report.questions import Ask, gather
from guiju.assess.report.readings import OpenReading, open_readings
from guiju.assess.report.sections import Section, sections
from guiju.assess.report.words import say
from guiju.bilingual import Bilingual
from guiju.engine.findings import Finding
from guiju.engine.norms import Norm, Rulebook
from guiju.engine.questions import Question


@dataclass(frozen=True)
class View:
    """An assessment, sorted for people. Every applying finding stands in exactly one place."""

    assessment: Assessment
    cite: Citations
    proofs: Proofs
    lines: tuple[Line, ...]
    """Findings that apply or are undetermined."""
    asks: tuple[Ask, ...]
    sections: tuple[Section, ...]
    readings: tuple[OpenReading, ...]
    threats: tuple[Threat, ...]
    exempt: tuple[Finding, ...]
    idle: tuple[Finding, ...]
    """Findings that do not apply."""

    @functools.cached_property
    def applying(self) -> tuple[Line, ...]:
        """The lines that apply."""
        return tuple(line for line in self.lines if line.finding.status == "applies")

    @functools.cached_property
    def undetermined(self) -> tuple[Line, ...]:
        """The lines for which facts are missing."""
        return tuple(line for line in self.lines if line.finding.status == "undetermined")

    @functools.cached_property
    def awaiting(self) -> tuple[Line, ...]:
        """The undetermined lines that wait for an answer to an open question."""
        asked = {ask.question.fact for ask in self.asks}
        return tuple(line for line in self.undetermined if not asked.isdisjoint(line.finding.missing))

    @functools.cached_property
    def in_proceedings(self) -> tuple[Line, ...]:
        """The other undetermined lines: what they turn on comes up only in proceedings or a dispute."""
        waiting = {line.number for line in self.awaiting}
        return tuple(line for line in self.undetermined if line.number not in waiting)

    @functools.cached_property
    def binding(self) -> tuple[Line, ...]:
        """The organisation's own duties and prohibitions that apply."""
        return tuple(line for line in self.applying if line.part in OWN)

    @functools.cached_property
    def dated(self) -> tuple[Line, ...]:
        """Everything that is still to be done by a day, by whomever: overdue first, then by day."""
        today = self.assessment.as_of
        return by_day((line for line in self.lines if line.is_open and not self._bygone(line)), today)

    @functools.cached_property
    def own_dated(self) -> tuple[Line, ...]:
        """What the organisation itself must do by a day, for certain."""
        return tuple(line for line in self.dated if line.part in OWN and line.state != "open")

    @functools.cached_property
    def overdue(self) -> tuple[Line, ...]:
        """What is overdue."""
        return tuple(line for line in self.own_dated if line.state == "overdue")

    @functools.cached_property
    def kept(self) -> tuple[Line, ...]:
        """What must be kept until a day, the first to end first."""
        found = [line for line in self.applying if line.keep and line.keep.day]
        return tuple(sorted(found, key=lambda line: (line.keep.day, line.number)))  # type: ignore[union-attr]

    @functools.cached_property
    def unmet(self) -> tuple[Line, ...]:
        """Standing duties that the facts show not to be met."""
        return tuple(line for line in self.binding if line.state == "unmet")

    @functools.cached_property
    def notices(self) -> tuple[OpenReading, ...]:
        """Open readings under which the organisation would owe more than it does here."""
        return tuple(reading for reading in self.readings if reading.adds)

    @functools.cached_property
    def left_to_people(self) -> tuple[Norm, ...]:
        """Norms that no program decides."""
        norms = self.assessment.norms
        return tuple(n for n in norms if n.condition is None and n.kind != "element")

    @functools.cached_property
    def highest(self) -> Threat | None:
        """The sanction with the highest fine on the organisation; one without a known top outranks all."""
        fined = [t for t in self.threats if any(r.on == "organisation" for r in t.ranges)]
        return max(fined, key=_top, default=None)

    def _bygone(self, line: Line) -> bool:
        """Whether a day lies in the past and nothing follows for the organisation from that."""
        past = line.day is not None and line.day < self.assessment.as_of
        return past and line.state == "open" and line.part not in OWN

    def part(self, part: Part) -> tuple[Row, ...]:
        """Return the applying norms of a part, each with its lines."""
        return rows(line for line in self.applying if line.part == part)

    def status_of(self, book: Rulebook) -> Bilingual:
        """Say whether a law is in force."""
        return status_of(book, self.assessment.as_of)


def status_of(book: Rulebook, day: dt.date) -> Bilingual:
    """Say whether a law is in force on a day."""
    if book.status == "model":
        return say("model_law")
    start = book.in_force_from
    if start is None:
        return say("in_force")
    return say("in_force_since" if start <= day else "in_force_from", date=start)


def view_of(assessment: Assessment, questions: Sequence[Question]) -> View:
    """Sort an assessment for printing."""
    cite = Citations(assessment.books)
    dates = Dates(assessment.books, cite)
    lines = tuple(
        _line(number, finding, dates, cite)
        for number, finding in enumerate(assessment.findings, start=1)
        if finding.status in ("applies", "undetermined")
    )
    binding = [line.norm for line in lines if _binds(line)]
    asks = gather(questions)
    return View(
        assessment=assessment,
        cite=cite,
        proofs=Proofs(assessment.books, cite),
        lines=lines,
        asks=asks,
        sections=sections(assessment, lines, frozenset(ask.question.fact for ask in asks)),
        readings=open_readings(assessment),
        threats=tuple(threats(binding, assessment.norms, assessment.profile.facts, assessment.readings)),
        exempt=tuple(f for f in assessment.findings if f.status == "exempt"),
        idle=tuple(f for f in assessment.findings if f.status == "does_not_apply"),
    )


def _line(number: int, finding: Finding, dates: Dates, cite: Citations) -> Line:
    part = part_of(finding.norm)
    when = dates.deadline(finding.deadline) if finding.deadline else None
    keep = dates.retention(finding.retention) if finding.retention else None
    state = state_of(finding, part, when)
    return Line(number, finding, part, state, cite.short(finding.norm.address), when, keep)


def _binds(line: Line) -> bool:
    return line.part in OWN and line.finding.status == "applies"


def _top(threat: Threat) -> tuple[bool, object]:
    tops = [r.most for r in threat.ranges if r.on == "organisation"]
    known = [top for top in tops if top is not None]
    return (None in tops, max(known, default=0))
