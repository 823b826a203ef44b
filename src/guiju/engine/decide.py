"""Decisions without proofs, as fast as Python goes: conditions become closures over one row (see `rows`).

The same answers as `evaluation.Evaluation`, which explains; a parity suite holds the two equal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from guiju.engine.events import COMPLETE
from guiju.engine.expression import (
    And,
    Arithmetic,
    Compare,
    Const,
    EventMeasure,
    Fact,
    Member,
    Node,
    Not,
    Or,
    compare_at_least,
)
from guiju.engine.norms import Norm
from guiju.engine.reduction import Reduction
from guiju.engine.rows import Row, measure_name
from guiju.engine.values import AtLeast

Decision = tuple[bool | None, ...]
Decider = Callable[[Row], Decision]
_Get = Callable[[str], Any]
_Part = Callable[[_Get, list[Any]], Any]

_OPEN = object()


def decider(nodes: Sequence[Node], readings: Mapping[str, str]) -> Decider:
    """Compile conditions of one collection; the result maps a row to their values, None for unknown."""
    reduction = Reduction(readings)
    return _decider([reduction.of(node) for node in nodes])


def binding_decider(norms: Sequence[Norm], readings: Mapping[str, str]) -> Decider:
    """Compile norms: true where one binds, false where it does not apply or is exempt, None where undetermined."""
    reduction = Reduction(readings)
    return _decider([reduction.binding(norm) for norm in norms])


def _decider(roots: list[Node]) -> Decider:
    compiler = _Compiler(roots)
    parts = [compiler.part(root) for root in roots]
    blank = [_OPEN] * compiler.slots

    def decide(row: Row) -> Decision:
        get, memo = row.get, blank.copy()
        return tuple([part(get, memo) for part in parts])

    return decide


class _Compiler:
    """Makes one closure a node; a node that several others ask remembers its answer within one row."""

    def __init__(self, roots: list[Node]) -> None:
        self.slots = 0
        self._uses = _uses(roots)
        self._made: dict[int, _Part] = {}

    def part(self, node: Node) -> _Part:
        made = self._made.get(node.index)
        if made is None:
            made = self._closure(node)
            if self._uses[node.index] > 1 and node.children:
                made = _remembered(made, self.slots)
                self.slots += 1
            self._made[node.index] = made
        return made

    def _closure(self, node: Node) -> _Part:
        match node:
            case Const():
                return _constant(node.own[0])
            case Fact():
                return _fact(node.own[0])
            case And() | Or():
                return self._junction(node)
            case Not():
                return _negation(self.part(node.children[0]))
            case Compare():
                return self._comparison(node)
            case Member():
                return _membership(self.part(node.children[0]), node.own[0])
            case Arithmetic():
                return _arithmetic(node.own[1], *map(self.part, node.children))
            case EventMeasure():
                measure = _happened if node.own[0] == "happened" else _counted
                return measure(measure_name(node))
        raise NotImplementedError(node.kind)

    def _junction(self, node: And | Or) -> _Part:
        """Ask the facts first: they are the cheapest to ask, and the order changes no answer."""
        facts = tuple(child.own[0] for child in node.children if isinstance(child, Fact))
        denied = tuple(child.children[0].own[0] for child in node.children if _is_denied_fact(child))
        others = tuple(
            self.part(child) for child in node.children if not isinstance(child, Fact) and not _is_denied_fact(child)
        )
        return _junction(facts, denied, others, decisive=isinstance(node, Or))

    def _comparison(self, node: Compare) -> _Part:
        left, right = node.children
        symbol, function = node.own
        if isinstance(left, Fact) and isinstance(right, Const):
            return _fact_against_constant(left.own[0], function, right.own[0])
        return _comparison(self.part(left), symbol, function, self.part(right))


def _uses(roots: Iterable[Node]) -> Counter[int]:
    uses: Counter[int] = Counter()
    waiting = list(roots)
    while waiting:
        node = waiting.pop()
        uses[node.index] += 1
        if uses[node.index] == 1:
            waiting.extend(node.children)
    return uses


def _is_denied_fact(node: Node) -> bool:
    return isinstance(node, Not) and isinstance(node.children[0], Fact)


def _remembered(part: _Part, slot: int) -> _Part:
    def ask(get: _Get, memo: list[Any]) -> Any:
        value = memo[slot]
        if value is _OPEN:
            value = memo[slot] = part(get, memo)
        return value

    return ask


def _constant(value: Any) -> _Part:
    return lambda _get, _memo: value


def _fact(name: str) -> _Part:
    return lambda get, _memo: get(name)


def _junction(facts: tuple[str, ...], denied: tuple[str, ...], others: tuple[_Part, ...], *, decisive: bool) -> _Part:
    """Join with `or` (decisive is true) or `and` (decisive is false); a decisive part settles it, whatever else."""
    neutral = not decisive

    def ask(get: _Get, memo: list[Any]) -> Any:
        result: bool | None = neutral
        for name in facts:
            value = get(name)
            if value is not neutral:
                if value is decisive:
                    return decisive
                result = None
        for name in denied:
            value = get(name)
            if value is not decisive:
                if value is neutral:
                    return decisive
                result = None
        for part in others:
            value = part(get, memo)
            if value is not neutral:
                if value is decisive:
                    return decisive
                result = None
        return result

    return ask


def _negation(part: _Part) -> _Part:
    def ask(get: _Get, memo: list[Any]) -> Any:
        value = part(get, memo)
        return None if value is None else not value

    return ask


def _fact_against_constant(name: str, function: Callable[[Any, Any], Any], constant: Any) -> _Part:
    def ask(get: _Get, _memo: list[Any]) -> Any:
        value = get(name)
        return None if value is None else function(value, constant)

    return ask


def _comparison(left: _Part, symbol: str, function: Callable[[Any, Any], Any], right: _Part) -> _Part:
    def ask(get: _Get, memo: list[Any]) -> Any:
        a, b = left(get, memo), right(get, memo)
        if a is None or b is None:
            return None
        return compare_at_least(a.least, symbol, b) if isinstance(a, AtLeast) else function(a, b)

    return ask


def _membership(part: _Part, choice: str | frozenset[str]) -> _Part:
    def ask(get: _Get, memo: list[Any]) -> bool | None:
        value = part(get, memo)
        if value is None:
            return None
        return choice in value if isinstance(choice, str) else value in choice

    return ask


def _arithmetic(function: Callable[[Any, Any], Any], left: _Part, right: _Part) -> _Part:
    def ask(get: _Get, memo: list[Any]) -> Any:
        a, b = left(get, memo), right(get, memo)
        return None if a is None or b is None else function(a, b)

    return ask


def _happened(name: str) -> _Part:
    def ask(get: _Get, _memo: list[Any]) -> bool | None:
        value = get(name)
        return True if value else False if value is False and get(COMPLETE) is True else None

    return ask


def _counted(name: str) -> _Part:
    def ask(get: _Get, _memo: list[Any]) -> int | AtLeast:
        value = get(name)
        return value if value is not None and get(COMPLETE) is True else AtLeast(value or 0)

    return ask
