"""A case type as the interpreter holds it: linked and checked; nothing here runs anything.

The words are those of docs/procedures.md. Every part knows its citations and the line on which it is written.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import Literal

from guiju.bilingual import Bilingual
from guiju.calendar.period import Period
from guiju.engine.expression import Node

Chosen = tuple[tuple[str, str], ...]
"""Pairs of question and candidate; a part exists only under a reading that agrees with all of them."""
Cites = tuple[str, ...]
Side = Literal["applicant", "authority", "public"]
FieldType = Literal["text", "bool", "count", "money", "date", "choice", "set", "file", "list"]
Kind = Literal["initial", "open", "final"]
ClockForm = Literal["within", "at_once", "at_least", "from", "until"]
HookKey = Literal["starts", "pauses", "resumes", "stops", "ends", "corrects"]
SAME = "same"
ANYBODY = "anybody"
CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Condition:
    """An expression as written, and as a tree."""

    text: str
    node: Node


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form or the record, or one input of an act."""

    name: str
    type: FieldType
    label: Bilingual
    cites: Cites
    line: int
    required: bool | Condition = False
    confidential: bool = False
    choices: dict[str, Bilingual] = field(default_factory=dict)
    entries: tuple[Field, ...] = ()
    plain: FieldType | None = None
    """Of a list of plain values: their type; else `entries` says what each entry has."""
    help: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who takes part, and the roles that they hold.

    `authority`: to which authority its roles belong, whichever a case belongs to; None for the competent one.
    """

    name: str
    side: Side
    label: Bilingual
    roles: dict[str, Bilingual]
    cites: Cites
    line: int
    authority: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """An authority, and when a case belongs to it."""

    authority: str
    when: Condition
    cites: Cites


@dataclass(frozen=True, slots=True)
class Term:
    """A name for a condition."""

    name: str
    when: Condition
    cites: Cites
    line: int


@dataclass(frozen=True, slots=True)
class State:
    """Where a case can stand; `deemed` where it comes about by force of law."""

    name: str
    kind: Kind
    label: Bilingual
    cites: Cites
    line: int
    deemed: bool = False
    note: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Requirement:
    """What must be true for an act; `code` names the refusal where it is false."""

    that: Condition
    otherwise: Bilingual | None
    code: str
    cites: Cites
    reading: Chosen


@dataclass(frozen=True, slots=True)
class Sending:
    """A letter that goes out with an act."""

    name: str
    to: str
    when: Condition | None


@dataclass(frozen=True, slots=True)
class Writing:
    """What an act does to a register."""

    how: Literal["write", "update", "withdraw"]
    register: str
    status: str | None
    when: Condition | None


@dataclass(frozen=True, slots=True)
class Yield:
    """The event of the engine's vocabulary that an act means; `attributes` take the values of inputs or fields."""

    event: str
    attributes: dict[str, str]


@dataclass(frozen=True, slots=True)
class Transition:
    """One act: from where to where, by whom, under which conditions, and with which effects."""

    name: str
    label: Bilingual
    sources: tuple[str, ...]
    to: str
    by: tuple[str, ...]
    requires: tuple[Requirement, ...]
    inputs: dict[str, Field]
    fills: tuple[str, ...]
    needs: tuple[str, ...]
    sets: dict[str, Condition | None]
    letters: tuple[Sending, ...]
    writings: tuple[Writing, ...]
    yields: tuple[Yield, ...]
    cites: Cites
    reading: Chosen
    line: int
    gist: Bilingual | None = None

    @property
    def automatic(self) -> bool:
        """Whether it happens by itself when a clock runs out."""
        return self.by == (CLOCK,)


@dataclass(frozen=True, slots=True)
class Hook:
    """An act that moves a clock, under a reading and a condition."""

    on: str
    reading: Chosen
    when: Condition | None


@dataclass(frozen=True, slots=True)
class Extension:
    """How a clock's period can be made longer, and how often."""

    on: str
    by: Period
    of: str | None
    times: int
    cites: Cites


@dataclass(frozen=True, slots=True)
class Clock:
    """A statutory clock: its last day, who must act by then, and what moves it.

    `of` is the address of the norm from which the period is taken. `ends` are acts that make it pointless without
    performing it; `owed_when` is the condition under which somebody has to act (always, if None). `corrects` are acts
    that put its date right without making a new occasion of it. `after`, `before` and `until` (as `before`) name date
    fields.
    """

    name: str
    label: Bilingual
    side: Side
    form: ClockForm
    period: Period | None
    of: str | None
    after: str | None
    before: str | None
    starts: tuple[Hook, ...]
    pauses: tuple[Hook, ...]
    resumes: tuple[Hook, ...]
    stops: tuple[Hook, ...]
    ends: tuple[Hook, ...]
    corrects: tuple[Hook, ...]
    extend: Extension | None
    owed_when: Condition | None
    lapses: str | None
    cites: Cites
    reading: Chosen
    line: int
    note: Bilingual | None = None

    @property
    def anchor(self) -> str | None:
        """The date field from which it is counted, if it is not the day of an act."""
        return self.after or self.before


