"""Triggers that make tables append-only, in the dialects of both databases, for use in migrations."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from django.db import migrations

ALWAYS = "1 = 1"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing that a table refuses: an operation while a condition over OLD and NEW holds (plain SQL)."""

    table: str
    operation: Literal["INSERT", "UPDATE", "DELETE"]
    when: str = ALWAYS

    @property
    def name(self) -> str:
        """The name of the trigger."""
        return f"{self.table}_{self.operation.lower()}_refused"


def append_only(table: str, *once: str, insert: str = "", delete: str = ALWAYS) -> list[Refusal]:
    """Refuse updates, deletions and insertions of rows that are there already.

    `once` names every key of the table (columns separated by commas) unless `insert` keeps it: SQLite's INSERT OR
    REPLACE would delete the old row without asking the trigger for deletions. `insert`, `delete`: SQL under which
    these are refused.
    """
    conditions = [insert] if insert else []
    for key in once:
        same = " AND ".join(f"{column} = NEW.{column}" for column in key.split(","))
        conditions.append(f"EXISTS (SELECT 1 FROM {table} WHERE {same})")
    refusals = [Refusal(table, "UPDATE"), Refusal(table, "DELETE", delete)]
    return [*refusals, Refusal(table, "INSERT", " OR ".join(conditions))]


def install(refusals: Iterable[Refusal]) -> migrations.RunPython:
    """Return the operation that makes the triggers."""
    return migrations.RunPython(_runner(list(refusals)), migrations.RunPython.noop)


def _runner(refusals: list[Refusal]) -> Callable[[Any, Any], None]:
    def run(apps: Any, editor: Any) -> None:  # noqa: ARG001  (a migration is called with both)
        vendor = editor.connection.vendor
        with editor.connection.cursor() as cursor:
            for statement in statements(refusals, vendor):
                cursor.execute(statement)

    return run


def statements(refusals: Iterable[Refusal], vendor: str) -> list[str]:
    """Return the SQL for one database."""
    refusals = list(refusals)
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {one.name} BEFORE {one.operation} ON {one.table} WHEN {one.when} "
            "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
            for one in refusals
        ]
    made = [sql for one in refusals for sql in _postgres(one)]
    # A truncation has no rows to ask about, so it runs into whichever refusal of its table holds always.
    always = {one.table: one for one in refusals if one.when == ALWAYS}
    return made + [
        f"CREATE TRIGGER {table}_truncate_refused BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {one.name}()"
        for table, one in always.items()
    ]


def _postgres(one: Refusal) -> list[str]:
    result = "OLD" if one.operation == "DELETE" else "NEW"
    refuse = "RAISE EXCEPTION 'append-only' USING ERRCODE = 'integrity_constraint_violation';"
    guarded = refuse if one.when == ALWAYS else f"IF {one.when} THEN {refuse} END IF;"
    return [
        f"CREATE FUNCTION {one.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {guarded} RETURN {result}; END $$",
        f"CREATE TRIGGER {one.name} BEFORE {one.operation} ON {one.table} FOR EACH ROW EXECUTE FUNCTION {one.name}()",
    ]
