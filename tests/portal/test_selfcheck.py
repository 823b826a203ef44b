"""The self-check on the web: without account, cookie or script; what it says is what `guiju assess` says."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections import Counter
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju.assess.assessment import Assessment, assess
from guiju.cli import main
from guiju.engine.rulebook import load_rulebooks
from guiju.engine.values import Event, Value
from guiju.portal.organisations.models import Occurrence, System
from guiju.portal.selfcheck.answers import LONGEST_NAME, Answers, can_be_true, read_answers
from guiju.portal.selfcheck.checking import Check
from guiju.portal.serving import LONGEST_ADDRESS
from guiju.profiles.profile import read_profile
from tests.portal.people import account, member, organisation
from tests.portal.test_facts import values_of

pytestmark = pytest.mark.usefixtures("db")
BOOKS = load_rulebooks()
LAWS = ("genai", "mail4")
ASKED = sorted(name for name, spec in BOOKS.facts.items() if spec.asked)
DAY = dt.date(2026, 11, 22)
PROVIDER = (
    "law=mail4&name=Chat&a=in_mainland-y~provides_in_own_name-y~controls_operation-y~serves_mainland_public-y"
    "~on_negative_list-n~is_military-n~is_state_organ-n~registered_users-1300000~is_generative-y"
)
slow = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=12)


@st.composite
def partial_answers(draw: st.DrawFn) -> Answers:
    """Some questions answered, some not known, some put off, in any order; never a contradiction."""
    answers = Answers(
        draw(st.sampled_from([("genai",), ("mail4",), LAWS])), name=draw(st.sampled_from(["", "星河 & Co"]))
    )
    for fact in draw(st.lists(st.sampled_from(ASKED), unique=True, max_size=25)):
        value: Value = draw(st.none() | values_of(BOOKS.facts[fact]))
        if can_be_true({**answers.facts, fact: value}, BOOKS):
            answers = answers.answering(fact, value, put_off=value is None and draw(st.booleans()))
    return answers


def page(client: Client, route: str, query: str, **more: str) -> str:
    response = client.get(f"{reverse(route)}?{query}" + (f"&{urlencode(more)}" if more else ""))
    assert response.status_code == 200
    return str(response.content.decode())


def statuses(html: str) -> Counter[tuple[str, str]]:
    found = re.findall(r'data-finding="([^"]*)" data-status="([^"]*)"', html)
    return Counter((unescape(key), status) for key, status in found)


def assessed(answers: Answers) -> Assessment:
    """What `guiju assess` makes of the same answers, with the profile written by hand."""
    lines = ["organisation:", "  name: ''"]
    system = ["systems:", "  - name: S"]
    for fact, value in answers.facts.items():
        written = f"{sorted(value)}" if isinstance(value, frozenset) else str(value).lower()
        of_system = BOOKS.facts[fact].of == "system"
        (system if of_system else lines).append(f"{'    ' if of_system else '  '}{fact}: {written}")
    profile = read_profile("\n".join([*lines, *system]).encode(), "hand", BOOKS)
    return assess(profile, BOOKS, as_of=timezone.localdate(), rulebooks=answers.laws)


# ---- What it says


@slow
@given(partial_answers())
def test_the_page_says_of_every_norm_what_assess_says(client: Client, answers: Answers) -> None:
    shown = statuses(page(client, "check_result", answers.query()))
    expected = Counter((f"{f.norm.key}|{f.subject.kind}", str(f.status)) for f in assessed(answers).findings)
    assert shown == expected


@settings(deadline=None, max_examples=25)
@given(partial_answers(), st.data())
def test_answering_more_never_turns_over_what_was_settled(answers: Answers, data: st.DataObject) -> None:
    """What is switched off by an exemption may turn out not to apply anyway: either way it does not bind."""
    before = Check(answers, as_of=DAY)
    fact = data.draw(st.sampled_from(sorted(set(ASKED) - set(answers.facts))))
    value = data.draw(values_of(BOOKS.facts[fact]))
    if before.against(fact, value) is not None:
        return
    after = Check(answers.answering(fact, value), as_of=DAY).assessment.findings
    for one, other in zip(before.assessment.findings, after, strict=True):
        if one.status != "undetermined":
            assert other.status != "undetermined", one.norm.key
            assert (one.status == "applies") == (other.status == "applies"), one.norm.key


@settings(deadline=None, max_examples=25)
@given(partial_answers())
def test_what_misses_an_answer_is_undetermined_never_ruled_out(answers: Answers) -> None:
    checking = Check(answers, as_of=DAY)
    waiting = {fact for finding in checking.assessment.findings for fact in finding.missing}
    assert all(finding.status == "undetermined" for finding in checking.assessment.findings if finding.missing)
    assert {question.fact for question in checking.questions} <= waiting
    assert checking.progress.settled + checking.progress.waiting + checking.progress.later == len(
        checking.assessment.findings
    )


@given(partial_answers())
@settings(deadline=None)
def test_an_address_gives_back_exactly_the_answers_that_it_was_made_of(answers: Answers) -> None:
    assert read_answers(QueryDict(answers.query()), BOOKS) == answers


def test_the_address_of_a_check_in_which_everything_is_answered_can_be_served() -> None:
    largest: dict[str, Value] = {"bool": True, "count": 10**12, "number": 10**12, "money": 10**15}
    given = {
        name: largest.get(
            spec.type, frozenset(spec.choices) if spec.type == "set" else max(spec.choices, key=len, default="")
        )
        for name in ASKED
        for spec in [BOOKS.facts[name]]
    }
    days = {name: Event(DAY, name) for name in BOOKS.events}
    longest = Answers(LAWS, "星" * LONGEST_NAME, given, frozenset(), days, {}, "zh-hans").query(ask=max(ASKED, key=len))
    assert len(f"GET /check/question/?{longest} HTTP/1.1") < LONGEST_ADDRESS


# ---- The interview


def test_the_whole_way_without_cookies_or_scripts_from_first_question_to_result() -> None:
    client = Client()
    where, asked = f"{reverse('check_question')}?law=genai", []
    while "/check/question/" in where or "/check/answer/" in where:
        client.cookies.clear()
        response = client.get(where)
        if response.status_code == 302:
            where = response["Location"]
            continue
        html = response.content.decode()
        fact = re.search(r'name="ask" value="(\w+)"', html)
        assert fact, where
        assert fact[1] not in asked, "the same question twice"
        asked.append(fact[1])
        assert f"<title>问题 {len(asked)}：" in html
        said = {
            name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', html)
        }
        spec = BOOKS.facts[fact[1]]
        value = {"bool": "no" if spec.usually is False else "yes", "set": "text", "choice": spec.choices[:1]}.get(
            spec.type, "37000"
        )
        where = f"{reverse('check_answer')}?{urlencode({**said, fact[1]: value}, doseq=True)}"
    assert len(asked) > 10
    while (response := client.get(where)).status_code == 302 or "/check/dates/" in where:
        where = response["Location"] if response.status_code == 302 else where.replace("/dates/", "/result/")
    html = response.content.decode()
    assert "全部问题都已回答" in html
    assert not re.search(
        'data-finding="[^"]*" data-status="undetermined"', html.split('id="not"')[0].split('id="open"')[0]
    )
    assert client.cookies.keys() <= {"csrftoken"}


def test_the_most_decisive_question_comes_first_and_says_what_turns_on_it(client: Client) -> None:
    answers = Answers(LAWS)
    first = Check(answers).questions[0]
    html = page(client, "check_question", answers.query(), lang="en")
    assert f"<title>Question 1: {first.question.en}" in html
    assert f"{len(first.provisions)} provisions turn on it" in html
    assert "autofocus" in html


def test_an_answer_changed_later_keeps_its_place_and_leads_back_to_the_list(client: Client) -> None:
    response = client.get(f"{reverse('check_answer')}?{PROVIDER}&ask=registered_users&registered_users=9000")
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("check_answers"))
    listed = parse_qs(urlsplit(response["Location"]).query)["a"][0]
    assert "is_state_organ-n~registered_users-9000~is_generative-y" in listed


def test_skipping_asks_another_question_and_leaves_it_open(client: Client) -> None:
    first = Check(Answers(("genai",))).questions[0].fact
    response = client.get(f"{reverse('check_answer')}?law=genai&ask={first}&do=skip")
    html = client.get(response["Location"]).content.decode()
    assert f'name="ask" value="{first}"' not in html
    result = page(client, "check_result", f"law=genai&a={first}-s")
    assert "还没有回答完" in result


def test_the_last_answer_can_be_taken_back(client: Client) -> None:
    html = page(client, "check_question", "law=genai&a=uses-y~develops-n")
    back = re.search(r'href="([^"]*)"[^>]*><svg[^>]*gj-shape--back', html)
    assert back
    query = parse_qs(urlsplit(unescape(back[1])).query)
    assert (query["a"], query["ask"]) == (["uses-y"], ["develops"])


def test_an_answer_that_contradicts_another_is_refused_and_both_are_named(client: Client) -> None:
    fact = "used_only_for_research"
    query = f"law=mail4&a=serves_mainland_public-y&ask={fact}&{fact}=yes&lang=en"
    response = client.get(f"{reverse('check_answer')}?{query}")
    html = response.content.decode()
    assert response.status_code == 200
    assert "This contradicts an earlier answer" in html
    assert unescape(html).count(BOOKS.facts["serves_mainland_public"].question.en) >= 1
    assert "<title>Error:" in html


@pytest.mark.parametrize(("fact", "sent"), [("registered_users", "about a million"), ("uses", "perhaps"), ("uses", "")])
def test_what_is_no_answer_is_asked_again_with_what_was_entered(client: Client, fact: str, sent: str) -> None:
    response = client.get(f"{reverse('check_answer')}?law=mail4&ask={fact}&{urlencode({fact: sent})}")
    html = response.content.decode()
    assert 'class="gj-error"' in html
    assert 'href="#f-' in html
    if fact == "registered_users":
        assert f'value="{sent}"' in html


def test_no_law_chosen_is_a_mistake_to_mend(client: Client) -> None:
    assert "请至少选择一部法" in page(client, "check_question", "name=Chat")


def test_facts_that_follow_are_told_and_not_asked(client: Client) -> None:
    html = page(client, "check_answers", "law=mail4&a=is_deep_synthesis-y", lang="en")
    assert "Known from these, and not asked" in html
    assert BOOKS.facts["is_generative"].question.en in unescape(html)


# ---- Hostile addresses


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.dictionaries(st.sampled_from(["law", "name", "a", "d", "r", "lang"]), st.text(max_size=80)))
def test_whatever_an_address_says_is_read_without_an_error(said: dict[str, str]) -> None:
    answers = read_answers(QueryDict(urlencode(said, errors="replace")), BOOKS)
    assert read_answers(QueryDict(answers.query()), BOOKS).query() == answers.query()


@pytest.mark.parametrize(
    "query",
    [
        "law=mail4&a=serves_mainland_public-y~used_only_for_research-y",
        "law=mail4&a=registered_users--5~no_such_fact-y~uses-perhaps~modalities-smell",
        "law=mail4&d=users_exceeded_1m-2026-02-30~no_such_event-2026-01-01",
        "law=mail4&r=window_97-never~nothing-at_all",
    ],
)
@pytest.mark.parametrize("route", ["check_question", "check_answers", "check_dates", "check_result"])
def test_what_an_address_says_wrongly_is_left_out_and_told(client: Client, route: str, query: str) -> None:
    assert "could not be used" in page(client, route, query, lang="en")


def test_pages_with_answers_are_kept_out_of_search_engines_and_caches(client: Client) -> None:
    response = client.get(f"{reverse('check_result')}?{PROVIDER}")
    assert response["X-Robots-Tag"] == "noindex"
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies.keys() & {"sessionid"}


def test_a_check_writes_nothing_and_asks_the_database_nothing(
    client: Client, django_queries: Callable[[], list[str]]
) -> None:
    for route in ("check", "check_question", "check_answers", "check_dates", "check_result"):
        page(client, route, PROVIDER)
    assert django_queries() == []


# ---- Dates


def test_the_days_on_which_duties_turn_are_asked_and_give_dates(client: Client) -> None:
    html = page(client, "check_dates", PROVIDER)
    assert 'name="users_exceeded_1m-year"' in html
    said = {
        "users_exceeded_1m-year": "2026",
        "users_exceeded_1m-month": "9",
        "users_exceeded_1m-day": "28",
        "do": "save",
    }
    response = client.get(f"{reverse('check_dates')}?{PROVIDER}&{urlencode(said)}")
    assert "users_exceeded_1m-2026-09-28" in response["Location"]
    result = client.get(f"{response['Location']}&lang=en").content.decode()
    assert '<time datetime="2026-10-16">' in result
    assert "10 working days from 2026-09-28" in result


@pytest.mark.parametrize(
    "day", [("2026", "2", "30"), ("2026", "", ""), ("x", "1", "1"), ("1200", "1", "1"), ("²", "1", "1")]
)
def test_a_day_that_does_not_exist_is_asked_again(client: Client, day: tuple[str, str, str]) -> None:
    said = dict(zip([f"users_exceeded_1m-{part}" for part in ("year", "month", "day")], day, strict=True))
    html = page(client, "check_dates", PROVIDER, **said, do="save")
    assert "请写一个真实的日期" in html
    assert f'value="{day[0]}"' in html


# ---- The result


def test_the_result_names_penalties_readings_procedures_and_what_is_a_model_law(client: Client) -> None:
    html = page(client, "check_result", f"{PROVIDER}&d=users_exceeded_1m-2026-09-28", lang="en")
    assert "scholarly model law, without legal force" in html
    assert 'id="penalties"' in html
    assert "Fines are the range in the law" in html
    assert 'name="file" value="mail4/filing"' in html
    assert html.index("cannot be settled yet") < html.index("Duties with a date")


def test_another_reading_is_one_link_away_and_changes_the_result(client: Client) -> None:
    exactly = PROVIDER.replace("1300000", "1000000")
    html = page(client, "check_result", exactly)
    assert "r=exactly_one_million-national" in unescape(html)
    other = statuses(page(client, "check_result", f"{exactly}&r=exactly_one_million-national"))
    assert other != statuses(html)
    assert other["mail4:66.1|system", "applies"] == 1


def test_why_tells_the_steps_and_what_is_missing(client: Client) -> None:
    html = page(client, "check_why", PROVIDER, at="mail4:66.1", lang="en")
    assert "1,300,000" in html
    assert "On breach" in html
    assert client.get(f"{reverse('check_why')}?{PROVIDER}&at=mail4:66.1.99").status_code == 404


# ---- To take along


@pytest.mark.parametrize(
    "query", [PROVIDER, "law=genai&law=mail4&a=uses-y~modalities-text.image~is_sme-u", "law=genai"]
)
def test_json_is_to_the_letter_what_assess_prints_for_the_profile_that_can_be_had(
    client: Client, query: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    query += "&d=users_exceeded_1m-2026-09-28~incident_discovered-2026-10-09-is_major.n"
    profile = tmp_path / "profile.yaml"
    profile.write_bytes(client.get(f"{reverse('check_file', kwargs={'form': 'yaml'})}?{query}").content)
    laws = [part for law in parse_qs(query)["law"] for part in ("--rulebook", law)]
    assert main(["assess", str(profile), "--format", "json", "--as-of", str(timezone.localdate()), *laws]) == 0
    printed = capsysbinary.readouterr().out
    assert client.get(f"{reverse('check_file', kwargs={'form': 'json'})}?{query}").content == printed


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(partial_answers())
def test_the_profile_says_exactly_what_was_answered(client: Client, answers: Answers) -> None:
    content = client.get(f"{reverse('check_file', kwargs={'form': 'yaml'})}?{answers.query()}").content
    profile = read_profile(content, "p", BOOKS)
    assert {**profile.facts, **profile.systems[0].facts} == answers.facts
    assert not answers.name or profile.systems[0].name == answers.name


def test_the_calendar_has_the_due_day(client: Client) -> None:
    query = f"{PROVIDER}&d=users_exceeded_1m-2026-09-28"
    response = client.get(f"{reverse('check_file', kwargs={'form': 'ics'})}?{query}")
    assert response["Content-Type"].startswith("text/calendar")
    assert b"DTEND;VALUE=DATE:20261017" in response.content


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_the_paper_says_what_the_page_says_and_draws_what_the_font_lacks_as_boxes(client: Client, lang: str) -> None:
    pypdf = pytest.importorskip("pypdf", reason="reads the text of the PDF; a test dependency")
    query = f"{PROVIDER}&d=users_exceeded_1m-2026-09-28&lang={lang}".replace("name=Chat", "name=Chat%F0%9F%A4%96")
    response = client.get(f"{reverse('check_file', kwargs={'form': 'pdf'})}?{query}")
    assert response["Content-Type"] == "application/pdf"
    assert response.content == client.get(f"{reverse('check_file', kwargs={'form': 'pdf'})}?{query}").content
    text = "".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(response.content)).pages)
    assert "2026-10-16" in text
    assert "Chat□" in text
    assert ("without legal force" if lang == "en" else "不具法律效力") in text


def test_there_is_no_other_form(client: Client) -> None:
    assert client.get(f"{reverse('check_file', kwargs={'form': 'docx'})}?{PROVIDER}").status_code == 404


# ---- Kept as a system


def test_without_an_account_keeping_leads_to_log_in_and_back_with_all_answers(client: Client) -> None:
    response = client.get(f"{reverse('check_keep')}?{PROVIDER}")
    assert response.status_code == 302
    back = parse_qs(urlsplit(response["Location"]).query)["next"][0]
    assert read_answers(QueryDict(urlsplit(back).query), BOOKS) == read_answers(QueryDict(PROVIDER), BOOKS)


def test_a_member_keeps_the_answers_as_a_system_of_the_organisation(client: Client) -> None:
    company = organisation()
    client.force_login(member(company, "owner"))
    address = f"{reverse('check_keep')}?{PROVIDER}~is_sme-y&d=users_exceeded_1m-2026-09-28"
    assert 'value="Chat"' in client.get(address).content.decode()
    response = client.post(address, {"organisation": str(company.pk), "name": "星河问答"})
    assert response.status_code == 302
    system = System.objects.get(organisation=company, zh="星河问答")
    assert system.facts["registered_users"] == 1_300_000
    assert system.facts["on_negative_list"] is False
    company.refresh_from_db()
    assert company.facts["is_sme"] is True
    assert Occurrence.objects.get(system=system).date == dt.date(2026, 9, 28)


def test_who_came_to_file_goes_on_to_file_for_the_system_that_was_kept(client: Client) -> None:
    company = organisation()
    client.force_login(member(company, "owner"))
    address = f"{reverse('check_keep')}?{PROVIDER}&file=mail4/filing"
    response = client.post(address, {"organisation": str(company.pk), "name": "Chat"})
    begin = reverse("begin_case", kwargs={"organisation": company.pk, "law": "mail4", "name": "filing"})
    assert response["Location"] == f"{begin}?system={System.objects.get().pk}"
    stray = client.post(
        f"{reverse('check_keep')}?{PROVIDER}&file=//evil.example/x", {"organisation": str(company.pk), "name": "B"}
    )
    assert stray["Location"].startswith("/organisations/")


def test_nothing_is_kept_for_an_organisation_of_others_or_without_a_name(client: Client) -> None:
    company, other = organisation(), organisation("320106")
    client.force_login(member(company, "owner"))
    for posted in ({"organisation": str(other.pk), "name": "X"}, {"organisation": str(company.pk), "name": " "}, {}):
        response = client.post(f"{reverse('check_keep')}?{PROVIDER}", posted)
        assert 'class="gj-error"' in response.content.decode()
    assert not System.objects.exists()


def test_what_contradicts_the_records_of_the_organisation_is_not_kept(client: Client) -> None:
    company = organisation()
    System.objects.create(organisation=company, zh="Chat", facts={"used_only_for_research": True})
    client.force_login(member(company, "owner"))
    response = client.post(f"{reverse('check_keep')}?{PROVIDER}", {"organisation": str(company.pk), "name": "Chat"})
    assert "与该组织已有的记录矛盾" in response.content.decode()
    assert System.objects.get().facts == {"used_only_for_research": True}


def test_somebody_without_an_organisation_is_told_what_to_do(client: Client) -> None:
    client.force_login(account())
    assert "还没有可以修改系统资料的组织" in page(client, "check_keep", PROVIDER)


# ---- The first page


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_the_first_page_is_useful_to_anybody_and_says_which_law_is_in_force(
    client: Client, lang: str, django_queries: Callable[[], list[str]]
) -> None:
    html = client.get(reverse("start"), {"lang": lang}).content.decode()
    assert f'href="{reverse("check")}"' in html
    assert 'name="number"' in html
    assert ("Model law, not in force" if lang == "en" else "示范法，没有法律效力") in html
    assert html.index("2023-08-15") < html.index("114")
    assert len(django_queries()) <= 15


def test_no_page_of_the_check_mixes_languages(client: Client) -> None:
    answers: dict[str, Any] = {"en": "", "zh-hans": ""}
    for route in ("start", "check", "check_question", "check_answers", "check_dates", "check_result"):
        for lang in answers:
            html = page(client, route, PROVIDER.replace("name=Chat&", ""), lang=lang)
            main_part = re.sub("<[^>]+>", " ", html.split("<main", 1)[1].split("</main>")[0])
            if lang == "en":
                assert not re.search(r"[\u4e00-\u9fff]", main_part), (
                    route,
                    re.findall(r"[\u4e00-\u9fff]+", main_part)[:5],
                )


def test_where_no_date_is_known_the_page_does_not_say_that_there_is_none(client: Client) -> None:
    html = page(client, "check_result", "law=genai&a=is_generative-y", lang="en")
    assert "By the answers and days given, no duty falls due" in html
