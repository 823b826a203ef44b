"""The solver's formulas and the engine's conditions are two executions of one meaning: equal on every complete case."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.calendar.days import prc_calendar
from guiju.check.world import World
from guiju.engine.collection import Rulebooks
from guiju.engine.complete import contradiction
from guiju.engine.findings import Subject, SubjectCase
from guiju.engine.rulebook import load_rulebooks
from guiju.engine.values import Value

from .seen import TODAY
from .small import rulebooks

CONDITIONS = [
    "keeps and (not sells or breeds)",
    "10 < cats <= 100",
    "cats != 7 and weight >= 4.5",
    'colour in ("black", "white") or colour == "red" and is_wild',
    '"ball" in toys and not "mouse" in toys',
    "min(cats, weight) * 2 - 1 > max(cats, 3) + 0.5",
    "turnover * 0.04 >= 100 + cats",
]


@pytest.fixture(scope="module")
def cats(tmp_path_factory: pytest.TempPathFactory) -> tuple[Rulebooks, World]:
    norms: list[dict[str, Any]] = [{"address": f"cats:1.{n}", "when": c} for n, c in enumerate(CONDITIONS, start=1)]
    norms.append({"address": "cats:2.1", "norm": "exemption", "when": "is_tagged", "exempts": ["cats:1"]})
    folder: Path = tmp_path_factory.mktemp("cats") / "rulebooks"
    books = rulebooks({"norms": norms}, folder)
    return books, World(books)


def complete_facts(books: Rulebooks) -> st.SearchStrategy[dict[str, Value]]:
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "bool": st.booleans(),
        "count": st.sampled_from([0, 6, 7, 8, 10, 11, 99, 100, 101, 10_000, 1_000_000, 1_000_001]),
        "number": st.sampled_from([Decimal(0), Decimal("4.49"), Decimal("4.5"), Decimal(5), Decimal(50)]),
        "money": st.sampled_from([Decimal(0), Decimal("2500.01"), Decimal(5000), Decimal(10**9)]),
        "text": st.just("any"),
    }
    own: dict[str, st.SearchStrategy[Any]] = {}
    for fact, spec in books.facts.items():
        if spec.type == "choice":
            own[fact] = st.sampled_from(spec.choices)
        elif spec.type == "set":
            own[fact] = st.frozensets(st.sampled_from(spec.choices))
        else:
            own[fact] = kinds[spec.type]
    own["event_record_is_complete"] = st.just(True)
    return st.fixed_dictionaries(own)


def assert_agree(books: Rulebooks, world: World, facts: dict[str, Value]) -> None:
    if contradiction(books, facts) is not None:
        assert not world.possible(*(world.value(fact, value) for fact, value in facts.items()))
        return
    readings = books.read({})
    case = SubjectCase(
        books, Subject("system", "S"), facts, {}, as_of=TODAY, calendar=prc_calendar(), readings=readings
    )  # fmt: skip
    never = [~variable if m.function == "happened" else variable == 0 for m, variable in world.measures.items()]
    given_ = [*(world.value(f, v) for f, v in facts.items()), *world.fixed(readings), *never]
    assert world.possible(*given_)
    wrong = []
    for norm in books.norms:
        if norm.condition is not None and norm.subject == "system":
            applies = case.status(norm, case.case)[0] == "applies"
            if world.possible(*given_, world.binds(norm)) != applies:
                wrong.append(norm.key)
    assert wrong == []


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_on_a_small_law(cats: tuple[Rulebooks, World], data: st.DataObject) -> None:
    books, world = cats
    assert_agree(books, world, data.draw(complete_facts(books)))


@given(data=st.data())
@settings(max_examples=6, deadline=None)
def test_on_the_real_laws(data: st.DataObject) -> None:
    books = load_rulebooks()
    assert_agree(books, _real_world(books), data.draw(complete_facts(books)))


_WORLDS: dict[int, World] = {}


def _real_world(books: Rulebooks) -> World:
    return _WORLDS.setdefault(id(books), World(books))
