"""Norms as the engine holds them: linked, typed, with their conditions as trees."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from guiju.bilingual import Bilingual
from guiju.calendar.period import Period
from guiju.engine.expression import Node
from guiju.law.address import Address

ClockForm = Literal["within", "at_least", "from", "every", "each_year", "at_once"]


@dataclass(frozen=True, slots=True)
class Clock:
    """A deadline or a retention period as the law states it.

    `anchor` is an event, or the address of another norm; `announced_by` the planned event that stands in for it.
    """

    form: ClockForm
    period: Period | None
    anchor: str | Address
    reading: tuple[tuple[str, str], ...] = ()
    announced_by: str | None = None
    day: tuple[int, int] | None = None
    """Month and day of a clock that runs out on a fixed day of each year."""

    @property
    def backwards(self) -> bool:
        """Whether the period is counted back from its event."""
        return self.form in ("at_least", "from")


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """What tells whether the duty was performed: an event's name, or a condition."""

    event: str | None
    condition: Node | None


@dataclass(frozen=True, slots=True)
class Fine:
    """A fine in yuan, both ends included; `share` of the fact `share_of` is the other branch of the range."""

    on: str
    least: Decimal
    most: Decimal
    share_of: str | None
    share: Decimal | None
    reading: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """A computed sum in yuan: from `least` to `most`, neither below `floor`; each an expression over facts."""

    what: Bilingual
    least: Node | None
    most: Node | None
    floor: Node | None
    reading: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Release:
    """What switches a norm off while its condition is true: an exemption, as it bears on the norm's kind of subject."""

    address: Address
    condition: Node
    place: str
    """The address as text."""


@dataclass(slots=True, eq=False)
class Norm:
    """One norm at one address. `line` and `file` say where a lawyer finds and edits it."""

    address: Address
    id: str
    kind: str
    bearer: str | None
    toward: str | None
    subject: str
    stage: str | None
    gist: Bilingual
    when_text: str | None
    judgement: Bilingual | None
    breach: tuple[Address, ...]
    defines: str | None
    exempts: tuple[str, ...]
    part_of: Address | None
    procedure: str | None
    file: str
    line: int
    rulebook: str
    deadlines: tuple[Clock, ...] = ()
    retentions: tuple[Clock, ...] = ()
    fulfilled_by: Fulfilment | None = None
    fines: tuple[Fine, ...] = ()
    amounts: tuple[Amount, ...] = ()
    condition: Node | None = None
    """Scope of the law, `when` and not `unless`, joined: what must be true for the norm to bind."""
    when: Node | None = None
    """The same without the scope."""
    exempted_by: tuple[Release, ...] = ()
    elements: list[Norm] = field(default_factory=list)
    place: str = ""
    """The address as text."""
    conditions: tuple[Node, ...] = ()
    """Every condition on which the status turns: its own and those of what switches it off."""
    condition_indices: frozenset[int] = frozenset()
    readings: tuple[str, ...] = ()
    """Open questions on which anything about this norm turns."""

    @property
    def key(self) -> str:
        """Address and id: unique among all norms."""
        return f"{self.address}#{self.id}" if self.id else str(self.address)

    @property
    def deadline_text(self) -> str | None:
        """The deadline as written in the rulebook, for people."""
        return "; ".join(clock_text(clock) for clock in self.deadlines) or None

    def settle(self) -> None:
        """Work out what is asked for in every case; called once, when everything is linked."""
        self.place = str(self.address)
        own = () if self.condition is None else (self.condition,)
        self.conditions = own + tuple(release.condition for release in self.exempted_by)
        self.condition_indices = frozenset(node.index for node in self.conditions)
        chosen = [q for c in (*self.deadlines, *self.retentions) for q, _ in c.reading]
        self.readings = tuple(sorted(frozenset(chosen).union(*(node.readings for node in self.conditions))))


def clock_text(clock: Clock) -> str:
    """Say a clock in English, the way it is written in the rulebook."""
    if clock.form == "at_once":
        return f"at once after {clock.anchor}"
    if clock.day is not None:
        return "each year by {:02d}-{:02d}".format(*clock.day)
    assert clock.period is not None
    word = "before" if clock.backwards else "after"
    return f"{clock.form.replace('_', ' ')} {clock.period.text('en')} {word} {clock.anchor}"


@dataclass(frozen=True, slots=True)
class Reading:
    """An open question with its candidate answers; `default` stands unless another is chosen."""

    id: str
    rulebook: str
    question: Bilingual
    cites: tuple[Address, ...]
    default: str
    candidates: dict[str, Bilingual]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """One law as data. `articles_encoded` is None once every article is."""

    key: str
    title: Bilingual
    short: Bilingual
    version: str
    status: str
    in_force_from: dt.date | None
    scope: Node
    scope_cites: tuple[Address, ...]
    articles: int
    articles_encoded: frozenset[int] | None
    norms: tuple[Norm, ...]
    readings: tuple[Reading, ...]
