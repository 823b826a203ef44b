"""One rulebook, several executions: case by case with proof, as closures, and as a table on each engine.

Whatever the rules and however little is known, all must answer the same.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju.calendar.days import prc_calendar
from guiju.engine.collection import Rulebooks
from guiju.engine.complete import complete
from guiju.engine.decide import binding_decider, decider
from guiju.engine.findings import Subject, SubjectCase
from guiju.engine.norms import Norm
from guiju.engine.rows import row_of
from guiju.engine.rulebook import load_rulebooks
from guiju.engine.tables import binding_columns, complete_table, status_columns
from tests.engine.strategies import AS_OF, BOOLS, Case, cases, chained_contradictions, linked, random_case, rulebooks
from tests.engine.table_engines import Ask, on_duckdb, on_polars, on_postgres, schema_of

NEEDS_POSTGRES = pytest.mark.skipif(
    "GUIJU_TEST_POSTGRES" not in os.environ, reason="needs a PostgreSQL server; .ci/run starts one and runs this"
)
BINDS = {"applies": True, "does_not_apply": False, "exempt": False, "undetermined": None}
EVERY_TABLE = [pytest.param(on_polars, id="Polars"), pytest.param(on_duckdb, id="DuckDB")]

thorough = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
brief = settings(thorough, max_examples=10)
few = settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def subject_case(books: Rulebooks, case: Case, readings: dict[str, str]) -> SubjectCase:
    subject = Subject("system", "S")
    return SubjectCase(books, subject, case.facts, case.events, as_of=AS_OF, calendar=prc_calendar(), readings=readings)


def about_systems(books: Rulebooks) -> list[Norm]:
    return [norm for norm in books.norms if norm.condition is not None and norm.subject == "system"]


def statuses(books: Rulebooks, case: Case, readings: dict[str, str]) -> dict[str, str]:
    one = subject_case(books, case, readings)
    return {norm.key: one.status(norm, one.case)[0] for norm in about_systems(books)}


def rows(books: Rulebooks, given_cases: Sequence[Case]) -> list[dict[str, Any]]:
    return [row_of(books.pool.nodes, case.facts, case.events, AS_OF) for case in given_cases]


def statuses_on(
    ask: Ask, books: Rulebooks, given_cases: Sequence[Case], readings: dict[str, str]
) -> list[dict[str, Any]]:
    def question(table: Any) -> Any:
        known = complete_table(books, table)
        return status_columns(books, about_systems(books), known, readings, as_of=AS_OF)

    return ask(schema_of(books), rows(books, given_cases), question)


def assert_same_on(ask: Ask, books: Rulebooks, some: list[Case], readings: dict[str, str]) -> None:
    assert statuses_on(ask, books, some, readings) == [statuses(books, case, readings) for case in some]


@pytest.mark.parametrize("ask", EVERY_TABLE)
@thorough
@given(files=rulebooks(), some=st.lists(cases(), min_size=1, max_size=12), how=st.sampled_from(["wide", "narrow"]))
def test_a_table_answers_as_case_by_case(ask: Ask, files: dict[str, Any], some: list[Case], how: str) -> None:
    assert_same_on(ask, linked(files), some, {"how": how})


@pytest.mark.parametrize("ask", EVERY_TABLE)
@brief
@given(files=chained_contradictions())
def test_facts_that_follow_are_the_same_on_a_table(ask: Ask, files: dict[str, Any]) -> None:
    """Every partial case over five facts: chains of rules, some of which only the second round carries through."""
    books = linked(files)
    given_facts = [dict(zip(BOOLS, values, strict=True)) for values in product((True, False, None), repeat=len(BOOLS))]

    found = ask(schema_of(books), given_facts, lambda table: complete_table(books, table).select(*BOOLS))

    assert found == [{name: complete(books, facts)[0].get(name) for name in BOOLS} for facts in given_facts]


@pytest.mark.parametrize("ask", EVERY_TABLE)
@brief
@given(files=rulebooks(), some=st.lists(cases(), min_size=1, max_size=12))
def test_whether_a_norm_binds_is_its_status_in_three_values(ask: Ask, files: dict[str, Any], some: list[Case]) -> None:
    books = linked(files)
    readings = books.read({})

    def question(table: Any) -> Any:
        return binding_columns(books, about_systems(books), complete_table(books, table), readings, as_of=AS_OF)

    expected = [{k: BINDS[s] for k, s in statuses(books, case, readings).items()} for case in some]
    assert ask(schema_of(books), rows(books, some), question) == expected


@thorough
@given(files=rulebooks(), case=cases(), how=st.sampled_from(["wide", "narrow"]))
def test_closures_answer_as_the_evaluation_that_explains(files: dict[str, Any], case: Case, how: str) -> None:
    books = linked(files)
    one = subject_case(books, case, {"how": how})
    nodes = [node for node in books.pool.nodes if node.type == "bool"]
    row = row_of(books.pool.nodes, one.facts, case.events, AS_OF)

    assert decider(nodes, {"how": how})(row) == tuple(one.case.value(node) for node in nodes)


@thorough
@given(files=rulebooks(), case=cases())
def test_closures_tell_whether_norms_bind(files: dict[str, Any], case: Case) -> None:
    books = linked(files)
    readings = books.read({})
    norms = [norm for norm in about_systems(books) if norm.rulebook == "first"]
    one = subject_case(books, case, readings)
    row = row_of(books.pool.nodes, one.facts, case.events, AS_OF)

    assert binding_decider(norms, readings)(row) == tuple(BINDS[one.status(norm, one.case)[0]] for norm in norms)


SEEDS = st.lists(st.integers(0, 2**32), min_size=10, max_size=25, unique=True)


@pytest.mark.parametrize("ask", EVERY_TABLE)
@few
@given(seeds=SEEDS, data=st.data())
def test_the_built_in_rulebooks_answer_the_same_on_a_table(ask: Ask, seeds: list[int], data: st.DataObject) -> None:
    books = load_rulebooks()
    read = {name: st.sampled_from(sorted(reading.candidates)) for name, reading in books.readings.items()}
    assert_same_on(ask, books, [random_case(books, seed) for seed in seeds], data.draw(st.fixed_dictionaries(read)))


@NEEDS_POSTGRES
@pytest.mark.postgres
@few
@given(files=rulebooks(), some=st.lists(cases(), min_size=1, max_size=12))
def test_postgresql_answers_the_same(files: dict[str, Any], some: list[Case]) -> None:
    books = linked(files)
    assert_same_on(on_postgres, books, some, books.read({}))


@NEEDS_POSTGRES
@pytest.mark.postgres
@few
@given(seeds=SEEDS)
def test_postgresql_answers_the_same_for_the_built_in_rulebooks(seeds: list[int]) -> None:
    books = load_rulebooks()
    assert_same_on(on_postgres, books, [random_case(books, seed) for seed in seeds], books.read({}))
