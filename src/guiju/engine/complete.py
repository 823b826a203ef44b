"""Facts that follow: where all but one fact of an impossible combination are known, the last one is decided.

Two rounds, in the order of the rulebook, and exactly the same on tables (`guiju.engine.tables`).
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from guiju.engine.collection import Impossible, Rulebooks
from guiju.engine.decide import Decider, decider
from guiju.engine.values import Value

ROUNDS = 2


@dataclass(frozen=True, slots=True)
class _Rule:
    impossible: Impossible
    holds: Decider
    """Whether the facts state the impossible combination."""
    open: tuple[str, ...]


def complete(books: Rulebooks, facts: Mapping[str, Value]) -> tuple[dict[str, Value], dict[str, Impossible]]:
    """Return the facts with those that follow, and for each of these the impossibility it follows from."""
    known = dict(facts)
    follows: dict[str, Impossible] = {}
    for _ in range(ROUNDS):
        before = len(follows)
        for rule in _rules(books):
            for fact in rule.open:
                if known.get(fact) is None:
                    value = _last(rule, known, fact)
                    if value is not None:
                        known[fact] = value
                        follows[fact] = rule.impossible
        if len(follows) == before:
            break
    return known, follows


def contradiction(books: Rulebooks, facts: Mapping[str, Value]) -> Impossible | None:
    """Return the first impossible combination that these facts state, if there is one."""
    for rule in _rules(books):
        if rule.holds(facts)[0] is True:
            return rule.impossible
    return None


def open_facts(books: Rulebooks, rule: Impossible) -> list[str]:
    """List the yes-or-no facts of a rule, which alone can follow from it, in a fixed order."""
    return [name for name in sorted(rule.node.facts) if books.facts[name].type == "bool"]


@functools.lru_cache(maxsize=8)
def _rules(books: Rulebooks) -> tuple[_Rule, ...]:
    return tuple(_Rule(i, decider([i.node], {}), tuple(open_facts(books, i))) for i in books.impossible)


def _last(rule: _Rule, facts: dict[str, Value], fact: str) -> bool | None:
    """Try both values of an unknown fact; if one of them is impossible, the other one follows."""
    try:
        facts[fact] = True
        if rule.holds(facts)[0] is True:
            return False
        facts[fact] = False
        return True if rule.holds(facts)[0] is True else None
    finally:
        del facts[fact]
