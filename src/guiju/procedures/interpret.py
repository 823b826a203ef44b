"""The interpreter: `(case, transition, actor, values, today) -> events, or a refusal with its reason`. Pure.

Whatever has fallen due by then happens first, dated on the day on which it fell due.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from guiju.bilingual import Bilingual
from guiju.calendar.days import WorkCalendar
from guiju.calendar.errors import CalendarError
from guiju.procedures.case import Actor, Case, Event, Pin
from guiju.procedures.clocks import Run, first_day, last_day, passed
from guiju.procedures.effects import consequences
from guiju.procedures.lapses import due_events
from guiju.procedures.model import ANYBODY, CLOCK, CaseType, Condition, Field, Requirement, Transition, agrees
from guiju.procedures.refusals import Refusal, refuse
from guiju.procedures.situation import Situation, Unknowns, competent
from guiju.procedures.standing import Standing, replay
from guiju.procedures.values import WrongValueError, settle

Accepted = tuple[Event, ...]


def open_case(kind: CaseType, readings: Mapping[str, str] | None = None) -> Case:
    """Open a case that follows this version of its type to the end, under chosen readings (else the defaults).

    Raises ValueError for a question or candidate that the type does not have; see `kind.candidates`.
    """
    for question, candidate in (readings or {}).items():
        if candidate not in kind.candidates.get(question, ()):
            raise UnknownReadingError(question, candidate, kind)
    chosen = tuple(sorted({**kind.readings, **(readings or {})}.items()))
    return Case(Pin(kind.law, kind.name, kind.version, kind.digest), chosen)


class UnknownReadingError(ValueError):
    """A case was to be opened under a reading that its type does not have."""

    def __init__(self, question: str, candidate: str, kind: CaseType) -> None:
        self.known = "; ".join(f"{name}: {', '.join(found)}" for name, found in kind.candidates.items()) or "-"
        self.asked = f"{question}: {candidate}"
        super().__init__(self.text("en"))

    def text(self, lang: str) -> str:
        """Say what is wrong, in `zh` or `en`."""
        if lang == "zh":
            return f"本程序没有 {self.asked} 这一读法；已有：{self.known}"
        return f"this procedure has no reading {self.asked}; there are: {self.known}"


def tick(case: Case, kind: CaseType, calendar: WorkCalendar, today: dt.date) -> Accepted:
    """Return the events that have fallen due by themselves before today, in order, each dated on its last day."""
    return tuple(due_events(replay(case, kind), calendar, today))


def act(
    case: Case,
    kind: CaseType,
    transition: str,
    actor: Actor,
    values: Mapping[str, Any],
    *,
    today: dt.date,
    calendar: WorkCalendar,
) -> Accepted | Refusal:
    """Carry out an act: what fell due before it and the act itself, or why it cannot be. Changes nothing.

    `kind` is the version that the case pins. Raises BrokenCaseError and CalendarError.
    """
    standing = replay(case, kind)
    last = standing.last_on
    if last is not None and today < last:
        return refuse("before_last_event", kind.cites, on=str(today), last=str(last))
    lapsed = due_events(standing, calendar, today)
    done = attempt(standing, transition, actor, values, today=today, calendar=calendar)
    return done if isinstance(done, Refusal) else (*lapsed, done)


def attempt(
    standing: Standing,
    transition: str,
    actor: Actor,
    values: Mapping[str, Any],
    *,
    today: dt.date,
    calendar: WorkCalendar,
) -> Event | Refusal:
    """Carry out an act on a standing in which everything that fell due has happened; the standing stays as it is."""
    found = _open_transition(standing, transition, actor)
    if isinstance(found, Refusal):
        return found
    return _Attempt(standing, found, actor, today, calendar).run(values)


def open_to(standing: Standing, role: str, today: dt.date, calendar: WorkCalendar) -> list[str]:
    """List the acts that a role could do now: those whose conditions hold, whatever they still have to be given."""
    actor, found = Actor(role), []
    for name in standing.active.transitions:
        transition = _open_transition(standing, name, actor)
        if isinstance(transition, Transition):
            attempt_ = _Attempt(standing, transition, actor, today, calendar)
            if attempt_.allowed(dict(standing.fields), {}) is None:
                found.append(name)
    return found


def _open_transition(standing: Standing, name: str, actor: Actor) -> Transition | Refusal:
    kind = standing.kind
    transition = standing.active.transitions.get(name)
    if transition is None:
        other = next((t for t in kind.transitions if t.name == name), None)
        if other is None:
            return refuse("unknown_transition", kind.cites, act=name)
        return refuse("not_under_this_reading", other.cites, label=other.label)
    if transition.automatic:
        return refuse("not_by_people", transition.cites, label=transition.label)
    state = kind.states[standing.state]
    if state.kind == "final":
        return refuse("case_closed", state.cites, state=state.label)
    if state.name not in transition.sources:
        sources = _joined(kind.states[source].label for source in transition.sources)
        return refuse("wrong_state", transition.cites, label=transition.label, state=state.label, sources=sources)
    if actor.role not in transition.by and (ANYBODY not in transition.by or actor.role == CLOCK):
        by = _joined(kind.role_label(role) for role in transition.by)
        role: str | Bilingual = actor.role if kind.side_of(actor.role) is None else kind.role_label(actor.role)
        return refuse("wrong_role", transition.cites, role=role, label=transition.label, by=by)
    return transition


class _Attempt:
    """One act on one standing."""

    def __init__(
        self, standing: Standing, transition: Transition, actor: Actor, today: dt.date, calendar: WorkCalendar
    ) -> None:
        self.standing = standing
        self.kind = standing.kind
        self.transition = transition
        self.actor = actor
        self.today = today
        self.calendar = calendar

    def run(self, values: Mapping[str, Any]) -> Event | Refusal:
        taken = self._take(values)
        if isinstance(taken, Refusal):
            return taken
        fields = dict(self.standing.fields)
        for name in self.transition.fills:
            if name in taken:
                fields[name] = taken[name]
        situation = self._situation(fields, taken)
        refused = self._elsewhere() or self._lacking(situation, fields, taken) or self._barred(situation)
        if refused is not None:
            return refused
        try:
            event = consequences(
                self.standing, self.transition, self.actor, taken=taken, fields=fields, situation=situation
            )
        except WrongValueError as error:
            # What the act would set follows from what was given, and does not fit the field.
            return refuse("wrong_value", self.transition.cites, name=error.field, expected=error.expected)
        return self._uncountable(event) or event

    def _uncountable(self, event: Event) -> Refusal | None:
        """Refuse a date from which a clock would run out of the calendar: no later act could find its last day."""
        for step in event.clocks:
            clock = self.standing.active.clocks[step.clock]
            if step.day is None or clock.anchor is None:
                continue
            try:
                last_day(clock, Run(step.day), self.calendar)
                first_day(clock, Run(step.day), self.calendar)
            except CalendarError as error:
                field = self.kind.fields[clock.anchor]
                expected = Bilingual(
                    zh=f"日历以内的日期（{error.text('zh')}）", en=f"a date within the calendar ({error})"
                )
                return refuse("wrong_value", field.cites, name=field.name, expected=expected)
        return None

    def allowed(self, fields: Mapping[str, Any], taken: Mapping[str, Any]) -> Refusal | None:
        """Say what bars the act apart from values that are still to be given."""
        situation = self._situation(fields, taken)
        for requirement in self._requirements():
            if situation.true(requirement.that) is False:
                return self._refused(requirement)
        return self._extendable()

    def _situation(self, fields: Mapping[str, Any], taken: Mapping[str, Any]) -> Situation:
        inputs = {name: (field, taken.get(name)) for name, field in self.transition.inputs.items()}
        readings = self.standing.active.readings
        return Situation(
            self.kind, self.standing, fields, inputs, today=self.today, calendar=self.calendar, readings=readings
        )

    def _take(self, values: Mapping[str, Any]) -> dict[str, Any] | Refusal:
        transition = self.transition
        usable: dict[str, Field] = {name: self.kind.fields[name] for name in transition.fills} | transition.inputs
        taken = {}
        for name, value in values.items():
            field = usable.get(name)
            if field is None:
                return refuse("unexpected_value", transition.cites, label=transition.label, name=name)
            try:
                taken[name] = settle(field, value)
            except WrongValueError as error:
                return refuse("wrong_value", field.cites, name=name, expected=error.expected)
        return {name: taken[name] for name in sorted(taken)}

    def _elsewhere(self) -> Refusal | None:
        """Refuse an official of another authority than the one to which the role is reserved, or the competent one."""
        actor, party = self.actor, self.kind.party_of(self.actor.role)
        if actor.authority is None or party is None or party.side != "authority":
            return None
        right = party.authority or competent(self.kind, self._situation(self.standing.fields, {}), self.standing)
        if right is None or right == actor.authority:
            return None
        return refuse("wrong_authority", self.transition.cites, competent=right, authority=actor.authority)

    def _lacking(self, situation: Situation, fields: Mapping[str, Any], taken: Mapping[str, Any]) -> Refusal | None:
        transition = self.transition
        lacking = [name for name in transition.needs if fields.get(name) is None]
        unknown: list[str] = []
        for name, field in transition.inputs.items():
            if taken.get(name) is not None:
                continue
            required = situation.true(field.required)
            if required is None and isinstance(field.required, Condition):
                unknown.extend(Unknowns(situation).of(field.required.node))
            elif required:
                lacking.append(name)
        return self._missing([*lacking, *unknown], transition.cites)

    def _barred(self, situation: Situation) -> Refusal | None:
        unknown: list[str] = []
        cites: list[str] = []
        for requirement in self._requirements():
            holds = situation.true(requirement.that)
            if holds is False:
                return self._refused(requirement)
            if holds is None:
                unknown.extend(Unknowns(situation).of(requirement.that.node))
                cites.extend(requirement.cites)
        return self._missing(unknown, tuple(dict.fromkeys(cites))) or self._extendable()

    def _requirements(self) -> list[Requirement]:
        readings = self.standing.active.readings
        return [one for one in self.transition.requires if agrees(one.reading, readings)]

    def _refused(self, requirement: Requirement) -> Refusal:
        if requirement.otherwise is not None:
            return Refusal(requirement.code, requirement.otherwise, requirement.cites)
        refused = refuse("not_allowed", requirement.cites, label=self.transition.label, condition=requirement.that.text)
        return Refusal(requirement.code, refused.reason, refused.cites)

    def _missing(self, names: list[str], cites: tuple[str, ...]) -> Refusal | None:
        if not names:
            return None
        unique = tuple(dict.fromkeys(names))
        labels = _joined(self._label(name) for name in unique)
        return refuse("missing", cites, unique, names=labels)

    def _label(self, name: str) -> Bilingual:
        field = self.transition.inputs.get(name) or self.kind.fields.get(name)
        if field is not None:
            return field.label
        clock = self.standing.active.clocks.get(name)
        return clock.label if clock else Bilingual(zh=name, en=name)

    def _extendable(self) -> Refusal | None:
        for clock in self.standing.active.clocks.values():
            if clock.extend is None or clock.extend.on != self.transition.name:
                continue
            run = self.standing.runs.get(clock.name)
            if run is None or run.ended:
                return refuse("not_running", clock.extend.cites, clock=clock.label)
            if run.extensions >= clock.extend.times:
                return refuse("extended_already", clock.extend.cites, clock=clock.label, times=clock.extend.times)
            due = self.standing.clock(clock.name, self.calendar, self.today).due
            over = False if due is None else passed(due, self.today)
            if over is not False:
                unknown = [clock.name] if over is None else []
                return self._missing(unknown, clock.extend.cites) or refuse(
                    "run_out", clock.extend.cites, clock=clock.label
                )
        return None


def _joined(labels: Any) -> Bilingual:
    found = list(labels)
    return Bilingual(zh="、".join(one.zh for one in found), en=", ".join(one.en for one in found))
