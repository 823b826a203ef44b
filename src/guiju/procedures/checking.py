"""Checks of a case type as a whole: whether every state can be reached and left, and every clock starts and stops.

They hold for every choice of readings: a state may exist under one reading only, but where it can be reached, it can be
left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from guiju.engine.expression import Const
from guiju.procedures.model import CLOCK, SAME, Active, CaseType, Chosen, Clock, State
from guiju.procedures.problems import Report


def check(kind: CaseType, report: Report) -> None:
    """Report whatever keeps a case of this type from being led from its first act to its end."""
    initial = [state for state in kind.states.values() if state.kind == "initial"]
    if len(initial) != 1:
        report.add("not_one_initial", initial[1].line if initial else 0, count=len(initial))
        return
    _check_choices(kind, report)
    _check_lapses(kind, report)
    ever: set[str] = set()
    of_acts = [transition.reading for transition in kind.transitions]
    for chosen in choices(kind, of_acts):
        active = kind.under(chosen)
        reached = reachable(active)
        ever |= reached
        _check_exits(active, reached, report)
    started = {clock.line for clock in kind.clocks if _check_clock(kind, clock, of_acts, report)}
    for state in kind.states.values():
        if state.name not in ever:
            report.add("unreachable", state.line, f"states / {state.name}", name=state.name)
    for clock in kind.clocks:
        if clock.line not in started:
            report.add("never_starts", clock.line, f"clocks / {clock.name}", name=clock.name)


def choices(kind: CaseType, readings: Iterable[Chosen]) -> Iterator[Chosen]:
    """Yield the choices of readings that differ in which of some parts exist, the defaults first.

    Other questions keep their defaults: conditions may ask about them, but they do not change where acts lead.
    """
    questions = sorted({question for reading in readings for question, _ in reading})
    for candidates in product(*(kind.candidates[question] for question in questions)):
        yield tuple(sorted({**kind.readings, **dict(zip(questions, candidates, strict=True))}.items()))


def _check_clock(kind: CaseType, clock: Clock, of_acts: Iterable[Chosen], report: Report) -> bool:
    """Check that a clock can stop wherever it starts; tell whether it can start at all."""
    hooks = (*clock.starts, *clock.pauses, *clock.resumes, *clock.stops, *clock.ends)
    started = False
    for chosen in choices(kind, (*of_acts, clock.reading, *(hook.reading for hook in hooks))):
        active = kind.under(chosen)
        if active.clocks.get(clock.name) is not clock:
            continue
        starts = _starting_states(active, clock, reachable(active))
        if starts:
            started = True
            _check_stops(active, clock, starts, report)
    return started


def reachable(active: Active, start: Iterable[str] | None = None) -> set[str]:
    """Return the states to which some run of acts leads, from the initial one or from others."""
    waiting = list(start) if start is not None else [active.kind.initial]
    found: set[str] = set()
    while waiting:
        state = waiting.pop()
        if state not in found:
            found.add(state)
            waiting.extend(_target(state, t.to) for t in active.exits.get(state, ()))
    return found


def _target(state: str, to: str) -> str:
    return state if to == SAME else to


def _check_exits(active: Active, reached: set[str], report: Report) -> None:
    for state in active.kind.states.values():
        exits = active.exits.get(state.name, [])
        place = f"states / {state.name}"
        if state.kind == "final" and exits:
            report.add("final_with_exit", state.line, place, name=state.name, by=exits[0].name)
        elif state.kind != "final" and state.name in reached and not _leaves(state, active):
            report.add("dead_end", state.line, place, name=state.name)


def _leaves(state: State, active: Active) -> bool:
    return any(_target(state.name, transition.to) != state.name for transition in active.exits[state.name])


def _starting_states(active: Active, clock: Clock, reached: set[str]) -> set[str]:
    """Return the states in which the clock can begin to run; none if nothing starts it."""
    acts = {hook.on for hook in active.hooks(clock, "starts")}
    if not clock.starts and clock.anchor is not None:
        setting = (t for t in active.transitions.values() if clock.anchor in t.fills or clock.anchor in t.sets)
        acts = {transition.name for transition in setting}
    found = set()
    for name in acts:
        transition = active.transitions.get(name)
        for source in transition.sources if transition else ():
            assert transition is not None
            if source in reached:
                found.add(_target(source, transition.to))
    return found


def _check_stops(active: Active, clock: Clock, starts: set[str], report: Report) -> None:
    place = f"clocks / {clock.name}"
    within = reachable(active, starts)
    acts = {hook.on for hook in (*active.hooks(clock, "stops"), *active.hooks(clock, "ends"))}
    if clock.lapses is not None:
        acts.add(clock.lapses)
    if not clock.starts and clock.anchor is not None:
        # Such a clock can be stopped by the very act that makes its date known.
        within |= reachable(active)
    if not _possible(active, acts, within):
        report.add("never_stops", clock.line, place, name=clock.name)
    goes_on = {hook.on for hook in (*active.hooks(clock, "resumes"), *active.hooks(clock, "starts"))}
    pauses = [hook.on for hook in active.hooks(clock, "pauses")]
    for name in pauses:
        transition = active.transitions.get(name)
        if transition is None:
            continue
        after = {_target(source, transition.to) for source in transition.sources}
        if not _possible(active, goes_on, reachable(active, after)):
            report.add("never_resumes", clock.line, place, name=clock.name)


def _possible(active: Active, acts: Iterable[str], states: set[str]) -> bool:
    transitions = [active.transitions[name] for name in acts if name in active.transitions]
    return any(source in states for transition in transitions for source in transition.sources)


def _check_lapses(kind: CaseType, report: Report) -> None:
    """Hold automatic transitions and the clocks that lapse into them against each other."""
    lapses = {clock.lapses for clock in kind.clocks if clock.lapses is not None}
    for transition in kind.transitions:
        fits = transition.automatic == (transition.name in lapses)
        fits = fits and (transition.automatic or CLOCK not in transition.by)
        if not fits or (transition.automatic and (transition.inputs or transition.fills)):
            report.add("not_automatic", transition.line, f"transitions / {transition.name}", name=transition.name)


def _check_choices(kind: CaseType, report: Report) -> None:
    """Hold constant texts that acts set against the choices of their fields."""
    for transition in kind.transitions:
        for name, condition in transition.sets.items():
            field = kind.fields[name]
            node = condition.node if condition else None
            if field.choices and isinstance(node, Const) and node.own[0] not in field.choices:
                place = f"transitions / {transition.name}"
                expected = ", ".join(field.choices)
                report.add("wrong_value", transition.line, place, name=name, found=node.own[0], expected=expected)
