"""Duties with their dates, what members say of them, events, findings with their reasons, and the calendar."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from guiju.assess.assessment import assess
from guiju.portal.cases.acting import Done, begin
from guiju.portal.faces.books import rulebooks
from guiju.portal.organisations.models import Membership, Occurrence, Organisation, System
from guiju.portal.organisations.profiles import take_in
from guiju.portal.people.models import User
from guiju.portal.workspace.models import CalendarFeed, DutyMark
from guiju.profiles.profile import load_profile
from tests.portal.people import actor, filing_form, member, organisation

pytestmark = pytest.mark.usefixtures("db")
DAY = dt.date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The example was written for a day."""
    real = timezone.localdate
    monkeypatch.setattr(timezone, "localdate", lambda value=None, **more: real(value, **more) if value else DAY)


@pytest.fixture
def company() -> Organisation:
    made = organisation("330000")
    take_in(actor(member(made, "owner")), made, load_profile(Path("examples/xinghe-chat.yaml"), rulebooks()))
    return made


def page_of(client: Client, company: Organisation, rest: str) -> str:
    answer = client.get(f"/organisations/{company.pk}/{rest}")
    assert answer.status_code == 200
    return answer.content.decode()


def chat(company: Organisation) -> System:
    return company.systems.get(zh="Xinghe Chat")


def filing_duty(company: Organisation) -> str:
    return f"/organisations/{company.pk}/duties/system-{chat(company).pk}/mail4:66.1/"


def done_on(day: dt.date | None, **more: str) -> dict[str, str]:
    parts = {"year": day.year, "month": day.month, "day": day.day} if day else {}
    return {f"done_on-{name}": str(value) for name, value in parts.items()} | more


def test_the_list_has_every_dated_duty_of_the_assessment_the_late_one_first(
    client: Client, company: Organisation
) -> None:
    client.force_login(member(company, "reader"))
    page = page_of(client, company, "duties/?lang=en")
    from guiju.portal.organisations.profiles import profile_of

    findings = assess(profile_of(company), rulebooks(), as_of=DAY).findings
    dated = [
        one
        for one in findings
        if one.status == "applies"
        and one.deadline
        and one.deadline.day
        and one.norm.bearer in ("provider", "developer")
    ]
    assert len(dated) >= 6
    for one in dated:
        assert str(one.deadline.due) in page  # type: ignore[union-attr]
    assert page.index("2026-10-16") < page.index("2026-11-30") < page.index("2027-02-15")
    assert re.search(r"2027-02-15</time> to <time[^>]*>2027-02-17", page)


@pytest.mark.parametrize(
    ("query", "there", "not_there"),
    [
        ("state=late", "2026-10-16", "2026-11-30"),
        ("state=soon", "2026-11-30", "2026-10-16"),
        ("state=later", "2027-03-15", "2026-11-30"),
        ("law=genai", "genai:", "mail4:66.1<"),
        ("owner=me", "No such duty", "2026-10-16"),
    ],
)
def test_the_list_is_narrowed_by_state_law_and_owner(
    client: Client, company: Organisation, query: str, there: str, not_there: str
) -> None:
    client.force_login(member(company))
    page = page_of(client, company, f"duties/?lang=en&{query}")
    assert there in page
    assert not_there not in page


def test_a_system_of_its_own_has_its_own_duties(client: Client, company: Organisation) -> None:
    client.force_login(member(company))
    page = page_of(client, company, f"duties/?about=system-{chat(company).pk}")
    assert "2026-10-16" in page
    assert "2026-11-30" not in page


def test_a_duty_marked_as_done_is_told_apart_from_what_the_facts_say(client: Client, company: Organisation) -> None:
    who = member(company)
    User.objects.filter(pk=who.pk).update(name="赵六")
    client.force_login(who)
    sent = done_on(DAY, owner=str(who.pk), note="已提交", reference="档案 2026-17")
    assert client.post(filing_duty(company), sent).status_code == 302
    page = client.get(filing_duty(company)).content.decode()
    assert "成员标记已完成" in page
    for text in ("已提交", "档案 2026-17", "赵六"):
        assert text in page
    assert "2026-10-16" not in page_of(client, company, "duties/?state=late")
    assert "2026-10-16" in page_of(client, company, "duties/?state=done")
    why = page_of(client, company, f"findings/system-{chat(company).pk}/mail4:66.1/")
    assert "适用" in why
    assert assessment_says_overdue(company)


def assessment_says_overdue(company: Organisation) -> bool:
    from guiju.portal.workspace.assessing import current

    found = [one for one in current(company, DAY).sheet.assessment.findings if one.norm.key == "mail4:66.1"]
    return any(one.deadline is not None and one.deadline.overdue for one in found)


def test_a_mark_that_is_taken_back_leaves_its_history(client: Client, company: Organisation) -> None:
    client.force_login(member(company))
    client.post(filing_duty(company), done_on(DAY))
    client.post(filing_duty(company), done_on(None, note="误记"))
    assert list(DutyMark.objects.values_list("done_on", flat=True)) == [DAY, None]
    page = client.get(f"{filing_duty(company)}?lang=en").content.decode()
    assert "Done on 2026-11-22" in page
    assert "Late" in page


