"""Findings: for each norm and subject, whether the norm binds, by when, what is still unknown, and the proof."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal

from guiju.bilingual import Bilingual
from guiju.calendar.days import WorkCalendar
from guiju.engine.collection import Rulebooks
from guiju.engine.complete import complete
from guiju.engine.deadlines import Deadline, Timeline, deadline_of, performed, retention_of
from guiju.engine.evaluation import Evaluation
from guiju.engine.expression import Node
from guiju.engine.norms import Amount, Norm, Release
from guiju.engine.proof import Proof, Prover
from guiju.engine.values import Event, Value
from guiju.law.address import Address

Status = Literal["applies", "does_not_apply", "exempt", "undetermined"]
Fulfilled = Literal["met", "unmet", "unknown"]


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom or what a finding is about: a system of the organisation, the organisation, or a law as such."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class FineRange:
    """A fine that a sanction threatens, in yuan, both ends included; `most` is None while it depends on an unknown."""

    on: str
    least: Decimal
    most: Decimal | None


@dataclass(frozen=True, slots=True)
class Sum:
    """A computed sum in yuan; an end is None where the law sets none or a fact that it needs is unknown."""

    what: Bilingual
    least: Decimal | None
    most: Decimal | None
    missing: tuple[str, ...]


@dataclass(slots=True)
class Finding:
    """What one norm means for one subject on the day of assessment."""

    norm: Norm
    subject: Subject
    status: Status
    exempted_by: Address | None = None
    missing: list[str] = field(default_factory=list)
    deadline: Deadline | None = None
    retention: Deadline | None = None
    fulfilment: Fulfilled | None = None
    readings: dict[str, dict[str, Status]] = field(default_factory=dict)
    """Open questions that would change the status: question -> candidate -> status under it."""
    dates_by_reading: dict[str, dict[str, dt.date | None]] = field(default_factory=dict)
    """Open questions that would change the day: question -> candidate -> the day by which to act under it."""
    fines: tuple[FineRange, ...] = ()
    sums: tuple[Sum, ...] = ()
    because: Proof = field(default_factory=dict)


class SubjectCase:
    """One subject with everything known about it; hands out findings norm by norm."""

    def __init__(
        self,
        books: Rulebooks,
        subject: Subject,
        facts: Mapping[str, Value],
        events: Mapping[str, Sequence[Event]],
        *,
        as_of: dt.date,
        calendar: WorkCalendar,
        readings: Mapping[str, str],
    ) -> None:
        self.books = books
        self.subject = subject
        self.as_of = as_of
        self.readings = readings
        self.given = {name: value for name, value in facts.items() if value is not None}
        known, self.follows = complete(books, facts)
        self.facts = {name: value for name, value in known.items() if value is not None}
        self.case = Evaluation(self.facts, events, readings, as_of, len(books.pool.nodes))
        self.prover = Prover(self.case, {name: rule.text for name, rule in self.follows.items()})
        self.timeline = Timeline(events, calendar, readings, as_of, self._deadline_at)
        self._not_yet = {b.key: b.in_force_from for b in books.books if b.in_force_from and as_of < b.in_force_from}
        self._proved: dict[int, list[Proof]] = {}
        self._variants: dict[str, tuple[dict[str, Evaluation], set[int]]] = {}

    def findings(self, norms: Iterable[Norm]) -> list[Finding]:
        """Return the findings of all norms about this kind of subject that a program can decide."""
        about = [n for n in norms if n.condition is not None and n.subject == self.subject.kind]
        for norm in about:
            for condition in norm.conditions:
                self.case.value(condition)
        return [self.finding(norm) for norm in about]

    def finding(self, norm: Norm) -> Finding:
        """Work out one norm, with its proof, dates and the open questions that would change it."""
        status, by = self.status(norm, self.case)
        result = Finding(norm, self.subject, status, by)
        result.because = self._because(norm, status)
        if status == "undetermined":
            result.missing = self.missing(norm)
        if norm.readings:
            result.readings = self._under_other_readings(norm, status)
        if status in ("applies", "undetermined"):
            if norm.deadlines or norm.retentions or norm.fulfilled_by:
                self._dates(norm, result)
            if norm.fines:
                result.fines = self._fines(norm)
            if norm.amounts:
                result.sums = self._sums(norm)
        return result

    def status(self, norm: Norm, case: Evaluation) -> tuple[Status, Address | None]:
        """Decide a norm. Whatever is unknown and could bind leaves it undetermined, never `does_not_apply`."""
        assert norm.condition is not None
        if norm.rulebook in self._not_yet:
            return "does_not_apply", None
        binds = case.value(norm.condition)
        if binds is False:
            return "does_not_apply", None
        unsure = binds is None
        for exemption in norm.exempted_by:
            freed = case.value(exemption.condition)
            if freed is True:
                return "exempt", exemption.address
            unsure = unsure or freed is None
        return ("undetermined" if unsure else "applies"), None

    def missing(self, norm: Norm) -> list[str]:
        """List the unknown facts that would decide an undetermined norm, in the order of its condition."""
        return list(dict.fromkeys([fact for node in norm.conditions for fact in self.prover.missing(node)]))

    def supposing(self, changed: Mapping[str, Value]) -> Evaluation:
        """Return the same case with some facts changed; what follows from the given facts is drawn anew."""
        known, _ = complete(self.books, {**self.given, **changed})
        facts = {name: value for name, value in known.items() if value is not None}
        return Evaluation(facts, self.timeline.events, self.readings, self.as_of, len(self.books.pool.nodes))

    def _because(self, norm: Norm, status: Status) -> Proof:
        assert norm.condition is not None
        proof: dict[str, Any] = {"rule": norm.when_text, "provision": norm.place}
        if norm.rulebook in self._not_yet:
            proof["not_in_force_until"] = self._not_yet[norm.rulebook]
            return proof
        proof["condition"] = self.prover.prove(norm.condition)
        if norm.exempted_by and status != "does_not_apply":
            proof["exemptions"] = self._exemptions(norm.exempted_by)
        return proof

    def _exemptions(self, releases: tuple[Release, ...]) -> list[Proof]:
        """Prove what could switch a norm off, once for all norms that share it."""
        known = self._proved.get(id(releases))
        if known is None:
            prove = self.prover.prove
            known = [{"provision": r.place, "condition": prove(r.condition)} for r in releases]
            self._proved[id(releases)] = known
        return known

    def _under_other_readings(self, norm: Norm, status: Status) -> dict[str, dict[str, Status]]:
        changed: dict[str, dict[str, Status]] = {}
        for question in norm.readings:
            variants, differing = self._variant(question)
            if not differing.isdisjoint(norm.condition_indices):
                outcomes = {candidate: self.status(norm, variant)[0] for candidate, variant in variants.items()}
                if any(outcome != status for outcome in outcomes.values()):
                    changed[question] = outcomes
        return changed

    def _variant(self, question: str) -> tuple[dict[str, Evaluation], set[int]]:
        """Return the case under each other candidate, and which conditions then have another value."""
        if question not in self._variants:
            variants: dict[str, Evaluation] = {}
            differing: set[int] = set()
            for candidate in self.books.readings[question].candidates:
                if candidate != self.readings[question]:
                    variants[candidate], moved = self.case.under(question, candidate, self.books.web)
                    differing |= moved
            self._variants[question] = variants, differing
        return self._variants[question]

    def _dates(self, norm: Norm, result: Finding) -> None:
        deadline = deadline_of(norm, self.timeline) if norm.deadlines else None
        done = self._fulfilled(norm, deadline)
        if deadline is not None and deadline.day is not None:
            late = deadline.day.latest < self.as_of and result.status == "applies" and done != "met"
            deadline = Deadline(deadline.clock, deadline.anchor_date, deadline.day, deadline.opens, late)
        result.deadline = deadline
        result.fulfilment = done
        result.retention = retention_of(norm, self.timeline) if norm.retentions else None
        if any(clock.reading for clock in (*norm.deadlines, *norm.retentions)):
            result.dates_by_reading = self._other_dates(norm)

    def _other_dates(self, norm: Norm) -> dict[str, dict[str, dt.date | None]]:
        """Find the questions that would move the day by which to act, or until which to keep."""
        changed: dict[str, dict[str, dt.date | None]] = {}
        for clocks, work_out in ((norm.deadlines, deadline_of), (norm.retentions, retention_of)):
            now = _day_of(work_out(norm, self.timeline))
            for question in dict.fromkeys(q for clock in clocks for q, _ in clock.reading):
                days = {}
                for candidate in self.books.readings[question].candidates:
                    timeline = replace(self.timeline, readings={**self.readings, question: candidate})
                    days[candidate] = _day_of(work_out(norm, timeline))
                if any(day != now for day in days.values()):
                    changed[question] = days
        return changed

    def _fulfilled(self, norm: Norm, deadline: Deadline | None) -> Fulfilled | None:
        if norm.fulfilled_by is None:
            return None
        condition = norm.fulfilled_by.condition
        done = performed(norm, deadline, self.timeline) if condition is None else self.case.value(condition)
        return "unknown" if done is None else "met" if done else "unmet"

    def _deadline_at(self, address: Address) -> Deadline | None:
        for norm in self.books.norms:
            if norm.address == address and norm.deadlines:
                return deadline_of(norm, self.timeline)
        return None

    def _sums(self, norm: Norm) -> tuple[Sum, ...]:
        chosen = [a for a in norm.amounts if all(self.readings.get(q) == c for q, c in a.reading)]
        return tuple(self._sum(amount) for amount in chosen)

    def _sum(self, amount: Amount) -> Sum:
        ends = [node for node in (amount.least, amount.most, amount.floor) if node is not None]
        unknown = tuple(dict.fromkeys(fact for node in ends for fact in self.prover.missing(node)))
        floor = self._amount(amount.floor)
        least, most = (self._not_below(floor, amount, self._amount(node)) for node in (amount.least, amount.most))
        return Sum(amount.what, least, most, unknown)

    def _not_below(self, floor: Decimal | None, amount: Amount, value: Decimal | None) -> Decimal | None:
        if amount.floor is None or value is None:
            return value
        return None if floor is None else max(value, floor)

    def _amount(self, node: Node | None) -> Decimal | None:
        value = None if node is None else self.case.value(node)
        return None if value is None else Decimal(value)

    def _fines(self, norm: Norm) -> tuple[FineRange, ...]:
        chosen = [f for f in norm.fines if all(self.readings.get(q) == c for q, c in f.reading)]
        return tuple(FineRange(f.on, f.least, self._most(f.most, f.share_of, f.share)) for f in chosen)

    def _most(self, most: Decimal, share_of: str | None, share: Decimal | None) -> Decimal | None:
        if share_of is None or share is None:
            return most
        base = self.facts.get(share_of)
        return None if not isinstance(base, int | Decimal) else max(most, share * base)


def _day_of(deadline: Deadline | None) -> dt.date | None:
    return deadline.due if deadline else None
