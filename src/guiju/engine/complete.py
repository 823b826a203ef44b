"""Facts that follow: where all but one fact of an impossible combination are known, the last one is decided.

Two rounds, in the order of the rulebook, and exactly the same on tables (`guiju.engine.tables`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from guiju.engine.collection import Impossible, Rulebooks
from guiju.engine.evaluation import Evaluation
from guiju.engine.values import Value

ROUNDS = 2
_NO_DAY = dt.date.min


def complete(books: Rulebooks, facts: Mapping[str, Value]) -> tuple[dict[str, Value], dict[str, Impossible]]:
    """Return the facts with those that follow, and for each of these the impossibility it follows from."""
    known = dict(facts)
    follows: dict[str, Impossible] = {}
    for _ in range(ROUNDS):
        for rule in books.impossible:
            for fact in open_facts(books, rule):
                if known.get(fact) is None:
                    value = _last(books, rule, known, fact)
                    if value is not None:
                        known[fact] = value
                        follows[fact] = rule
    return known, follows


def contradiction(books: Rulebooks, facts: Mapping[str, Value]) -> Impossible | None:
    """Return the first impossible combination that these facts state, if there is one."""
    for rule in books.impossible:
        if _value(books, rule, facts) is True:
            return rule
    return None


def open_facts(books: Rulebooks, rule: Impossible) -> list[str]:
    """List the yes-or-no facts of a rule, which alone can follow from it, in a fixed order."""
    return [name for name in sorted(rule.node.facts) if books.facts[name].type == "bool"]


def _last(books: Rulebooks, rule: Impossible, facts: Mapping[str, Value], fact: str) -> bool | None:
    if _value(books, rule, {**facts, fact: True}) is True:
        return False
    if _value(books, rule, {**facts, fact: False}) is True:
        return True
    return None


def _value(books: Rulebooks, rule: Impossible, facts: Mapping[str, Value]) -> bool | None:
    case = Evaluation({k: v for k, v in facts.items() if v is not None}, {}, {}, _NO_DAY, len(books.pool.nodes))
    result: bool | None = case.value(rule.node)
    return result
