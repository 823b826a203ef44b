"""One case of the six norms: the decision alone, and with its proof, beside ZEN and beside plain Python."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bench.by_hand import python
from bench.subject import AS_OF, cases, six
from bench.timing import Line, Section, medians
from guiju.calendar.days import prc_calendar
from guiju.engine.decide import Decision, binding_decider
from guiju.engine.evaluation import Evaluation
from guiju.engine.findings import Subject, SubjectCase
from guiju.engine.rows import Row

ZEN = "ZEN, one compiled expression (two-valued)"

_SCOPE = "(in_mainland or affects_china)"
_PROVIDER = "(provides_in_own_name and controls_operation)"
_DEVELOPER = "(develops and not only_auxiliary_technology)"
_BOUND = (
    "not is_military and not (used_only_for_research and research_is_noncommercial and research_data_lawful "
    "and research_has_safeguards and research_keeps_records)"
)
ZEN_RULES = (
    f"{_SCOPE} and {_PROVIDER} and not on_negative_list and registered_users > 1000000 and {_BOUND}",
    f"{_SCOPE} and {_PROVIDER} and not on_negative_list and registered_users > 10000 "
    f"and registered_users < 1000000 and {_BOUND}",
    f"{_SCOPE} and ({_DEVELOPER} or {_PROVIDER}) and on_negative_list and {_BOUND}",
    f"({_DEVELOPER} or {_PROVIDER}) and not in_mainland and affects_china and {_BOUND}",
    f"{_SCOPE} and {_DEVELOPER} and (is_foundation_model or (derives_from_foundation_model "
    f"and (has_equivalent_general_capability or extends_capability_with_risk))) and {_BOUND}",
    "is_generative and serves_mainland_public and (provides_directly_to_users or provides_in_own_name) "
    "and has_public_opinion_attributes",
)


def section() -> Section:
    known, partial = cases(unknown=0.0), cases(unknown=0.1)
    decide = binding_decider(six().norms, six().readings)
    zen, zen_graph = _zen(), _zen_graph()
    expected = [decide(case) for case in known]
    for case in known + partial:
        subject = _subject_case(case)
        _same("the explained case", _explained(subject), decide(subject.facts))
    _same("by hand", [python(case) for case in known], expected)
    _same("ZEN", [zen(case) for case in known], expected)
    _same("ZEN graph", [zen_graph(case) for case in known], expected)
    works = {
        "Guiju, decision": _all(decide, known),
        "Guiju, decision, 10 % unknown": _all(decide, partial),
        "Guiju, evaluation behind the proofs, 10 % unknown": _all(_evaluated, partial),
        "Guiju, findings with proofs, 10 % unknown": _all(_found, partial),
        ZEN: _all(zen, known),
        "ZEN, decision graph (two-valued)": _all(zen_graph, known),
        "plain Python by hand (two-valued)": _all(python, known),
    }
    lines = [Line(what, seconds / len(known)) for what, seconds in medians(works).items()]
    return Section("One case of the six norms", lines, ZEN)


def _all(work: Callable[[Any], object], some: list[dict[str, Any]]) -> Callable[[], None]:
    def ask() -> None:
        for case in some:
            work(case)

    return ask


def _same(who: str, found: object, expected: object) -> None:
    assert found == expected, f"{who} does not answer like the rulebooks"


def _explained(subject: SubjectCase) -> Decision:
    statuses = (subject.status(norm, subject.case)[0] for norm in six().norms)
    return tuple([{"applies": True, "undetermined": None}.get(status, False) for status in statuses])


def _evaluated(case: Row) -> None:
    evaluation = Evaluation(case, {}, six().readings, AS_OF, len(six().books.pool.nodes))
    for norm in six().norms:
        for condition in norm.conditions:
            evaluation.value(condition)


def _found(case: Row) -> None:
    subject = _subject_case(case)
    for norm in six().norms:
        subject.finding(norm)


def _subject_case(case: Row) -> SubjectCase:
    return SubjectCase(
        six().books, Subject("system", "S"), case, {}, as_of=AS_OF, calendar=prc_calendar(), readings=six().readings
    )


def _zen() -> Callable[[Row], Decision]:
    import zen

    expression = zen.compile_expression("[" + ", ".join(ZEN_RULES) + "]")
    return lambda case: tuple(expression.evaluate(case))


def _zen_graph() -> Callable[[Row], Decision]:
    import json

    import zen

    keys = [f"r{number}" for number in range(len(ZEN_RULES))]
    rules = [{"id": key, "key": key, "value": rule} for key, rule in zip(keys, ZEN_RULES, strict=True)]
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in"},
        {"id": "six", "type": "expressionNode", "name": "six", "content": {"expressions": rules}},
        {"id": "out", "type": "outputNode", "name": "out"},
    ]
    edges = [
        {"id": "1", "sourceId": "in", "targetId": "six", "type": "edge"},
        {"id": "2", "sourceId": "six", "targetId": "out", "type": "edge"},
    ]
    content = zen.ZenDecisionContent(json.dumps({"nodes": nodes, "edges": edges}))
    decision = zen.ZenEngine().create_decision(content)

    def ask(case: Row) -> Decision:
        result = decision.evaluate(case)["result"]
        return tuple([result[key] for key in keys])

    return ask
