"""One finding as a line of a report: where it belongs, how it stands, when it is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from guiju.assess.report.dates import When
from guiju.assess.report.sides import side_of
from guiju.bilingual import Bilingual
from guiju.engine.findings import Finding
from guiju.engine.norms import Norm

Part = Literal[
    "roles", "duties", "prohibitions", "authorities", "state", "others", "rights", "powers", "conditions",
    "sanctions", "exemptions",
]  # fmt: skip
State = Literal["overdue", "unmet", "due", "window", "waiting", "standing", "met", "passed", "open"]

SYMBOLS: dict[State, str] = {
    "overdue": "▲", "unmet": "✗", "due": "●", "window": "●", "waiting": "▷", "standing": "■", "met": "✓",
    "passed": "△", "open": "?",
}  # fmt: skip
STAGES = ("before_launch", "running", "on_change", "on_incident", "at_end")
OWN: frozenset[Part] = frozenset(("duties", "prohibitions"))

_PARTS: dict[str, Part] = {
    "definition": "roles", "right": "rights", "permission": "rights", "power": "powers", "condition": "conditions",
    "sanction": "sanctions", "exemption": "exemptions",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A finding with what every printer needs. `number` is its place among all findings, so that it can be cited."""

    number: int
    finding: Finding
    part: Part
    state: State
    cite: Bilingual
    when: When | None
    keep: When | None

    @property
    def norm(self) -> Norm:
        """The norm found on."""
        return self.finding.norm

    @property
    def day(self) -> dt.date | None:
        """The day by which to act, if there is one."""
        return self.when.day if self.when else None

    @property
    def symbol(self) -> str:
        """A sign for the state; always shown with the word for it."""
        return SYMBOLS[self.state]

    @property
    def is_open(self) -> bool:
        """Whether something remains to be done by a day, whoever must do it.

        What the State owes every year and to everybody is no date of this organisation, unless its profile names one.
        """
        clock = self.finding.deadline
        general = self.part == "state" and (clock is None or clock.anchor_date is None)
        return self.day is not None and self.state not in ("met", "passed") and not general

    @property
    def is_window(self) -> bool:
        """Whether the act belongs into a span of days."""
        return bool(self.when and self.when.opens)


@dataclass(frozen=True, slots=True)
class Row:
    """One norm with its lines for several subjects."""

    norm: Norm
    lines: tuple[Line, ...]


def part_of(norm: Norm) -> Part:
    """Tell in which part of a report a norm stands; what binds the State in general is owed to nobody in particular."""
    if norm.kind in _PARTS:
        return _PARTS[norm.kind]
    side = side_of(norm.bearer)
    if side == "own":
        return "prohibitions" if norm.kind == "prohibition" else "duties"
    if side == "people":
        return "others"
    return "state" if norm.subject == "law" else "authorities"


def state_of(finding: Finding, part: Part, when: When | None) -> State:
    """Tell how an applying or undetermined finding stands. Only what is the organisation's own can be overdue."""
    if finding.status == "undetermined":
        return "open"
    recurs = when is not None and when.recurs
    if finding.fulfilment == "met" and not recurs:
        return "met"
    if finding.deadline is not None and finding.deadline.overdue:
        return "overdue" if part in OWN else "passed"
    if when is not None and when.day is not None:
        return "window" if when.opens else "due"
    if finding.fulfilment == "unmet":
        return "unmet"
    return "waiting" if when is not None else "standing"


def rows(lines: Iterable[Line]) -> tuple[Row, ...]:
    """Gather lines norm by norm, in the order of first appearance."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.norm.key, []).append(line)
    return tuple(Row(group[0].norm, tuple(group)) for group in found.values())


def by_day(lines: Iterable[Line], today: dt.date) -> tuple[Line, ...]:
    """Sort dated lines: overdue first, then what is to come by day, last what would be past if it applied."""
    return tuple(sorted(lines, key=lambda line: (_urgency(line, today), line.day or dt.date.max, line.number)))


def _urgency(line: Line, today: dt.date) -> int:
    if line.state == "overdue":
        return 0
    return 1 if line.day is not None and line.day >= today else 2
