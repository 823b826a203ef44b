"""Read a condition's text into a tree. Python's `ast` reads the text; nothing of it is ever executed."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from typing import Any

from guiju.calendar.period import Period, PeriodError
from guiju.documents.errors import nearest
from guiju.engine.errors import ExpressionError
from guiju.engine.events import COMPLETE, FUNCTIONS
from guiju.engine.expression import (
    ARITHMETIC,
    OPERATORS,
    Arithmetic,
    Compare,
    Const,
    EventMeasure,
    Member,
    Node,
    Pool,
    ReadingIs,
)
from guiju.engine.vocabulary import EventSpec, FactSpec

Names = Mapping[str, FactSpec]
Lookup = Callable[[str], Node | None]

_COMPARE: dict[type[ast.cmpop], str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_ARITHMETIC: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*"}
_TYPES = {
    "bool": "bool", "count": "number", "number": "number", "money": "number", "text": "text", "choice": "text",
    "set": "set",
}  # fmt: skip
MAX_LENGTH = 4000
_TYPES_ZH = {"bool": "真假值", "number": "数值", "text": "文字", "set": "集合", "date": "日期", "list": "列表"}


class Parser:
    """Reads conditions over one vocabulary. `defined` gives the definition of a term, or None if it is no term.

    A larger language overrides the hooks `word`, `function`, `comparison` and `choices_of`, and nothing else.
    """

    def __init__(
        self,
        pool: Pool,
        facts: Names,
        events: Mapping[str, EventSpec],
        readings: Mapping[str, frozenset[str]],
        defined: Lookup,
    ) -> None:
        self.pool = pool
        self.facts = facts
        self.events = events
        self.readings = readings
        self.defined = defined

    def condition(self, text: str) -> Node:
        """Parse a condition: an expression that is true, false or unknown.

        Raises ExpressionError, saying what is wrong and what to write instead.
        """
        return self._expect(self._tree(text), "bool")

    def number(self, text: str) -> Node:
        """Parse an expression that is a number, such as a sum of money computed from facts."""
        return self._expect(self._tree(text), "number")

    def expression(self, text: str, type_: str | None = None) -> Node:
        """Parse an expression of a type, or of any; raises ExpressionError."""
        node = self._tree(text)
        return node if type_ is None else self._expect(node, type_)

    def word(self, name: str) -> Node | None:  # noqa: ARG002 - a hook
        """Hook: the node of a name that belongs to a larger language; None leaves it to the terms and facts."""
        return None

    def function(self, name: str, args: list[ast.expr]) -> Node | None:  # noqa: ARG002 - a hook
        """Hook: the node of a call that belongs to a larger language; None leaves it to the functions known here."""
        return None

    def comparison(self, a: Node, symbol: str, b: Node) -> Node | None:  # noqa: ARG002 - a hook
        """Hook: compare two values of a type that only a larger language compares; None leaves it to the rules here."""
        return None

    def choices_of(self, subject: Node) -> Collection[str]:
        """Hook: the only texts that a value can be; none where any text will do."""
        spec = self.facts.get(subject.own[0]) if subject.kind == "fact" else None
        return spec.choices if spec is not None and spec.choices else ()

    def _tree(self, text: str) -> Node:
        if len(text) > MAX_LENGTH:
            raise ExpressionError(f"is longer than {MAX_LENGTH} characters", f"超过 {MAX_LENGTH} 个字符")
        try:
            tree = ast.parse(text.strip(), mode="eval")
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            said, near = getattr(error, "msg", error), getattr(error, "offset", None)
            where = f"第 {near} 个字符附近" if near else ""
            raise ExpressionError(f"cannot be read as a condition: {said}", f"{where}写法有误，无法读作条件") from None
        try:
            return self._node(tree.body)
        except RecursionError:
            raise ExpressionError("is nested too deeply", "嵌套过深") from None

    def _expect(self, node: Node, type_: str) -> Node:
        if node.type != type_:
            raise ExpressionError(
                f"`{node.text}` is a {node.type}, where a {type_} is needed",
                f"`{node.text}` 是{_TYPES_ZH[node.type]}，此处应为{_TYPES_ZH[type_]}",
            )
        return node

    def _node(self, tree: ast.expr) -> Node:
        match tree:
            case ast.Name(id=name):
                return self._name(name)
            case ast.Constant(value=value):
                return self._constant(value)
            case ast.BoolOp(op=ast.And(), values=values):
                return self.pool.both([self._expect(self._node(v), "bool") for v in values])
            case ast.BoolOp(op=ast.Or(), values=values):
                return self.pool.either([self._expect(self._node(v), "bool") for v in values])
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return self.pool.negate(self._expect(self._node(operand), "bool"))
            case ast.Compare(left=left, ops=ops, comparators=comparators):
                return self._comparison(left, ops, comparators)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _ARITHMETIC:
                return self._arithmetic(_ARITHMETIC[type(op)], self._node(left), self._node(right))
            case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
                return self._call(name, args)
        shown = ast.unparse(tree)
        raise ExpressionError(
            f"`{shown}` is not part of the language of conditions", f"条件语言中没有 `{shown}` 这种写法"
        )

    def _name(self, name: str) -> Node:
        if name in ("true", "false"):
            return self.pool.make(Const, (name == "true",), (), "bool", name)
        own = self.word(name)
        if own is not None:
            return own
        term = self.defined(name)
        if term is not None:
            return term
        spec = self.facts.get(name)
        if spec is None:
            hint = nearest(name, self.facts)
            raise ExpressionError(
                f"`{name}` is no known fact" + (f"; {hint}" if hint else ""), f"没有 `{name}` 这一事实{_meant(hint)}"
            )
        return self.pool.fact(name, _TYPES[spec.type])

    def _constant(self, value: Any) -> Node:
        if isinstance(value, bool):
            right = str(value).lower()
            raise ExpressionError(f"write `{right}` instead of `{value}`", f"应写 `{right}`，不写 `{value}`")
        if isinstance(value, int):
            return self.pool.make(Const, (value,), (), "number", str(value))
        if isinstance(value, float):
            return self.pool.make(Const, (Decimal(repr(value)),), (), "number", repr(value))
        if isinstance(value, str):
            return self.pool.make(Const, (value,), (), "text", f'"{value}"')
        raise ExpressionError(
            f"`{value!r}` is not a number, text or truth value", f"`{value!r}` 不是数值、文字或者真假值"
        )

    def _comparison(self, left: ast.expr, ops: list[ast.cmpop], rights: list[ast.expr]) -> Node:
        parts: list[Node] = []
        for op, right in zip(ops, rights, strict=True):
            parts.append(self._one_comparison(left, op, right))
            left = right
        return self.pool.both(parts)

    def _one_comparison(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Node:
        if isinstance(op, ast.In | ast.NotIn):
            member = self._member(left, right)
            return self.pool.negate(member) if isinstance(op, ast.NotIn) else member
        if type(op) not in _COMPARE:
            raise ExpressionError(
                "`is` is not part of the language of conditions; compare with `==`",
                "条件语言中没有 `is`，请用 `==` 比较",
            )
        if isinstance(left, ast.Call) and isinstance(left.func, ast.Name) and left.func.id == "reading":
            return self._reading(left.args, _COMPARE[type(op)], right)
        a, b = self._node(left), self._node(right)
        symbol = _COMPARE[type(op)]
        own = self.comparison(a, symbol, b)
        if own is not None:
            return own
        ordered = symbol not in ("==", "!=")
        if a.type == b.type == "bool":
            how = "true or false facts stand by themselves, or with `not`"
            raise ExpressionError(
                f"`{a.text} {symbol} {b.text}`: {how}",
                f"`{a.text} {symbol} {b.text}`：真假值直接写出，或者前面加 `not`，不作比较",
            )
        if a.type != b.type or a.type == "set" or (ordered and a.type != "number"):
            raise ExpressionError(
                f"`{a.text} {symbol} {b.text}` compares a {a.type} with a {b.type}",
                f"`{a.text} {symbol} {b.text}` 把{_TYPES_ZH[a.type]}与{_TYPES_ZH[b.type]}相比较",
            )
        if isinstance(a, EventMeasure) and isinstance(b, EventMeasure):
            raise ExpressionError(
                f"`{a.text} {symbol} {b.text}` compares two numbers that may only be lower bounds",
                f"`{a.text} {symbol} {b.text}` 比较的两个数都可能只是下限",
            )
        if isinstance(b, EventMeasure) or (isinstance(a, Const) and not isinstance(b, Const)):
            a, b, symbol = b, a, _MIRRORED.get(symbol, symbol)
        if a.type == "text" and isinstance(b, Const):
            self._check_choice(a, b.own[0])
        return self.pool.make(Compare, (symbol, OPERATORS[symbol]), (a, b), "bool", f"{a.text} {symbol} {b.text}")

    def _member(self, left: ast.expr, right: ast.expr) -> Node:
        if isinstance(right, ast.Tuple | ast.List):
            subject = self._expect(self._node(left), "text")
            choices = [self._text(element) for element in right.elts]
            for choice in choices:
                self._check_choice(subject, choice)
            shown = ", ".join(f'"{c}"' for c in choices)
            return self.pool.make(Member, (frozenset(choices),), (subject,), "bool", f"{subject.text} in ({shown})")
        choice = self._text(left)
        subject = self._expect(self._node(right), "set")
        self._check_choice(subject, choice)
        return self.pool.make(Member, (choice,), (subject,), "bool", f'"{choice}" in {subject.text}')

    def _text(self, tree: ast.expr) -> str:
        if isinstance(tree, ast.Constant) and isinstance(tree.value, str):
            return tree.value
        shown = ast.unparse(tree)
        raise ExpressionError(
            f'`{shown}` should be a choice in double quotes, such as "image"',
            f'`{shown}` 应为双引号内的选项，例如 "image"',
        )

    def _check_choice(self, subject: Node, choice: str) -> None:
        choices = self.choices_of(subject)
        if choices and choice not in choices:
            listed = ", ".join(choices)
            raise ExpressionError(
                f'"{choice}" is not a choice of `{subject.text}`: {listed}',
                f'"{choice}" 不是 `{subject.text}` 的选项；可选：{listed}',
            )

    def _arithmetic(self, symbol: str, a: Node, b: Node) -> Node:
        for part in (a, b):
            self._expect(part, "number")
            if isinstance(part, EventMeasure):
                raise ExpressionError(
                    f"`{part.text}` may only be a lower bound; compare it, do not calculate with it",
                    f"`{part.text}` 可能只是下限，只能比较，不能用于计算",
                )
        shown = f"{symbol}({a.text}, {b.text})" if symbol.isalpha() else f"({a.text} {symbol} {b.text})"
        return self.pool.make(Arithmetic, (symbol, ARITHMETIC[symbol]), (a, b), "number", shown)

    def _call(self, name: str, args: list[ast.expr]) -> Node:
        own = self.function(name, args)
        if own is not None:
            return own
        if name in ("min", "max") and len(args) == 2:  # noqa: PLR2004 - a smaller and a larger of two
            return self._arithmetic(name, self._node(args[0]), self._node(args[1]))
        if name in FUNCTIONS and args:
            return self._events(name, args)
        if name == "reading":
            raise ExpressionError(
                'a reading is compared: `reading("question") == "candidate"`',
                '读法须作比较：`reading("question") == "candidate"`',
            )
        known = ", ".join(("min", "max", "reading", *FUNCTIONS))
        raise ExpressionError(
            f"`{name}(…)` is not known with {len(args)} argument(s); known are {known}",
            f"没有带 {len(args)} 个参数的 `{name}(…)`；已有：{known}",
        )

    def _events(self, name: str, args: list[ast.expr]) -> Node:
        event = args[0].id if isinstance(args[0], ast.Name) else ast.unparse(args[0])
        spec = self.events.get(event)
        if spec is None:
            hint = nearest(event, self.events)
            raise ExpressionError(
                f"`{event}` is no known event" + (f"; {hint}" if hint else ""), f"没有 `{event}` 这一事件{_meant(hint)}"
            )
        argument = self._event_argument(name, spec, args[1:])
        shown = "" if argument is None else f", {argument if name == 'happened' else argument.text('en')}"
        type_ = "bool" if name == "happened" else "number"
        node = self.pool.make(EventMeasure, (name, event, argument), (), type_, f"{name}({event}{shown})")
        node.events = frozenset((event,))
        node.facts = frozenset((COMPLETE,))
        return node

    def _event_argument(self, name: str, spec: EventSpec, rest: list[ast.expr]) -> Any:
        match name, rest:
            case "happened", []:
                return None
            case "happened", [ast.Name(id=attribute)] if attribute in (spec.attributes or {}):
                return attribute
            case "most_within", [ast.Constant(value=str(span))]:
                try:
                    period = Period.parse(span)
                except PeriodError as error:
                    raise ExpressionError(str(error), error.text("zh")) from None
                if period.unit in ("month", "year"):
                    return period
            case (("most_per_year" | "total"), []):
                return None
        raise ExpressionError(
            f"`{name}({spec.event}, …)` has arguments that do not fit", f"`{name}({spec.event}, …)` 的参数不合要求"
        )

    def _reading(self, args: list[ast.expr], symbol: str, right: ast.expr) -> Node:
        if len(args) != 1 or symbol not in ("==", "!="):
            raise ExpressionError(
                'a reading is compared like this: `reading("question") == "candidate"`',
                '读法这样比较：`reading("question") == "candidate"`',
            )
        question, candidate = self._text(args[0]), self._text(right)
        candidates = self.readings.get(question)
        if candidates is None:
            hint = nearest(question, self.readings)
            raise ExpressionError(
                f'"{question}" is no known reading; {hint}'.rstrip("; "), f'没有 "{question}" 这一读法{_meant(hint)}'
            )
        if candidate not in candidates:
            listed = ", ".join(sorted(candidates))
            raise ExpressionError(
                f'"{candidate}" is no candidate of "{question}": {listed}',
                f'"{candidate}" 不是 "{question}" 的选项；可选：{listed}',
            )
        shown = f'reading("{question}") == "{candidate}"'
        node = self.pool.make(ReadingIs, (question, candidate), (), "bool", shown)
        node.readings = frozenset((question,))
        return self.pool.negate(node) if symbol == "!=" else node


def _meant(hint: str) -> str:
    """Say a suggestion of `nearest` in Chinese."""
    return f"，是否为 {hint.removeprefix('did you mean ').rstrip('?')}？" if hint else ""
