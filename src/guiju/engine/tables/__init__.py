"""The same conditions as table expressions: millions of rows in one query, NULL for unknown.

Ibis carries them to an embedded engine (Polars, DuckDB), to PostgreSQL or to Spark. docs/tables.md tells how a table
looks and how to run an expression; a parity suite holds every answer equal to `guiju.engine.evaluation`.
"""

from guiju.engine.tables.columns import TableError
from guiju.engine.tables.completion import complete_table
from guiju.engine.tables.conditions import Conditions, condition_column
from guiju.engine.tables.deadlines import due_columns
from guiju.engine.tables.statuses import binding_columns, status_columns

__all__ = [
    "Conditions",
    "TableError",
    "binding_columns",
    "complete_table",
    "condition_column",
    "due_columns",
    "status_columns",
]