def test_saying_the_same_again_makes_no_new_mark(client: Client, company: Organisation) -> None:
    client.force_login(member(company))
    for _ in range(2):
        client.post(filing_duty(company), done_on(DAY, note="已提交"))
    assert DutyMark.objects.count() == 1


def test_a_new_occasion_of_the_same_duty_is_open_again(client: Client, company: Organisation) -> None:
    client.force_login(member(company))
    client.post(filing_duty(company), done_on(DAY))
    Occurrence.objects.filter(event="users_exceeded_1m").update(date="2026-11-20")
    page = client.get(f"{filing_duty(company)}?lang=en").content.decode()
    assert "that was an earlier occasion" in page
    assert "Marked as done" not in page


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (done_on(DAY + dt.timedelta(days=1)), "不能是以后的日期"),
        ({"done_on-year": "2026", "done_on-month": "2", "done_on-day": "30"}, "日历上没有这一天"),
        ({"owner": "999999"}, "请选择本组织的成员"),
        ({"owner": "x"}, "请选择本组织的成员"),
    ],
)
def test_what_cannot_be_is_refused_and_kept_in_the_form(
    client: Client, company: Organisation, sent: dict[str, str], told: str
) -> None:
    client.force_login(member(company))
    page = client.post(filing_duty(company), {**sent, "note": "说明还在"})
    assert page.status_code == 422
    assert told in page.content.decode()
    assert "说明还在" in page.content.decode()
    assert not DutyMark.objects.exists()


def test_a_reader_marks_nothing(client: Client, company: Organisation) -> None:
    client.force_login(member(company, "reader"))
    assert client.post(filing_duty(company), done_on(DAY)).status_code == 403
    assert 'name="done_on-year"' not in client.get(filing_duty(company)).content.decode()
    assert not DutyMark.objects.exists()


def test_a_duty_leads_to_its_procedure_and_shows_the_case_that_runs(client: Client, company: Organisation) -> None:
    who = member(company)
    system = company.systems.get(zh="Xinghe Tutor")
    done = begin(
        actor(who),
        "mail4/filing",
        "submit",
        filing_form(),
        applicant=company,
        system=system,
        today=dt.date(2026, 11, 20),
    )
    assert isinstance(done, Done)
    client.force_login(who)
    page = page_of(client, company, f"duties/system-{system.pk}/mail4:66.2/")
    assert done.case.number in page
    assert "事实显示已满足" in page


def test_there_is_no_duty_where_there_is_none(client: Client, company: Organisation) -> None:
    client.force_login(member(company))
    for rest in ("system-999999/mail4:66.1", f"system-{chat(company).pk}/mail4:999", "organisation/mail4:66.1"):
        assert client.get(f"/organisations/{company.pk}/duties/{rest}/").status_code == 404


# ---- Events


def test_an_event_that_is_recorded_moves_the_dates_at_once_and_one_that_is_withdrawn_too(
    client: Client, company: Organisation
) -> None:
    client.force_login(member(company))
    address = f"/organisations/{company.pk}/events/"
    about = f"system-{chat(company).pk}"
    form = client.get(f"{address}?event=filing_submitted&about={about}").content.decode()
    assert 'name="date-year"' in form
    sent = {"event": "filing_submitted", "about": about, "date-year": "2026", "date-month": "11", "date-day": "20"}
    assert client.post(address, sent).status_code == 302
    assert "2026-10-16" not in page_of(client, company, "duties/?state=late")
    event = Occurrence.objects.get(event="filing_submitted", date="2026-11-20")
    assert client.post(f"{address}{event.pk}/").status_code == 302
    assert "2026-10-16" in page_of(client, company, "duties/?state=late")
    event.refresh_from_db()
    assert event.withdrawn_at is not None


@pytest.mark.parametrize(
    ("change", "told"),
    [({"date-day": ""}, "日历上没有这一天"), ({"date-day": "", "date-year": "", "date-month": ""}, "请填写日期"),
     ({"about": ""}, "请选择系统")],
)  # fmt: skip
def test_an_event_without_day_or_system_is_refused(
    client: Client, company: Organisation, change: dict[str, str], told: str
) -> None:
    client.force_login(member(company))
    before = Occurrence.objects.count()
    sent = {"event": "filing_submitted", "about": f"system-{chat(company).pk}"}
    sent |= {"date-year": "2026", "date-month": "11", "date-day": "20", **change}
    page = client.post(f"/organisations/{company.pk}/events/", sent)
    assert page.status_code == 422
    assert told in page.content.decode()
    assert Occurrence.objects.count() == before


def test_a_detail_that_is_not_known_stays_unknown(client: Client, company: Organisation) -> None:
    client.force_login(member(company))
    for said, kept in (("yes", {"is_major": True}), ("no", {"is_major": False}), ("?", {})):
        Occurrence.objects.filter(event="incident_discovered").delete()
        sent = {"event": "incident_discovered", "about": f"system-{chat(company).pk}", "is-is_major": said}
        client.post(
            f"/organisations/{company.pk}/events/",
            sent | {"date-year": "2026", "date-month": "11", "date-day": "20"},
        )
        assert Occurrence.objects.get(event="incident_discovered").attributes == kept


