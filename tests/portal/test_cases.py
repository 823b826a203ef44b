"""Cases in the database: filed, acted in, read back; what is refused leaves nothing behind."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from guiju.portal.access.deciding import ForbiddenError, may, visible
from guiju.portal.cases.acting import Done, begin, carry_out, let_fall_due
from guiju.portal.cases.evidence import UnreadableCaseError, load, pin_of
from guiju.portal.cases.models import Case, CaseEvent, QueueRow
from guiju.portal.cases.queue import rebuild
from guiju.portal.evidence.models import Beside
from guiju.portal.evidence.opening import open_log
from guiju.portal.numbers.models import Issued, Series
from guiju.portal.organisations.models import Membership, System
from guiju.portal.outbox.models import Message
from guiju.portal.registers.models import Entry
from guiju.procedures.catalogue import built_in_types
from guiju.procedures.refusals import Refusal
from guiju.procedures.standing import replay
from tests.portal.people import JIANGSU, NATION, ZHEJIANG, account, actor, filing_form, member, official, organisation

pytestmark = pytest.mark.usefixtures("db")
MONDAY = dt.date(2026, 9, 28)


def file(form: dict[str, Any] | None = None, **more: Any) -> Done | Refusal:
    company = more.pop("company", None) or organisation()
    who = more.pop("who", None) or member(company)
    return begin(actor(who), "mail4/filing", "submit", form or filing_form(), applicant=company, today=MONDAY, **more)


def filed(form: dict[str, Any] | None = None, **more: Any) -> Case:
    done = file(form, **more)
    assert isinstance(done, Done), done
    return done.case


def standing_of(case: Case) -> Any:
    case.refresh_from_db()
    return replay(load(case), built_in_types().pinned(pin_of(case)))


def test_a_filing_is_a_case_with_number_office_event_and_receipt() -> None:
    case = filed()
    assert case.number.startswith("C-2026-")
    assert case.office.authority.code == ZHEJIANG
    assert case.revision == 1
    assert standing_of(case).state == "submitted"
    row = QueueRow.objects.get(case=case)
    assert (row.state, row.final, row.office) == ("submitted", False, case.office)
    mail = Message.objects.get()
    assert mail.key.startswith(f"letter:{case.number}:1:receipt:filer:")
    assert case.number in mail.subject


@pytest.mark.parametrize(
    ("changes", "seat", "authority"),
    [
        ({}, "110101", ZHEJIANG),
        ({"province": "浙江"}, "110101", ZHEJIANG),
        ({"province": "zhejiang"}, "110101", ZHEJIANG),
        ({"province": "330000"}, "110101", ZHEJIANG),
        ({"province": "江苏省"}, "330106", JIANGSU),
        ({"registered_users": 1_000_001}, "330106", NATION),
        ({"registered_users": 999_999}, "330106", ZHEJIANG),
    ],
)
def test_a_case_goes_to_the_competent_authority_by_itself(changes: dict[str, Any], seat: str, authority: str) -> None:
    case = filed(filing_form(**changes), company=organisation(seat))
    assert case.office.authority.code == authority


def test_an_area_that_does_not_exist_is_refused_in_both_languages_and_nothing_is_kept() -> None:
    refused = file(filing_form(province="亚特兰蒂斯"))
    assert isinstance(refused, Refusal)
    assert refused.code == "unknown_area"
    assert "亚特兰蒂斯" in refused.text("zh")
    assert "亚特兰蒂斯" in refused.text("en")
    assert not Case.objects.exists()
    assert not Issued.objects.exists()


def test_what_the_procedure_refuses_leaves_no_number_case_mail_or_event() -> None:
    refused = file(filing_form(registered_users=9_999))
    assert isinstance(refused, Refusal)
    assert refused.code == "no_filing_due"
    assert [model.objects.count() for model in (Case, Issued, Series, Message, CaseEvent)] == [0, 0, 0, 0, 0]
    assert open_log().size == 0


def test_the_office_registers_gives_the_number_and_publishes() -> None:
    case = filed()
    done = carry_out(actor(official()), case.number, "register", {}, seen=1, today=MONDAY)
    assert isinstance(done, Done), done
    entry = Entry.objects.get()
    assert entry.number.startswith(f"F-{ZHEJIANG}-2026-000001-")
    assert (entry.public, entry.shown, entry.status, entry.version) == (True, True, "registered", 1)
    assert standing_of(case).fields["filing_number"] == entry.number


def test_nobody_makes_up_a_number() -> None:
    case = filed()
    values = {"filing_number": "F-1"}
    refused = carry_out(actor(official()), case.number, "register", values, seen=1, today=MONDAY)
    assert isinstance(refused, Refusal)
    assert refused.code == "number_is_given"


def test_a_refused_registration_gives_its_number_back() -> None:
    incomplete = filing_form()
    del incomplete["contact"]
    case = filed(incomplete)
    refused = carry_out(actor(official()), case.number, "register", {}, seen=1, today=MONDAY)
    assert isinstance(refused, Refusal)
    assert refused.code == "incomplete"
    assert not Series.objects.filter(name__startswith="F").exists()


def test_who_acts_on_what_they_saw_before_somebody_else_acted_is_told() -> None:
    case, reviewer = filed(), actor(official())
    assert isinstance(carry_out(reviewer, case.number, "register", {}, seen=1, today=MONDAY), Done)
    late = carry_out(reviewer, case.number, "register", {}, seen=1, today=MONDAY)
    assert isinstance(late, Refusal)
    assert late.code == "changed_meanwhile"
    assert "案件已有变化" in late.text("zh")
    assert "changed meanwhile" in late.text("en")


def test_the_same_form_sent_twice_is_one_filing() -> None:
    company = organisation()
    who = member(company)
    first = filed(company=company, who=who, request_key="form-1")
    assert filed(company=company, who=who, request_key="form-1") == first
    assert filed(company=company, who=member(company), request_key="form-1") != first


@pytest.mark.parametrize(("authority", "role"), [(JIANGSU, "reviewer"), (NATION, "head"), (ZHEJIANG, "administrator")])
def test_officials_out_of_reach_cannot_act(authority: str, role: str) -> None:
    case = filed()
    with pytest.raises(ForbiddenError):
        carry_out(actor(official(authority, role)), case.number, "register", {}, seen=1, today=MONDAY)


def test_a_reader_cannot_file_and_another_organisations_member_cannot_act() -> None:
    company = organisation()
    with pytest.raises(ForbiddenError):
        file(company=company, who=member(company, "reader"))
    case = filed(company=company)
    with pytest.raises(ForbiddenError):
        carry_out(actor(member(organisation())), case.number, "withdraw", {"reasons": "x"}, seen=1, today=MONDAY)


def test_a_filing_is_about_a_system_of_its_applicant() -> None:
    company, other = organisation(), organisation()
    own, foreign = (System.objects.create(organisation=one, zh="星河问答") for one in (company, other))
    who = member(company, "owner")
    assert filed(company=company, who=who, system=own).system == own
    with pytest.raises(ForbiddenError):
        file(company=company, who=who, system=foreign)
    Membership.objects.create(user=who, organisation=other, role="owner")
    with pytest.raises(ForbiddenError):
        file(company=company, who=who, system=foreign)


def test_an_organisations_member_acts_for_it_and_an_official_cannot() -> None:
    company = organisation()
    case = filed(company=company)
    refused = carry_out(actor(official()), case.number, "withdraw", {"reasons": "x"}, seen=1, today=MONDAY)
    assert isinstance(refused, Refusal)
    assert refused.code == "wrong_role"
    done = carry_out(actor(member(company)), case.number, "withdraw", {"reasons": "x"}, seen=1, today=MONDAY)
    assert isinstance(done, Done)


def test_a_person_complains_in_their_own_name_and_only_they_and_the_authority_see_it() -> None:
    who = account()
    form = dict(built_in_types().get("mail4/complaint").example)
    done = begin(actor(who), "mail4/complaint", "submit", form, applicant=who, today=MONDAY)
    assert isinstance(done, Done), done
    assert done.case.office.authority.code == NATION
    seen = [may(actor(one), "case.read", done.case) for one in (who, official(NATION), account(), official())]
    assert seen == [True, True, False, False]
    with pytest.raises(ForbiddenError):
        begin(actor(account()), "mail4/complaint", "submit", form, applicant=who, today=MONDAY)


def test_queues_show_what_may_be_read_first_due_first_in_one_query(
    django_queries: Callable[[], list[str]],
) -> None:
    company = organisation()
    cases = [filed(company=company), filed(company=company), filed(filing_form(province="江苏省"))]
    reviewer = actor(official())
    before = len(django_queries())
    rows = list(visible(reviewer, "case.read", QueueRow).filter(final=False).order_by("next_due", "pk"))
    assert len(django_queries()) - before == 1
    assert [row.case_id for row in rows] == [case.pk for case in cases[:2]]


def test_a_case_is_shown_with_few_queries(django_queries: Callable[[], list[str]], client: Client) -> None:
    company = organisation()
    case = filed(company=company)
    client.force_login(member(company))
    before = len(django_queries())
    answer = client.get(f"/cases/{case.number}.json").json()
    assert len(django_queries()) - before <= 15
    assert (answer["state"], answer["fields"]["province"], answer["open_acts"]) == ("submitted", "浙江省", ["withdraw"])


def test_a_case_handed_over_moves_to_the_other_office() -> None:
    case = filed()
    values = {"registered_users": 2_000_000, "reasons": "核实用户数"}
    done = carry_out(actor(official()), case.number, "transfer", values, seen=1, today=MONDAY)
    assert isinstance(done, Done), done
    assert done.case.office.authority.code == NATION
    assert QueueRow.objects.get(case=case).office == done.case.office
    with pytest.raises(ForbiddenError):
        carry_out(actor(official()), case.number, "register", {}, seen=2, today=MONDAY)
    assert isinstance(carry_out(actor(official(NATION)), case.number, "register", {}, seen=2, today=MONDAY), Done)


def test_the_published_log_names_the_act_and_nothing_that_was_said() -> None:
    form = filing_form(contact="13800000000", service_name="星河问答")
    case = filed(form)
    log = open_log()
    event = json.loads(log.event(log.size - 1))
    assert (event["case"], event["act"], event["by"], event["office"]) == (case.number, "submit", "filer", "330000-1")
    text = json.dumps(event, ensure_ascii=False)
    assert "13800000000" not in text
    assert "星河问答" not in text
    assert set(event["content"]) == set(event["private"]) == set(event["who"]) == {"committed"}


def test_confidential_values_are_erased_and_the_case_still_stands() -> None:
    case = filed(filing_form(contact="13800000000"))
    index = CaseEvent.objects.get(case=case).idx
    assert standing_of(case).fields["contact"] == "13800000000"
    assert open_log().erase(index, ["private", "who"]) == ["private", "who"]
    standing = standing_of(case)
    assert "contact" not in standing.fields
    assert standing.state == "submitted"
    assert not any(b"13800000000" in bytes(value) for value in Beside.objects.values_list("value", flat=True))


def test_content_that_was_changed_is_noticed_before_anybody_acts_on_it() -> None:
    case = filed()
    index = CaseEvent.objects.get(case=case).idx
    with connection.cursor() as cursor:
        drop = "DROP TRIGGER evidence_beside_update_refused"
        cursor.execute(drop if connection.vendor == "sqlite" else f"{drop} ON evidence_beside")
    row = Beside.objects.get(idx=index, name="content")
    Beside.objects.filter(pk=row.pk).update(value=bytes(row.value).replace(b"37000", b"17000"))
    with pytest.raises(UnreadableCaseError, match=f"event 1 of case {case.number}"):
        load(case)


def awaiting_supplement(**more: Any) -> Case:
    case = filed({**filing_form(), "contact": None}, **more)
    values = {"missing": ["联系方式"], "supply_by": "2026-10-15"}
    assert isinstance(
        carry_out(actor(official()), case.number, "ask_for_supplement", values, seen=1, today=MONDAY), Done
    )
    return case


def test_clocks_that_run_out_take_effect_through_the_worker_and_no_day_too_early() -> None:
    case = awaiting_supplement(readings={"unanswered_filing_supplement": "deemed_withdrawn"})
    assert QueueRow.objects.get(case=case).lapse_after == dt.date(2026, 10, 15)
    assert [let_fall_due(dt.date(2026, 10, day)) for day in (15, 16, 16)] == [0, 1, 0]
    assert standing_of(case).state == "deemed_withdrawn"
    assert QueueRow.objects.get(case=case).final
    assert Message.objects.filter(key__contains=":deemed_withdrawal:").count() == 1


def test_under_a_reading_without_it_nothing_happens_by_itself() -> None:
    case = awaiting_supplement()
    assert QueueRow.objects.get(case=case).lapse_after is None
    assert let_fall_due(dt.date(2027, 6, 1)) == 0


def test_derived_rows_are_what_the_events_say_also_when_made_anew() -> None:
    company = organisation()
    cases = [filed(company=company), filed(company=company)]
    carry_out(actor(official()), cases[0].number, "register", {}, seen=1, today=MONDAY)
    before = list(QueueRow.objects.order_by("pk").values())
    QueueRow.objects.all().delete()
    assert rebuild() == 2
    assert list(QueueRow.objects.order_by("pk").values()) == before


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO cases_caseevent (case_id, seq, idx) SELECT case_id, seq + 2, idx + 1 FROM cases_caseevent",
        "INSERT INTO cases_caseevent (case_id, seq, idx) SELECT case_id, seq + 1, idx FROM cases_caseevent",
    ],
)
def test_the_database_refuses_events_out_of_their_order(statement: str) -> None:
    filed()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
