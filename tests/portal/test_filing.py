"""The thread of a filing as people go through it: begun with what is known, saved, sent, supplied, registered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from guiju.portal.cases.acting import Done, carry_out
from guiju.portal.cases.evidence import load
from guiju.portal.cases.models import Case
from guiju.portal.drafts.models import Draft
from guiju.portal.filing.offers import first_acts
from guiju.portal.forms.inputs import write_inputs
from guiju.portal.forms.inputs_files import file_fields
from guiju.portal.organisations.models import Organisation, System
from guiju.portal.people.models import User
from guiju.procedures.catalogue import built_in_types
from guiju.procedures.standing import replay
from guiju.procedures.values import settle_all
from tests.portal.filling import sent_by
from tests.portal.people import account, actor, member, official, organisation
from tests.portal_look.reading import Element, read

pytestmark = pytest.mark.usefixtures("db")
REPORT = b"%PDF-1.7 self-assessment"


def company() -> tuple[Organisation, System, User]:
    """An organisation in Zhejiang whose chat service has 37,000 users, and somebody who files for it."""
    found = organisation()
    facts = {
        "registered_users": 37_000, "on_negative_list": False, "in_mainland": True, "provides": True,
        "provides_in_own_name": True, "is_military": False, "used_only_for_research": False, "controls_operation": True,
    }  # fmt: skip
    system = System.objects.create(organisation=found, zh="星河问答", en="Xinghe Chat", facts=facts)
    return found, system, member(found)


def address(found: Organisation, system: System | None = None, name: str = "filing") -> str:
    path = reverse("begin_case", kwargs={"organisation": found.pk, "law": "mail4", "name": name})
    return f"{path}?system={system.pk}" if system else path


def act_address(case: Case, act: str) -> str:
    return reverse("case_act", kwargs={"number": case.number, "act": act})


def page(client: Client, path: str, lang: str = "en") -> Element:
    response = (
        client.get(path, {"lang": lang} if "lang" not in path else None)
        if "?" not in path
        else client.get(f"{path}&lang={lang}")
    )
    assert response.status_code == 200, response.status_code
    return read(response.content.decode())


def shown(response: Any) -> Element:
    assert response.status_code == 200, (response.status_code, response.headers.get("Location"))
    return read(response.content.decode())


def html(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return str(response.content.decode())


def filled(client: Client, path: str, **changes: Any) -> dict[str, Any]:
    return sent_by(html(client, path), form="filling", **changes)


REST = {
    "service_forms-0": "website", "fields_of_use-0": "customer service", "algorithm_types-0": "text generation",
    "content_to_publish": "Chat assistant for shops", "users_exceeded_10k-year": "2026",
    "users_exceeded_10k-month": "9", "users_exceeded_10k-day": "28",
}  # fmt: skip


def pdf(name: str = "report.pdf", content: bytes = REPORT) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def sent(client: Client, path: str, lang: str = "en") -> Any:
    """Look it over and send it."""
    joint = "&" if "?" in path else "?"
    check = html(client, f"{path}{joint}step=check&lang={lang}")
    form = next(one for one in read(check).all("form") if one.all("button", value="send"))
    return client.post(path, {**sent_by(rebuilt(form)), "_go": "send"})


def rebuilt(form: Element) -> str:
    inputs = "".join(
        f'<input name="{one.get("name")}" type="{one.get("type")}" value="{one.get("value")}">'
        for one in form.all("input")
    )
    return f"<form method=post>{inputs}</form>"


def filed(client: Client, person: User, found: Organisation, system: System, **changes: Any) -> Case:
    client.force_login(person)
    path = address(found, system)
    data = filled(client, path, **REST, **changes)
    response = client.post(path, {**data, "self_assessment_report": pdf(), "_go": "check"})
    assert response.status_code == 302, read(response.content.decode()).text
    assert sent(client, path).status_code == 302
    return Case.objects.get(system=system)


# ---- Choosing


def test_what_the_facts_call_for_stands_on_top_with_the_system_and_the_provision(client: Client) -> None:
    found, _, person = company()
    client.force_login(person)
    text = page(client, reverse("file", kwargs={"organisation": found.pk})).text
    assert "Called for by the facts as they stand" in text
    assert "File for Xinghe Chat" in text
    assert text.index("File for Xinghe Chat") < text.index("What can be filed")
    assert "mail4:66.2" in text


def test_only_what_ones_side_may_begin_can_be_chosen(client: Client) -> None:
    found, _, person = company()
    client.force_login(person)
    text = page(client, reverse("file", kwargs={"organisation": found.pk})).text
    assert "Breach of the rules on filing" not in text
    assert "time to register or amend: within 30 working days" in text
    assert client.get(address(found, name="filing_breach")).status_code == 404
    assert client.get(address(found, name="no_such_thing")).status_code == 404


def test_a_reader_cannot_file_and_others_do_not_learn_that_the_organisation_exists(client: Client) -> None:
    found, system, _ = company()
    for person in (member(found, "reader"), member(organisation()), account(), official()):
        client.force_login(person)
        for path in (reverse("file", kwargs={"organisation": found.pk}), address(found, system)):
            assert client.get(path).status_code == 404
            assert client.post(path, {"_go": "check"}).status_code in (404, 405)


def test_where_there_are_systems_one_says_which_is_meant(client: Client) -> None:
    found, system, person = company()
    client.force_login(person)
    asked = page(client, address(found))
    assert [one.get("value") for one in asked.all("input", type="radio")] == [str(system.pk), "none"]
    assert asked.all("input", id="filling") == []


# ---- Filling in


def test_the_form_comes_filled_in_with_what_is_known_and_says_from_where(client: Client) -> None:
    found, system, person = company()
    client.force_login(person)
    form = page(client, address(found, system))
    given = sent_by(html(client, address(found, system)), form="filling")
    assert given["registered_users"] == ["37000"]
    assert given["on_negative_list"] == ["no"]
    assert given["provider_name"] == ["星河智能"]
    assert given["service_name"] == ["星河问答"]
    assert given["province"] == ["浙江省"]
    assert given["contact"] == [person.email]
    assert "6 values were filled in for you" in form.text
    assert "the facts of the system “Xinghe Chat”" in form.text


def test_nothing_is_kept_by_only_looking(client: Client) -> None:
    found, system, person = company()
    client.force_login(person)
    page(client, address(found, system))
    assert not Draft.objects.exists()


def test_a_filing_from_the_first_field_to_the_receipt(client: Client) -> None:
    found, system, person = company()
    client.force_login(person)
    path = address(found, system)
    # Some of it, saved; and the next day on another computer.
    response = client.post(path, filled(client, path, content_to_publish="Chat", _go="save"))
    assert response.status_code == 302
    again = filled(client, path)
    assert again["content_to_publish"] == ["Chat"]
    # One more entry in a list, without scripts.
    added = client.post(path, {**again, **REST, "_add": "service_forms"})
    assert added["Location"].endswith("#f-service_forms-1")
    data = filled(client, path, **{"service_forms-1": "app"})
    assert data["service_forms"] == ["0", "1"]
    # Checked: what is missing, what will follow, where it goes.
    response = client.post(path, {**data, "_go": "check"})
    assert response.status_code == 302
    looked_over = page(client, response["Location"]).text
    assert "1 still missing" in looked_over
    assert "Report of the safety self-assessment" in looked_over
    assert "AI authority of Zhejiang" in looked_over
    assert "not filed → submitted" in looked_over
    assert "time to register or amend: starts, until" in looked_over
    # With the report, and sent.
    data = filled(client, path)
    client.post(path, {**data, "self_assessment_report": pdf(), "_go": "check"})
    assert "still missing" not in page(client, f"{path}&step=check").text
    response = sent(client, path)
    case = Case.objects.get()
    assert response.status_code == 302
    assert case.system == system
    assert not Draft.objects.exists()
    standing = replay(load(case), built_in_types().get("mail4/filing"))
    assert standing.fields["service_forms"] == ["website", "app"]
    assert standing.fields["registered_users"] == 37_000
    assert standing.fields["self_assessment_report"].endswith("/report.pdf")


def test_the_receipt_shows_the_number_and_by_when_the_authority_must_decide(client: Client) -> None:
    found, system, person = company()
    case = filed(client, person, found, system)
    response = client.get(reverse("file", kwargs={"organisation": found.pk}))
    text = read(response.content.decode()).text
    assert case.number in text
    assert "The authority must have acted by" in text
    assert "time to register" in text


def test_sent_twice_it_is_one_filing(client: Client) -> None:
    found, system, person = company()
    client.force_login(person)
    path = address(found, system)
    client.post(path, {**filled(client, path, **REST), "_go": "check"})
    form = sent_by(html(client, f"{path}&step=check"))
    first = client.post(path, {**form, "_go": "send"})
    second = client.post(path, {**form, "_go": "send"})
    assert Case.objects.count() == 1
    assert first["Location"] == second["Location"]
    assert Case.objects.get().number in first["Location"]


def test_what_is_sent_is_what_was_looked_over(client: Client) -> None:
    found, system, person = company()
    client.force_login(person)
    path = address(found, system)
    client.post(path, {**filled(client, path, **REST), "_go": "check"})
    form = sent_by(html(client, f"{path}&step=check"))
    client.post(path, {**filled(client, path, content_to_publish="Something else"), "_go": "save"})
    response = client.post(path, {**form, "_go": "send"})
    assert response["Location"].endswith("step=check")
    assert not Case.objects.exists()


# ---- What is wrong is told, and nothing is lost


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_mistakes_are_told_on_top_and_at_the_field_and_what_was_entered_stays(client: Client, lang: str) -> None:
    found, system, person = company()
    client.force_login(person)
    path = f"{address(found, system)}&lang={lang}"
    data = filled(client, path, registered_users="about a million", content_to_publish="<b>bold</b>")
    form = shown(client.post(path, {**data, "self_assessment_report": pdf(), "_go": "check"}))
    summary = form.one(id="errors")
    assert [one.get("href") for one in summary.all("a")] == ["#f-registered_users"]
    assert form.one("input", id="f-registered_users").get("value") == "about a million"
    assert "".join(form.one("textarea", id="f-content_to_publish").texts).strip() == "<b>bold</b>"
    # The file that came with it need not be sent again.
    kept = [one for one in form.all("input", type="hidden") if one.get("name") == "self_assessment_report"]
    assert kept[0].get("value").endswith("/report.pdf")
    assert form.one("title").text.startswith(("Error:", "错误"))
    # It is a draft: also after the window was closed.
    assert filled(client, address(found, system))["registered_users"] == ["about a million"]


def test_a_refusal_says_why_and_on_what_it_rests_and_keeps_what_was_entered(client: Client) -> None:
    found, system, person = company()
    client.force_login(person)
    path = address(found, system)
    data = filled(client, path, registered_users="9000", content_to_publish="kept")
    form = shown(client.post(path, {**data, "_go": "check"}))
    told = form.one(id="refusal").text
    assert "该服务不在须备案之列。" in told or "The service need not be filed." in told
    assert "mail4:66" in told
    assert "".join(form.one("textarea", id="f-content_to_publish").texts).strip() == "kept"
    assert not Case.objects.exists()


def test_what_cannot_be_done_without_is_told_at_its_field(client: Client) -> None:
    found, system, person = company()
    client.force_login(person)
    path = address(found, system)
    data = filled(client, path, registered_users="")
    form = shown(client.post(path, {**data, "_go": "check"}))
    assert [one.get("href") for one in form.one(id="errors").all("a")] == ["#f-registered_users"]


HOSTILE = ['"><script>alert(1)</script>', "x" * 30_000, "\x00\x01", "9" * 6000, "'; DROP TABLE cases_case; --"]


@pytest.mark.parametrize("nasty", HOSTILE)
def test_hostile_input_in_every_field_comes_out_as_text_and_never_breaks(client: Client, nasty: str) -> None:
    found, system, person = company()
    client.force_login(person)
    path = address(found, system)
    ours = ("csrfmiddlewaretoken", "_for", "_seen", "_case_seen")
    data = {name: (value if name in ours else nasty) for name, value in filled(client, path, **REST).items()}
    response = client.post(path, {**data, "_go": "check"})
    assert response.status_code in (200, 302)
    again = html(client, path)
    assert "<script>alert" not in again
    read(again)
    response = client.post(
        path,
        {**data, "_seen": nasty, "_case_seen": nasty, "_request": nasty, "_go": nasty, "_add": nasty, "_remove": nasty},
    )
    assert response.status_code in (200, 302)
    assert client.post(path, {"_go": "send", "_request": nasty, "_seen": nasty}).status_code == 302
    assert client.get(f"{address(found)}?system={'9' * 30}&act={nasty[:500]}").status_code == 200


# ---- The acts after it


def standing_of(case: Case) -> Any:
    case.refresh_from_db()
    return replay(load(case), built_in_types().get(case.kind))


def test_the_reviewer_asks_for_what_is_missing_it_is_supplied_and_the_filing_registered(client: Client) -> None:
    found, system, person = company()
    client.force_login(person)
    path = address(found, system)
    client.post(path, {**filled(client, path, **{**REST, "content_to_publish": ""}), "_go": "check"})
    sent(client, path)
    case = Case.objects.get()
    # The reviewer: what is missing is ticked already.
    reviewer = official()
    client.force_login(reviewer)
    ask = act_address(case, "ask_for_supplement")
    data = filled(client, ask)
    assert data["missing_from_the_list"] == ["self_assessment_report", "content_to_publish"]
    response = client.post(
        ask, {**data, "supply_by-year": "2099", "supply_by-month": "1", "supply_by-day": "5", "_go": "check"}
    )
    looked_over = page(client, response["Location"]).text
    assert "submitted → awaiting supplement" in looked_over
    assert "Request for further documents or details, to the filer" in looked_over
    assert sent(client, ask).status_code == 302
    asked = standing_of(case)
    assert asked.state == "supplement_asked"
    assert asked.events[-1].values["missing"] == ["安全自评估报告", "拟公示内容"]
    # The filer: what was asked for stands on top, the rest is filled in; only what changes is sent.
    client.force_login(person)
    supply = act_address(case, "supplement")
    form = page(client, supply)
    assert "安全自评估报告" in form.one("section", **{"aria-labelledby": "asked"}).text
    data = filled(client, supply, content_to_publish="Chat assistant")
    assert data["registered_users"] == ["37000"]
    client.post(supply, {**data, "self_assessment_report": pdf(), "_go": "check"})
    assert sent(client, supply).status_code == 302
    supplied = standing_of(case)
    assert supplied.state == "submitted"
    assert sorted(supplied.events[-1].values) == ["content_to_publish", "self_assessment_report"]
    # The reviewer registers: nothing to fill in, the number is given.
    client.force_login(reviewer)
    register = act_address(case, "register")
    told = page(client, register).text
    assert "“filing number” is given by the system." in told
    assert "register of filings (public): written, registered" in told
    assert sent(client, register).status_code == 302
    registered = standing_of(case)
    assert registered.state == "registered"
    assert registered.fields["filing_number"]


def test_an_act_that_is_not_ones_own_or_not_possible_now_says_why(client: Client) -> None:
    found, system, person = company()
    case = filed(client, person, found, system)
    told = page(client, act_address(case, "register"))
    assert "“register” is not possible now" in told.text
    assert "it is for: reviewer" in told.text
    assert not told.all("form", id="filling")
    assert "is not possible while the case stands at" in page(client, act_address(case, "supplement")).text
    assert client.get(act_address(case, "no_such_act")).status_code == 404
    assert client.get(act_address(case, "deem_withdrawn")).status_code == 404
    client.force_login(official())
    assert "it is for: filer" in page(client, act_address(case, "withdraw")).text
    assert not Draft.objects.exists()


def test_an_act_whose_condition_is_not_met_names_the_condition(client: Client) -> None:
    found, system, person = company()
    client.force_login(person)
    path = address(found, system)
    client.post(path, {**filled(client, path, **{**REST, "content_to_publish": ""}), "_go": "check"})
    sent(client, path)
    client.force_login(official())
    told = page(client, act_address(Case.objects.get(), "register")).text
    assert "The materials are incomplete." in told


def test_of_two_reviewers_one_acts_and_the_other_is_told_and_loses_nothing(client: Client) -> None:
    found, system, person = company()
    case = filed(client, person, found, system)
    first, second = official(), official()
    client.force_login(second)
    path = act_address(case, "transfer")
    entered = filled(client, path, reasons="Belongs to the nation, by the figures of May")
    client.post(path, {**entered, "registered_users": "2000000", "_go": "check"})
    confirm = sent_by(html(client, f"{path}?step=check"))
    done = carry_out(
        actor(first), case.number, "ask_for_supplement", {"missing": ["更多"], "unfit": ["空白"]}, seen=case.revision
    )
    assert isinstance(done, Done)
    form = shown(client.post(f"{path}?lang=en", {**confirm, "_go": "send"}))
    assert "The case was changed meanwhile" in form.one(id="refusal").text
    assert "ask for what is missing" in form.one("section", **{"aria-labelledby": "since"}).text
    assert "".join(form.one("textarea", id="f-reasons").texts).strip() == "Belongs to the nation, by the figures of May"
    assert standing_of(case).events[-1].act == "ask_for_supplement"


def test_what_ends_a_case_asks_to_be_confirmed(client: Client) -> None:
    found, system, person = company()
    case = filed(client, person, found, system)
    path = act_address(case, "withdraw")
    client.post(path, {**filled(client, path, reasons="No longer offered"), "_go": "check"})
    looked_over = html(client, f"{path}?step=check&lang=en")
    assert "I know that the case ends with this and cannot be reopened" in looked_over
    confirm = sent_by(looked_over)
    not_yet = shown(client.post(path, {**confirm, "_go": "send"}))
    assert [one.get("href") for one in not_yet.one(id="errors").all("a")] == ["#f-_sure"]
    assert standing_of(case).state == "submitted"
    assert client.post(path, {**confirm, "_sure": "yes", "_go": "send"}).status_code == 302
    assert standing_of(case).state == "withdrawn"


def test_a_person_files_a_complaint_of_their_own(client: Client) -> None:
    person = account()
    client.force_login(person)
    assert "Complaint or report" in page(client, reverse("own_file")).text
    path = reverse("begin_own_case", kwargs={"law": "mail4", "name": "complaint"})
    data = filled(client, path)
    assert data.get("complainant_name", [""]) == [""]


def test_the_pages_need_few_queries(client: Client, django_queries: Callable[[], list[str]]) -> None:
    found, system, person = company()
    for _ in range(20):
        System.objects.create(organisation=found, zh="另一系统", facts={"registered_users": 20_000})
    case = filed(client, person, found, system)
    reviewer = official()
    for who, path in (
        (person, reverse("file", kwargs={"organisation": found.pk})), (person, address(found, system)),
        (person, act_address(case, "withdraw")), (reviewer, act_address(case, "ask_for_supplement")),
    ):  # fmt: skip
        client.force_login(who)
        before = len(django_queries())
        assert client.get(path).status_code == 200
        asked = django_queries()[before:]
        assert len(asked) <= 15, "\n".join(asked)


def beginnings() -> list[tuple[str, str]]:
    """Every act by which somebody on the applicant's side can begin a case that an authority receives."""
    types = built_in_types()
    found = []
    for key in types.keys():  # noqa: SIM118  (no mapping)
        kind = types.get(key)
        roles = [role for party in kind.parties.values() if party.side == "applicant" for role in party.roles]
        found += [(key, act.name) for act in first_acts(kind, roles) if kind.rules]
    return found


