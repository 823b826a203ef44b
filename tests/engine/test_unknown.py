"""What is unknown may stay open, but what is decided stays decided, whatever turns out later."""

from __future__ import annotations

import dataclasses
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from guiju.engine.collection import Rulebooks
from guiju.engine.complete import complete, contradiction
from guiju.engine.events import COMPLETE
from guiju.engine.rulebook import load_rulebooks
from guiju.engine.values import Event
from tests.engine.strategies import EVENTS, Case, cases, linked, listed_events, random_case, rulebooks, values
from tests.engine.test_parity import BINDS, about_systems, statuses

some = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


def possible(books: Rulebooks, case: Case) -> bool:
    """Tell whether neither the facts nor what follows from them contradict each other."""
    return contradiction(books, complete(books, case.facts)[0]) is None


def made_possible(books: Rulebooks, case: Case) -> Case:
    """Take facts away until nothing contradicts."""
    facts = dict(case.facts)
    while (rule := contradiction(books, complete(books, facts)[0])) is not None:
        known = sorted(rule.node.facts & facts.keys()) or sorted(facts)
        del facts[known[0]]
    return dataclasses.replace(case, facts=facts)


def binding(books: Rulebooks, case: Case) -> dict[str, bool | None]:
    return {key: BINDS[status] for key, status in statuses(books, case, books.read({})).items()}


def assert_still_decided(before: dict[str, bool | None], after: dict[str, bool | None]) -> None:
    undone = {
        key: (value, after[key]) for key, value in before.items() if value is not None and after[key] is not value
    }
    assert not undone


@some
@given(files=rulebooks(), case=cases(), data=st.data())
def test_one_more_fact_never_undoes_a_decision(files: dict[str, Any], case: Case, data: st.DataObject) -> None:
    books = linked(files)
    open_facts = sorted(set(books.facts) - set(case.facts))
    assume(open_facts and possible(books, case))
    fact = data.draw(st.sampled_from(open_facts))
    richer = Case({**case.facts, fact: data.draw(values(books.facts[fact]))}, case.events)
    assume(possible(books, richer))

    assert_still_decided(binding(books, case), binding(books, richer))


@some
@given(files=rulebooks(), case=cases(), full=cases(), everything=st.data())
def test_what_does_not_apply_binds_under_no_completion(
    files: dict[str, Any], case: Case, full: Case, everything: st.DataObject
) -> None:
    books = linked(files)
    assume(possible(books, case))
    rest = everything.draw(st.fixed_dictionaries({name: values(spec) for name, spec in books.facts.items()}))
    complete_case = Case({**rest, **full.facts, **case.facts}, case.events)
    assume(possible(books, complete_case))

    after = statuses(books, complete_case, books.read({}))

    for key, status in statuses(books, case, books.read({})).items():
        if status == "does_not_apply":
            assert after[key] == "does_not_apply"
        if status == "exempt":
            assert after[key] in ("exempt", "does_not_apply")
        if status == "applies":
            assert after[key] == "applies"


@some
@given(files=rulebooks(), case=cases(), more=listed_events())
def test_one_more_event_never_undoes_a_decision_while_the_record_may_have_gaps(
    files: dict[str, Any], case: Case, more: dict[str, list[Event]]
) -> None:
    books = linked(files)
    facts = {name: value for name, value in case.facts.items() if name != COMPLETE}
    both = {name: sorted(case.events.get(name, []) + more.get(name, [])) for name in EVENTS}

    assert_still_decided(binding(books, Case(facts, case.events)), binding(books, Case(facts, both)))


@settings(some, max_examples=25)
@given(seed=st.integers(0, 2**32), other=st.integers(0, 2**32))
def test_more_facts_never_undo_a_decision_of_the_built_in_rulebooks(seed: int, other: int) -> None:
    books = load_rulebooks()
    case = made_possible(books, random_case(books, seed))
    richer = made_possible(books, Case({**random_case(books, other).facts, **case.facts}, case.events))
    shared = Case({name: value for name, value in case.facts.items() if name in richer.facts}, case.events)

    assert_still_decided(binding(books, shared), binding(books, richer))


def test_where_nothing_is_known_only_a_chosen_reading_decides() -> None:
    books = load_rulebooks()
    decided = {key for key, value in binding(books, Case({}, {})).items() if value is not None}

    by_facts = [norm.key for norm in about_systems(books) if norm.key in decided and not norm.readings]

    assert by_facts == []
