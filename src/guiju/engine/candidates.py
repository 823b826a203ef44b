"""Values worth trying for a fact: both truth values, each choice, both sides of each threshold."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from guiju.engine.collection import Rulebooks
from guiju.engine.expression import Compare, Const, Fact, Node
from guiju.engine.values import Value


def candidates(books: Rulebooks, fact: str, nodes: Iterable[Node]) -> list[Value]:
    """List values of a fact between which the given conditions can tell; for numbers in rising order."""
    spec = books.facts[fact]
    if spec.type == "bool":
        return [True, False]
    if spec.type == "choice":
        return list(spec.choices)
    if spec.type == "set":
        return [frozenset(), *(frozenset((choice,)) for choice in spec.choices)]
    if spec.type == "text":
        return []
    return list(_around(thresholds(fact, nodes), whole=spec.type == "count"))


def thresholds(fact: str, nodes: Iterable[Node]) -> list[int | Decimal]:
    """Collect the numbers that a fact is compared with, in rising order."""
    found: set[int | Decimal] = set()
    seen: set[int] = set()
    stack = list(nodes)
    while stack:
        node = stack.pop()
        if node.index in seen or fact not in node.facts:
            continue
        seen.add(node.index)
        if isinstance(node, Compare):
            left, right = node.children
            if isinstance(left, Fact) and left.own[0] == fact and isinstance(right, Const):
                found.add(right.own[0])
        stack.extend(node.children)
    return sorted(found)


def _around(numbers: list[int | Decimal], *, whole: bool) -> list[Value]:
    """Put a number on, just below and just above each threshold; a cent is the smallest step of what is not whole."""
    step: int | Decimal = 1 if whole else Decimal("0.01")
    values = {n + d for n in numbers for d in (-step, 0, step)}
    return [v for v in sorted(values) if v >= 0] or [0]
