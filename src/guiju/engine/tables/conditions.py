"""Conditions as Ibis expressions over a table of cases; see `guiju.engine.rows` for what a row holds.

SQL's `and`, `or` and `not` are Kleene's, NULL being unknown, so that the translation is node by node.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Mapping
from typing import Any

import ibis
from ibis.expr import types as ir

from guiju.engine.events import COMPLETE
from guiju.engine.expression import And, Arithmetic, Compare, Const, EventMeasure, Fact, Member, Node, Not, Or
from guiju.engine.norms import Norm
from guiju.engine.reduction import Reduction
from guiju.engine.rows import measure_name
from guiju.engine.tables.columns import column


def condition_column(node: Node, table: ir.Table, readings: Mapping[str, str]) -> ir.BooleanValue:
    """Return one condition as a column over a table: true, false, or NULL for unknown.

    Raises TableError if a column has a type that its fact does not have.
    """
    return Conditions(table, readings).of(node)


class Conditions:
    """Translates conditions over one table under chosen readings, each shared part once."""

    def __init__(self, table: ir.Table, readings: Mapping[str, str], given: Mapping[str, bool] | None = None) -> None:
        self.table = table
        self.reduction = Reduction(readings, given)
        self._memo: dict[int, Any] = {}

    def of(self, node: Node) -> ir.BooleanValue:
        """Return a condition of the rulebooks as a column."""
        return self._value(self.reduction.of(node))

    def binding(self, norm: Norm) -> ir.BooleanValue:
        """Return whether a norm binds: false where it does not apply or is exempt, NULL where undetermined."""
        return self._value(self.reduction.binding(norm))

    def _value(self, node: Node) -> Any:
        known = self._memo.get(node.index)
        if known is None:
            known = self._memo[node.index] = self._translate(node)
        return known

    def _translate(self, node: Node) -> Any:
        match node:
            case Const():
                return ibis.literal(node.own[0])
            case Fact():
                return column(self.table, node.own[0], node.type)
            case And():
                return functools.reduce(operator.and_, map(self._value, node.children))
            case Or():
                return functools.reduce(operator.or_, map(self._value, node.children))
            case Not():
                return ~self._value(node.children[0])
            case Compare():
                return self._comparison(node)
            case Member():
                return self._membership(node)
            case Arithmetic():
                return self._arithmetic(node)
            case EventMeasure(type="bool"):
                return self._happened(node)
        raise NotImplementedError(node.kind)

    def _comparison(self, node: Compare) -> ir.BooleanValue:
        left, right = node.children
        symbol, function = node.own
        if not isinstance(left, EventMeasure):
            return function(self._value(left), self._value(right))
        return self._count_comparison(left, symbol, function, self._value(right))

    def _count_comparison(self, measure: EventMeasure, symbol: str, function: Any, right: Any) -> ir.BooleanValue:
        """Compare a count exactly on a complete record, else as a lower bound: see `values.AtLeast`."""
        counted = column(self.table, measure_name(measure), "number")
        exact = column(self.table, COMPLETE, "bool") & counted.notnull()
        least = ibis.coalesce(counted, 0)
        if symbol in (">", ">="):
            settled, answer = function(least, right), True
        elif symbol in ("<", "<="):
            settled, answer = ~function(least, right), False
        else:
            settled, answer = least > right, symbol == "!="
        bound = settled.ifelse(ibis.literal(answer), ibis.null("boolean"))
        return exact.ifelse(function(counted, right), bound)

    def _membership(self, node: Member) -> ir.BooleanValue:
        value = self._value(node.children[0])
        choice = node.own[0]
        return value.contains(choice) if isinstance(choice, str) else value.isin(sorted(choice))

    def _arithmetic(self, node: Arithmetic) -> ir.NumericValue:
        symbol, function = node.own
        left, right = map(self._value, node.children)
        if symbol == "min":
            return ibis.cases((left <= right, left), (left > right, right))
        if symbol == "max":
            return ibis.cases((left >= right, left), (left < right, right))
        return function(left, right)

    def _happened(self, node: EventMeasure) -> ir.BooleanValue:
        """Report an event that is listed; its absence is false only on a complete record."""
        listed = column(self.table, measure_name(node), "bool")
        complete = column(self.table, COMPLETE, "bool")
        return ibis.cases((listed, True), (complete & ~listed, False))
