"""One section for each subject: its roles, its duties by stage of life, what it must not do, and key figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from guiju.assess.assessment import Assessment
from guiju.assess.report.lines import OWN, STAGES, Line, State
from guiju.engine.findings import Subject

_LATER: dict[State, int] = {"unmet": 0, "standing": 1, "met": 2}


@dataclass(frozen=True, slots=True)
class Stage:
    """The duties of one stage of life: those with a day, those that wait for an event, those that always hold."""

    name: str
    dated: tuple[Line, ...]
    waiting: tuple[Line, ...]
    standing: tuple[Line, ...]

    @property
    def count(self) -> int:
        """How many duties there are."""
        return len(self.dated) + len(self.waiting) + len(self.standing)


@dataclass(frozen=True, slots=True)
class Section:
    """What a system, the organisation or a law comes to."""

    number: int
    subject: Subject
    roles: tuple[Line, ...]
    stages: tuple[Stage, ...]
    prohibitions: tuple[Line, ...]
    users: object
    awaiting: int
    """How many duties and prohibitions wait for answers to open questions."""

    @property
    def duties(self) -> int:
        """How many duties and prohibitions apply."""
        return sum(stage.count for stage in self.stages) + len(self.prohibitions)

    @property
    def dated(self) -> tuple[Line, ...]:
        """The duties with a day."""
        return tuple(sorted((line for stage in self.stages for line in stage.dated), key=_day_order))

    @property
    def overdue(self) -> int:
        """How many are overdue."""
        return sum(line.state == "overdue" for line in self.dated)

    @property
    def unmet(self) -> int:
        """How many standing duties are shown not to be met."""
        return sum(line.state == "unmet" for stage in self.stages for line in stage.standing)

    @property
    def next(self) -> Line | None:
        """The next duty that is not yet overdue."""
        return next((line for line in self.dated if line.state in ("due", "window")), None)


def sections(assessment: Assessment, lines: Iterable[Line], asked: frozenset[str]) -> tuple[Section, ...]:
    """Build the sections: every system, and organisation and laws where something applies to them as such.

    `asked` are the facts for which a question is open.
    """
    of_subject: dict[Subject, list[Line]] = {case.subject: [] for case in assessment.cases}
    for line in lines:
        of_subject[line.finding.subject].append(line)
    users = {case.subject: case.facts.get("registered_users") for case in assessment.cases}
    found = [
        _section(number, subject, own, users[subject], asked)
        for number, (subject, own) in enumerate(of_subject.items(), 1)
    ]
    return tuple(s for s in found if s.subject.kind == "system" or s.roles or s.duties)


def _section(number: int, subject: Subject, lines: list[Line], users: object, asked: frozenset[str]) -> Section:
    applying = [line for line in lines if line.finding.status == "applies"]
    duties = [line for line in applying if line.part == "duties"]
    return Section(
        number=number,
        subject=subject,
        roles=tuple(line for line in applying if line.part == "roles"),
        stages=tuple(_stage(name, duties) for name in STAGES if any(_at(line, name) for line in duties)),
        prohibitions=tuple(line for line in applying if line.part == "prohibitions"),
        users=users,
        awaiting=sum(line.part in OWN and _awaits(line, asked) for line in lines),
    )


def _awaits(line: Line, asked: frozenset[str]) -> bool:
    return line.finding.status == "undetermined" and not asked.isdisjoint(line.finding.missing)


def _at(line: Line, stage: str) -> bool:
    return (line.norm.stage or "running") == stage


def _stage(name: str, duties: list[Line]) -> Stage:
    here = [line for line in duties if _at(line, name)]
    return Stage(
        name,
        dated=tuple(sorted((line for line in here if line.day), key=_day_order)),
        waiting=tuple(line for line in here if line.state == "waiting"),
        standing=tuple(sorted((x for x in here if not x.day and x.state != "waiting"), key=_standing_order)),
    )


def _day_order(line: Line) -> tuple[bool, dt.date, int]:
    return (line.state != "overdue", line.day or dt.date.max, line.number)


def _standing_order(line: Line) -> int:
    return _LATER.get(line.state, 1)