BESIDE_THE_EXAMPLE: dict[str, dict[str, Any]] = {
    # In the mainland it goes to whichever department is competent, and the tree has offices for none but one.
    "genai/report": {"in_mainland": False},
    "report_end": {"activity_ceased": "2026-11-02", "service_termination_planned": "2026-11-02"},
}


@pytest.mark.parametrize(("key", "act"), beginnings())
def test_every_procedure_can_be_begun_with_its_example_through_its_form(client: Client, key: str, act: str) -> None:
    found, _, person = company()
    client.force_login(person)
    kind = built_in_types().get(key)
    transition = next(one for one in kind.transitions if one.name == act)
    place = {"organisation": found.pk, "law": kind.law, "name": kind.name}
    path = f"{reverse('begin_case', kwargs=place)}?system=none&act={act}"
    fields = [kind.fields[name] for name in transition.fills]
    example = settle_all(fields, {**kind.example, **BESIDE_THE_EXAMPLE.get(act, {}), **BESIDE_THE_EXAMPLE.get(key, {})})
    entered = write_inputs(fields, example)
    files = {name: pdf() for name in file_fields(fields, entered)}
    response = client.post(path, {**entered, **files, "_go": "check"})
    assert response.status_code == 302, read(response.content.decode()).one("main").text[:400]
    assert sent(client, path).status_code == 302
    case = Case.objects.get()
    given = standing_of(case).fields
    for field in fields:
        if field.name not in {name.partition("-")[0] for name in files}:
            assert given.get(field.name) == example.get(field.name)
