"""How a table of cases has to look, and deadlines on it. That it answers right is held by test_parity.py."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import ibis
import polars as pl
import pytest

from guiju.calendar.count import due
from guiju.calendar.days import WorkCalendar, prc_calendar
from guiju.calendar.period import Period
from guiju.calendar.table import due_table
from guiju.engine.collection import Rulebooks
from guiju.engine.tables import TableError, condition_column, due_columns
from tests.engine.strategies import linked
from tests.engine.table_engines import on_polars

_BOTH = {"zh": "甲", "en": "a"}


def books_with(condition: str) -> Rulebooks:
    types = {"is_public": "bool", "users": "count", "revenue": "money", "tier": "choice", "media": "set",
             "event_record_is_complete": "bool"}  # fmt: skip
    choices = {"tier": ["low", "high"], "media": ["image", "text"]}
    facts = [
        {"fact": n, "of": "system", "type": t, "question": _BOTH, "choices": choices.get(n, [])}
        for n, t in types.items()
    ]
    event = {"event": "outage", "of": "system", "label": _BOTH, "question": _BOTH, "attributes": {"is_major": "bool"}}
    law: dict[str, Any] = {
        "key": "law", "title": _BOTH, "short": _BOTH, "version": "1", "status": "model", "in_force_from": None,
        "scope": condition, "scope_cites": [], "articles": 3, "encoded": [],
    }  # fmt: skip
    return linked({"common/facts.yaml": facts, "common/events.yaml": [event], "law/law.yaml": law})


def answers(condition: str, columns: dict[str, Any], values: Mapping[str, Any]) -> list[bool | None]:
    node = books_with(condition).books[0].scope
    count = len(next(iter(values.values())))
    rows = [{name: column[i] for name, column in values.items()} for i in range(count)]
    found = on_polars(columns, rows, lambda table: table.select(answer=condition_column(node, table, {})))
    return [row["answer"] for row in found]


def test_more_than_a_number_is_not_that_number() -> None:
    users = [999_999, 1_000_000, 1_000_001, None]
    assert answers("users > 1_000_000", {"users": pl.Int64}, {"users": users}) == [False, False, True, None]


def test_money_is_compared_exactly() -> None:
    revenue = [Decimal("0.29"), Decimal("0.30"), Decimal("0.31")]
    assert answers("revenue >= 0.3", {"revenue": pl.Decimal(18, 2)}, {"revenue": revenue}) == [False, True, True]


def test_false_and_unknown_is_false_and_true_and_unknown_is_unknown() -> None:
    values = {"is_public": [False, True, None, None], "users": [None, None, 0, 9]}
    columns = {"is_public": pl.Boolean, "users": pl.Int64}
    assert answers("is_public and users > 5", columns, values) == [False, None, False, None]


def test_a_fact_without_a_column_is_unknown_in_every_row() -> None:
    assert answers("is_public or users > 5", {"users": pl.Int64}, {"users": [3, 9]}) == [None, True]


def test_a_column_that_is_null_throughout_is_unknown() -> None:
    columns = {"users": pl.Null, "is_public": pl.Boolean}
    assert answers("users > 5 and is_public", columns, {"users": [None, None], "is_public": [True, False]}) == [
        None,
        False,
    ]


def test_an_empty_set_holds_no_choice_and_an_unknown_set_is_unknown() -> None:
    media = [["image"], [], None]
    assert answers('"image" in media', {"media": pl.List(pl.String)}, {"media": media}) == [True, False, None]


def test_a_missing_event_is_false_only_on_a_complete_record() -> None:
    columns = {"happened__outage__is_major": pl.Boolean, "event_record_is_complete": pl.Boolean}
    values = {
        "happened__outage__is_major": [True, False, False, False, None],
        "event_record_is_complete": [None, True, False, None, True],
    }
    assert answers("happened(outage, is_major)", columns, values) == [True, False, None, None, None]


def test_a_count_is_a_lower_bound_unless_the_record_is_complete() -> None:
    columns = {"total__outage": pl.Int64, "event_record_is_complete": pl.Boolean}
    values = {"total__outage": [2, 2, 1, 1, None], "event_record_is_complete": [None, True, None, True, True]}
    assert answers("total(outage) >= 2", columns, values) == [True, True, None, False, None]
    assert answers("total(outage) < 2", columns, values) == [False, False, None, True, None]
    assert answers("total(outage) == 1", columns, values) == [False, False, None, True, None]


def test_a_count_that_was_not_prepared_is_at_least_nothing() -> None:
    assert answers("total(outage) >= 0", {"users": pl.Int64}, {"users": [1]}) == [True]
    assert answers("total(outage) < 0", {"users": pl.Int64}, {"users": [1]}) == [False]
    assert answers("total(outage) > 0", {"users": pl.Int64}, {"users": [1]}) == [None]


@pytest.mark.parametrize(
    ("condition", "columns", "message"),
    [
        ("users > 5", {"users": pl.Float64},
         "column `users` is float64; it should be an integer or a decimal (floating-point numbers are not exact): "
         "cast it before asking"),
        ("is_public", {"is_public": pl.Int64},
         "column `is_public` is int64; it should be boolean: cast it before asking"),
        ('tier == "low"', {"tier": pl.Boolean},
         "column `tier` is boolean; it should be string: cast it before asking"),
        ('"image" in media', {"media": pl.String},
         "column `media` is string; it should be array<string>: cast it before asking"),
        ("total(outage) > 1", {"total__outage": pl.String},
         "column `total__outage` is string; it should be an integer or a decimal (floating-point numbers are not "
         "exact): cast it before asking"),
    ],
)  # fmt: skip
def test_a_column_of_another_type_is_refused(condition: str, columns: dict[str, Any], message: str) -> None:
    with pytest.raises(TableError) as refused:
        answers(condition, columns, {next(iter(columns)): [None]})
    assert str(refused.value) == message


Join = Callable[[pl.DataFrame, pl.DataFrame], list[tuple[Any, ...]]]


def _join_on_polars(cases: pl.DataFrame, days: pl.DataFrame) -> list[tuple[Any, ...]]:
    engine = ibis.polars.connect()
    joined = due_columns(engine.create_table("cases", cases), "exceeded", engine.create_table("days", days))
    query: pl.LazyFrame = engine.compile(joined)
    return sorted(query.collect().rows(), key=lambda row: str(row[0]))


def _join_on_duckdb(cases: pl.DataFrame, days: pl.DataFrame) -> list[tuple[Any, ...]]:
    tables = [
        ibis.table(ibis.memtable(frame).schema(), name=name) for name, frame in (("cases", cases), ("days", days))
    ]
    sql = ibis.to_sql(due_columns(tables[0], "exceeded", tables[1]), dialect="duckdb")
    with duckdb.connect() as engine:
        engine.register("cases", cases)
        engine.register("days", days)
        return sorted(engine.sql(sql).pl().rows(), key=lambda row: str(row[0]))


JOINS = [pytest.param(_join_on_polars, id="Polars"), pytest.param(_join_on_duckdb, id="DuckDB")]


def days_of(period: Period, calendar: WorkCalendar, first: int, last: int) -> pl.DataFrame:
    return pl.DataFrame(due_table(first, last, period, calendar), schema=["start", "due", "latest"], orient="row")


@pytest.mark.parametrize("join", JOINS)
@pytest.mark.parametrize(
    "text", ["1 working day", "10 working days", "30 working days", "3 days", "1 month", "2 years"]
)
def test_every_day_of_the_published_years_has_the_deadline_of_one_case(join: Join, text: str) -> None:
    calendar, period = prc_calendar(), Period.parse(text)
    last = calendar.published_through - 3
    starts = [
        dt.date(2008, 1, 1) + dt.timedelta(days=n)
        for n in range(0, (dt.date(last, 12, 31) - dt.date(2008, 1, 1)).days, 3)
    ]

    found = join(pl.DataFrame({"exceeded": starts}), days_of(period, calendar, 2008, last))

    expected = [(start, one.due, one.latest) for start in starts for one in [due(start, period, calendar)]]
    assert found == expected


@pytest.mark.parametrize("join", JOINS)
def test_a_deadline_in_an_unpublished_year_has_an_earliest_and_a_latest_day(join: Join) -> None:
    calendar, period = WorkCalendar(published_through=2024), Period.parse("10 working days")
    start = dt.date(2025, 9, 25)
    one = due(start, period, calendar)
    assert one.provisional

    found = join(pl.DataFrame({"exceeded": [start]}), days_of(period, calendar, 2025, 2025))

    assert found == [(start, one.earliest, one.latest)]


@pytest.mark.parametrize("join", JOINS)
def test_without_the_event_there_is_no_deadline_yet(join: Join) -> None:
    cases = pl.DataFrame({"exceeded": [None]}, schema={"exceeded": pl.Date})
    assert join(cases, days_of(Period.parse("10 working days"), prc_calendar(), 2025, 2025)) == [(None, None, None)]


def test_the_example_in_the_docs_answers_as_it_says() -> None:
    page = (Path(__file__).parents[2] / "docs" / "tables.md").read_text("utf-8")
    example = page.split("```python\n")[1].split("```")[0]
    names: dict[str, Any] = {}
    exec(example, names)
    answer = names["answer"]
    assert dict(zip(answer["name"], answer["mail4:66.1"], strict=True)) == {
        "Chat": "applies",
        "Search": "undetermined",
        "Draw": "does_not_apply",
    }
