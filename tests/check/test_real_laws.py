"""What the checks find in the laws themselves. Further findings may come; these must be among them."""

from __future__ import annotations

from pathlib import Path

import pytest

from guiju.check.codes import CODES
from guiju.check.diagnostic import Diagnostic
from guiju.check.relations import load_relations
from guiju.check.run import Result, check
from guiju.engine.collection import UnknownNameError
from guiju.engine.rulebook import load_rulebooks
from guiju.law.address import Address
from guiju.law.provisions import Text

from .seen import seen_as_claimed


def at(result: Result, code: str, *addresses: str) -> list[Diagnostic]:
    """Return the findings of a code that concern all of these provisions."""
    return [
        d for d in result.of(CODES[code]) if set(addresses) <= {str(place.address) for place in d.places}
    ]  # fmt: skip


def test_exactly_one_million_users_file_with_nobody(without_texts: Result) -> None:
    (gap,) = at(without_texts, "G101", "mail4:66.1", "mail4:66.2")
    assert gap.example is not None
    assert gap.example.cases[0].facts["registered_users"] == 1_000_000
    assert "1,000,000" in gap.message.zh
    assert ("exactly_one_million", ("neither",)) in gap.only_under


def test_a_reading_leaves_changed_risk_without_a_duty(without_texts: Result) -> None:
    (gap,) = at(without_texts, "G102", "mail4:45.2", "mail4:45.3")
    assert gap.example is not None
    assert gap.example.readings == {"licence_risk_change": "must_also_breach_conditions"}


def test_exactly_one_million_yuan_is_in_both_grades(without_texts: Result) -> None:
    grades = at(without_texts, "G104", "mail4:96.1", "mail4:96.2")
    assert any("1,000,000 yuan" in d.message.en for d in grades)
    assert any(" 100,000 yuan" in d.message.en for d in grades)


def test_a_share_of_a_small_turnover_is_less_than_the_lighter_fine(without_texts: Result) -> None:
    assert at(without_texts, "G105", "mail4:96.1", "mail4:96.2")


def test_the_licence_is_cancelled_after_and_announced_before(without_texts: Result) -> None:
    (conflict,) = at(without_texts, "G305", "mail4:45.5", "mail4:70.1")
    assert "3 months after" in conflict.message.en
    assert "30 working days before" in conflict.message.en


def test_no_notice_of_thirty_working_days_where_the_service_must_stop_at_once(without_texts: Result) -> None:
    (forced,) = at(without_texts, "G306", "mail4:69.1.1", "mail4:58.2")
    assert forced.example is not None
    assert {claim.status for claim in forced.example.claims} == {"applies"}


def test_yearly_and_two_yearly_duties_never_begin(without_texts: Result) -> None:
    assert at(without_texts, "G304", "mail4:65.1.7")
    assert at(without_texts, "G304", "mail4:68.1.5")


def test_the_authority_that_does_not_register_a_filing_bears_no_consequence(without_texts: Result) -> None:
    unsanctioned = [d for d in without_texts.of(CODES["G401"]) if d.places[0].address.law == "genai"]
    assert unsanctioned


def test_read_literally_whoever_serves_users_is_no_developer(without_texts: Result) -> None:
    (excluded,) = at(without_texts, "G601", "mail4:112.1.4")
    assert excluded.only_under == (("developer_also_provider", ("literal",)),)
    (during,) = at(without_texts, "G602", "mail4:49.1.1")
    assert during.only_under == (("developer_also_provider", ("literal",)),)


def test_every_counter_example_can_be_run(without_texts: Result, tmp_path: Path) -> None:
    shown = [d for d in without_texts.diagnostics if d.example is not None]
    assert len({d.example.name for d in shown if d.example}) == len(shown)
    for diagnostic in shown:
        assert seen_as_claimed(without_texts, diagnostic, tmp_path)


@pytest.mark.parametrize("code", ["G101", "G102", "G103", "G104", "G105", "G203", "G304", "G305", "G306", "G402"])
def test_what_turns_on_a_condition_has_a_counter_example(without_texts: Result, code: str) -> None:
    subjects = {norm.key: norm.subject for norm in without_texts.books.norms}
    unshown = [d.places[0].norm for d in without_texts.of(CODES[code]) if d.example is None]
    # A duty about the law as such, such as to publish a list, stands in no profile.
    assert [norm for norm in unshown if subjects[norm] != "law"] == []


def test_without_texts_it_says_what_was_not_checked(without_texts: Result) -> None:
    skipped = {(s.code.id, s.law) for s in without_texts.skipped}
    assert skipped == {(c.id, law) for c in CODES.values() if c.reads_text for law in ("mail4", "genai")}
    assert all("guiju law import" in s.reason.zh and "guiju law import" in s.reason.en for s in without_texts.skipped)


def test_one_law_alone() -> None:
    result = check(load_rulebooks(), laws=["genai"])
    assert {place.address.law for d in result.diagnostics for place in d.places} == {"genai"}
    with pytest.raises(UnknownNameError, match="mail5"):
        check(load_rulebooks(), laws=["mail5"])


def test_retention_periods_without_a_start(with_texts: Result) -> None:
    assert at(with_texts, "G301", "mail4:49.1.1")
    assert at(with_texts, "G301", "mail4:57.1")


def test_logs_and_documents_are_kept_for_no_stated_time(with_texts: Result) -> None:
    assert at(with_texts, "G302", "mail4:68.1.2")
    assert at(with_texts, "G302", "mail4:64.1.1")
    assert not at(with_texts, "G302", "mail4:57.1")


@pytest.mark.parametrize("address", ["mail4:64.1.1", "mail4:64.1.2", "mail4:71.1.2", "mail4:71.1.3"])
def test_requirements_that_the_law_never_states(with_texts: Result, address: str) -> None:
    assert at(with_texts, "G501", address)


def test_assessments_required_by_the_law_are_stated_by_it(with_texts: Result) -> None:
    assert not at(with_texts, "G501", "mail4:71.1.1")


@pytest.mark.parametrize("term", ["深度合成", "安全事件", "重大安全事件", "注册用户"])
def test_terms_that_the_law_uses_and_does_not_define(with_texts: Result, term: str) -> None:
    assert any(f"“{term}”" in d.message.zh for d in with_texts.of(CODES["G502"]))


@pytest.mark.parametrize("term", ["智能体", "终端设备", "基础模型"])
def test_terms_that_the_law_defines(with_texts: Result, term: str) -> None:
    assert not any(f"“{term}”" in d.message.zh for d in with_texts.of(CODES["G502"]))


def test_a_reference_to_notices_whose_target_speaks_of_reports(with_texts: Result) -> None:
    assert at(with_texts, "G504", "mail4:53.2", "mail4:53.3")


def test_every_provision_that_is_referred_to_exists(with_texts: Result) -> None:
    assert with_texts.of(CODES["G503"]) == ()
    assert not with_texts.skipped


def test_relations_cite_provisions_that_exist(chinese: dict[str, Text]) -> None:
    relations = load_relations()
    cited = [a for h in relations.happenings for a in (*h.cites, *h.forced_by)]
    cited += [a for r in relations.remedies for a in (r.at, *r.final)]
    for text in cited:
        address = Address.parse(text)
        chinese[address.law].at(address)
    books = load_rulebooks()
    assert {event for h in relations.happenings for event in h.events} <= set(books.events)
    assert {p.fact for p in relations.presuppositions} <= set(books.facts)
    assert {party for r in relations.remedies for party in r.against} <= set(books.parties)
    assert set(relations.challenged_elsewhere) <= set(books.parties)
