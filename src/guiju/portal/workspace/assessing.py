"""The assessment of an organisation, kept current: made anew when facts, events or the day have changed.

It takes a fraction of a second, so that no worker is needed; each process keeps the latest ones. The rulebooks are
those that the process has read, so a new edition comes with a new process.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from django.utils import timezone

from guiju.assess.assessment import Assessment, assess
from guiju.assess.report.lines import Line
from guiju.assess.report.view import View, view_of
from guiju.bilingual import Bilingual
from guiju.engine.findings import Finding, Subject
from guiju.engine.questions import Question, next_questions
from guiju.portal.cases.yielded import Yielded
from guiju.portal.faces.books import rulebooks
from guiju.portal.organisations.models import Organisation, System
from guiju.portal.organisations.profiles import Described, described
from guiju.portal.workspace.inside import name_of

_KEPT = 16
ORGANISATION = "organisation"
_SYSTEM, _LAW = "system-", "law-"


@dataclass(frozen=True, slots=True)
class Sheet:
    """An assessment with what the pages look up in it."""

    assessment: Assessment
    view: View
    questions: tuple[Question, ...]
    findings: Mapping[Subject, tuple[Finding, ...]]
    lines: Mapping[tuple[Subject, str], Line]


@dataclass(frozen=True, slots=True)
class Current:
    """The assessment of an organisation today.

    `systems`: the rows by the names that the assessment knows; `yielded`: the events that follow from cases.
    """

    organisation: Organisation
    systems: Mapping[str, System]
    yielded: tuple[Yielded, ...]
    sheet: Sheet

    @property
    def day(self) -> dt.date:
        """The day of assessment."""
        return self.sheet.assessment.as_of

    def about(self, subject: Subject) -> str:
        """Return how a subject is named in addresses and marks; a system keeps it whatever it is called."""
        if subject.kind == "system":
            return f"{_SYSTEM}{self.systems[subject.name].pk}"
        return ORGANISATION if subject.kind == ORGANISATION else f"{_LAW}{subject.name}"

    def subject(self, about: str) -> Subject | None:
        """Return the subject of that name, None if there is none."""
        return next((one for one in self.sheet.findings if self.about(one) == about), None)

    def of_system(self, system: System) -> Subject:
        """Return the subject that a system is."""
        return next(Subject("system", name) for name, one in self.systems.items() if one.pk == system.pk)

    def label(self, subject: Subject) -> Bilingual:
        """Return a subject's name."""
        if subject.kind == "system":
            return name_of(self.systems[subject.name])
        if subject.kind == ORGANISATION:
            return Bilingual(zh="组织整体", en="The organisation as a whole")
        return self.sheet.assessment.books.book(subject.name).short

    def questions(self, subject: Subject) -> tuple[Question, ...]:
        """Return the questions that are open about a subject, the most decisive first."""
        return tuple(one for one in self.sheet.questions if one.subject == subject)


def current(organisation: Organisation, day: dt.date | None = None) -> Current:
    """Assess an organisation as it now stands (four queries)."""
    found = described(organisation)
    return Current(organisation, found.systems, found.yielded, _kept(organisation, found, day or timezone.localdate()))


_sheets: OrderedDict[tuple[bytes, dt.date], Sheet] = OrderedDict()
_lock = threading.Lock()


def _kept(organisation: Organisation, found: Described, day: dt.date) -> Sheet:
    key = (sha256(f"{organisation.pk}\n{found.text}".encode()).digest(), day)
    with _lock:
        sheet = _sheets.get(key)
        if sheet is not None:
            _sheets.move_to_end(key)
            return sheet
    sheet = _made(found, day)
    with _lock:
        _sheets[key] = sheet
        while len(_sheets) > _KEPT:
            _sheets.popitem(last=False)
    return sheet


def _made(found: Described, day: dt.date) -> Sheet:
    assessment = assess(found.profile, rulebooks(), as_of=day)
    questions = tuple(next_questions(assessment.cases, assessment.norms))
    view = view_of(assessment, questions)
    of_subject: dict[Subject, list[Finding]] = {case.subject: [] for case in assessment.cases}
    for finding in assessment.findings:
        of_subject[finding.subject].append(finding)
    return Sheet(
        assessment,
        view,
        questions,
        {subject: tuple(own) for subject, own in of_subject.items()},
        {(line.finding.subject, line.norm.key): line for line in view.lines},
    )
