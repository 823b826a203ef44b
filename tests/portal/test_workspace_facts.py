"""The form of facts: unknown is an answer, what matters is open, of two editors none loses anything."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from guiju.portal.faces.books import rulebooks
from guiju.portal.organisations.models import Organisation, System
from guiju.portal.people.models import User
from tests.portal.people import member, organisation

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def company() -> Organisation:
    return organisation()


@pytest.fixture
def system(company: Organisation) -> System:
    return System.objects.create(organisation=company, zh="星河问答", en="Xinghe QA")


def form_of(system: System) -> str:
    return f"/organisations/{system.organisation_id}/systems/{system.pk}/facts/"


def facts(system: System) -> dict[str, object]:
    system.refresh_from_db()
    return dict(system.facts)


def test_what_is_saved_is_shown_and_unknown_stays_unknown(client: Client, system: System) -> None:
    client.force_login(member(system.organisation))
    sent = {"revision": 1, "zh": "星河对话", "en": "", "develops": "yes", "uses": "?", "registered_users": "130万"}
    answer = client.post(form_of(system), sent, follow=True)
    assert answer.redirect_chain
    assert facts(system) == {"develops": True, "registered_users": 1_300_000}
    assert system.zh == "星河对话"
    page = client.get(form_of(system)).content.decode()
    assert re.search(r'name="develops" [^>]*value="yes" checked', page)
    assert re.search(r'name="uses" [^>]*value="\?" checked', page)


def test_a_box_that_is_unticked_makes_the_set_unknown_again(client: Client, system: System) -> None:
    client.force_login(member(system.organisation))
    client.post(form_of(system), {"revision": 1, "asked": "modalities", "modalities": ["text", "image"]})
    assert facts(system) == {"modalities": ["image", "text"]}
    client.post(form_of(system), {"revision": 2, "asked": "modalities"})
    assert facts(system) == {}


def test_a_mistake_is_told_at_its_field_and_nothing_that_was_entered_is_lost(client: Client, system: System) -> None:
    client.force_login(member(system.organisation))
    for lang in ("zh-hans", "en"):
        sent = {"revision": 1, "zh": "星河问答", "develops": "no", "registered_users": "about a million"}
        page = client.post(f"{form_of(system)}?lang={lang}", sent)
        text = page.content.decode()
        assert page.status_code == 422
        assert 'href="#f-registered_users"' in text
        assert 'value="about a million"' in text
        assert re.search(r'name="develops" [^>]*value="no" checked', text)
    assert facts(system) == {}


def test_what_waits_for_an_answer_is_open_and_says_which_provisions_use_it(client: Client, system: System) -> None:
    client.force_login(member(system.organisation))
    page = client.get(f"{form_of(system)}?lang=en").content.decode()
    before_fold = page[: page.index("<details")]
    assert 'name="develops"' in before_fold
    assert "Missing now" in before_fold
    assert "genai:7.1" in before_fold
    assert page.count('name="damage_came_from_independent_third_party_use"') > 0
    assert len(re.findall(r'class="gj-asked"', page)) == sum(spec.of == "system" for spec in rulebooks().facts.values())


def test_facts_that_cannot_both_be_true_are_refused_with_the_reason_at_both(client: Client, system: System) -> None:
    client.force_login(member(system.organisation))
    sent = {"revision": 1, "zh": "星河问答", "used_only_for_research": "yes", "serves_mainland_public": "yes"}
    page = client.post(form_of(system), sent)
    assert page.status_code == 422
    for name in ("used_only_for_research", "serves_mainland_public"):
        assert f'href="#f-{name}"' in page.content.decode()
    assert facts(system) == {}


def test_the_second_of_two_editors_is_told_and_loses_nothing(client: Client, system: System) -> None:
    first, second = member(system.organisation), member(system.organisation)
    client.force_login(first)
    client.post(form_of(system), {"revision": 1, "zh": "星河问答", "develops": "yes", "in_mainland": "yes"})
    client.force_login(second)
    mine = {"revision": 1, "zh": "星河问答", "develops": "no", "in_mainland": "?", "uses": "yes"}
    page = client.post(f"{form_of(system)}?lang=en", mine)
    text = page.content.decode()
    assert page.status_code == 422
    assert "Somebody else has saved changes meanwhile" in text
    assert "The other made it “yes”" in text  # both changed `develops`
    assert re.search(r'name="develops" [^>]*value="no" checked', text)  # mine still stands
    assert re.search(r'name="in_mainland" [^>]*value="yes" checked', text)  # only the other touched it
    assert re.search(r'name="uses" [^>]*value="yes" checked', text)
    assert facts(system) == {"develops": True, "in_mainland": True}
    again = {"revision": 2, "zh": "星河问答", "develops": "no", "in_mainland": "yes", "uses": "yes"}
    assert client.post(form_of(system), again).status_code == 302
    assert facts(system) == {"develops": False, "in_mainland": True, "uses": True}


def test_a_reader_sees_the_facts_and_changes_none(client: Client, system: System) -> None:
    client.force_login(member(system.organisation, "reader"))
    page = client.get(form_of(system))
    assert page.status_code == 200
    assert "<fieldset disabled>" in page.content.decode()
    assert client.post(form_of(system), {"revision": 1, "develops": "yes"}).status_code == 403
    assert facts(system) == {}


def test_a_system_of_another_organisation_is_not_there(client: Client, system: System) -> None:
    other = organisation()
    client.force_login(member(other, "owner"))
    assert client.get(form_of(system)).status_code == 404
    assert client.post(form_of(system), {"revision": 1}).status_code == 404
    assert client.get(f"/organisations/{other.pk}/systems/{system.pk}/").status_code == 404


def test_facts_of_the_organisation_count_for_its_systems(client: Client, company: Organisation) -> None:
    client.force_login(member(company))
    address = f"/organisations/{company.pk}/facts/"
    assert client.post(address, {"revision": 1, "annual_revenue_rmb": "8.6亿", "is_sme": "no"}).status_code == 302
    company.refresh_from_db()
    assert company.facts == {"annual_revenue_rmb": 860_000_000, "is_sme": False}
    page = client.get(address).content.decode()
    assert re.search(r'name="is_sme" [^>]*value="no" checked', page)


def test_the_history_tells_who_changed_what(client: Client, system: System) -> None:
    who = member(system.organisation)
    User.objects.filter(pk=who.pk).update(name="赵六")
    client.force_login(who)
    client.post(form_of(system), {"revision": 1, "zh": "星河问答", "develops": "yes"})
    client.post(form_of(system), {"revision": 2, "zh": "星河问答", "develops": "?"})
    address = f"/organisations/{system.organisation_id}/history/?about=system-{system.pk}"
    page = client.get(address).content.decode()
    assert "赵六" in page
    assert "不知道 → 是" in page
    assert "是 → 不知道" in page
    assert "yes → not known" in client.get(f"{address}&lang=en").content.decode()


def test_adding_a_system_leads_to_its_facts_and_needs_a_name_of_its_own(client: Client, company: Organisation) -> None:
    client.force_login(member(company))
    address = f"/organisations/{company.pk}/systems/add/"
    answer = client.post(address, {"zh": "星河对话", "en": "Xinghe Chat"})
    made = company.systems.get()
    assert answer["Location"] == form_of(made)
    for names, told in (({"zh": "星河对话"}, "已有同名系统"), ({"zh": ""}, "请填写中文名称")):
        page = client.post(address, names)
        assert page.status_code == 422
        assert told in page.content.decode()
    assert company.systems.count() == 1
