"""A million rows of the six norms: the engine's own expression, beside the same by hand. Loading is apart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import ibis
import polars as pl

from bench.by_hand import SQL, Kleene, KleeneNumber, columns
from bench.subject import AS_OF, USERS, population, six
from bench.timing import Line, Section, medians
from guiju.engine.tables import binding_columns, status_columns

NAMES = [f"r{number}" for number in range(6)]
BY_HAND = "Polars by hand"

Ask = Callable[[], Any]


def section(unknown: float) -> Section:
    frame = population(unknown)
    database = duckdb.connect()
    database.register("frame", frame)
    database.execute("CREATE TABLE cases AS SELECT * FROM frame")
    asks: dict[str, Ask] = {
        "Guiju on Polars": _guiju_on_polars(frame, _bound),
        "Guiju on Polars, statuses as text": _guiju_on_polars(frame, _status),
        "Guiju on DuckDB": _guiju_on_duckdb(frame, database),
        BY_HAND: _polars(frame),
        "DuckDB by hand": lambda: database.sql(SQL).pl(),
        "NumPy by hand, two masks": _numpy_three_valued(frame),
    }
    if not unknown:
        asks["NumPy by hand (two-valued)"] = _numpy_two_valued(frame)
    expected = asks["Guiju on Polars"]()
    for who, ask in asks.items():
        if "text" not in who:
            assert _as_frame(ask()).equals(expected.rename(dict(zip(expected.columns, NAMES, strict=True)))), who
    lines = [Line(what, seconds) for what, seconds in medians(asks).items()]
    once = medians({"": lambda: _guiju_on_polars(frame, _bound)}, 5)[""]
    lines.append(Line("(once, apart) from the rulebook to the query", once))
    share = f"{unknown:.0%} unknown" if unknown else "everything known"
    return Section(f"A million rows of the six norms, {share}", lines, BY_HAND)


def _as_frame(answer: Any) -> pl.DataFrame:
    """Bring an answer into the form that all are compared in."""
    if isinstance(answer, pl.DataFrame):
        return answer.rename(dict(zip(answer.columns, NAMES, strict=True)))
    return pl.DataFrame(dict(zip(NAMES, map(_as_series, answer), strict=True)))


def _as_series(answer: Any) -> pl.Series:
    if not isinstance(answer, Kleene):
        return pl.Series(answer)
    frame = pl.DataFrame({"true": answer.true, "false": answer.false})
    return frame.select(pl.when("true").then(True).when("false").then(False)).to_series()


def _bound(table: Any) -> Any:
    return binding_columns(six().books, six().norms, table, six().readings, as_of=AS_OF)


def _status(table: Any) -> Any:
    return status_columns(six().books, six().norms, table, six().readings, as_of=AS_OF)


def _guiju_on_polars(frame: pl.DataFrame, question: Callable[[Any], Any]) -> Ask:
    engine = ibis.polars.connect()
    query: pl.LazyFrame = engine.compile(question(engine.create_table("cases", frame)))
    return query.collect


def _guiju_on_duckdb(frame: pl.DataFrame, database: Any) -> Ask:
    table = ibis.table(ibis.memtable(frame.head(1)).schema(), name="cases")
    sql = ibis.to_sql(_bound(table), dialect="duckdb")
    return lambda: database.sql(sql).pl()


def _polars(frame: pl.DataFrame) -> Ask:
    rules = dict(zip(NAMES, columns(pl.col), strict=True))
    query = frame.lazy().select(**rules)
    return query.collect


def _numpy_two_valued(frame: pl.DataFrame) -> Ask:
    arrays = {name: frame[name].to_numpy() for name in frame.columns}
    return lambda: columns(arrays.__getitem__)


def _numpy_three_valued(frame: pl.DataFrame) -> Ask:
    arrays: dict[str, Any] = {}
    for name in frame.columns:
        known = frame[name].is_not_null().to_numpy()
        if name == USERS:
            arrays[name] = KleeneNumber(frame[name].fill_null(0).to_numpy(), known)
        else:
            value = frame[name].fill_null(value=False).to_numpy()
            arrays[name] = Kleene(value & known, ~value & known)

    return lambda: columns(arrays.__getitem__)
