"""The queue of an office: what binds it first, in words; who sees which cases; in both languages and few queries."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from guiju.portal.cases.acting import Done, begin, carry_out
from guiju.portal.cases.models import Case, QueueRow
from guiju.portal.cases.queue import rebuild
from guiju.portal.desk import queue_page
from guiju.portal.organisations.models import Organisation
from guiju.portal.people.models import User
from tests.portal.people import JIANGSU, NATION, ZHEJIANG, actor, filing_form, member, official, organisation

pytestmark = pytest.mark.usefixtures("db")
MONDAY = dt.date(2026, 9, 28)
LISTS = (
    "/desk/",
    "/desk/?group=new&who=none",
    "/desk/?who=mine",
    "/desk/search/?q=Xin",
    "/desk/search/?q=C2026000001X",
)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> Callable[[dt.date], None]:
    """Let a day be today; at first the Monday on which the cases are filed."""

    def be(day: dt.date) -> None:
        monkeypatch.setattr(timezone, "localdate", lambda *_: day)

    be(MONDAY)
    return be


def filed(company: Organisation | None = None, on: dt.date = MONDAY, **form: Any) -> Case:
    company = company or organisation()
    done = begin(actor(member(company)), "mail4/filing", "submit", filing_form(**form), applicant=company, today=on)
    assert isinstance(done, Done), done
    return done.case


def act(who: User, case: Case, name: str, on: dt.date = MONDAY, **values: Any) -> Case:
    done = carry_out(actor(who), case.number, name, values, seen=case.revision, today=on)
    assert isinstance(done, Done), done
    return done.case


def shown(client: Client, user: User, address: str = "/desk/") -> str:
    client.force_login(user)
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def listed(page: str) -> list[str]:
    """The numbers of cases in the order of the table."""
    return re.findall(r'rowheader"[^>]*><a href="[^"]*">(C-[\d-]+\w)</a>', page)


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_a_reviewer_sees_the_office_a_head_the_authority_and_nobody_another_one(client: Client) -> None:
    here, there = filed(), filed(province="江苏省")
    assert listed(shown(client, official(ZHEJIANG, "reviewer"))) == [here.number]
    assert listed(shown(client, official(ZHEJIANG, "head"))) == [here.number]
    assert listed(shown(client, official(JIANGSU, "reviewer"))) == [there.number]
    assert listed(shown(client, official(NATION, "head"))) == []


def test_an_administrator_has_no_queue_and_is_shown_no_way_there(client: Client) -> None:
    client.force_login(official(NATION, "administrator"))
    assert client.get("/desk/").status_code == 403
    assert client.get("/desk/search/").status_code == 403
    page = client.get("/desk/offices/").content.decode()
    assert 'href="/desk/"' not in page
    assert 'href="/desk/offices/"' in page


def test_what_ends_first_stands_first_and_says_how_late_it_is(client: Client, today: Callable[[dt.date], None]) -> None:
    second, first = filed(on=dt.date(2026, 10, 12)), filed(on=MONDAY)
    row = QueueRow.objects.get(case=first)
    assert row.desk_clock == "registering"
    due = row.desk_due
    assert due is not None
    reviewer = official()
    today(due)
    assert "Ends today" in words(shown(client, reviewer, "/desk/?lang=en"))
    today(due + dt.timedelta(days=1))
    assert "Overdue by 1 day " in words(shown(client, reviewer, "/desk/?lang=en"))  # a Saturday
    today(due + dt.timedelta(days=3))
    page = shown(client, reviewer, "/desk/?lang=en")
    assert listed(page) == [first.number, second.number]
    assert "Overdue by 1 working day " in words(page)
    assert "1 past the deadline." in words(page)
    assert "1 件已过期限。" in words(shown(client, reviewer, "/desk/?lang=zh-hans"))


@pytest.mark.parametrize(("days", "group"), [(-2, "week"), (0, "today"), (1, "late"), (-14, "later")])
def test_groups_begin_and_end_on_their_day(
    days: int, group: str, client: Client, today: Callable[[dt.date], None]
) -> None:
    case = filed()
    due = QueueRow.objects.get(case=case).desk_due
    assert due is not None
    assert due.weekday() == 4  # a Friday, so that two days before lie in its week
    today(due + dt.timedelta(days=days))
    reviewer = official()
    holding = [
        name for name in ("late", "today", "week", "later") if listed(shown(client, reviewer, f"/desk/?group={name}"))
    ]
    assert holding == [group]


def test_a_complete_filing_is_not_late_because_nobody_has_to_ask_for_more() -> None:
    complete, incomplete = filed(), filed(contact=None)
    assert QueueRow.objects.get(case=complete).desk_clock == "registering"
    assert QueueRow.objects.get(case=incomplete).desk_clock == "asking"


def test_what_waits_for_the_applicant_stands_apart(client: Client) -> None:
    reviewer = official()
    case = act(reviewer, filed(contact=None), "ask_for_supplement", missing=["联系方式"], supply_by="2026-10-15")
    assert listed(shown(client, reviewer)) == []
    page = shown(client, reviewer, "/desk/?group=waiting&lang=en")
    assert listed(page) == [case.number]
    assert "The applicant" in words(page)
    assert "2026-10-15" in page


def test_what_is_registered_binds_nobody(client: Client) -> None:
    reviewer = official()
    case = act(reviewer, filed(), "register")
    row = QueueRow.objects.get(case=case)
    assert (row.turn, row.settled_on, row.settled_days) == ("nobody", MONDAY, 0)
    assert listed(shown(client, reviewer, "/desk/?group=quiet")) == [case.number]


def test_a_due_date_that_is_not_certain_is_a_range_and_late_only_after_its_last_day(
    client: Client, today: Callable[[dt.date], None]
) -> None:
    case, reviewer = filed(), official()
    QueueRow.objects.filter(case=case).update(desk_due=dt.date(2027, 10, 8), desk_due_latest=dt.date(2027, 10, 12))
    today(dt.date(2027, 10, 12))
    page = shown(client, reviewer, "/desk/?group=today&lang=en")
    assert listed(page) == [case.number]
    assert "2027-10-08 – 2027-10-12 (provisional)" in words(page)
    today(dt.date(2027, 10, 13))
    assert listed(shown(client, reviewer, "/desk/?group=late")) == [case.number]


def test_handed_over_today_is_seen_on_both_sides_and_no_more_of_it_than_its_number(client: Client) -> None:
    reviewer = official()
    company = organisation(zh="独一无二公司")
    case = act(reviewer, filed(company), "transfer", registered_users=2_000_000, reasons="核实")
    gone = shown(client, reviewer, "/desk/?lang=en")
    assert listed(gone) == []
    assert "Handed over to others today" in words(gone)
    assert case.number in gone
    assert "独一无二公司" not in gone
    came = shown(client, official(NATION), "/desk/?group=new&lang=en")
    assert listed(came) == [case.number]
    assert "handed over by AI authority of Zhejiang on 2026-09-28" in words(came)
    assert case.number not in shown(client, official(JIANGSU))


def test_where_a_case_came_from_follows_from_the_log_alone() -> None:
    reviewer = official()
    case = act(reviewer, filed(), "transfer", registered_users=2_000_000, reasons="核实", on=dt.date(2026, 10, 9))
    act(official(NATION), case, "register", on=dt.date(2026, 10, 10))
    before = list(QueueRow.objects.values())
    assert before[0]["arrived_on"] == dt.date(2026, 10, 9)
    QueueRow.objects.all().delete()
    rebuild()
    assert list(QueueRow.objects.values()) == before


@pytest.mark.parametrize(
    ("choice", "found"),
    [
        ("kind=mail4/filing", 2), ("kind=mail4/licence", 0), ("state=submitted", 2), ("state=registered", 0),
        ("office=330000-1", 2), ("office=320000-1", 0), ("who=none", 2), ("who=mine", 0),
        ("sort=-number&page=99999", 2), ("group=nonsense&kind=nonsense&sort=nonsense&page=-1", 2),
    ],
)  # fmt: skip
def test_choices_narrow_the_list_and_nonsense_narrows_nothing(choice: str, found: int, client: Client) -> None:
    filed()
    filed()
    assert len(listed(shown(client, official(), f"/desk/?{choice}"))) == found


def test_lists_turn_over_and_sort_by_links_that_need_no_script(client: Client) -> None:
    company = organisation()
    numbers = [filed(company).number for _ in range(26)]
    reviewer = official()
    first = shown(client, reviewer, "/desk/?sort=number")
    assert listed(first) == numbers[:25]
    assert 'href="/desk/?page=2&amp;sort=number"' in first
    assert listed(shown(client, reviewer, "/desk/?sort=number&page=2")) == numbers[25:]
    assert listed(shown(client, reviewer, "/desk/?sort=-number"))[0] == numbers[-1]


def test_a_list_comes_as_a_table_that_no_spreadsheet_calculates(client: Client) -> None:
    case = filed(organisation(zh='=HYPERLINK("http://x")'))
    client.force_login(official())
    response = client.get("/desk/?as=csv&lang=en")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    heading, line = csv.reader(io.StringIO(text))
    assert heading[:3] == ["Case", "Kind of case", "Applicant"]
    assert line[:3] == [case.number, "Filing", "Xinghe"]
    client.get("/desk/?lang=zh-hans")
    chinese = b"".join(client.get("/desk/?as=csv&lang=zh-hans").streaming_content).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(chinese)))[1][2] == '\'=HYPERLINK("http://x")'


def test_pages_take_at_most_fifteen_queries_however_many_cases(
    client: Client, django_queries: Callable[[], list[str]]
) -> None:
    pages = [(role, address) for role in ("reviewer", "head") for address in LISTS]
    pages += [("head", "/desk/overview/"), ("head", "/desk/offices/330000-1/"), ("administrator", "/desk/offices/")]
    people = {role: official(role=role) for role in dict(pages)}
    company = organisation()

    def taken(role: str, address: str) -> int:
        client.force_login(people[role])
        before = len(django_queries())
        assert client.get(address).status_code == 200
        return len(django_queries()) - before

    def filed_and_taken(more: int) -> dict[tuple[str, str], int]:
        for _ in range(more):
            filed(company)
        return {page: taken(*page) for page in pages}

    few, many = filed_and_taken(2), filed_and_taken(24)
    assert few == many
    assert max(many.values()) <= 15


def test_every_text_is_in_the_language_asked_for(client: Client) -> None:
    filed()
    head = official(role="head")
    for address in ("/desk/", "/desk/search/?q=C2026000001X", "/desk/overview/", "/desk/offices/"):
        english = words(shown(client, head, f"{address}{'&' if '?' in address else '?'}lang=en"))
        chinese = words(shown(client, head, f"{address}{'&' if '?' in address else '?'}lang=zh-hans"))
        leftover = re.sub(r"星河智能|中文|王五|浙江省", "", english)
        assert not re.search(r"[\u4e00-\u9fff]", leftover), re.findall(r".{10}[\u4e00-\u9fff]+.{10}", leftover)
        assert not re.search(r"\b(the|of|and|Late|Queue|Case)\b", chinese), chinese
    assert queue_page.TITLE.zh != queue_page.TITLE.en
