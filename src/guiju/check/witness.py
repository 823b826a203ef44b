"""Find the plainest case that makes a formula true: little is true of it, and its numbers are small."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import z3

from guiju.check.measures import Measure, events_with
from guiju.check.world import Formula, World
from guiju.engine.candidates import candidates
from guiju.engine.events import COMPLETE
from guiju.engine.expression import EventMeasure, Node
from guiju.engine.values import Event, Value


@dataclass(frozen=True, slots=True)
class Witness:
    """Facts and events of a case, complete as far as the conditions in question can tell."""

    facts: Mapping[str, Value]
    events: tuple[Event, ...]


def witness(
    world: World,
    formulas: Sequence[Formula],
    nodes: Iterable[Node],
    *,
    system: str,
    rather_true: frozenset[str] = frozenset(),
    given: Mapping[str, Value] | None = None,
) -> Witness | None:
    """Return a case in which the formulas hold, with every fact that the nodes ask for; None if there is none.

    Facts of yes or no are false where that is possible, but true if they are among `rather_true`. `given` facts
    are fixed. Also None where the events of the case have counts that no plain layout of days has.
    """
    roots = list(nodes)
    solver = world.solver
    solver.push()
    try:
        solver.add(*formulas)
        solver.add(*(world.value(fact, value) for fact, value in (given or {}).items() if fact in world.facts))
        if solver.check() != z3.sat:
            return None
        facts: dict[str, Value] = {}
        for fact in _in_order(world, roots):
            facts[fact] = _settle(world, fact, roots, fact in rather_true)
        counts = {measure: _settle_count(world, measure) for measure in _measures(world, roots)}
    finally:
        solver.pop()
    if not counts:
        return Witness(facts, ())
    events = events_with(counts, system)
    return None if events is None else Witness({**facts, COMPLETE: True}, events)


def _in_order(world: World, roots: list[Node]) -> list[str]:
    """List the facts that the nodes ask for: yes or no first, so that numbers are chosen last and stay plain."""
    asked = {fact for node in roots for fact in node.facts if fact != COMPLETE}
    rank = {"bool": 0, "choice": 1, "text": 1, "set": 1}
    return sorted(asked, key=lambda fact: (rank.get(world.books.facts[fact].type, 2), fact))


def _settle(world: World, fact: str, roots: list[Node], rather_true: bool) -> Value:
    """Fix a fact to the first value with which the rest is still possible, and return it."""
    solver = world.solver
    for value in _tries(world, fact, roots, rather_true):
        solver.push()
        solver.add(world.value(fact, value))
        possible = solver.check() == z3.sat
        solver.pop()
        if possible:
            solver.add(world.value(fact, value))
            return value
    assert solver.check() == z3.sat
    value = _read(world, fact, solver.model())
    solver.add(world.value(fact, value))
    return value


def _tries(world: World, fact: str, roots: list[Node], rather_true: bool) -> Iterator[Value]:
    spec = world.books.facts[fact]
    if spec.type == "bool":
        yield from (True, False) if rather_true else (False, True)
    elif spec.type != "text":
        yield from candidates(world.books, fact, roots)


def _read(world: World, fact: str, model: Any) -> Value:
    spec = world.books.facts[fact]
    variable = world.facts[fact]
    if spec.type == "set":
        return frozenset(choice for choice, v in variable.items() if z3.is_true(model.eval(v, model_completion=True)))
    value = model.eval(variable, model_completion=True)
    if spec.type in ("text", "choice"):
        return world.spelled(value.as_long())
    if spec.type == "count":
        return int(value.as_long())
    # A case needs figures that can be written down; what lies between two cents is taken to the next lower one.
    return Decimal(value.numerator_as_long()) / Decimal(value.denominator_as_long())


def _measures(world: World, roots: list[Node]) -> list[Measure]:
    found: list[Any] = []
    seen: set[int] = set()
    stack = list(roots)
    while stack:
        node = stack.pop()
        if node.index in seen:
            continue
        seen.add(node.index)
        if isinstance(node, EventMeasure):
            found.append(world.of(node))
        stack.extend(node.children)
    return [measure for measure, variable in world.measures.items() if any(variable.eq(v) for v in found)]


def _settle_count(world: World, measure: Measure) -> bool | int:
    solver, variable = world.solver, world.measures[measure]
    if measure.function == "happened":
        solver.push()
        solver.add(z3.Not(variable))
        never = bool(solver.check() == z3.sat)
        solver.pop()
        solver.add(z3.Not(variable) if never else variable)
        return not never
    least = 0
    while not _can_be(world, variable, least):
        least += 1
    solver.add(variable == least)
    return least


def _can_be(world: World, variable: Any, number: int) -> bool:
    world.solver.push()
    world.solver.add(variable == number)
    answer = world.solver.check()
    world.solver.pop()
    return bool(answer == z3.sat)
