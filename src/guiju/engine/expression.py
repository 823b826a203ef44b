"""Conditions as trees: what each kind of node means for one case, in Kleene's three-valued logic.

Equal subtrees are one object (see `Pool`), so that a condition shared by many norms is worked out once a case.
A node's `index` is its place in the memo of an `Evaluation`; children always have smaller indices.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from guiju.engine.values import AtLeast

if TYPE_CHECKING:
    from guiju.engine.evaluation import Evaluation

T = TypeVar("T", bound="Node")


class Node:
    """One node of a condition. `type` is bool, number, text or set; `text` is how a person would write it."""

    __slots__ = ("children", "events", "facts", "index", "own", "readings", "text", "type")
    kind: ClassVar[str]

    def __init__(self, index: int, own: tuple[Any, ...], children: tuple[Node, ...], type_: str, text: str) -> None:
        self.index = index
        self.own = own
        self.children = children
        self.type = type_
        self.text = text
        self.facts: frozenset[str] = frozenset().union(*(c.facts for c in children))
        self.events: frozenset[str] = frozenset().union(*(c.events for c in children))
        self.readings: frozenset[str] = frozenset().union(*(c.readings for c in children))

    def compute(self, case: Evaluation) -> Any:
        """Work out this node's value for the case; None is unknown."""
        raise NotImplementedError(self.kind)

    def __repr__(self) -> str:
        return f"<{self.kind} {self.text}>"


class Const(Node):
    """A number, text or truth value written in the rulebook."""

    __slots__ = ()
    kind = "const"

    def compute(self, case: Evaluation) -> Any:  # noqa: ARG002 - constants are the same in every case
        return self.own[0]


class Fact(Node):
    """A fact that the profile gives, or does not give."""

    __slots__ = ()
    kind = "fact"

    def compute(self, case: Evaluation) -> Any:
        return case.facts.get(self.own[0])


class Defined(Node):
    """A term that the law defines (provider, foundation_model): own = (name, address), one child, its definition."""

    __slots__ = ()
    kind = "defined"

    def compute(self, case: Evaluation) -> Any:
        return case.value(self.children[0])


class Not(Node):
    """Not unknown is unknown."""

    __slots__ = ()
    kind = "not"

    def compute(self, case: Evaluation) -> Any:
        value = case.value(self.children[0])
        return None if value is None else not value


class And(Node):
    """False as soon as one part is false, whatever is unknown."""

    __slots__ = ()
    kind = "and"

    def compute(self, case: Evaluation) -> Any:
        result: bool | None = True
        for child in self.children:
            value = case.value(child)
            if value is False:
                return False
            if value is None:
                result = None
        return result


class Or(Node):
    """True as soon as one part is true, whatever is unknown."""

    __slots__ = ()
    kind = "or"

    def compute(self, case: Evaluation) -> Any:
        result: bool | None = False
        for child in self.children:
            value = case.value(child)
            if value is True:
                return True
            if value is None:
                result = None
        return result


OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "min": min, "max": max,
}  # fmt: skip


class Compare(Node):
    """A comparison; own = (operator, function). 超过 is >, 以上 is >=, 不足 is <."""

    __slots__ = ()
    kind = "compare"

    def compute(self, case: Evaluation) -> Any:
        left = case.value(self.children[0])
        right = case.value(self.children[1])
        if left is None or right is None:
            return None
        if isinstance(left, AtLeast):
            return compare_at_least(left.least, self.own[0], right)
        return self.own[1](left, right)


def compare_at_least(least: int, op: str, right: Any) -> bool | None:
    """Compare a number known only to be `least` or more; unknown unless every such number agrees."""
    beyond = least > right
    if op in (">", ">="):
        return True if OPERATORS[op](least, right) else None
    if op in ("<", "<="):
        return False if not OPERATORS[op](least, right) else None
    if beyond:
        return op == "!="
    return None


class Member(Node):
    """`"image" in modalities` (own = (choice,)) or `catalogue in ("a", "b")` (own = (frozenset of choices,))."""

    __slots__ = ()
    kind = "member"

    def compute(self, case: Evaluation) -> Any:
        value = case.value(self.children[0])
        if value is None:
            return None
        choice = self.own[0]
        return choice in value if isinstance(choice, str) else value in choice


class Arithmetic(Node):
    """Sum, difference, product, smaller or larger of two numbers; unknown if either is."""

    __slots__ = ()
    kind = "arithmetic"

    def compute(self, case: Evaluation) -> Any:
        left = case.value(self.children[0])
        right = case.value(self.children[1])
        return None if left is None or right is None else self.own[1](left, right)


class EventMeasure(Node):
    """Something counted over the listed events; own = (function, event, argument). See `events.py`."""

    __slots__ = ()
    kind = "events"

    def compute(self, case: Evaluation) -> Any:
        return case.measure(self.own[0], self.own[1], self.own[2])


class ReadingIs(Node):
    """Whether an open question of the law is read in this way; own = (question, candidate). Never unknown."""

    __slots__ = ()
    kind = "reading"

    def compute(self, case: Evaluation) -> Any:
        return case.readings[self.own[0]] == self.own[1]


class Pool:
    """Makes nodes, and makes equal ones once. Indices grow in the order of making."""

    def __init__(self) -> None:
        self._known: dict[tuple[Any, ...], Node] = {}
        self.nodes: list[Node] = []

    def make(self, cls: type[T], own: tuple[Any, ...], children: tuple[Node, ...], type_: str, text: str) -> T:
        """Return the node with these parts, making it if it is new."""
        key = (cls, type_, *((type(o), o) for o in own), *(c.index for c in children))
        node = self._known.get(key)
        if node is None:
            node = cls(len(self.nodes), own, children, type_, text)
            self._known[key] = node
            self.nodes.append(node)
        assert isinstance(node, cls)
        return node

    def both(self, parts: list[Node]) -> Node:
        """Join conditions with `and`; one condition stays itself, none is true."""
        return self._join(And, "and", "true", parts)

    def either(self, parts: list[Node]) -> Node:
        """Join conditions with `or`; one condition stays itself, none is false."""
        return self._join(Or, "or", "false", parts)

    def negate(self, node: Node) -> Node:
        """Return the opposite condition."""
        wrapped = f"({node.text})" if isinstance(node, And | Or | Compare | Member) else node.text
        return self.make(Not, (), (node,), "bool", f"not {wrapped}")

    def _join(self, cls: type[And] | type[Or], word: str, empty: str, parts: list[Node]) -> Node:
        flat: list[Node] = []
        for part in parts:
            flat.extend(part.children if isinstance(part, cls) else (part,))
        unique = list(dict.fromkeys(flat))
        if not unique:
            return self.make(Const, (empty == "true",), (), "bool", empty)
        if len(unique) == 1:
            return unique[0]
        text = f" {word} ".join(f"({p.text})" if isinstance(p, And | Or) else p.text for p in unique)
        return self.make(cls, (), tuple(unique), "bool", text)

    def fact(self, name: str, type_: str) -> Node:
        """Return the node of a fact."""
        node = self.make(Fact, (name,), (), type_, name)
        node.facts = frozenset((name,))
        return node
