"""The rulebooks as formulas of an SMT solver: which cases are possible, and one that shows it.

Logic here has two values: every fact has some value, even where a profile would not know it. What the rulebooks
call impossible is assumed. Counts of listed events are free numbers, bound only by what numbers of events can be.
Readings are numbers too: fixed to candidates, or left free, which asks "under some reading".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import z3

from guiju.check.measures import Measure, laws_of_counting, months_of
from guiju.engine.collection import Rulebooks
from guiju.engine.events import COMPLETE
from guiju.engine.expression import (
    And,
    Arithmetic,
    Compare,
    Const,
    Defined,
    EventMeasure,
    Fact,
    Member,
    Node,
    Not,
    Or,
    ReadingIs,
)
from guiju.engine.norms import Norm

Formula = Any
"""A Boolean expression of the solver, whose library has no types."""

_COMPARE: dict[str, Any] = {
    "==": lambda a, b: a == b, "!=": lambda a, b: a != b, "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
}  # fmt: skip
_ARITHMETIC: dict[str, Any] = {
    "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b,
    "min": lambda a, b: z3.If(a <= b, a, b), "max": lambda a, b: z3.If(a >= b, a, b),
}  # fmt: skip


class World:
    """All cases that the rulebooks allow for."""

    def __init__(self, books: Rulebooks) -> None:
        self.books = books
        self.facts: dict[str, Any] = {}
        """A variable for each fact; for a set, one for each of its choices."""
        self.measures: dict[Measure, Any] = {}
        self.readings = {question: z3.Int(f"reading:{question}") for question in books.readings}
        self._read: dict[tuple[str, str], Any] = {}
        self._words: dict[str, int] = {}
        self._formulas: dict[int, Any] = {}
        self.solver = z3.Solver()
        for fact in books.facts:
            self._declare(fact)
        for question, variable in self.readings.items():
            self.solver.add(variable >= 0, variable < len(books.readings[question].candidates))
        for node in books.pool.nodes:
            self.of(node)
        for impossible in books.impossible:
            self.solver.add(z3.Not(self.of(impossible.node)))
        if COMPLETE in self.facts:
            self.solver.add(self.facts[COMPLETE])
        self.solver.add(*laws_of_counting(self.measures))

    def of(self, node: Node) -> Formula:
        """Translate a condition, once."""
        known = self._formulas.get(node.index)
        if known is None:
            known = self._formulas[node.index] = self._translate(node)
        return known

    def binds(self, norm: Norm) -> Formula:
        """Say that a norm applies: its condition holds and nothing exempts from it."""
        assert norm.condition is not None
        return z3.And(self.of(norm.condition), *(z3.Not(self.of(e.condition)) for e in norm.exempted_by))

    def fixed(self, readings: Mapping[str, str]) -> list[Formula]:
        """Say that open questions are read in a certain way."""
        return [self._read_as(question, candidate) for question, candidate in readings.items()]

    def candidate(self, question: str, candidate: str) -> int:
        """Return the number that stands for a candidate."""
        return list(self.books.readings[question].candidates).index(candidate)

    def possible(self, *formulas: Formula) -> bool:
        """Tell whether some case makes all of this true; readings that are not fixed may be any."""
        self.solver.push()
        self.solver.add(*formulas)
        answer = self.solver.check()
        self.solver.pop()
        assert answer != z3.unknown
        return bool(answer == z3.sat)

    def value(self, fact: str, value: Any) -> Formula:
        """Say that a fact has a value, written as in a profile."""
        variable = self.facts[fact]
        if isinstance(variable, dict):
            return z3.And(*(v if choice in value else z3.Not(v) for choice, v in variable.items()))
        if isinstance(value, str):
            return variable == self.word(value)
        if isinstance(value, bool):
            return variable if value else z3.Not(variable)
        return variable == self.number(fact, value)

    def number(self, fact: str, value: int | Decimal) -> Any:
        """Return a number as a constant of the fact's kind."""
        whole = self.books.facts[fact].type == "count"
        return z3.IntVal(int(value)) if whole else z3.RealVal(str(value))

    def at(self, formula: Formula, fact: str, value: int | Decimal) -> Formula:
        """Ask the same with a numeric fact moved to a value and everything else as it is."""
        return z3.substitute(formula, (self.facts[fact], self.number(fact, value)))

    def flipped(self, formula: Formula, fact: str) -> Formula:
        """Ask the same with a yes-or-no fact turned round and everything else as it is."""
        return z3.substitute(formula, (self.facts[fact], z3.Not(self.facts[fact])))

    def under(self, formula: Formula, question: str, candidate: str) -> Formula:
        """Ask the same with one question read in a certain way."""
        return z3.substitute(formula, (self.readings[question], z3.IntVal(self.candidate(question, candidate))))

    def word(self, text: str) -> int:
        """Return the number that stands for a word; words are compared for being the same, nothing else."""
        return self._words.setdefault(text, len(self._words))

    def spelled(self, number: int) -> str:
        """Return the word for a number; one that no rulebook names for a number of its own."""
        return next((word for word, n in self._words.items() if n == number), f"other-{number}")

    def _read_as(self, question: str, candidate: str) -> Formula:
        key = (question, candidate)
        known = self._read.get(key)
        if known is None:
            known = self._read[key] = self.readings[question] == self.candidate(question, candidate)
        return known

    def _declare(self, fact: str) -> None:
        spec = self.books.facts[fact]
        if spec.type == "bool":
            self.facts[fact] = z3.Bool(fact)
        elif spec.type == "set":
            self.facts[fact] = {choice: z3.Bool(f"{fact}:{choice}") for choice in spec.choices}
        elif spec.type in ("choice", "text"):
            self.facts[fact] = variable = z3.Int(fact)
            self.solver.add(variable >= 0)
            if spec.choices:
                self.solver.add(z3.Or(*(variable == self.word(choice) for choice in spec.choices)))
        else:
            self.facts[fact] = variable = z3.Int(fact) if spec.type == "count" else z3.Real(fact)
            self.solver.add(variable >= 0)

    def _translate(self, node: Node) -> Any:
        parts = [self.of(child) for child in node.children if child.type != "set"]
        match node:
            case Const():
                return self._constant(node.own[0])
            case Fact():
                return self.facts[node.own[0]]
            case Defined():
                return parts[0]
            case Not():
                return z3.Not(parts[0])
            case And():
                return z3.And(*parts)
            case Or():
                return z3.Or(*parts)
            case Compare():
                return _COMPARE[node.own[0]](*parts)
            case Arithmetic():
                return _ARITHMETIC[node.own[0]](*parts)
            case Member():
                return self._member(node)
            case EventMeasure():
                return self._measure(node)
            case ReadingIs():
                return self.readings[node.own[0]] == self.candidate(*node.own)
        raise AssertionError(node.kind)

    def _constant(self, value: Any) -> Any:
        if isinstance(value, bool):
            return z3.BoolVal(value)
        if isinstance(value, str):
            return z3.IntVal(self.word(value))
        return z3.IntVal(value) if isinstance(value, int) else z3.RealVal(str(value))

    def _member(self, node: Member) -> Formula:
        choice, subject = node.own[0], node.children[0]
        if isinstance(choice, str):
            return self.facts[subject.own[0]][choice]
        return z3.Or(*(self.of(subject) == self.word(word) for word in sorted(choice)))

    def _measure(self, node: EventMeasure) -> Any:
        function, event, argument = node.own
        attribute = argument if isinstance(argument, str) else None
        months = None if argument is None or attribute else months_of(argument)
        make = z3.Bool if function == "happened" else z3.Int
        return self.measures.setdefault(Measure(function, event, attribute, months), make(node.text))


def questions_of(norms: Iterable[Norm]) -> list[str]:
    """List the open questions on which the conditions of norms turn."""
    return sorted({question for norm in norms for node in norm.conditions for question in node.readings})
