"""Runs a table expression on each engine, over rows given as plain values."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import duckdb
import ibis
import polars as pl

from guiju.engine.collection import Rulebooks
from guiju.engine.rows import Row, measures

Rows = list[dict[str, Any]]
Question = Callable[[Any], Any]
"""From a table to the table that answers."""
Ask = Callable[[dict[str, Any], Sequence[Row], Question], Rows]

DECIMAL = pl.Decimal(18, 4)
_TYPES: dict[str, Any] = {
    "bool": pl.Boolean, "count": pl.Int64, "number": DECIMAL, "money": DECIMAL, "text": pl.String,
    "choice": pl.String, "set": pl.List(pl.String), "date": pl.Date,
}  # fmt: skip


def schema_of(books: Rulebooks) -> dict[str, Any]:
    """Give the columns of a table of cases their types."""
    schema = {name: _TYPES[spec.type] for name, spec in books.facts.items()}
    for name, measure in measures(books.pool.nodes).items():
        schema[name] = pl.Boolean if measure.own[0] == "happened" else pl.Int64
    return schema


def frame_of(schema: dict[str, Any], rows: Sequence[Row]) -> pl.DataFrame:
    columns = {name: [_cell(row.get(name), type_) for row in rows] for name, type_ in schema.items()}
    return pl.DataFrame(columns, schema=schema)


def _cell(value: Any, type_: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    return Decimal(value) if type_ == DECIMAL and value is not None else value


def on_polars(schema: dict[str, Any], rows: Sequence[Row], question: Question) -> Rows:
    engine = ibis.polars.connect()
    table = engine.create_table("cases", frame_of(schema, rows))
    answer: pl.LazyFrame = engine.compile(question(table))
    return answer.collect().to_dicts()


def on_duckdb(schema: dict[str, Any], rows: Sequence[Row], question: Question) -> Rows:
    frame = frame_of(schema, rows)
    with duckdb.connect() as engine:
        engine.register("cases", frame)
        answer: Rows = engine.sql(_sql(frame, question, "duckdb")).pl().to_dicts()
    return answer


def on_postgres(schema: dict[str, Any], rows: Sequence[Row], question: Question) -> Rows:
    """Ask PostgreSQL through its own client: no driver is needed. A fresh table is read in the order written."""
    frame = frame_of(schema, rows)
    sql = _sql(frame, question, "postgres")
    columns = ", ".join(f'"{name}" {_postgres_type(type_)}' for name, type_ in frame.schema.items())
    script = (
        f"CREATE TEMPORARY TABLE cases ({columns});\n"
        f"COPY cases FROM stdin WITH (FORMAT csv, NULL 'unknown');\n{_csv(frame)}\\.\n"
        f"SELECT coalesce(json_agg(answer), '[]') FROM ({sql}) AS answer;\n"
    )
    command = ["psql", os.environ["GUIJU_TEST_POSTGRES"], "-qAtX", "-v", "ON_ERROR_STOP=1"]
    done = subprocess.run(command, input=script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: Rows = json.loads(done.stdout)
    return found


def _sql(frame: pl.DataFrame, question: Question, dialect: str) -> str:
    table = ibis.table(ibis.memtable(frame).schema(), name="cases")
    return str(ibis.to_sql(question(table), dialect=dialect))


def _postgres_type(type_: Any) -> str:
    plain = {pl.Boolean: "boolean", pl.Int64: "bigint", pl.String: "text", pl.Date: "date"}
    if type_ == DECIMAL:
        return "numeric(18, 4)"
    return "text[]" if type_ == pl.List(pl.String) else plain[type_]


def _csv(frame: pl.DataFrame) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in frame.rows():
        writer.writerow(["unknown" if v is None else _array(v) if isinstance(v, list) else v for v in row])
    return text.getvalue()


def _array(values: list[str]) -> str:
    return "{" + ",".join(values) + "}"
