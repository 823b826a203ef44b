"""Offices and their people: appointed and removed by administrators, within their reach, never by themselves."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from guiju.portal.access.deciding import ForbiddenError
from guiju.portal.authorities.models import Posting
from guiju.portal.desk.assigning import assign, current
from guiju.portal.desk.models import PostingChange
from guiju.portal.desk.posting import PostingError, appoint, remove
from guiju.portal.outbox.models import Message
from guiju.portal.people.models import User
from tests.portal.people import JIANGSU, NATION, ZHEJIANG, account, actor, office, official
from tests.portal.test_desk import filed, shown, words

HANGZHOU = "330100"


def posting_of(user: User) -> Posting:
    return Posting.objects.get(user=user)


@pytest.mark.usefixtures("db")
class TestRules:
    def test_an_administrator_appoints_at_home_and_below_and_it_stays_on_record(self) -> None:
        admin = official(ZHEJIANG, "administrator")
        for place in (ZHEJIANG, HANGZHOU):
            newcomer = account()
            appoint(actor(admin), office(place), f" {newcomer.email.upper()} ", "reviewer")
            assert posting_of(newcomer).office == office(place)
            change = PostingChange.objects.get(user=newcomer)
            assert (change.what, change.role, change.by, change.office) == (
                "appointed",
                "reviewer",
                admin,
                office(place),
            )
            mail = Message.objects.get(key=f"posting:{change.pk}")
            assert mail.to == [newcomer.email]

    @pytest.mark.parametrize("place", [NATION, JIANGSU])
    def test_never_above_or_beside(self, place: str) -> None:
        admin, newcomer = official(ZHEJIANG, "administrator"), account()
        with pytest.raises(ForbiddenError):
            appoint(actor(admin), office(place), newcomer.email, "reviewer")
        with pytest.raises(ForbiddenError):
            remove(actor(admin), posting_of(official(place)))

    @pytest.mark.parametrize("role", ["reviewer", "head"])
    def test_who_deals_with_cases_appoints_nobody(self, role: str) -> None:
        with pytest.raises(ForbiddenError):
            appoint(actor(official(ZHEJIANG, role)), office(ZHEJIANG), account().email, "reviewer")

    @pytest.mark.parametrize("place", [ZHEJIANG, HANGZHOU])
    @pytest.mark.parametrize("role", ["reviewer", "head", "administrator"])
    def test_nobody_appoints_themself_anywhere(self, place: str, role: str) -> None:
        admin = official(ZHEJIANG, "administrator")
        with pytest.raises(PostingError) as refused:
            appoint(actor(admin), office(place), admin.email, role)
        assert refused.value.code == "not_yourself"
        assert Posting.objects.filter(user=admin).count() == 1

    def test_nobody_removes_themself(self) -> None:
        admin = official(ZHEJIANG, "administrator")
        with pytest.raises(PostingError) as refused:
            remove(actor(admin), posting_of(admin))
        assert refused.value.code == "not_yourself"

    @pytest.mark.parametrize(
        ("email", "role", "code"),
        [("nobody@example.cn", "reviewer", "no_such_account"), ("", "reviewer", "no_such_account"),
         (None, "owner", "no_such_role"), (None, "", "no_such_role")],
    )  # fmt: skip
    def test_account_and_role_must_exist(self, email: str | None, role: str, code: str) -> None:
        given = account().email if email is None else email
        with pytest.raises(PostingError) as refused:
            appoint(actor(official(ZHEJIANG, "administrator")), office(ZHEJIANG), given, role)
        assert refused.value.code == code

    def test_an_account_that_is_switched_off_is_not_appointed(self) -> None:
        gone = account()
        User.objects.filter(pk=gone.pk).update(is_active=False)
        with pytest.raises(PostingError):
            appoint(actor(official(ZHEJIANG, "administrator")), office(ZHEJIANG), gone.email, "reviewer")

    def test_the_same_posting_twice_is_refused_and_leaves_no_record(self) -> None:
        admin, reviewer = official(ZHEJIANG, "administrator"), official(ZHEJIANG, "reviewer")
        with pytest.raises(PostingError) as refused:
            appoint(actor(admin), office(ZHEJIANG), reviewer.email, "reviewer")
        assert refused.value.code == "has_it_already"
        assert not PostingChange.objects.exists()

    def test_the_last_administrator_of_the_nation_stays(self) -> None:
        """The one above them could not be appointed by anybody. A switched-off account counts for nobody."""
        last, asleep = official(NATION, "administrator"), official(NATION, "administrator")
        second = official(NATION, "administrator")
        User.objects.filter(pk=asleep.pk).update(is_active=False)
        remove(actor(second), posting_of(asleep))
        remove(actor(second), posting_of(last))
        newest = account()
        appoint(actor(second), office(NATION), newest.email, "administrator")
        remove(actor(newest), posting_of(second))
        User.objects.filter(pk=newest.pk).update(is_active=False)
        helper = account()
        Posting.objects.create(user=helper, office=office(NATION), role="administrator")
        User.objects.filter(pk=newest.pk).update(is_active=True)
        remove(actor(newest), posting_of(helper))
        assert Posting.objects.filter(office=office(NATION), role="administrator").count() == 1

    def test_the_last_administrator_of_a_province_may_go_for_the_nation_appoints_another(self) -> None:
        nation, province = official(NATION, "administrator"), official(ZHEJIANG, "administrator")
        remove(actor(nation), posting_of(province))
        assert not Posting.objects.filter(user=province).exists()

    def test_whose_posting_ends_lays_down_their_cases(self) -> None:
        admin, reviewer, case = official(ZHEJIANG, "administrator"), official(), filed()
        assign(actor(reviewer), case, reviewer.pk, None)
        remove(actor(admin), posting_of(reviewer))
        assert current(case) is None
        assert [one.what for one in PostingChange.objects.filter(user=reviewer)] == ["removed"]

    def test_the_record_cannot_be_changed(self) -> None:
        admin, newcomer = official(ZHEJIANG, "administrator"), account()
        appoint(actor(admin), office(ZHEJIANG), newcomer.email, "reviewer")
        tampering: tuple[Callable[[], object], ...] = (
            lambda: PostingChange.objects.update(role="head"),
            lambda: PostingChange.objects.filter(user=newcomer).delete(),
        )
        for tamper in tampering:
            with pytest.raises(DatabaseError), transaction.atomic():
                tamper()


@pytest.mark.usefixtures("db")
class TestPages:
    def test_each_sees_the_offices_and_people_that_concern_them(self, client: Client) -> None:
        for role, place, there, people in (
            ("reviewer", ZHEJIANG, False, False),
            ("head", ZHEJIANG, False, True),
            ("administrator", ZHEJIANG, True, True),
        ):
            page = words(shown(client, official(place, role), "/desk/offices/?lang=en"))
            assert "AI authority of Zhejiang" in page
            assert ("AI authority of Hangzhou" in page) == there
            assert "AI authority of Jiangsu" not in page
            one = shown(client, official(place, role), "/desk/offices/330000-1/?lang=en")
            assert ("Mail address" in one) == people
            assert ("Appoint somebody" in one) == (role == "administrator")

    def test_out_of_reach_does_not_exist(self, client: Client) -> None:
        client.force_login(official(ZHEJIANG, "administrator"))
        stranger = posting_of(official(JIANGSU))
        assert client.get("/desk/offices/320000-1/").status_code == 404
        assert client.get(f"/desk/postings/{stranger.pk}/").status_code == 404
        assert client.post(f"/desk/postings/{stranger.pk}/").status_code == 404
        sent = {"email": account().email, "role": "reviewer"}
        assert client.post("/desk/offices/320000-1/", sent).status_code == 404
        assert client.post("/desk/offices/000000-1/", sent).status_code == 404

    def test_appointing_and_removing_by_pages(self, client: Client) -> None:
        admin, newcomer = official(ZHEJIANG, "administrator"), account("陈一")
        client.force_login(admin)
        sent = {"email": newcomer.email, "role": "reviewer"}
        assert client.post("/desk/offices/330000-1/", sent).status_code == 302
        page = words(shown(client, admin, "/desk/offices/330000-1/?lang=en"))
        assert "陈一 is now reviewer here." in page
        address = f"/desk/postings/{posting_of(newcomer).pk}/"
        assert "陈一" in shown(client, admin, address)
        assert client.post(address).status_code == 302
        assert not Posting.objects.filter(user=newcomer).exists()
        page = words(shown(client, admin, "/desk/offices/330000-1/?lang=zh-hans"))
        assert "已免去 陈一 的经办人角色。" in page

    def test_a_mistake_stands_at_its_field_and_on_top_and_what_was_entered_stays(self, client: Client) -> None:
        client.force_login(official(ZHEJIANG, "administrator"))
        response = client.post("/desk/offices/330000-1/?lang=en", {"email": "ghost@example.cn", "role": "head"})
        page = response.content.decode()
        assert response.status_code == 400
        assert page.count("No account has this mail address") == 2
        assert 'value="ghost@example.cn"' in page
        assert "<title>Error:" in page

    def test_offices_are_found_by_area(self, client: Client) -> None:
        admin = official(NATION, "administrator")
        page = shown(client, admin, "/desk/offices/?q=hangzhou&lang=en")
        assert "330100-1" in page
        assert "320000-1" not in page
        assert "page 1 of 4" in words(shown(client, admin, "/desk/offices/?lang=en"))


def test_two_administrators_who_remove_each_other_at_once_leave_one(own_database: str) -> None:  # noqa: ARG001
    Posting.objects.filter(office=office(NATION)).delete()
    pair = [official(NATION, "administrator"), official(NATION, "administrator")]
    ready, told = threading.Barrier(2), []

    def strike(who: User, other: User) -> None:
        try:
            mine, theirs = actor(who), posting_of(other)
            ready.wait()
            remove(mine, theirs)
            told.append("removed")
        except (PostingError, ForbiddenError):
            told.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=strike, args=two) for two in (pair, pair[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["refused", "removed"]
    assert Posting.objects.filter(office=office(NATION), role="administrator").count() == 1
