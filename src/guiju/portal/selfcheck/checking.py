"""A check: the answers so far, what they come to, and what is worth asking next."""

from __future__ import annotations

import datetime as dt
import functools
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from django.utils import timezone

from guiju.assess.assessment import Assessment, assess
from guiju.assess.report.lines import Line
from guiju.assess.report.view import View, view_of
from guiju.bilingual import Bilingual
from guiju.calendar.days import prc_calendar
from guiju.engine.findings import Finding, Subject
from guiju.engine.questions import Question, next_questions
from guiju.engine.values import Value
from guiju.engine.vocabulary import EventSpec
from guiju.portal.faces.books import rulebooks
from guiju.portal.forms.facts import value_words
from guiju.portal.look.components.base import language
from guiju.portal.selfcheck.answers import Answers, can_be_true
from guiju.profiles.contradictions import broken

NAMELESS = Bilingual(zh="本系统", en="This system")
ORGANISATION = Bilingual(zh="您的组织", en="Your organisation")


@dataclass(frozen=True, slots=True)
class Progress:
    """How much is settled. `waiting` norms wait for answers; `later` ones only come up in proceedings."""

    settled: int
    waiting: int
    later: int
    questions: int
    binding: int

    @property
    def total(self) -> int:
        """All norms that answers can settle."""
        return self.settled + self.waiting


@dataclass(frozen=True, slots=True)
class Step:
    """What one answer settled: findings that it made apply, and the number of those that it ruled out."""

    applies: tuple[Finding, ...]
    ruled_out: int

    @property
    def count(self) -> int:
        """How many provisions it settled."""
        return len(self.applies) + self.ruled_out


class Check:
    """A self-check on a day. Everything is worked out when it is first asked for."""

    def __init__(self, answers: Answers, *, as_of: dt.date | None = None) -> None:
        self.books = rulebooks()
        self.answers = answers
        self.as_of = as_of or timezone.localdate()

    @functools.cached_property
    def assessment(self) -> Assessment:
        """What the answers come to: the same as `guiju assess` says of the profile."""
        return self._assessed(self.answers)

    @functools.cached_property
    def questions(self) -> tuple[Question, ...]:
        """The questions that may still change something, most decisive first, whether or not they were put off."""
        return tuple(next_questions(self.assessment.cases, self.assessment.norms))

    @functools.cached_property
    def view(self) -> View:
        """The assessment sorted for people."""
        return view_of(self.assessment, self.questions)

    @property
    def next(self) -> Question | None:
        """The question to ask now; None where all are answered, not known or put off."""
        return next((one for one in self.questions if one.fact not in self.answers.given), None)

    def question_about(self, fact: str) -> Question | None:
        """Return the question for one fact, also where it was answered or decides nothing any more."""
        spec = self.books.facts.get(fact)
        if spec is None or not spec.asked:
            return None
        before = Check(self.answers.without(fact), as_of=self.as_of)
        asked = next((one for one in before.questions if one.fact == fact), None)
        subject = Subject(spec.of, "")
        return asked or Question(spec, subject, Fraction(0), ())

    @functools.cached_property
    def progress(self) -> Progress:
        """How far the check has come."""
        count = Counter(finding.status for finding in self.assessment.findings)
        asked = {question.fact for question in self.questions}
        undetermined = [f for f in self.assessment.findings if f.status == "undetermined"]
        waiting = sum(not asked.isdisjoint(finding.missing) for finding in undetermined)
        settled = len(self.assessment.findings) - count["undetermined"]
        return Progress(settled, waiting, len(undetermined) - waiting, len(self.questions), len(self.binding))

    @property
    def binding(self) -> tuple[Line, ...]:
        """The duties and prohibitions that apply already."""
        return self.view.binding

    @functools.cached_property
    def last_step(self) -> Step | None:
        """What the last answer settled; None where there is none or it was not known."""
        last = self.answers.last
        if not last or self.answers.given[last] is None:
            return None
        before = {_key(f): f.status for f in self._assessed(self.answers.without(last)).findings}
        settled = [
            finding
            for finding in self.assessment.findings
            if finding.status != "undetermined" and before.get(_key(finding)) == "undetermined"
        ]
        applies = tuple(finding for finding in settled if finding.status == "applies")
        return Step(applies, len(settled) - len(applies))

    @functools.cached_property
    def open_events(self) -> tuple[EventSpec, ...]:
        """The events on whose days the organisation's own dates depend and that have none yet."""
        clocks = [c for line in self.binding for c in (line.finding.deadline, line.finding.retention) if c is not None]
        waiting = [clock.clock for clock in clocks if clock.anchor_date is None and isinstance(clock.clock.anchor, str)]
        names = dict.fromkeys(name for one in waiting for name in (one.anchor, one.announced_by) if name)
        return tuple(self.books.events[str(name)] for name in names if str(name) in self.books.events)

    @functools.cached_property
    def follows(self) -> tuple[tuple[str, Value], ...]:
        """Facts that nobody needs to be asked for, since they follow from the answers."""
        found = {fact: case.facts[fact] for case in self.assessment.cases for fact in case.follows}
        return tuple(found.items())

    def against(self, fact: str, value: Value) -> Bilingual | None:
        """Say why an answer cannot be true together with the others; None where it can."""
        facts = {**self.answers.facts, fact: value}
        if can_be_true(facts, self.books):
            return None
        rule, stated = next(iter(broken(self.books, facts).items()))
        said = [self._said(name, facts[name]) for name in stated if name != fact]
        zh, en = "；".join(one.zh for one in said), "; ".join(one.en for one in said)
        return Bilingual(
            zh=f"与先前的回答矛盾。{rule.because.zh}先前的回答：{zh}。",
            en=f"This contradicts an earlier answer. {rule.because.en} You answered: {en}.",
        )

    def _said(self, fact: str, value: Value) -> Bilingual:
        spec = self.books.facts[fact]
        words = value_words(spec, value)
        return Bilingual(zh=f"{spec.question.zh}{words.zh}", en=f"{spec.question.en} {words.en}")

    def _assessed(self, answers: Answers) -> Assessment:
        return assess(
            answers.profile(self.books, NAMELESS.get(language())),
            self.books,
            as_of=self.as_of,
            rulebooks=answers.laws or [book.key for book in self.books.books],
            readings=answers.readings,
            calendar=prc_calendar(),
        )


def _key(finding: Finding) -> tuple[str, Subject]:
    return finding.norm.key, finding.subject
