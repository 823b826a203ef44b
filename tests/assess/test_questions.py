"""The interview asks what decides most, and nothing that decides nothing."""

from __future__ import annotations

from typing import Any

from guiju.assess.assessment import Assessment
from guiju.engine.questions import Question, next_questions

from .profiles import Assess


def questions(assessment: Assessment) -> list[Question]:
    return next_questions(assessment.cases, assessment.norms)


def test_the_most_decisive_fact_comes_first(assess_profile: Assess, provider: dict[str, Any]) -> None:
    del provider["systems"][0]["on_negative_list"]
    first, *rest = questions(assess_profile(provider))
    assert first.fact == "on_negative_list"
    assert all(first.decides >= question.decides for question in rest)
    assert "mail4:41.1" in map(str, first.provisions)


def test_the_armed_forces_are_asked_nothing_once_that_is_known(assess_profile: Assess) -> None:
    profile = {"organisation": {"name": "X", "is_military": True}, "systems": [{"name": "S"}]}
    asked = {q.fact for q in questions(assess_profile(profile, rulebooks=["mail4"]))}
    assert "registered_users" not in asked


def test_a_fact_of_the_organisation_is_asked_once_for_all_systems(assess_profile: Assess) -> None:
    profile = {"organisation": {"name": "X"}, "systems": [{"name": "A"}, {"name": "B"}]}
    asked = [q for q in questions(assess_profile(profile)) if q.fact == "is_military"]
    assert [q.subject.kind for q in asked] == ["organisation"]


def test_what_only_arises_in_proceedings_is_not_asked(assess_profile: Assess, provider: dict[str, Any]) -> None:
    asked = {q.fact for q in questions(assess_profile(provider))}
    assert "violation_found" not in asked
    assert "event_record_is_complete" not in asked


def test_answering_every_question_decides_every_duty(assess_profile: Assess, provider: dict[str, Any]) -> None:
    """Whatever is answered, the interview ends, and no duty that it could ask about is left open."""
    for answer in (True, False):
        profile: dict[str, Any] = {"organisation": dict(provider["organisation"]), "systems": [{"name": "S"}]}
        for _ in range(200):
            left = questions(assess_profile(profile))
            if not left:
                break
            spec = left[0].spec
            value: Any = answer
            if spec.type in ("count", "number", "money"):
                value = 50_000
            elif spec.type == "choice":
                value = spec.choices[0]
            elif spec.type == "set":
                value = list(spec.choices) if answer else []
            owner = profile["organisation"] if spec.of == "organisation" else profile["systems"][0]
            owner[spec.fact] = value
        else:
            raise AssertionError("the interview does not end")
        books = assess_profile(profile).books
        for finding in assess_profile(profile).findings:
            if finding.norm.kind == "duty" and finding.status == "undetermined":
                assert not any(books.facts[name].asked for name in finding.missing), finding.norm.key
