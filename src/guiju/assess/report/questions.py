"""The open questions, each once, with the systems for which it is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from guiju.engine.findings import Subject
from guiju.engine.questions import Question
from guiju.law.address import Address


@dataclass(slots=True)
class Ask:
    """One fact to ask for. `decides` is the mean number of norms that the answers decide, all subjects together."""

    question: Question
    subjects: list[Subject] = field(default_factory=list)
    decides: float = 0.0
    provisions: dict[Address, None] = field(default_factory=dict)


def gather(questions: Sequence[Question]) -> tuple[Ask, ...]:
    """Join questions for the same fact, keeping the order: most decisive first."""
    asks: dict[str, Ask] = {}
    for question in questions:
        ask = asks.setdefault(question.fact, Ask(question))
        ask.subjects.append(question.subject)
        ask.decides += float(question.decides)
        ask.provisions.update(dict.fromkeys(question.provisions))
    return tuple(asks.values())
