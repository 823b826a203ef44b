"""Proofs: why a condition is true, false or unknown, as plain data that can be printed or sent.

Only what carries the answer is kept: of a false `and` its false parts, of an unknown one its unknown parts.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from guiju.engine.evaluation import Evaluation
from guiju.engine.expression import And, Node
from guiju.engine.values import AtLeast

Proof = dict[str, Any]


class Prover:
    """Builds proofs for one case; equal subtrees share one proof."""

    __slots__ = ("_case", "_inferred", "_memo", "_missing")

    def __init__(self, case: Evaluation, inferred: dict[str, str]) -> None:
        self._case = case
        self._inferred = inferred
        self._memo: dict[int, Proof] = {}
        self._missing: dict[int, tuple[str, ...]] = {}

    def prove(self, node: Node) -> Proof:
        """Return the proof of a condition, memoised."""
        known = self._memo.get(node.index)
        if known is None:
            known = self._memo[node.index] = self._build(node, self._case.value(node))
        return known

    def missing(self, node: Node) -> tuple[str, ...]:
        """Name the unknown facts between an undecided condition and its decision, in order of appearance."""
        known = self._missing.get(node.index)
        if known is None:
            known = self._missing[node.index] = self._facts_missing(node)
        return known

    def _facts_missing(self, node: Node) -> tuple[str, ...]:
        value = self._case.value(node)
        if value is not None and not isinstance(value, AtLeast):
            return ()
        if node.kind in ("fact", "events"):
            return tuple(sorted(node.facts))
        return tuple(dict.fromkeys([fact for child in node.children for fact in self.missing(child)]))

    def _build(self, node: Node, value: Any) -> Proof:
        kind = node.kind
        if kind in ("and", "or"):
            children = node.children
            if value is not isinstance(node, And):
                children = tuple(c for c in children if self._case.value(c) is value)
            if len(children) == 1:
                return self.prove(children[0])
            return {"op": kind, "value": value, "parts": [self.prove(c) for c in children]}
        if kind == "not":
            return {"op": "not", "value": value, "parts": [self.prove(node.children[0])]}
        if kind == "defined":
            name, address = node.own
            return {"defined": name, "cites": address, "value": value, "because": self.prove(node.children[0])}
        if kind == "fact":
            return self._fact(node.own[0], value)
        if kind == "reading":
            return {"reading": node.own[0], "read_as": self._case.readings[node.own[0]], "value": value}
        if kind == "const":
            return {"test": node.text, "value": plain(value)}
        facts = {name: plain(self._case.facts.get(name)) for name in sorted(node.facts)}
        return {"test": node.text, "value": plain(value), "facts": facts}

    def _fact(self, name: str, value: Any) -> Proof:
        if name in self._inferred:
            return {"fact": name, "value": plain(value), "follows_from": self._inferred[name]}
        return {"fact": name, "value": plain(value)}


def plain(value: Any) -> Any:
    """Turn a value into what JSON can carry; money and decimals keep their digits."""
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, AtLeast):
        return {"at_least": value.least}
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else str(value)
    return value
