"""Conditions in words: an outline of questions with the answers under which something holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal

from django.template.loader import get_template

from guiju.assess.report.words import joined, same
from guiju.bilingual import Bilingual
from guiju.calendar.period import Period
from guiju.engine.collection import Rulebooks
from guiju.engine.expression import Compare, Const, Defined, EventMeasure, Fact, Member, Node, Not, ReadingIs
from guiju.law.address import Address
from guiju.portal.faces.books import rulebooks
from guiju.portal.faces.provisions import provision
from guiju.portal.look.components import Component, ProvisionLink
from guiju.procedures.conditions import Asked
from guiju.procedures.model import CaseType, Condition

_HOW = {
    "==": Bilingual(zh="等于", en="exactly"),
    "!=": Bilingual(zh="不等于", en="other than"),
    "<": Bilingual(zh="不足", en="fewer or less than"),
    "<=": Bilingual(zh="不超过", en="at most"),
    ">": Bilingual(zh="超过", en="more than"),
    ">=": Bilingual(zh="不少于", en="at least"),
}
_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_TURNED = {"==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
_SPACE = same(" ")
_NOT = Bilingual(zh="不是", en="not ")
_GIVEN = Bilingual(zh="已填写", en="given")
_NOT_GIVEN = Bilingual(zh="未填写", en="not given")
_TRUE = Bilingual(zh="是", en="yes")
_FALSE = Bilingual(zh="否", en="no")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause(Component):
    """One line of a condition, or several under a heading: all of them, one of them, none of them."""

    template: ClassVar[str] = "clause.html"
    join: Literal["", "all", "any", "none"] = ""
    question: Bilingual | None = None
    answer: Bilingual | None = None
    code: str = ""
    cites: ProvisionLink | None = None
    parts: tuple[Clause, ...] = ()

    def __str__(self) -> str:
        """Show it with the template of this room."""
        text: str = get_template("reader/clause.html").render({"c": self})
        return text


def in_words(node: Node) -> Clause:
    """Put the condition of a norm into words."""
    books = rulebooks()
    return _outline(node, lambda leaf, wanted: _of_law(leaf, books, wanted))


def in_words_of(kind: CaseType, condition: Condition) -> Clause:
    """Put a condition of a case type into words; what has none is shown as it is written."""
    return _outline(condition.node, lambda leaf, wanted: _of_case(leaf, kind, wanted))


Leaf = Callable[[Node, bool], Clause]


def _outline(node: Node, leaf: Leaf, wanted: bool = True) -> Clause:
    if isinstance(node, Not):
        inner = node.children[0]
        if inner.kind in ("and", "or"):
            return Clause(join="none", parts=tuple(_outline(part, leaf) for part in _parts_of_none(inner)))
        return _outline(inner, leaf, not wanted)
    if node.kind in ("and", "or"):
        parts = tuple(_outline(part, leaf, wanted) for part in node.children)
        both = (node.kind == "and") == wanted
        return Clause(join="all" if both else "any", parts=parts)
    return leaf(node, wanted)


def _parts_of_none(node: Node) -> tuple[Node, ...]:
    """None of these holds: the alternatives of an `or`, or an `and` as a whole."""
    return node.children if node.kind == "or" else (node,)


def _of_law(node: Node, books: Rulebooks, wanted: bool) -> Clause:
    yes = _TRUE if wanted else _FALSE
    if isinstance(node, Fact):
        return Clause(question=_asked(node.own[0], books), answer=yes)
    if isinstance(node, Defined):
        address = Address.parse(node.own[1])
        gist = next((n.gist for n in books.norms if n.address == address and n.defines == node.own[0]), None)
        meets = Bilingual(zh="符合这一定义", en="this definition is met")
        fails = Bilingual(zh="不符合这一定义", en="this definition is not met")
        return Clause(question=gist, answer=meets if wanted else fails, cites=provision(address))
    if isinstance(node, ReadingIs):
        return _reading(node, books, wanted)
    if isinstance(node, Compare):
        return _comparison(node, books, wanted)
    if isinstance(node, Member) and isinstance(node.children[0], Fact):
        return _membership(node, books, wanted)
    if isinstance(node, EventMeasure):
        return Clause(question=_measured(node, books), answer=yes)
    return Clause(code=node.text if wanted else f"not ({node.text})")


def _of_case(node: Node, kind: CaseType, wanted: bool) -> Clause:
    yes = _TRUE if wanted else _FALSE
    if isinstance(node, Defined):
        # A term of the procedure: what it stands for says more than its name.
        return _outline(node.children[0], lambda leaf, so: _of_case(leaf, kind, so), wanted)
    if isinstance(node, Fact) and node.own[0] in kind.fields:
        return Clause(question=kind.fields[node.own[0]].label, answer=yes)
    if isinstance(node, ReadingIs):
        return _reading(node, rulebooks(), wanted)
    if isinstance(node, Asked) and node.own[0] == "given" and node.own[1] in kind.fields:
        answer = _GIVEN if wanted else _NOT_GIVEN
        return Clause(question=kind.fields[node.own[1]].label, answer=answer)
    if isinstance(node, Compare):
        return _comparison_of_case(node, kind, wanted)
    return Clause(code=node.text if wanted else f"not ({node.text})")


def _comparison_of_case(node: Compare, kind: CaseType, wanted: bool) -> Clause:
    left, right, sign = *node.children, node.own[0]
    if isinstance(left, Const):
        left, right, sign = right, left, _TURNED[sign]
    field = kind.fields.get(left.own[0]) if isinstance(left, Fact) else None
    if field is None or not isinstance(right, Const):
        return Clause(code=node.text if wanted else f"not ({node.text})")
    sign = sign if wanted else _OPPOSITE[sign]
    label = field.choices.get(str(right.own[0]))
    if label is not None:
        return Clause(question=field.label, answer=label if sign == "==" else joined(_NOT, label))
    return Clause(question=field.label, answer=joined(_HOW[sign], _SPACE, _number(right.own[0])))


def _number(value: object) -> Bilingual:
    counted = isinstance(value, int | Decimal) and not isinstance(value, bool)
    return same(f"{value:,}" if counted else value)


def _membership(node: Member, books: Rulebooks, wanted: bool) -> Clause:
    fact, chosen = node.children[0].own[0], node.own[0]
    single = isinstance(chosen, str)
    labels = [books.facts[fact].label(choice) for choice in ([chosen] if single else sorted(chosen))]
    zh, en = "、".join(label.zh for label in labels), ", ".join(label.en for label in labels)
    answer = Bilingual(zh=f"包括{zh}", en=f"among them: {en}") if single else Bilingual(zh=zh, en=f"one of: {en}")
    if not wanted:
        answer = Bilingual(zh=f"并非{answer.zh}", en=f"not {answer.en}")
    return Clause(question=_asked(fact, books), answer=answer)


def _asked(fact: str, books: Rulebooks) -> Bilingual:
    return books.facts[fact].question if fact in books.facts else Bilingual(zh=fact, en=fact)


def _reading(node: ReadingIs, books: Rulebooks, wanted: bool) -> Clause:
    question, candidate = node.own
    reading = books.readings[question]
    like = reading.candidates[candidate]
    stands = Bilingual(zh=f"这样理解时：{like.zh}", en=f"if read like this: {like.en}")
    not_so = Bilingual(zh=f"不这样理解时：{like.zh}", en=f"unless read like this: {like.en}")
    return Clause(question=reading.question, answer=stands if wanted else not_so)


def _comparison(node: Compare, books: Rulebooks, wanted: bool) -> Clause:
    left, right = node.children
    if not isinstance(right, Const):
        return Clause(code=node.text if wanted else f"not ({node.text})")
    how, value, unit = _HOW[node.own[0] if wanted else _OPPOSITE[node.own[0]]], right.own[0], None
    if isinstance(left, Fact):
        question, unit = _asked(left.own[0], books), books.facts[left.own[0]].unit
    elif isinstance(left, EventMeasure):
        question = _measured(left, books)
    else:
        return Clause(code=node.text)
    parts = [how, _SPACE, _number(value), *((_SPACE, unit) if unit else ())]
    return Clause(question=question, answer=joined(*parts))


def _measured(node: EventMeasure, books: Rulebooks) -> Bilingual:
    function, event, argument = node.own
    label = books.events[event].label
    if function == "happened":
        extra = f"（{argument}）" if argument else "", f" ({argument})" if argument else ""
        return Bilingual(zh=f"已经发生：{label.zh}{extra[0]}", en=f"has happened: {label.en}{extra[1]}")
    if function == "most_within" and isinstance(argument, Period):
        span = argument
        return Bilingual(
            zh=f"任意 {span.text('zh')}内最多发生几次：{label.zh}",
            en=f"most times within any {span.text('en')}: {label.en}",
        )
    if function == "most_per_year":
        return Bilingual(zh=f"一个公历年内最多发生几次：{label.zh}", en=f"most times in a calendar year: {label.en}")
    return Bilingual(zh=f"一共发生几次：{label.zh}", en=f"times in all: {label.en}")
