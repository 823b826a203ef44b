"""Conditions under chosen readings, reduced to what still depends on facts and events.

The first step of both fast executions (`decide`, `tables`): readings become constants, constants are folded, and a
defined term is its definition. Kleene's `and` and `or` allow exactly these steps without changing any answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from guiju.engine.expression import And, Const, Defined, Fact, Node, Not, Or, Pool, ReadingIs
from guiju.engine.norms import Norm


class Reduction:
    """Reduces conditions; equal results are one node. `given` fixes facts to be true or false, as for what-ifs."""

    def __init__(self, readings: Mapping[str, str], given: Mapping[str, bool] | None = None) -> None:
        self.readings = readings
        self.given = given or {}
        self.pool = Pool()
        self._memo: dict[int, Node] = {}

    def of(self, node: Node) -> Node:
        """Return the reduced form of a rulebook's condition; all must come from one rulebook collection."""
        known = self._memo.get(node.index)
        if known is None:
            known = self._memo[node.index] = self._reduce(node)
        return known

    def binding(self, norm: Norm) -> Node:
        """Return what must be true for a norm to bind: its condition, and none of its exemptions.

        False both where the norm does not apply and where it is exempt; unknown where it is undetermined.
        """
        assert norm.condition is not None
        releases = [self._negate(self.of(release.condition)) for release in norm.exempted_by]
        return self._join(And, [self.of(norm.condition), *releases])

    def _reduce(self, node: Node) -> Node:
        match node:
            case Defined():
                return self.of(node.children[0])
            case ReadingIs():
                return self._constant(self.readings[node.own[0]] == node.own[1])
            case Fact() if node.own[0] in self.given:
                return self._constant(self.given[node.own[0]])
            case And() | Or():
                return self._join(type(node), [self.of(child) for child in node.children])
            case Not():
                return self._negate(self.of(node.children[0]))
        copy = self.pool.make(type(node), node.own, tuple(map(self.of, node.children)), node.type, node.text)
        copy.facts, copy.events = node.facts, node.events
        return copy

    def _join(self, cls: type[And | Or], parts: Iterable[Node]) -> Node:
        """Join without flattening, so that a shared part stays one node."""
        decisive = cls is Or
        kept: dict[Node, None] = {}
        for part in parts:
            if not isinstance(part, Const):
                kept[part] = None
            elif part.own[0] is decisive:
                return part
        if not kept:
            return self._constant(not decisive)
        if len(kept) == 1:
            return next(iter(kept))
        word = " and " if cls is And else " or "
        return self.pool.make(cls, (), tuple(kept), "bool", word.join(f"({part.text})" for part in kept))

    def _negate(self, node: Node) -> Node:
        if isinstance(node, Const):
            return self._constant(not node.own[0])
        return node.children[0] if isinstance(node, Not) else self.pool.negate(node)

    def _constant(self, value: bool) -> Node:
        return self.pool.make(Const, (value,), (), "bool", str(value).lower())
