"""Facts that follow, on tables: the same two rounds as `guiju.engine.complete`, in the same order.

Round by round, each yes-or-no fact of each impossible combination is one step that may fill its column. Steps that
do not read each other's results share a layer, so that a query of a few layers does the work of many steps.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import ibis
from ibis.expr import types as ir

from guiju.engine.collection import Impossible, Rulebooks
from guiju.engine.complete import ROUNDS, open_facts
from guiju.engine.tables.columns import column
from guiju.engine.tables.conditions import Conditions


@dataclass(frozen=True, slots=True)
class _Step:
    rule: Impossible
    fact: str

    @property
    def reads(self) -> frozenset[str]:
        return self.rule.node.facts - {self.fact}


def complete_table(books: Rulebooks, table: ir.Table) -> ir.Table:
    """Return the table with the facts that follow from what cannot be true together filled in."""
    for layer in _layers(books):
        table = table.mutate({step.fact: _filled(table, step) for step in layer})
    return table


def _filled(table: ir.Table, step: _Step) -> ir.BooleanValue:
    """Keep a known fact; fill one whose other value would make the impossible combination true."""
    if_true = Conditions(table, {}, {step.fact: True}).of(step.rule.node)
    if_false = Conditions(table, {}, {step.fact: False}).of(step.rule.node)
    follows = ibis.cases((if_true, False), (if_false, True))
    return ibis.coalesce(column(table, step.fact, "bool"), follows)


def _layers(books: Rulebooks) -> list[list[_Step]]:
    """Group the steps: each comes after the last step that wrote what it reads or writes, and not before a reader."""
    layers: list[list[_Step]] = []
    written: dict[str, int] = {}
    read: dict[str, int] = {}
    for step in _steps(books):
        after = [written.get(fact, -1) + 1 for fact in (*step.reads, step.fact)]
        level = max(*after, read.get(step.fact, 0))
        if level == len(layers):
            layers.append([])
        layers[level].append(step)
        written[step.fact] = level
        for fact in step.reads:
            read[fact] = max(read.get(fact, 0), level)
    return layers


def _steps(books: Rulebooks) -> Iterator[_Step]:
    """Yield the steps in order, without those that would find exactly what they found the round before."""
    clock = 0
    changed: dict[str, int] = {}
    done: dict[_Step, int] = {}
    for _ in range(ROUNDS):
        for rule in books.impossible:
            for fact in open_facts(books, rule):
                step = _Step(rule, fact)
                clock += 1
                if step not in done or any(changed.get(other, 0) > done[step] for other in step.reads):
                    yield step
                    changed[fact] = clock
                done[step] = clock
