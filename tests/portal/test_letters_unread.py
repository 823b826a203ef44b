"""Which letters somebody still has to open: told to the side to which they went, each person for themself."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guiju.portal.cases.acting import Done, begin
from guiju.portal.cases.models import Case
from guiju.portal.correspondence.models import Letter, LetterOpening
from guiju.portal.organisations.models import Organisation
from guiju.portal.people.models import User
from tests.portal.people import actor, filing_form, member, official, organisation
from tests.portal_look.reading import read

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def company() -> Organisation:
    return organisation()


def receipt(company: Organisation, ago: int = 0) -> Letter:
    """File, so many days ago; returns the receipt."""
    day = timezone.localdate() - dt.timedelta(days=ago)
    done = begin(actor(member(company)), "mail4/filing", "submit", filing_form(), applicant=company, today=day)
    assert isinstance(done, Done), done
    return Letter.objects.select_related("case").get(case=done.case, name="receipt")


def address(letter: Letter, route: str = "case_letter", **more: str) -> str:
    return reverse(route, kwargs={"number": letter.case.number, "seq": letter.seq, "place": letter.place, **more})


def unread(client: Client, who: User, company: Organisation) -> int:
    """What the overview says: the figure, which is that of the letters marked in the table."""
    client.force_login(who)
    path = reverse("workspace", kwargs={"organisation": company.pk})
    page = read(client.get(f"{path}?lang=en").content.decode())
    figures = [one.text for one in page.all("a", href="#letters")]
    tables = page.all("div", id="letters")
    marked = [row for table in tables for row in table.all("tr") if "unread" in row.text]
    count = int(figures[0].split()[0]) if figures else 0
    assert len(marked) == count
    assert all(row.all("a")[0].get("href").endswith("/") for row in marked)
    return count


def opened(client: Client, who: User, path: str) -> int:
    client.force_login(who)
    return client.get(path).status_code


def test_a_letter_is_unread_for_each_person_until_they_have_opened_it(client: Client, company: Organisation) -> None:
    letters = [receipt(company), receipt(company)]
    first, second = member(company), member(company, "reader")
    assert (unread(client, first, company), unread(client, second, company)) == (2, 2)
    assert opened(client, first, address(letters[0])) == 200
    assert (unread(client, first, company), unread(client, second, company)) == (1, 2)
    assert opened(client, first, address(letters[1], "case_letter_pdf", lang="zh")) == 200
    assert (unread(client, first, company), unread(client, second, company)) == (0, 2)


def test_the_first_time_counts(client: Client, company: Organisation) -> None:
    letter, who = receipt(company), member(company)
    opened(client, who, address(letter))
    before = LetterOpening.objects.get().at
    opened(client, who, address(letter))
    assert LetterOpening.objects.get().at == before


def test_seeing_that_there_is_one_is_not_opening_it(client: Client, company: Organisation) -> None:
    letter, who = receipt(company), member(company)
    client.force_login(who)
    client.get(reverse("case_page", kwargs={"number": letter.case.number}))
    client.head(address(letter))
    assert unread(client, who, company) == 1
    assert not LetterOpening.objects.exists()


@pytest.mark.parametrize(("ago", "by_new"), [(30, 1), (31, 0)])
def test_who_joins_late_is_not_told_of_old_letters_that_colleagues_have_opened(
    client: Client, company: Organisation, ago: int, by_new: int
) -> None:
    letter = receipt(company, ago)
    assert unread(client, member(company), company) == 1, "nobody has opened it, however old it is"
    opened(client, member(company), address(letter))
    assert unread(client, member(company), company) == by_new


def test_letters_of_others_and_those_that_are_owed_are_not_counted(client: Client, company: Organisation) -> None:
    receipt(organisation("330100"))
    who = member(company)
    assert unread(client, who, company) == 0
    case = receipt(company).case
    Letter.objects.create(case=case, seq=1, place=2, name="x", to="filer", on=timezone.localdate(), problem_en="?")
    assert unread(client, who, company) == 1


def test_the_own_side_sees_in_the_case_who_opened_a_letter_first_and_the_authority_does_not(
    client: Client, company: Organisation
) -> None:
    letter, who, reviewer = receipt(company), member(company), official()
    assert "nobody has opened it yet" in case_page(client, member(company), letter.case)
    assert opened(client, reviewer, address(letter)) == 200
    assert not LetterOpening.objects.exists(), "the authority's opening its own letter says nothing"
    opened(client, who, address(letter))
    opened(client, member(company), address(letter))
    assert f"first opened on {timezone.localdate()} by {who}" in case_page(client, member(company), letter.case)
    shown = case_page(client, reviewer, letter.case)
    assert letter.number in shown
    assert "opened" not in shown


def case_page(client: Client, who: User, case: Case) -> str:
    client.force_login(who)
    page = client.get(reverse("case_page", kwargs={"number": case.number}), {"lang": "en"})
    assert page.status_code == 200
    return read(page.content.decode()).one("section", **{"aria-labelledby": "letters"}).text