@dataclass(frozen=True, slots=True)
class Register:
    """A list that acts write to."""

    name: str
    label: Bilingual
    public: bool
    key: str
    fields: tuple[str, ...]
    statuses: dict[str, Bilingual]
    cites: Cites
    line: int


@dataclass(slots=True, eq=False)
class CaseType:
    """A case type, with everything that belongs to it under any reading; equal only to itself.

    `document` is what was written, with the periods that were taken from norms filled in, as plain JSON data;
    `digest` is its SHA-256. `size` is the number of nodes in its conditions.
    """

    law: str
    name: str
    version: int
    title: Bilingual
    cites: Cites
    file: str
    readings: dict[str, str] = field(default_factory=dict)
    """Open questions on which it depends, each with the candidate that stands unless another is chosen."""
    gist: Bilingual | None = None
    visible_to: tuple[str, ...] = ()
    parties: dict[str, Party] = field(default_factory=dict)
    settled_by: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    form: dict[str, Field] = field(default_factory=dict)
    record: dict[str, Field] = field(default_factory=dict)
    terms: dict[str, Term] = field(default_factory=dict)
    states: dict[str, State] = field(default_factory=dict)
    transitions: tuple[Transition, ...] = ()
    clocks: tuple[Clock, ...] = ()
    registers: dict[str, Register] = field(default_factory=dict)
    example: dict[str, object] = field(default_factory=dict)
    document: dict[str, object] = field(default_factory=dict)
    digest: str = ""
    nodes: list[Node] = field(default_factory=list)
    candidates: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _under: dict[Chosen, Active] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Law and name: unique among all case types."""
        return f"{self.law}/{self.name}"

    @property
    def fields(self) -> dict[str, Field]:
        """Form and record together."""
        return {**self.form, **self.record}

    @property
    def initial(self) -> str:
        """The state in which every case begins."""
        return next(state.name for state in self.states.values() if state.kind == "initial")

    def party_of(self, role: str) -> Party | None:
        """Return the party that holds a role; None if nobody does."""
        return next((party for party in self.parties.values() if role in party.roles), None)

    def side_of(self, role: str) -> Side | None:
        """Return the side of the party that holds a role; None if nobody holds it."""
        party = self.party_of(role)
        return party.side if party else None

    def role_label(self, role: str) -> Bilingual:
        """Name a role; also `anybody` and `clock`."""
        for party in self.parties.values():
            if role in party.roles:
                return party.roles[role]
        return _NOBODY_IN_PARTICULAR.get(role, Bilingual(zh=role, en=role))

    def under(self, readings: Chosen) -> Active:
        """Return what exists of it under a choice of readings (pairs, sorted)."""
        known = self._under.get(readings)
        if known is None:
            known = self._under[readings] = Active(self, dict(readings))
        return known


_NOBODY_IN_PARTICULAR = {
    ANYBODY: Bilingual(zh="任何人", en="anybody"),
    CLOCK: Bilingual(zh="期限届满自动发生", en="by itself, when the clock runs out"),
}


class Active:
    """A case type under one choice of readings."""

    def __init__(self, kind: CaseType, readings: dict[str, str]) -> None:
        self.kind = kind
        self.readings = readings
        self.transitions = {t.name: t for t in kind.transitions if agrees(t.reading, readings)}
        self.clocks = {c.name: c for c in kind.clocks if agrees(c.reading, readings)}

    @functools.cached_property
    def exits(self) -> dict[str, list[Transition]]:
        """The transitions that leave each state."""
        result: dict[str, list[Transition]] = {state: [] for state in self.kind.states}
        for transition in self.transitions.values():
            for source in transition.sources:
                result.setdefault(source, []).append(transition)
        return result

    def hooks(self, clock: Clock, what: HookKey) -> list[Hook]:
        """Return the acts that move a clock in one way under these readings."""
        found: tuple[Hook, ...] = getattr(clock, what)
        return [hook for hook in found if agrees(hook.reading, self.readings)]


def agrees(wanted: Chosen, readings: dict[str, str]) -> bool:
    """Tell whether a part exists under a choice of readings."""
    return all(readings.get(question) == candidate for question, candidate in wanted)
