"""The tables of an organisation are the profile that `guiju assess` reads; what is known has its history."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guiju.assess.assessment import assess
from guiju.assess.serial import to_data
from guiju.portal.access.actor import Actor
from guiju.portal.access.deciding import ForbiddenError
from guiju.portal.cases.acting import Done, begin
from guiju.portal.faces.books import rulebooks
from guiju.portal.organisations.facts import Changed, Contradicted, Meanwhile, change, known, written
from guiju.portal.organisations.models import Occurrence, Organisation, System, Version
from guiju.portal.organisations.profiles import profile_of, take_in
from guiju.portal.workspace.assessing import Current, current
from guiju.portal.workspace.fact_form import groups_of
from guiju.profiles.profile import load_profile, read_profile
from guiju.profiles.written import profile_text
from tests.portal.people import account, actor, filing_form, member, organisation

pytestmark = pytest.mark.usefixtures("db")
EXAMPLE = Path("examples/xinghe-chat.yaml")
DAY = dt.date(2026, 11, 22)


def example_of(company: Organisation) -> Actor:
    owner = actor(member(company, "owner"))
    take_in(owner, company, load_profile(EXAMPLE, rulebooks()))
    return owner


def test_an_organisation_in_the_tables_is_assessed_exactly_as_its_file_is() -> None:
    company, books = organisation(zh="星河智能科技有限公司 (Xinghe Intelligence)"), rulebooks()
    example_of(company)
    from_file = assess(load_profile(EXAMPLE, books), books, as_of=DAY)
    from_tables = current(company, DAY).sheet.assessment
    assert to_data(from_tables) == to_data(from_file)
    assert len(from_tables.findings) > 1000


def test_what_is_exported_reads_back_the_same() -> None:
    company = organisation()
    example_of(company)
    profile = profile_of(company)
    again = read_profile(profile_text(profile).encode(), profile.file, rulebooks())
    assert again == profile


def test_taking_the_same_file_in_twice_changes_nothing() -> None:
    company = organisation()
    owner = example_of(company)
    before = profile_of(company)
    assert take_in(owner, company, load_profile(EXAMPLE, rulebooks())) == 0
    assert profile_of(company) == before


@pytest.mark.parametrize("value", [True, False, None, 0, 1_300_000, Decimal("7.5"), frozenset(), frozenset({"text"})])
def test_every_value_is_kept_exactly_and_unknown_is_not_false(value: object) -> None:
    names = {bool: "develops", type(None): "develops", int: "registered_users", Decimal: "expected_lifecycle_years"}
    name = names.get(type(value), "modalities")
    back = known({name: written(value)})  # type: ignore[arg-type]
    assert back == ({} if value is None else {name: value})


def test_what_is_no_fact_any_more_is_not_assessed() -> None:
    assert known({"develops": True, "was_a_fact_once": True}) == {"develops": True}


def test_every_fact_is_asked_for_in_exactly_one_group() -> None:
    for owner in ("system", "organisation"):
        placed = [name for group in groups_of(owner) for name in group.facts]
        assert sorted(placed) == sorted(name for name, spec in rulebooks().facts.items() if spec.of == owner)
        rest = [group.facts for group in groups_of(owner) if group.group == "rest"]
        assert not rest, "facts without a place in fact_groups.yaml"


def test_a_change_is_kept_with_who_made_it_from_what_to_what() -> None:
    company = organisation()
    who, system = member(company), System.objects.create(organisation=company, zh="星河问答")
    assert change(actor(who), system, seen=1, facts={"develops": True}, names={"zh": "星河对话"}) == Changed(2)
    assert change(actor(who), system, seen=2, facts={"develops": None}) == Changed(3)
    last, first = Version.objects.filter(system=system)
    assert (first.by, first.before, first.after) == (
        who,
        {"develops": None, "zh": "星河问答"},
        {"develops": True, "zh": "星河对话"},
    )
    assert (last.before, last.after) == ({"develops": True}, {"develops": None})
    system.refresh_from_db()
    assert (system.facts, system.zh) == ({}, "星河对话")


def test_saving_what_is_known_already_makes_no_version() -> None:
    company = organisation()
    system = System.objects.create(organisation=company, zh="星河问答", facts={"develops": True})
    assert change(actor(member(company)), system, seen=1, facts={"develops": True, "uses": None}) == Changed(1)
    assert not Version.objects.exists()


def test_of_two_who_change_one_revision_the_second_is_told_what_the_first_did_and_nothing_is_changed() -> None:
    company = organisation()
    system = System.objects.create(organisation=company, zh="星河问答")
    first, second = actor(member(company)), actor(member(company))
    change(first, system, seen=1, facts={"develops": True})
    change(first, system, seen=2, facts={"uses": False})
    told = change(second, system, seen=1, facts={"develops": False})
    assert told == Meanwhile(3, {"develops": None, "uses": None}, {"develops": True, "uses": False})
    system.refresh_from_db()
    assert system.facts == {"develops": True, "uses": False}


def test_facts_that_cannot_be_true_together_are_refused_also_beside_those_of_the_organisation() -> None:
    company = organisation()
    system = System.objects.create(organisation=company, zh="星河问答")
    facts = {"used_only_for_research": True, "serves_mainland_public": True}
    refused = change(actor(member(company)), system, seen=1, facts=facts)
    assert isinstance(refused, Contradicted)
    company.facts = {"is_military": True}
    company.save()
    assert isinstance(change(actor(member(company)), company, seen=1, facts={"is_sme": True}), Contradicted)
    system.refresh_from_db()
    assert (system.facts, system.revision) == ({}, 1)


def test_readers_and_strangers_change_nothing() -> None:
    company = organisation()
    system = System.objects.create(organisation=company, zh="星河问答")
    for who in (member(company, "reader"), member(organisation(), "owner"), account()):
        for thing in (system, company):
            with pytest.raises(ForbiddenError):
                change(actor(who), thing, seen=1, facts={})


def test_what_is_filed_is_an_event_of_the_profile_and_is_assessed_at_once() -> None:
    company = organisation("330000")
    owner = actor(member(company, "owner"))
    system = System.objects.create(organisation=company, zh="星河问答")
    Occurrence.objects.create(organisation=company, system=system, event="users_exceeded_10k", date="2026-09-28")
    before = current(company, DAY)
    done = begin(
        owner, "mail4/filing", "submit", filing_form(), applicant=company, system=system, today=dt.date(2026, 9, 29)
    )
    assert isinstance(done, Done)
    events = [(event.name, event.date, event.system) for event in profile_of(company).events]
    assert ("filing_submitted", dt.date(2026, 9, 29), "星河问答") in events
    after = current(company, DAY)
    assert fulfilment(before, "mail4:66.2") != "met"
    assert fulfilment(after, "mail4:66.2") == "met"


def fulfilment(now: Current, norm: str) -> str | None:
    findings = now.sheet.assessment.findings
    return next(one.fulfilment for one in findings if one.norm.key == norm and one.subject.kind == "system")


def test_two_systems_of_one_name_are_still_two() -> None:
    company = organisation()
    for _ in range(2):
        System.objects.create(organisation=company, zh="星河问答")
    assert len({one.name for one in profile_of(company).systems}) == 2


# ---- The file on its page


def test_a_profile_goes_out_and_comes_in_as_a_file(client: Client) -> None:
    company, other = organisation(), organisation()
    example_of(company)
    owner = member(company, "owner")
    client.force_login(owner)
    out = client.get(f"/organisations/{company.pk}/downloads/profile.yaml")
    assert out["Content-Disposition"].startswith("attachment")
    client.force_login(member(other, "owner"))
    file = SimpleUploadedFile("profile.yaml", out.content)
    answer = client.post(f"/organisations/{other.pk}/profile/", {"profile": file})
    assert answer.status_code == 302
    assert profile_of(other).systems == profile_of(company).systems


def test_a_file_with_mistakes_is_refused_with_all_of_them_in_both_languages(client: Client) -> None:
    company = organisation()
    client.force_login(member(company, "owner"))
    for lang, text in (("zh-hans", "是文字，不是数"), ("en", "is text, not a number")):
        file = SimpleUploadedFile("bad.yaml", "systems: [{name: 甲, registered_users: 130万, develop: 1}]".encode())
        page = client.post(f"/organisations/{company.pk}/profile/?lang={lang}", {"profile": file})
        assert page.status_code == 422
        assert text in page.content.decode()
        assert "P301" in page.content.decode()
    assert not company.systems.exists()


def test_a_file_that_contradicts_what_was_known_leaves_nothing_behind(client: Client) -> None:
    company = organisation()
    system = System.objects.create(organisation=company, zh="甲", facts={"used_only_for_research": True})
    client.force_login(member(company, "owner"))
    text = "systems: [{name: 甲, serves_mainland_public: true}, {name: 乙}]"
    page = client.post(
        f"/organisations/{company.pk}/profile/?lang=en", {"profile": SimpleUploadedFile("a.yaml", text.encode())}
    )
    assert page.status_code == 422
    assert "It contradicts what is known already" in page.content.decode()
    system.refresh_from_db()
    assert system.facts == {"used_only_for_research": True}
    assert company.systems.count() == 1


@pytest.mark.parametrize(
    ("form", "kind", "begins"),
    [
        ("report.html", "text/html", "<!DOCTYPE html>"),
        ("report.json", "application/json", "{"),
        ("calendar.ics", "text/calendar", "BEGIN:VCALENDAR"),
    ],
)
def test_the_report_goes_out_as_an_attachment(client: Client, form: str, kind: str, begins: str) -> None:
    company = organisation()
    example_of(company)
    client.force_login(member(company, "reader"))
    answer = client.get(f"/organisations/{company.pk}/downloads/{form}")
    assert answer["Content-Type"].startswith(kind)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer.content.decode().lstrip().startswith(begins)


def test_there_is_no_other_download(client: Client) -> None:
    company = organisation()
    client.force_login(member(company, "owner"))
    assert client.get(f"/organisations/{company.pk}/downloads/everything").status_code == 404