# ---- Findings


def test_what_is_missing_stands_on_top_and_leads_to_its_field(client: Client, company: Organisation) -> None:
    agent = company.systems.get(zh="Xinghe Agent")
    client.force_login(member(company, "reader"))
    for rest in (f"systems/{agent.pk}/", f"findings/system-{agent.pk}/"):
        page = page_of(client, company, rest)
        link = f"/organisations/{company.pk}/systems/{agent.pk}/facts/#f-on_negative_list"
        assert link in page
    form = page_of(client, company, f"systems/{agent.pk}/facts/")
    assert 'id="f-on_negative_list"' in form


@pytest.mark.parametrize(
    ("lang", "texts"), [("zh-hans", ("适用", "理由", "备案")), ("en", ("Applies", "Why", "files"))]
)
def test_a_finding_gives_its_reasons(client: Client, company: Organisation, lang: str, texts: tuple[str, ...]) -> None:
    client.force_login(member(company, "reader"))
    page = page_of(client, company, f"findings/system-{chat(company).pk}/mail4:66.1/?lang={lang}")
    for text in (*texts, "1,300,000", "registered_users", "mail4:66.1"):
        assert text in page


def test_findings_are_counted_as_the_assessment_has_them(client: Client, company: Organisation) -> None:
    from guiju.portal.workspace.assessing import current

    client.force_login(member(company, "reader"))
    now = current(company, DAY)
    own = now.sheet.findings[now.of_system(chat(company))]
    for status in ("applies", "does_not_apply", "undetermined"):
        page = page_of(client, company, f"findings/system-{chat(company).pk}/?lang=en&status={status}")
        count = sum(one.status == status for one in own)
        assert f"{count} entr" in page


# ---- The calendar


def address_of_feed(client: Client, company: Organisation) -> str:
    page = client.post(f"/organisations/{company.pk}/calendar/").content.decode()
    found = re.search(r"http://testserver(/feeds/[\w-]+\.ics)", page)
    assert found
    return found[1]


def read(client: Client, address: str) -> list[dict[str, str]]:
    client.logout()
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    assert answer["Cache-Control"].startswith("private")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    return [
        {name: str(one.get(name)) for name in ("uid", "summary")} | {"on": str(one.decoded("dtstart"))}
        for one in events
    ]


def test_the_calendar_has_dated_duties_and_clocks_of_cases_and_needs_no_log_in(
    client: Client, company: Organisation
) -> None:
    who = member(company)
    done = begin(actor(who), "mail4/filing", "submit", filing_form(), applicant=company, today=dt.date(2026, 11, 20))
    assert isinstance(done, Done)
    client.force_login(who)
    events = read(client, address_of_feed(client, company))
    assert any(one["on"] == "2026-10-16" for one in events)
    assert any(done.case.number in one["summary"] for one in events)


def test_events_keep_their_identity_whatever_a_system_is_called(client: Client, company: Organisation) -> None:
    client.force_login(member(company))
    address = address_of_feed(client, company)
    before = {one["uid"] for one in read(client, address)}
    System.objects.filter(organisation=company, zh="Xinghe Chat").update(zh="星河对话")
    after = {one["uid"] for one in read(client, address)}
    assert before == after
    assert len(before) == len(read(client, address))


def test_what_was_marked_as_done_is_ticked_and_reminds_nobody(client: Client, company: Organisation) -> None:
    client.force_login(member(company))
    address = address_of_feed(client, company)
    client.post(filing_duty(company), done_on(DAY))
    ticked = [one for one in read(client, address) if one["summary"].startswith("✓")]
    assert [one["on"] for one in ticked] == ["2026-10-16"]


def test_the_token_is_shown_once_and_kept_nowhere(client: Client, company: Organisation) -> None:
    client.force_login(member(company))
    address = address_of_feed(client, company)
    token = address.removeprefix("/feeds/").removesuffix(".ics")
    assert len(token) >= 40
    assert token not in client.get(f"/organisations/{company.pk}/calendar/").content.decode()
    assert token not in str(list(CalendarFeed.objects.values_list()))


def test_a_renewed_or_revoked_address_reads_nothing(client: Client, company: Organisation) -> None:
    client.force_login(member(company))
    first = address_of_feed(client, company)
    second = address_of_feed(client, company)
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    client.post(f"/organisations/{company.pk}/calendar/", {"revoke": "1"})
    assert client.get(second).status_code == 404
    assert client.get("/feeds/guess.ics").status_code == 404


def test_who_is_no_longer_a_member_reads_no_calendar(client: Client, company: Organisation) -> None:
    who = member(company)
    client.force_login(who)
    address = address_of_feed(client, company)
    Membership.objects.filter(user=who).delete()
    assert client.get(address).status_code == 404
