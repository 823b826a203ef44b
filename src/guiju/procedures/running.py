"""Run a script: act by act through the interpreter, keeping what was seen at each moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from guiju.calendar.days import WorkCalendar, prc_calendar
from guiju.procedures.case import Actor, Case, Event
from guiju.procedures.draft import WHAT
from guiju.procedures.explaining import ClockExplanation, explain_clock
from guiju.procedures.interpret import act, open_case, tick
from guiju.procedures.model import CaseType
from guiju.procedures.parts import hint_for
from guiju.procedures.problems import one_problem
from guiju.procedures.refusals import Refusal
from guiju.procedures.script import Script, Step
from guiju.procedures.standing import ClockView, Standing, replay


@dataclass(frozen=True, slots=True)
class Moment:
    """One step: what happened by itself before it, its event or its refusal, and how the case then stands."""

    step: Step
    lapsed: tuple[Event, ...]
    event: Event | None
    refusal: Refusal | None
    standing: Standing
    clocks: Mapping[str, ClockView]

    @property
    def events(self) -> tuple[Event, ...]:
        """Everything that happened, in order."""
        return (*self.lapsed, self.event) if self.event else self.lapsed


@dataclass(frozen=True, slots=True)
class Play:
    """A script that was run to its end."""

    script: Script
    kind: CaseType
    calendar: WorkCalendar
    case: Case
    moments: tuple[Moment, ...]


def play(script: Script, kind: CaseType, *, as_of: dt.date | None = None) -> Play:
    """Run a script; with `as_of`, time goes on to that day after its last act.

    Raises UnknownReadingError and CalendarError.
    """
    through = script.published_through
    calendar = prc_calendar() if through is None else WorkCalendar(through)
    case = open_case(kind, script.readings)
    moments = []
    for step in _steps(script, as_of):
        moment, case = _moment(case, kind, step, calendar)
        moments.append(moment)
    return Play(script, kind, calendar, case, tuple(moments))


def _steps(script: Script, as_of: dt.date | None) -> Iterator[Step]:
    yield from script.steps
    if as_of is not None and (not script.steps or script.steps[-1].on < as_of):
        yield Step(as_of, None, Actor(""), {}, use_example=False, without=(), expect=(), line=0)


def _moment(case: Case, kind: CaseType, step: Step, calendar: WorkCalendar) -> tuple[Moment, Case]:
    lapsed: tuple[Event, ...] = ()
    if not case.events or step.on >= case.events[-1].on:
        lapsed = tick(case, kind, calendar, step.on)
    case = case.with_events(*lapsed)
    event: Event | None = None
    refusal: Refusal | None = None
    if step.do is not None:
        done = act(case, kind, step.do, step.by, given(step, kind), today=step.on, calendar=calendar)
        if isinstance(done, Refusal):
            refusal = done
        else:
            event = done[-1]
            case = case.with_events(*done)
    standing = replay(case, kind)
    return Moment(step, lapsed, event, refusal, standing, standing.clocks(calendar, step.on)), case


def given(step: Step, kind: CaseType) -> dict[str, Any]:
    """Return the values of an act: those of the example, where it is used, and its own."""
    values: dict[str, Any] = {}
    if step.use_example:
        fills = {name for t in kind.transitions if t.name == step.do for name in t.fills}
        values = {name: value for name, value in kind.example.items() if name in fills}
    values = {**values, **step.values}
    return {name: value for name, value in values.items() if name not in step.without}


def explained(played: Play, name: str) -> ClockExplanation:
    """Explain a clock day by day, as it stands at the end of a run. Raises ProcedureError if there is none."""
    clocks = played.kind.under(played.case.readings).clocks
    if name not in clocks:
        hint, known = hint_for(name, clocks), ", ".join(clocks)
        raise one_problem("unknown_name", played.kind.file, what=WHAT["clock"], name=name, hint=hint, known=known)
    return explain_clock(clocks[name], replay(played.case, played.kind).runs.get(name), played.calendar)
