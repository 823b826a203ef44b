"""Who deals with a case: taken, given on, laid down; of two at once one wins, and the other is told."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.test import Client

from guiju.portal.access.deciding import ForbiddenError
from guiju.portal.cases.models import Case, CaseEvent
from guiju.portal.desk.assigning import AssigningError, assign, current
from guiju.portal.desk.models import Assignment
from guiju.portal.people.models import User
from tests.portal.people import JIANGSU, NATION, actor, official
from tests.portal.test_desk import act, filed, listed, shown, words


def dealing(case: Case) -> User | None:
    found = current(case)
    return found.person if found else None


def give(who: User, case: Case, to: User | None) -> Any:
    now = current(case)
    return assign(actor(who), case, to.pk if to else None, now.pk if now else None)


@pytest.mark.usefixtures("db")
class TestRules:
    def test_a_reviewer_takes_a_case_gives_it_on_and_the_history_stays(self) -> None:
        case, one, other = filed(), official(), official()
        give(one, case, one)
        assert dealing(case) == one
        give(one, case, other)
        assert dealing(case) == other
        give(other, case, None)
        assert dealing(case) is None
        history = Assignment.objects.filter(case=case).order_by("pk")
        assert [(a.person, a.given_by, a.ended_by) for a in history] == [(one, one, one), (other, one, other)]

    def test_it_is_no_event_of_the_case(self) -> None:
        case, one = filed(), official()
        give(one, case, one)
        case.refresh_from_db()
        assert (case.revision, CaseEvent.objects.filter(case=case).count()) == (1, 1)

    def test_a_colleagues_case_is_not_taken_away_but_by_a_head(self) -> None:
        case, one, other, head = filed(), official(), official(), official(role="head")
        give(one, case, one)
        with pytest.raises(AssigningError) as refused:
            give(other, case, other)
        assert refused.value.code == "not_yours"
        assert "王五" in refused.value.text("zh")
        assert "王五" in refused.value.text("en")
        give(head, case, other)
        assert dealing(case) == other

    def test_a_reviewer_gives_nobody_work_that_is_not_their_own_to_give(self) -> None:
        case, one, other = filed(), official(), official()
        with pytest.raises(AssigningError) as refused:
            give(one, case, other)
        assert refused.value.code == "take_first"

    @pytest.mark.parametrize("role", ["administrator", "reviewer"])
    def test_only_who_works_on_the_offices_cases_gets_one(self, role: str) -> None:
        case, head = filed(), official(role="head")
        elsewhere = official(JIANGSU if role == "reviewer" else "330000", role)
        with pytest.raises(AssigningError) as refused:
            give(head, case, elsewhere)
        assert refused.value.code == "not_here"

    @pytest.mark.parametrize(("authority", "role"), [(JIANGSU, "head"), (NATION, "head"), ("330000", "administrator")])
    def test_nobody_from_outside_assigns(self, authority: str, role: str) -> None:
        case, outsider = filed(), official(authority, role)
        with pytest.raises(ForbiddenError):
            assign(actor(outsider), case, outsider.pk, None)

    def test_who_saw_an_older_state_is_told_who_has_it_now(self) -> None:
        case, one, head = filed(), official(), official(role="head")
        give(one, case, one)
        with pytest.raises(AssigningError) as refused:
            assign(actor(head), case, head.pk, None)
        assert refused.value.code == "changed_meanwhile"
        assert dealing(case) == one

    def test_a_case_that_is_handed_over_is_nobodys_in_the_other_office(self, client: Client) -> None:
        case, one = filed(), official()
        give(one, case, one)
        moved = act(one, case, "transfer", registered_users=2_000_000, reasons="核实")
        assert dealing(moved) is None
        assert "Take it" in words(shown(client, official(NATION), "/desk/?lang=en"))

    def test_on_the_pages_it_is_taken_with_one_button_and_found_among_mine(self, client: Client) -> None:
        case, one, other = filed(), official(), official()
        page = shown(client, one, "/desk/?lang=en&who=none")
        assert listed(page) == [case.number]
        sent = {"to": one.pk, "seen": "", "back": "/desk/?who=none"}
        response = client.post(f"/desk/cases/{case.number}/", sent)
        assert (response.status_code, response["Location"]) == (302, "/desk/?who=none")
        assert listed(shown(client, one, "/desk/?who=mine")) == [case.number]
        assert listed(shown(client, one, "/desk/?who=none")) == []
        assert listed(shown(client, other, f"/desk/?who={one.pk}")) == [case.number]
        client.post(f"/desk/cases/{case.number}/", {"to": other.pk, "seen": ""})
        told = words(shown(client, other, "/desk/?lang=en"))
        assert "the case is now with: 王五" in told

    @pytest.mark.parametrize(
        "back", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
    )
    def test_one_comes_back_to_this_site_only(self, back: str, client: Client) -> None:
        case, one = filed(), official()
        client.force_login(one)
        response = client.post(f"/desk/cases/{case.number}/", {"to": one.pk, "seen": "", "back": back})
        assert response["Location"] == "/desk/"


def test_of_two_who_take_a_case_at_once_one_gets_it(own_database: str) -> None:  # noqa: ARG001
    from django.db import connection

    case, people = filed(), [official(), official()]
    ready, told = threading.Barrier(2), []

    def take(who: User) -> None:
        try:
            ready.wait()
            assign(actor(who), case, who.pk, None)
            told.append("taken")
        except AssigningError as error:
            told.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=(who,)) for who in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["changed_meanwhile", "taken"]
    assert Assignment.objects.filter(case=case, ended_at=None).count() == 1
