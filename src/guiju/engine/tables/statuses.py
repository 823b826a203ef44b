"""Norms over a table: the status of each, or only whether it binds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

import ibis
from ibis.expr import types as ir

from guiju.engine.collection import Rulebooks
from guiju.engine.norms import Norm
from guiju.engine.tables.conditions import Conditions


def status_columns(
    books: Rulebooks,
    norms: Iterable[Norm],
    table: ir.Table,
    readings: Mapping[str, str],
    *,
    as_of: dt.date,
    keep: Sequence[str] = (),
) -> ir.Table:
    """Return a table with one column a norm, named by its key: applies, does_not_apply, exempt or undetermined.

    The same as `SubjectCase.status` row by row. `keep` names columns of the table to carry along.
    """
    conditions = Conditions(table, readings)
    early = _not_in_force(books, as_of)
    columns = {norm.key: _status(norm, conditions, early) for norm in norms if norm.condition is not None}
    return table.select(*keep, **columns)


def binding_columns(
    books: Rulebooks,
    norms: Iterable[Norm],
    table: ir.Table,
    readings: Mapping[str, str],
    *,
    as_of: dt.date,
    keep: Sequence[str] = (),
) -> ir.Table:
    """Return a table with one truth value a norm: it binds, it does not (or is exempt), NULL where undetermined."""
    conditions = Conditions(table, readings)
    early = _not_in_force(books, as_of)
    columns = {
        norm.key: ibis.literal(False) if norm.rulebook in early else conditions.binding(norm)
        for norm in norms
        if norm.condition is not None
    }
    return table.select(*keep, **columns)


def _not_in_force(books: Rulebooks, as_of: dt.date) -> frozenset[str]:
    """List the laws that are not in force on the day, by the same rule as the findings of one case."""
    starts = ((book.key, book.in_force_from) for book in books.books)
    return frozenset(key for key, start in starts if isinstance(start, dt.date) and as_of < start)


def _status(norm: Norm, conditions: Conditions, early: frozenset[str]) -> ir.StringValue:
    assert norm.condition is not None
    if norm.rulebook in early:
        return ibis.literal("does_not_apply")
    branches = [(~conditions.of(norm.condition), "does_not_apply")]
    branches += [(conditions.of(release.condition), "exempt") for release in norm.exempted_by]
    return ibis.cases(*branches, (conditions.binding(norm), "applies"), else_="undetermined")
