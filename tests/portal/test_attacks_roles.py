"""Roles that somebody would like to have: without the second factor, in one's own case, in a colleague's place."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.urls import reverse

from guiju.portal.authorities.models import Posting
from guiju.portal.cases.acting import carry_out
from guiju.portal.cases.roles import roles_of
from guiju.portal.organisations.models import Invitation, Membership, Organisation
from guiju.portal.outbox.models import Message
from guiju.portal.people.models import User
from guiju.procedures.catalogue import built_in_types
from guiju.procedures.refusals import Refusal
from tests.portal.people import ZHEJIANG, account, actor, member, office, official, organisation
from tests.portal.test_access import filed_by

pytestmark = pytest.mark.usefixtures("db")
PASSWORD = "correct horse battery 9"


@pytest.fixture
def demanded(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    monkeypatch.setattr(settings, "SECOND_FACTOR_DEMANDED", True)


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


# ---- A second factor


@pytest.mark.usefixtures("demanded")
def test_a_session_begun_by_a_stolen_password_does_not_act_once_the_victim_has_a_second_factor(client: Client) -> None:
    case, user = filed_by(organisation()), official()
    client.force_login(user)
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    for path in ("/desk/", f"/cases/{case.number}/", f"/cases/{case.number}/acts/register/"):
        assert client.get(path).status_code in (302, 404), path
    assert client.get("/desk/")["Location"].startswith(reverse("mfa_reauthenticate"))
    assert client.post(f"/desk/cases/{case.number}/", {"to": user.pk})["Location"].startswith("/account/2fa/")
    wrong = client.post(f"{reverse('mfa_reauthenticate')}?next=/desk/", {"code": "000000"})
    assert wrong.status_code == 200
    assert client.get("/desk/").status_code == 302
    shown = client.post(f"{reverse('mfa_reauthenticate')}?next=/desk/", {"code": code_of(secret)})
    assert (shown.status_code, shown["Location"]) == (302, "/desk/")
    assert client.get("/desk/").status_code == 200


@pytest.mark.usefixtures("demanded")
def test_recovery_codes_alone_show_nothing(client: Client) -> None:
    user = official()
    client.force_login(user)
    assert get_adapter().is_mfa_enabled(user) is False
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    RecoveryCodes.activate(user)
    assert client.get("/desk/")["Location"] == "/account/2fa/"


# ---- One's own case


def test_nobody_decides_for_the_authority_in_a_case_of_their_own_organisation() -> None:
    company = organisation()
    case, both = filed_by(company), official()
    kind = built_in_types().get(case.kind)
    assert "reviewer" in roles_of(actor(both), "case.act", case, kind)
    Membership.objects.create(user=both, organisation=company, role="reader")
    assert "reviewer" not in roles_of(actor(both), "case.act", case, kind)
    done = carry_out(actor(both), case.number, "register", {}, seen=case.revision, today=dt.date(2026, 9, 29))
    assert isinstance(done, Refusal)
    assert done.code == "wrong_role"
    colleague = official()
    assert "reviewer" in roles_of(actor(colleague), "case.act", case, kind)


# ---- Places of others


def test_a_reader_who_sends_every_form_by_hand_changes_nothing(client: Client) -> None:
    company = organisation()
    case, reader = filed_by(company), member(company, "reader")
    client.force_login(reader)
    own = Membership.objects.get(user=reader)
    o = f"/organisations/{company.pk}"
    for path, data in (
        (f"{o}/members/{own.pk}/", {"role": "owner"}),
        (f"{o}/members/invite/", {"email": "x@example.cn", "role": "owner"}),
        (f"{o}/details/", {"zh": "别的", "area": "330000"}),
        (f"{o}/systems/add/", {"zh": "别的"}),
        (f"{o}/facts/", {}),
        (f"{o}/profile/", {}),
        (f"{o}/events/", {"event": "audit_completed"}),
        (f"{o}/file/mail4/filing/", {"_go": "save"}),
        (f"/cases/{case.number}/acts/withdraw/", {"_go": "send", "_case_seen": case.revision, "_sure": "yes"}),
    ):
        assert client.post(path, data).status_code in (403, 404), path
    own.refresh_from_db()
    case.refresh_from_db()
    assert (own.role, case.revision, Organisation.objects.get(pk=company.pk).zh) == ("reader", 1, "星河智能")
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("role", ["filer", "reader"])
def test_nobody_but_an_owner_gives_roles_and_nobody_gives_one_that_there_is_not(client: Client, role: str) -> None:
    company = organisation()
    owner, other = member(company, "owner"), member(company, role)
    mine = Membership.objects.get(user=other)
    client.force_login(other)
    client.post(f"/organisations/{company.pk}/members/{mine.pk}/", {"role": "owner"})
    client.force_login(owner)
    client.post(f"/organisations/{company.pk}/members/{mine.pk}/", {"role": "administrator"})
    mine.refresh_from_db()
    assert mine.role == role


def test_an_invitation_changes_no_role_that_somebody_has(client: Client) -> None:
    company = organisation()
    person = member(company, "reader")
    invitation = Invitation.objects.create(
        organisation=company, email=person.email, role="owner", token_hash="x",
        invited_by=member(company, "owner"), expires_at=dt.datetime(2099, 1, 1, tzinfo=dt.UTC),
    )  # fmt: skip
    client.force_login(person)
    client.post(f"/places/invitations/{invitation.pk}/")
    assert Membership.objects.get(user=person).role == "reader"


def test_somebody_elses_invitation_is_neither_shown_nor_accepted(client: Client) -> None:
    company, thief = organisation(), account()
    owner = member(company, "owner")
    client.force_login(owner)
    client.post(f"/organisations/{company.pk}/members/invite/", {"email": "li@example.cn", "role": "owner"})
    body = Message.objects.get(to=["li@example.cn"]).body
    found = re.search(r"https?://[^/]+(/places/join/\S+)", body)
    assert found
    client.force_login(thief)
    for path in (found[1], f"/places/invitations/{Invitation.objects.get().pk}/"):
        client.post(path)
    assert not Membership.objects.filter(user=thief).exists()
    assert "星河" not in client.get(found[1]).content.decode()


def test_an_administrator_appoints_neither_themself_nor_anybody_above_or_beside(client: Client) -> None:
    administrator, friend = official(ZHEJIANG, "administrator"), account()
    client.force_login(administrator)
    here = f"/desk/offices/{office(ZHEJIANG).code}/"
    client.post(here, {"email": administrator.email, "role": "head"})
    for code in ("000000-1", "320000-1"):
        assert client.post(f"/desk/offices/{code}/", {"email": friend.email, "role": "head"}).status_code == 404
    assert not Posting.objects.filter(user=friend).exists()
    assert [one.role for one in Posting.objects.filter(user=administrator)] == ["administrator"]


def test_an_administrator_sees_no_case_whatever_they_try(client: Client) -> None:
    case = filed_by(organisation())
    client.force_login(official(ZHEJIANG, "administrator"))
    paths = ("", "clocks/registering/", "evidence/", "diagram.svg", "acts/register/", "letters/1-1/")
    addresses = [f"/cases/{case.number}/{path}" for path in paths]
    addresses += [
        f"/cases/{case.number}.json",
        "/desk/",
        "/desk/search/?q=C&as=csv",
        "/desk/overview/",
        f"/desk/cases/{case.number}/",
    ]
    for path in addresses:
        answer = client.get(path)
        assert answer.status_code in (403, 404), path
        assert "星河" not in bytes(answer.getvalue()).decode(), path


# ---- Those who have left


def test_whoever_was_dismissed_has_nothing_left_not_even_the_calendar(client: Client) -> None:
    company = organisation()
    case, gone = filed_by(company), member(company, "owner")
    member(company, "owner")
    client.force_login(gone)
    page = client.post(f"/organisations/{company.pk}/calendar/").content.decode()
    feed = re.search(r"/feeds/[^\"<\s]+\.ics", page)
    assert feed
    assert client.get(feed[0]).status_code == 200
    Membership.objects.filter(user=gone).delete()
    for path in (feed[0], f"/cases/{case.number}/", f"/organisations/{company.pk}/", f"/cases/{case.number}.json"):
        assert client.get(path).status_code in (403, 404), path


def test_an_account_that_is_switched_off_is_out_at_once_its_calendar_too(client: Client) -> None:
    company = organisation()
    person = member(company, "owner")
    client.force_login(person)
    page = client.post(f"/organisations/{company.pk}/calendar/").content.decode()
    feed = re.search(r"/feeds/[^\"<\s]+\.ics", page)
    assert feed
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get(f"/organisations/{company.pk}/").status_code == 302
    assert client.get(feed[0]).status_code == 404
    assert client.post(f"/organisations/{company.pk}/members/invite/", {"email": "x@example.cn"}).status_code == 403


def test_what_does_not_exist_and_what_is_anothers_look_the_same(client: Client) -> None:
    case = filed_by(organisation())
    client.force_login(member(organisation("320106")))
    for real, made_up in (
        (f"/cases/{case.number}/", "/cases/C-2026-999999-X/"),
        (f"/cases/{case.number}.json", "/cases/C-2026-999999-X.json"),
        (f"/organisations/{case.organisation_id}/", "/organisations/999999999/"),
    ):
        pages = [client.get(path) for path in (real, made_up)]
        texts = [page.content.decode().replace(real, "-").replace(made_up, "-") for page in pages]
        assert [page.status_code for page in pages] == [404, 404]
        assert _alike(texts[0], case.number) == _alike(texts[1], "C-2026-999999-X")


def _alike(text: str, number: str) -> str:
    return re.sub(r'value="[^"]*"|content="[^"]*"|\?lang=\S+', "", text.replace(number, "-"))


def test_an_account_that_only_claims_an_address_is_not_appointed(client: Client) -> None:
    from allauth.account.models import EmailAddress

    client.post("/account/signup/", {"email": "chen@gov.example.cn", "password1": PASSWORD, "password2": PASSWORD})
    claimed = User.objects.get(email="chen@gov.example.cn")
    administrator = official(ZHEJIANG, "administrator")
    client.force_login(administrator)
    sent = {"email": claimed.email, "role": "reviewer"}
    assert client.post(f"/desk/offices/{office(ZHEJIANG).code}/", sent).status_code == 400
    EmailAddress.objects.filter(user=claimed).update(verified=True)
    assert client.post(f"/desk/offices/{office(ZHEJIANG).code}/", sent).status_code == 302


def test_nobody_makes_somebody_elses_address_theirs_to_get_their_invitations(client: Client) -> None:
    from allauth.account.models import EmailAddress

    company, thief = organisation(), account()
    EmailAddress.objects.create(user=thief, email=thief.email, verified=True, primary=True)
    client.force_login(member(company, "owner"))
    client.post(f"/organisations/{company.pk}/members/invite/", {"email": "li@example.cn", "role": "owner"})
    client.force_login(thief)
    client.post("/account/email/", {"email": "li@example.cn", "action_add": ""})
    client.post("/account/email/", {"email": "li@example.cn", "action_primary": ""})
    assert User.objects.get(pk=thief.pk).email == thief.email
    client.post(f"/places/invitations/{Invitation.objects.get().pk}/")
    assert not Membership.objects.filter(user=thief).exists()
