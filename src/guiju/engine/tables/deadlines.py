"""Deadlines on tables: a join of the day of the event with the table of last days of a period."""

from __future__ import annotations

from ibis.expr import types as ir


def due_columns(table: ir.Table, start: str, due_days: ir.Table, *, name: str = "due") -> ir.Table:
    """Add the last day of a period that an event sets running: columns `name` and `name`_latest.

    `start` is the column with the day of the event. `due_days` has the columns start, due and latest of
    `guiju.calendar.table.due_table` for that period, in the same engine. NULL where there is no event or the day
    lies outside the calendar; the two columns differ where the day is provisional.
    """
    days = due_days.select(_start=due_days.start, **{name: due_days.due, f"{name}_latest": due_days.latest})
    return table.left_join(days, table[start] == days["_start"]).drop("_start")
