"""What a compliance officer finds in the report: everything once, in order, with dates, reasons and citations."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from guiju.assess.assessment import Assessment
from guiju.engine.findings import Finding
from guiju.engine.questions import next_questions

from .profiles import Assess
from .report_pages import Page, page_of, with_systems

CROSSED = {"event": "users_exceeded_1m", "date": dt.date(2026, 9, 28), "system": "S"}


def finding_of(assessment: Assessment, key: str) -> tuple[int, Finding]:
    """A finding with the number under which the report shows it."""
    return next((n, f) for n, f in enumerate(assessment.findings, 1) if f.norm.key == key)


def shown(page: Page) -> list[int]:
    return [int(name[2:]) for name in page.ids() if name.startswith("f-")]


@pytest.mark.parametrize("count", [1, 3, 4, 40])
def test_what_applies_and_what_is_undetermined_is_shown_exactly_once(
    assess_profile: Assess, provider: dict[str, Any], count: int
) -> None:
    assessment = assess_profile(with_systems(provider, count))
    expected = [n for n, f in enumerate(assessment.findings, 1) if f.status in ("applies", "undetermined")]
    assert sorted(shown(page_of(assessment))) == expected


def test_what_does_not_apply_is_listed_with_its_reason(assess_profile: Assess, provider: dict[str, Any]) -> None:
    assessment = assess_profile(provider)
    text = page_of(assessment).section("idle").text("en")
    idle = [f for f in assessment.findings if f.status == "does_not_apply"]
    assert idle
    assert [f.norm.key for f in idle if " ".join(f.norm.gist.en.split()) not in text] == []
    assert "Is the system on the AI negative list? no" in text


def test_a_deadline_tells_how_it_is_counted(assess_profile: Assess, provider: dict[str, Any]) -> None:
    provider["events"] = [CROSSED]
    assessment = assess_profile(provider, as_of=dt.date(2026, 10, 9))
    number, _ = finding_of(assessment, "mail4:66.1")
    line = page_of(assessment).by_id(f"f-{number}")
    assert "10 working days from 2026-09-28 (registered users passed one million)" in line.text("en")
    assert "2026-09-28（注册用户数超过一百万）后10个工作日内" in line.text("zh")
    assert "2026-10-16" in line.text("en")
    assert "7 days left" in line.text("en")


def test_a_duty_cites_its_provision_and_the_citation_opens_it(assess_profile: Assess, provider: dict[str, Any]) -> None:
    assessment = assess_profile(provider)
    page = page_of(assessment)
    number, finding = finding_of(assessment, "mail4:66.1")
    line = page.by_id(f"f-{number}")
    links = {e.attributes["href"] for e in line.all("a")}
    assert {"#p-mail4-66-1", "#p-mail4-99-1"} <= links
    card = page.by_id("p-mail4-66-1")
    assert "《人工智能示范法》第六十六条第一款" in card.text("zh")
    assert "Article 66, paragraph 1, Model Artificial Intelligence Law" in card.text("en")
    assert "registered_users > 1,000,000" in card.text("en")
    for part in finding.norm.elements:
        assert " ".join(part.gist.en.split()) in card.text("en")
        assert " ".join(part.gist.en.split()) in line.text("en")


def test_what_is_overdue_comes_first_in_word_and_sign(assess_profile: Assess, provider: dict[str, Any]) -> None:
    provider["events"] = [CROSSED, {"event": "service_termination_planned", "date": dt.date(2027, 8, 2), "system": "S"}]
    page = page_of(assess_profile(provider, as_of=dt.date(2026, 11, 22)))
    rows = page.section("timeline").all("tbody")[0].children
    assert "▲ overdue" in rows[0].text("en")
    assert "▲ 逾期" in rows[0].text("zh")
    assert "37 days overdue" in rows[0].text("en")
    assert not any("overdue" in row.text("en") for row in rows[1:])
    summary = page.section("summary").text("en")
    assert summary.index("▲ overdue") < summary.index("Next dates")


def test_a_provisional_date_shows_the_earliest_and_the_latest_day(
    assess_profile: Assess, provider: dict[str, Any]
) -> None:
    provider["events"] = [{"event": "service_termination_planned", "date": dt.date(2028, 3, 1), "system": "S"}]
    assessment = assess_profile(provider)
    number, finding = finding_of(assessment, "mail4:69.1.1")
    assert finding.deadline is not None
    day = finding.deadline.day
    assert day is not None
    assert day.earliest < day.latest
    line = page_of(assessment).by_id(f"f-{number}").text("en")
    assert f"provisional: holidays are not published yet; earliest {day.earliest}, latest {day.latest}" in line


def test_stages_of_life_follow_each_other_with_their_counts(assess_profile: Assess, provider: dict[str, Any]) -> None:
    assessment = assess_profile(provider)
    heads = [e.text("en") for e in page_of(assessment).section("duties").all("h4")]
    stages = ["Before launch", "While running", "On change", "On an incident", "At the end"]
    own = [h for h in heads if h.rsplit(" ", 1)[0] in stages]
    assert [h.rsplit(" ", 1)[0] for h in own[: len(stages)]] == stages
    duties = [
        f for f in assessment.findings if f.status == "applies" and f.norm.kind == "duty" and f.subject.name == "S"
    ]
    at_end = [f for f in duties if f.norm.stage == "at_end" and f.norm.bearer in ("provider", "developer_or_provider")]
    assert f"At the end {len(at_end)}" in own


@pytest.mark.parametrize(("users", "told"), [(999_999, False), (1_000_000, True), (1_000_001, False)])
def test_exactly_one_million_falls_in_neither_tier_and_the_summary_says_so(
    assess_profile: Assess, provider: dict[str, Any], users: int, *, told: bool
) -> None:
    provider["systems"][0]["registered_users"] = users
    page = page_of(assess_profile(provider))
    summary = page.section("summary")
    assert ("exactly a million is in neither" in summary.text("en")) is told
    assert ("恰好一百万两边都不算" in summary.text("zh")) is told
    if told:
        assert "Under another reading these would also bind" in summary.text("en")
        links = {e.attributes["href"] for e in summary.all("a")}
        assert {"#p-mail4-66-1", "#p-mail4-66-2", "#r-exactly_one_million"} <= links


def test_a_finding_that_turns_on_a_reading_says_so_with_each_outcome(
    assess_profile: Assess, provider: dict[str, Any]
) -> None:
    provider["systems"][0] |= {"develops": True, "only_auxiliary_technology": False, "provides_directly_to_users": True}
    assessment = assess_profile(provider)
    page = page_of(assessment)
    number, finding = finding_of(assessment, "mail4:49.1")
    assert finding.readings == {"developer_also_provider": {"literal": "does_not_apply"}}
    line = page.by_id(f"f-{number}").text("en")
    assert "changes with the reading" in line
    assert "by_activity (used here): applies" in line
    assert "literal: does not apply" in line
    reading = page.by_id("r-developer_also_provider").text("en")
    assert "By its words the definition requires" in reading


def test_an_unknown_count_becomes_a_question_that_names_what_it_decides(
    assess_profile: Assess, provider: dict[str, Any]
) -> None:
    del provider["systems"][0]["registered_users"]
    assessment = assess_profile(provider)
    page = page_of(assessment)
    question = page.by_id("q-registered_users")
    assert "How many registered users" in question.text("en")
    assert "#p-mail4-66-1" in {e.attributes["href"] for e in question.all("a")}
    number, _ = finding_of(assessment, "mail4:66.1")
    undetermined = page.section("undetermined")
    assert f"f-{number}" in {e.attributes.get("id") for e in undetermined.all("span")}
    assert "#q-registered_users" in {e.attributes["href"] for e in undetermined.all("a")}


def test_what_is_exempt_names_the_exempting_provision(assess_profile: Assess, provider: dict[str, Any]) -> None:
    kept = dict.fromkeys(("research_is_noncommercial", "research_data_lawful", "research_has_safeguards"), True)
    provider["systems"][0] |= {"used_only_for_research": True, "research_keeps_records": True, **kept}
    assessment = assess_profile(provider)
    exempt = [f for f in assessment.findings if f.status == "exempt"]
    assert exempt
    text = page_of(assessment).section("exempt").text("en")
    for finding in exempt:
        assert finding.exempted_by is not None
        assert " ".join(finding.norm.gist.en.split()) in text
        assert f"exempt under Article {finding.exempted_by.article}" in text


@pytest.mark.parametrize(("count", "opened"), [(1, True), (3, True), (4, False), (40, False)])
def test_few_systems_stand_open_many_are_folded(
    assess_profile: Assess, provider: dict[str, Any], count: int, *, opened: bool
) -> None:
    page = page_of(assess_profile(with_systems(provider, count)))
    subjects = [e for e in page.elements if "subject" in e.attributes.get("class", "").split() and e.tag == "details"]
    assert len(subjects) >= count
    assert all(("open" in e.attributes) is opened for e in subjects)


def test_many_systems_have_an_index_that_leads_to_each(assess_profile: Assess, provider: dict[str, Any]) -> None:
    page = page_of(assess_profile(with_systems(provider, 40)))
    rows = page.section("systems").all("tbody")[0].children
    assert len(rows) == 40
    links = [row.all("a")[0].attributes["href"][1:] for row in rows]
    assert [page.by_id(link).all("h3")[0].text("en") for link in links] == [f"S{n} System {n}" for n in range(1, 41)]


def test_the_laws_are_named_with_their_force(assess_profile: Assess, provider: dict[str, Any]) -> None:
    head = page_of(assess_profile(provider)).root.all("header")[0]
    assert "in force since 2023-08-15" in head.text("en")
    assert "scholarly model law, without legal force" in head.text("en")
    assert "学者示范法，不具法律效力" in head.text("zh")


def test_reports_are_kept_until_the_latest_day(assess_profile: Assess, provider: dict[str, Any]) -> None:
    provider["events"] = [{"event": "risk_measure_recorded", "date": dt.date(2026, 6, 30), "system": "S"}]
    assessment = assess_profile(provider)
    _, finding = finding_of(assessment, "mail4:57.1#keep_records")
    assert finding.retention is not None
    assert finding.retention.day is not None
    assert f"keep until {finding.retention.day.latest}" in page_of(assessment).section("timeline").text("en")


def test_the_same_assessment_gives_the_same_page(assess_profile: Assess, provider: dict[str, Any]) -> None:
    assessment = assess_profile(provider)
    assert page_of(assessment).source == page_of(assessment).source


def test_what_waits_for_answers_is_counted_apart_from_what_arises_in_proceedings(
    assess_profile: Assess, provider: dict[str, Any]
) -> None:
    del provider["systems"][0]["registered_users"]
    assessment = assess_profile(provider)
    page = page_of(assessment)
    asked = {q.fact for q in next_questions(assessment.cases, assessment.norms)}
    undetermined = [f for f in assessment.findings if f.status == "undetermined"]
    waiting = [f for f in undetermined if asked & set(f.missing)]
    assert 0 < len(waiting) < len(undetermined)
    figures = [e.text("en") for e in page.section("summary").all("ul")[0].children]
    assert f"{len(waiting)} waiting for your answers" in figures
    assert f"{len(undetermined) - len(waiting)} only arise in proceedings" in figures
    heads = [e.text("en") for e in page.section("undetermined").all("h3")]
    assert heads == [
        f"Waiting for your answers {len(waiting)}",
        f"Only arises in proceedings {len(undetermined) - len(waiting)}",
    ]


def test_whether_a_breach_was_found_is_no_question_to_the_user(
    assess_profile: Assess, provider: dict[str, Any]
) -> None:
    assessment = assess_profile(provider)
    number, finding = finding_of(assessment, "mail4:96.2#fine")
    assert "violation_found" in finding.missing
    section = page_of(assessment).section("undetermined")
    text = section.text("en")
    assert f"f-{number}" in {e.attributes.get("id") for e in section.all("span")}
    assert text.index("Only arises in proceedings") < text.index("violation_found")
