"""After log-in: one's places, founding an organisation, invitations, members; the overview and the lists of cases."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from guiju.portal.cases.models import Case, QueueRow
from guiju.portal.organisations.credit_code import check_character, is_credit_code, plain
from guiju.portal.organisations.joining import invite, open_invitations
from guiju.portal.organisations.models import Invitation, Membership, Organisation, System
from guiju.portal.outbox.models import Message
from guiju.portal.people.models import User
from guiju.procedures.catalogue import built_in_types
from tests.portal.people import ZHEJIANG, account, actor, member, office, official, organisation

pytestmark = pytest.mark.usefixtures("db")
CODE = "91330106MA27XYKX0" + check_character("91330106MA27XYKX0")
MOST_QUERIES = 15


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


# ---- Places


def test_somebody_new_is_told_what_they_can_do(client: Client) -> None:
    client.force_login(account())
    page = text(client.get("/places/"))
    assert "/places/found/" in page
    assert "还不属于任何组织" in page
    assert "You belong to no organisation yet" in text(client.get("/places/?lang=en"))


def test_who_has_one_place_goes_there_and_can_still_see_the_list(client: Client) -> None:
    company = organisation()
    client.force_login(member(company))
    assert client.get("/places/")["Location"] == f"/organisations/{company.pk}/"
    assert "星河智能" in text(client.get("/places/?all=1"))


def test_who_has_several_places_chooses(client: Client) -> None:
    company, user = organisation(), official(ZHEJIANG)
    Membership.objects.create(user=user, organisation=company, role="owner")
    client.force_login(user)
    page = text(client.get("/places/"))
    for name in ("星河智能", "组织负责人", office(ZHEJIANG).authority.zh, "经办人"):
        assert name in page


def test_an_invitation_waits_for_its_address_and_is_accepted_there(client: Client) -> None:
    company, guest = organisation(), account()
    invite(actor(member(company, "owner")), company, guest.email, "filer", lambda token: token)
    client.force_login(guest)
    page = text(client.get("/places/"))
    assert "邀请您以“办理人”身份加入" in page
    address = re.search(r"/places/invitations/\d+/", page)
    assert address
    stranger = account()
    client.force_login(stranger)
    client.post(address[0])
    assert not stranger.memberships.exists()
    client.force_login(guest)
    assert client.post(address[0])["Location"] == f"/organisations/{company.pk}/"
    assert guest.memberships.get().role == "filer"


def test_the_link_in_the_mail_leads_to_the_invitation_after_log_in_too(client: Client) -> None:
    company, guest = organisation(), account()
    client.force_login(member(company, "owner"))
    client.post(f"/organisations/{company.pk}/members/invite/", {"email": guest.email, "role": "reader"})
    link = re.search(r"http://testserver(/places/join/[\w-]+/)", Message.objects.get().body)
    assert link
    client.logout()
    assert "next=" in client.get(link[1])["Location"]
    client.force_login(account())
    assert "另一个邮箱" in text(client.get(link[1]))
    client.force_login(guest)
    assert "查看人" in text(client.get(link[1]))
    client.post(link[1])
    assert guest.memberships.get().organisation == company
    assert client.get(link[1]).status_code == 404


# ---- Founding


def test_who_founds_an_organisation_comes_to_its_overview(client: Client) -> None:
    user = account()
    client.force_login(user)
    sent = {"zh": "星河智能", "en": "Xinghe", "credit_code": CODE.lower(), "area": "330100"}
    answer = client.post("/places/found/", sent)
    made = Organisation.objects.get()
    assert answer["Location"] == f"/organisations/{made.pk}/"
    assert (made.credit_code, made.area, user.memberships.get().role) == (CODE, "330100", "owner")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"credit_code": CODE[:-1] + ("0" if CODE[-1] != "0" else "1")}, "不是有效的统一社会信用代码"),
        ({"credit_code": "12345"}, "不是有效的统一社会信用代码"),
        ({"zh": ""}, "请填写中文名称"),
        ({"zh": "长" * 201}, "最多 200 个字符"),
        ({"area": "999999"}, "请选择住所所在地"),
        ({"area": ""}, "请选择住所所在地"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_kept(client: Client, change: dict[str, str], told: str) -> None:
    client.force_login(account())
    sent = {"zh": "星河智能", "en": "Kept as entered", "credit_code": "", "area": "330000", **change}
    page = client.post("/places/found/", sent)
    assert page.status_code == 422
    assert told in page.content.decode()
    assert "Kept as entered" in page.content.decode()
    assert not Organisation.objects.exists()


def test_no_code_is_needed_and_one_belongs_to_one_organisation(client: Client) -> None:
    client.force_login(account())
    for name in ("甲", "乙"):
        assert client.post("/places/found/", {"zh": name, "area": "330000"}).status_code == 302
    first = client.post("/places/found/", {"zh": "丙", "area": "330000", "credit_code": CODE})
    again = client.post("/places/found/", {"zh": "丁", "area": "330000", "credit_code": CODE})
    assert (first.status_code, again.status_code) == (302, 422)
    assert "已有组织使用这一代码" in again.content.decode()


def test_every_single_wrong_character_of_a_credit_code_is_noticed() -> None:
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    assert is_credit_code(CODE)
    for place, right in enumerate(CODE):
        for sign in signs:
            if sign != right:
                assert not is_credit_code(CODE[:place] + sign + CODE[place + 1 :])
    assert not is_credit_code(CODE.replace("1", "I", 1))
    assert plain(f" {CODE[:4].lower()}-{CODE[4:]}") == CODE


def test_codes_as_they_are_published_are_right() -> None:
    for code in ("91350100M000100Y43", "91110000600037341L"):
        assert is_credit_code(code), code


def test_only_an_owner_changes_what_the_organisation_is_called(client: Client) -> None:
    company = organisation()
    address = f"/organisations/{company.pk}/details/"
    sent = {"zh": "新名", "en": "", "credit_code": "", "area": "330106"}
    for role, status in (("reader", 403), ("filer", 403), ("owner", 302)):
        client.force_login(member(company, role))
        assert client.post(address, sent).status_code == status
    company.refresh_from_db()
    assert company.zh == "新名"


# ---- Members


@pytest.fixture
def company() -> Organisation:
    return organisation()


def test_an_owner_invites_changes_and_ends_and_the_last_owner_stays(client: Client, company: Organisation) -> None:
    owner, other = member(company, "owner"), member(company, "reader")
    client.force_login(owner)
    members = f"/organisations/{company.pk}/members/"
    own, another = (Membership.objects.get(user=user) for user in (owner, other))
    client.post(f"{members}{another.pk}/", {"role": "filer"})
    another.refresh_from_db()
    assert another.role == "filer"
    for sent in ({"dismiss": "1"}, {"role": "reader"}):
        page = text(client.post(f"{members}{own.pk}/", sent, follow=True))
        assert "至少须有一名负责人" in page
    client.post(f"{members}{another.pk}/", {"dismiss": "1"})
    assert list(company.memberships.values_list("user", "role")) == [(owner.pk, "owner")]


def test_an_invitation_can_be_withdrawn_and_the_newest_one_counts(client: Client, company: Organisation) -> None:
    client.force_login(member(company, "owner"))
    members = f"/organisations/{company.pk}/members/"
    for role in ("reader", "filer"):
        client.post(f"{members}invite/", {"email": "guest@example.cn", "role": role})
    waiting = open_invitations(company)
    assert [one.role for one in waiting] == ["filer"]
    assert "guest@example.cn" in text(client.get(members))
    client.post(f"{members}invitations/{waiting.get().pk}/")
    assert not open_invitations(company).exists()
    assert Invitation.objects.count() == 2


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"email": "nobody", "role": "filer"}, "请填写一个电子邮箱"),
        ({"email": "guest@example.cn", "role": "head"}, "请选择角色"),
    ],
)
def test_an_invitation_that_cannot_be_is_refused(
    client: Client, company: Organisation, sent: dict[str, str], told: str
) -> None:
    client.force_login(member(company, "owner"))
    page = client.post(f"/organisations/{company.pk}/members/invite/", sent)
    assert page.status_code == 422
    assert told in page.content.decode()
    assert not Invitation.objects.exists()


def test_who_is_a_member_is_not_invited_again(client: Client, company: Organisation) -> None:
    client.force_login(member(company, "owner"))
    other = member(company)
    page = client.post(f"/organisations/{company.pk}/members/invite/?lang=en", {"email": other.email, "role": "owner"})
    assert "is a member already" in page.content.decode()


@pytest.mark.parametrize("role", ["filer", "reader"])
def test_others_see_the_members_and_change_none(client: Client, company: Organisation, role: str) -> None:
    owner = member(company, "owner")
    client.force_login(member(company, role))
    members = f"/organisations/{company.pk}/members/"
    assert owner.email in text(client.get(members))
    assert "invite/" not in text(client.get(members))
    own = Membership.objects.get(user=owner)
    for address in (f"{members}invite/", f"{members}{own.pk}/"):
        assert client.post(address, {"email": "a@example.cn", "role": "owner", "dismiss": "1"}).status_code == 403
    assert Membership.objects.filter(pk=own.pk).exists()


def test_an_owner_reaches_no_member_of_another_organisation(client: Client, company: Organisation) -> None:
    other = Membership.objects.get(user=member(organisation(), "reader"))
    client.force_login(member(company, "owner"))
    assert client.post(f"/organisations/{company.pk}/members/{other.pk}/", {"dismiss": "1"}).status_code == 404
    assert Membership.objects.filter(pk=other.pk).exists()


# ---- Many systems, many cases


def crowded(systems: int, cases: int) -> tuple[Organisation, User]:
    """An organisation with much to look after; its cases are rows alone, as lists read them."""
    company, kinds = organisation("330000"), ["mail4/filing", "mail4/licence", "mail4/licence_renewal"]
    facts = {"develops": True, "in_mainland": True, "is_generative": True, "registered_users": 37_000}
    own = System.objects.bulk_create(
        System(organisation=company, zh=f"星河{number}", en=f"Xinghe {number}", facts=facts)
        for number in range(systems)
    )
    here, day = office(ZHEJIANG), dt.date(2026, 11, 2)
    made = Case.objects.bulk_create(
        Case(
            number=f"C-2026-{number:06}-X", kind=kinds[number % 3], version=1, digest="0" * 64, organisation=company,
            system=own[number % systems], office=here, opened_on=day, revision=1,
        )
        for number in range(cases)
    )  # fmt: skip
    QueueRow.objects.bulk_create(
        QueueRow(
            case=case, kind=case.kind, office=here, organisation=company,
            state=built_in_types().get(case.kind).initial,
            final=number % 5 == 0,
            turn=["applicant", "authority", "nobody"][number % 3] if number % 5 else "closed",
            next_due=day + dt.timedelta(days=number % 90) if number % 5 else None, last_on=day,
        )
        for number, case in enumerate(made)
    )  # fmt: skip
    return company, member(company)


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_no_page_asks_more_than_fifteen_things_of_the_database_however_much_there_is(
    client: Client, django_queries: Callable[[], list[str]], lang: str
) -> None:
    company, who = crowded(40, 500)
    client.force_login(who)
    system = company.systems.first()
    assert system
    pages = [
        "", "systems/", f"systems/{system.pk}/", f"systems/{system.pk}/facts/", "facts/", "duties/", "cases/",
        "cases/?turn=applicant&page=2", "members/", "calendar/", "events/", "history/", "profile/", "details/",
        f"findings/system-{system.pk}/", f"findings/system-{system.pk}/mail4:66.2/",
        f"duties/system-{system.pk}/mail4:66.2/", "downloads/calendar.ics", "downloads/profile.yaml",
    ]  # fmt: skip
    for rest in [f"/organisations/{company.pk}/{one}" for one in pages] + ["/places/?all=1", "/mine/"]:
        joint = "&" if "?" in rest else "?"
        before = len(django_queries())
        answer = client.get(f"{rest}{joint}lang={lang}")
        assert answer.status_code == 200, rest
        assert len(django_queries()) - before <= MOST_QUERIES, (rest, django_queries()[before:])


def test_the_list_of_cases_is_narrowed_and_turned_page_by_page(client: Client) -> None:
    company, who = crowded(3, 130)
    client.force_login(who)
    cases = f"/organisations/{company.pk}/cases/"
    assert "共 130 条" in text(client.get(cases))
    mine = sum(one % 3 == 0 and one % 5 != 0 for one in range(130))
    page = text(client.get(f"{cases}?turn=applicant&lang=en"))
    assert f"{mine} entries" in page
    assert "The authority’s turn" not in page
    last = text(client.get(f"{cases}?page=3"))
    assert len(set(re.findall(r"C-2026-\d+-X", last))) == 30
    assert "130" in text(client.get(f"{cases}?page=99&lang=en"))
    assert "No such case" in text(client.get(f"{cases}?kind=genai/report"))


def test_the_overview_says_what_is_next(client: Client) -> None:
    company, who = crowded(3, 20)
    client.force_login(who)
    page = text(client.get(f"/organisations/{company.pk}/?lang=en"))
    assert "Cases where it is our turn" in page
    assert "Open questions" in page
    assert "Xinghe 1" in page


def test_own_cases_are_those_filed_for_nobody_else(client: Client) -> None:
    company, who = crowded(1, 3)
    own = Case.objects.create(
        number="C-2026-900000-X", kind="mail4/complaint", version=1, digest="0" * 64, person=who,
        office=office(ZHEJIANG), opened_on=dt.date(2026, 11, 2), revision=1,
    )  # fmt: skip
    QueueRow.objects.create(
        case=own, kind=own.kind, office=own.office, person=who, state="submitted", final=False, last_on=own.opened_on
    )
    client.force_login(who)
    page = text(client.get("/mine/"))
    assert "C-2026-900000-X" in page
    assert "C-2026-000000-X" not in page
    assert "C-2026-900000-X" not in text(client.get(f"/organisations/{company.pk}/cases/"))
    client.force_login(account())
    assert "C-2026-900000-X" not in text(client.get("/mine/"))
