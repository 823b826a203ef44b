"""Conditions over a case: the expression language of the rulebooks, with the words that only cases have."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from guiju.calendar.period import Period, PeriodError
from guiju.engine.errors import ExpressionError
from guiju.engine.expression import OPERATORS, Compare, Defined, Node, Pool
from guiju.engine.parse import Parser
from guiju.procedures.model import CaseType, Condition, Field

if TYPE_CHECKING:
    from guiju.engine.evaluation import Evaluation

_TYPES = {
    "text": "text", "bool": "bool", "count": "number", "money": "number", "date": "date", "choice": "text",
    "set": "set", "file": "text", "list": "list",
}  # fmt: skip
WORDS = {"complete": "bool", "competent": "text", "today": "date", "state": "text"}
CLOCK_WORDS = {
    "running": "bool", "paused": "bool", "overdue": "bool", "started": "bool", "over": "bool", "open": "bool",
    "late": "bool", "extensions": "number",
}  # fmt: skip
ACT_WORDS = {"happened": "bool", "times": "number", "times_within": "number", "times_this_year": "number"}


class UnknownWordError(ExpressionError):
    """An expression names something that the case type does not have."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name = name
        self.known = tuple(sorted(known))
        super().__init__(f"`{name}` is not known here", f"此处没有 `{name}`")


class Asked(Node):
    """Something that is asked of the case itself: own = (word, *arguments)."""

    __slots__ = ()
    kind: ClassVar[str] = "asked"

    def compute(self, case: Evaluation) -> Any:
        """Ask the case, which is a `Situation`."""
        ask: Callable[..., Any] = getattr(case, "ask")  # noqa: B009 - an Evaluation of this room has it
        return ask(*self.own)


class CaseParser(Parser):
    """Reads the expressions of one case type; `fields` are those of the case and the inputs of the act.

    `choices` are the texts that the words `state` and `competent` can be.
    """

    def __init__(
        self,
        pool: Pool,
        fields: Mapping[str, Field],
        *,
        terms: Mapping[str, Node],
        clocks: Iterable[str],
        acts: Mapping[str, frozenset[str]],
        readings: Mapping[str, frozenset[str]],
        choices: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        super().__init__(pool, {}, {}, readings, terms.get)
        self.fields = fields
        self.terms = terms
        self.clocks = frozenset(clocks)
        self.acts = acts
        self.choices = choices or {}

    def read(self, text: str, type_: str | None = "bool") -> Condition:
        """Parse an expression of a type (any, if None); raises ExpressionError."""
        return Condition(text, self.expression(text, type_))

    def word(self, name: str) -> Node | None:
        """Find a term, a field or input, or a word that only cases have."""
        if name in self.terms:
            return self.terms[name]
        if name in self.fields:
            return self.pool.fact(name, _TYPES[self.fields[name].type])
        if name in WORDS:
            return self.pool.make(Asked, (name,), (), WORDS[name], name)
        raise UnknownWordError(name, (*self.fields, *self.terms, *WORDS))

    def comparison(self, a: Node, symbol: str, b: Node) -> Node | None:
        """Compare two dates."""
        if a.type == b.type == "date":
            own = (symbol, OPERATORS[symbol])
            return self.pool.make(Compare, own, (a, b), "bool", f"{a.text} {symbol} {b.text}")
        return None

    def choices_of(self, subject: Node) -> Collection[str]:
        """List the choices of a field, the states, or the authorities."""
        if subject.kind == "fact":
            return self.fields[subject.own[0]].choices
        return self.choices.get(subject.own[0], ()) if isinstance(subject, Asked) else ()

    def function(self, name: str, args: list[ast.expr]) -> Node | None:
        """Read a question about a field, a clock or earlier acts."""
        first = args[0].id if args and isinstance(args[0], ast.Name) else ""
        if name == "given" and len(args) == 1:
            return self._asked("bool", name, self._known(first, self.fields))
        if name in CLOCK_WORDS and len(args) == 1:
            return self._asked(CLOCK_WORDS[name], name, self._known(first, self.clocks))
        if name in ACT_WORDS and args:
            return self._act(name, self._known(first, self.acts), args[1:])
        if name in (*CLOCK_WORDS, *ACT_WORDS, "given", "reading", "min", "max"):
            return None
        raise UnknownWordError(name, (*CLOCK_WORDS, *ACT_WORDS, "given", "reading", "min", "max"))

    def _act(self, name: str, act: str, rest: list[ast.expr]) -> Node:
        span: Period | None = None
        if name == "times_within":
            span = self._span(rest.pop(0) if rest else None)
        wanted = ""
        if rest:
            mark = rest.pop(0)
            wanted = self._known(mark.id if isinstance(mark, ast.Name) else "", self.acts[act])
        if rest:
            raise ExpressionError(f"`{name}({act}, …)` has too many arguments", f"`{name}({act}, …)` 的参数过多")
        return self._asked(ACT_WORDS[name], name, act, span, wanted)

    def _span(self, tree: ast.expr | None) -> Period:
        if not isinstance(tree, ast.Constant) or not isinstance(tree.value, str):
            raise ExpressionError(
                'a span is written like this: times_within(act, "1 year")', '期间这样写：times_within(act, "1 year")'
            )
        try:
            return Period.parse(tree.value)
        except PeriodError as error:
            raise ExpressionError(str(error), error.text("zh")) from None

    def _asked(self, type_: str, *own: Any) -> Node:
        said = ", ".join(part.text() if isinstance(part, Period) else str(part) for part in own[1:] if part)
        return self.pool.make(Asked, own, (), type_, f"{own[0]}({said})")

    def _known(self, name: str, known: Iterable[str]) -> str:
        if name not in known:
            raise UnknownWordError(name, known)
        return name


def asks_clocks(kind: CaseType, node: Node) -> bool:
    """Tell whether a condition turns on how some clock stands, also through what the form requires."""
    if node.kind == "asked":
        word = node.own[0]
        within: list[Condition] = []
        if word == "complete":
            within = [field.required for field in kind.form.values() if isinstance(field.required, Condition)]
        elif word == "competent":
            within = [rule.when for rule in kind.rules]
        if word in CLOCK_WORDS or any(asks_clocks(kind, one.node) for one in within):
            return True
    return any(asks_clocks(kind, child) for child in node.children)


def define(pool: Pool, name: str, place: str, body: Condition) -> Node:
    """Make the node of a term that stands for a condition."""
    return pool.make(Defined, (name, place), (body.node,), body.node.type, name)
