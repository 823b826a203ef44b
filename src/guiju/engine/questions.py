"""The next question worth asking: the unknown fact whose answer decides most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from guiju.bilingual import Bilingual
from guiju.engine.candidates import candidates
from guiju.engine.complete import contradiction
from guiju.engine.findings import Subject, SubjectCase
from guiju.engine.norms import Norm
from guiju.engine.values import Value
from guiju.engine.vocabulary import FactSpec
from guiju.law.address import Address

BINDING = frozenset(("duty", "prohibition", "right", "permission", "power"))
"""Kinds of norms for whose sake a question is asked; definitions and sanctions are decided along the way."""
USUAL = 40
"""How many times likelier the usual answer of a fact is taken to be than the other one."""


@dataclass(frozen=True, slots=True)
class Question:
    """A fact to ask for. `decides` is the mean number of norms that an answer decides; `provisions` name them."""

    spec: FactSpec
    subject: Subject
    decides: Fraction
    provisions: tuple[Address, ...]

    @property
    def fact(self) -> str:
        """The name of the fact."""
        return self.spec.fact

    @property
    def question(self) -> Bilingual:
        """How to ask for it."""
        return self.spec.question

    @property
    def help(self) -> Bilingual | None:
        """What counts, and where to look."""
        return self.spec.help

    @property
    def choices(self) -> tuple[str, ...]:
        """The possible answers, where they are a closed list."""
        return self.spec.choices

    def data(self) -> dict[str, Any]:
        """Turn the question into plain data."""
        return {
            "fact": self.fact,
            "subject": {"kind": self.subject.kind, "name": self.subject.name},
            "type": self.spec.type,
            "question": {"zh": self.question.zh, "en": self.question.en},
            "choices": list(self.choices),
            "decides": round(float(self.decides), 2),
            "provisions": [str(address) for address in self.provisions],
        }


def next_questions(cases: Iterable[SubjectCase], norms: Sequence[Norm]) -> list[Question]:
    """List the questions worth asking, most decisive first.

    A fact of the organisation that matters for several systems is asked once, and counts for all of them.
    Facts that only arise in proceedings are not asked.
    """
    merged: dict[tuple[str, str], Question] = {}
    organisation = ""
    gathered = list(cases)
    for case in gathered:
        if case.subject.kind == "organisation":
            organisation = case.subject.name
    for case in gathered:
        for question in _of_case(case, norms, organisation):
            key = (question.fact, question.subject.name if question.subject.kind == "system" else "")
            before = merged.get(key)
            merged[key] = question if before is None else _add(before, question)
    return sorted(merged.values(), key=lambda q: (-q.decides, -len(q.provisions), q.fact, q.subject.name))


def _add(one: Question, other: Question) -> Question:
    provisions = tuple(sorted({*one.provisions, *other.provisions}))
    return Question(one.spec, one.subject, one.decides + other.decides, provisions)


def _of_case(case: SubjectCase, norms: Sequence[Norm], organisation: str) -> list[Question]:
    waiting: dict[str, list[Norm]] = {}
    for norm in norms:
        if norm.condition is None or norm.subject != case.subject.kind or norm.kind not in BINDING:
            continue
        if case.status(norm, case.case)[0] == "undetermined":
            for fact in case.missing(norm):
                waiting.setdefault(fact, []).append(norm)
    result = []
    for fact, open_norms in waiting.items():
        spec = case.books.facts[fact]
        if spec.asked:
            subject = case.subject if spec.of == "system" else Subject("organisation", organisation)
            score = _decided(case, fact, open_norms)
            provisions = tuple(sorted({norm.address for norm in open_norms}))
            result.append(Question(spec, subject, score, provisions))
    return result


def _decided(case: SubjectCase, fact: str, norms: list[Norm]) -> Fraction:
    """Return the mean, over possible answers, of the number of norms that the answer decides."""
    nodes = [node for norm in norms for node in norm.conditions]
    usual = case.books.facts[fact].usually
    weights = counted = 0
    for value in candidates(case.books, fact, nodes):
        if contradiction(case.books, {**case.facts, fact: value}) is None:
            weight = USUAL if value is usual else 1
            weights += weight
            counted += weight * _decided_by(case, fact, value, norms)
    return Fraction(counted, weights) if weights else Fraction(0)


def _decided_by(case: SubjectCase, fact: str, value: Value, norms: list[Norm]) -> int:
    answered = case.supposing({fact: value})
    return sum(1 for norm in norms if case.status(norm, answered)[0] != "undetermined")
