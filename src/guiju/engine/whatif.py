"""What if: the smallest change of one fact that makes a norm bind, or stop binding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from guiju.engine.candidates import candidates
from guiju.engine.complete import contradiction
from guiju.engine.findings import Status, SubjectCase
from guiju.engine.norms import Norm
from guiju.engine.values import Value


@dataclass(frozen=True, slots=True)
class Change:
    """One fact changed, all else equal, and what becomes of the norm.

    `step` is the difference in the fact's own unit, or None where the fact is no known number.
    """

    norm: Norm
    fact: str
    before: Value
    after: Value
    status: Status
    step: int | Decimal | None

    @property
    def distance(self) -> int | Decimal | None:
        """The size of the step."""
        return None if self.step is None else max(self.step, -self.step)


def smallest_changes(case: SubjectCase, norm: Norm) -> list[Change]:
    """List, for each single fact that can flip the norm, its smallest change; the smallest of all numbers first.

    Only changes that leave a possible profile count. An undetermined norm lists the answers that decide it.
    """
    now = case.status(norm, case.case)[0]
    changes: list[Change] = []
    for fact in sorted(frozenset().union(*(node.facts for node in norm.conditions))):
        options = [c for c in _tries(case, norm, fact) if _flips(now, c.status)]
        if options:
            changes.append(min(options, key=_size))
            if now == "undetermined":
                first = changes[-1]
                changes.extend(c for c in options if c.status != first.status and c is not first)
    return sorted(changes, key=lambda c: (c.distance is None, c.fact))


def what_if(case: SubjectCase, norms: Sequence[Norm], fact: str, value: Value) -> list[Change]:
    """List every norm whose status changes when one fact takes another value."""
    supposed = case.supposing({fact: value})
    before = case.facts.get(fact)
    step = _step(before, value)
    result = []
    for norm in norms:
        if norm.condition is None or norm.subject != case.subject.kind:
            continue
        then = case.status(norm, supposed)[0]
        if then != case.status(norm, case.case)[0]:
            result.append(Change(norm, fact, before, value, then, step))
    return result


def _tries(case: SubjectCase, norm: Norm, fact: str) -> list[Change]:
    before = case.given.get(fact)
    result = []
    for value in candidates(case.books, fact, norm.conditions):
        if value == before or contradiction(case.books, {**case.given, fact: value}) is not None:
            continue
        status = case.status(norm, case.supposing({fact: value}))[0]
        result.append(Change(norm, fact, before, value, status, _step(before, value)))
    return result


def _flips(now: Status, then: Status) -> bool:
    if now == "undetermined":
        return then != "undetermined"
    return then != "undetermined" and (now == "applies") != (then == "applies")


def _step(before: Value, after: Value) -> int | Decimal | None:
    if isinstance(before, int | Decimal) and isinstance(after, int | Decimal) and not isinstance(after, bool):
        return Decimal(after) - before if isinstance(before, Decimal) else after - before
    return None


def _size(change: Change) -> int | Decimal:
    return 0 if change.distance is None else change.distance
