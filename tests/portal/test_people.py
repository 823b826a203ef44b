"""Accounts: log-in, second factors, lockout."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth import authenticate
from django.test import Client

from guiju.portal.outbox.models import Message
from guiju.portal.people.models import User
from guiju.portal.people.second_factor import SecondFactor
from guiju.portal.starting import FirstAccountError, create_admin
from tests.portal.people import account, actor

pytestmark = pytest.mark.usefixtures("db")
PASSWORD = "规矩方圆-correct-horse"


def person() -> User:
    user = account()
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def log_in(client: Client, user: User, password: str = PASSWORD) -> bool:
    client.post("/account/login/", {"login": user.email, "password": password})
    return "_auth_user_id" in client.session


def test_a_person_logs_in_with_mail_address_and_password(client: Client) -> None:
    user = person()
    assert not log_in(client, user, "wrong")
    assert log_in(client, user)


def test_an_account_that_is_switched_off_cannot_log_in(client: Client) -> None:
    user = person()
    user.is_active = False
    user.save()
    assert not log_in(client, user)


def test_after_several_wrong_passwords_even_the_right_one_waits_for_this_account_and_for_no_other(
    client: Client,
) -> None:
    user, other = person(), person()
    for _ in range(5):
        assert not log_in(client, user, "wrong")
    assert not log_in(client, user)
    assert log_in(client, other)


def test_a_second_factor_is_asked_for_and_its_secret_lies_encrypted(client: Client) -> None:
    user, secret = person(), generate_totp_secret()
    TOTP.activate(user, secret)
    assert secret not in str(Authenticator.objects.get().data)
    assert not log_in(client, user)
    code = hotp_value(secret, next(yield_hotp_counters_from_time()))
    for wrong in (True, False):
        tried = format_hotp_value((code + wrong) % 1_000_000)
        client.post("/account/2fa/authenticate/", {"code": tried})
        assert ("_auth_user_id" in client.session) is not wrong


def test_a_secret_can_be_read_after_the_sites_key_was_changed(settings_of_site: None) -> None:  # noqa: ARG001
    from django.conf import settings

    closed = SecondFactor().encrypt("SECRET")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "n" * 60
    assert SecondFactor().decrypt(closed) == "SECRET"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(Exception):  # noqa: B017, PT011
        SecondFactor().decrypt(closed)


@pytest.fixture
def settings_of_site(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    monkeypatch.setattr(settings, "SECRET_KEY", settings.SECRET_KEY)
    monkeypatch.setattr(settings, "SECRET_KEY_FALLBACKS", list(settings.SECRET_KEY_FALLBACKS))


def test_signing_up_makes_an_account_without_a_role_that_must_confirm_its_address(client: Client) -> None:
    form = {"email": "new@example.cn", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/account/signup/", form)
    user = User.objects.get(email="new@example.cn")
    assert "_auth_user_id" not in client.session
    assert [held.role for held in actor(user).held] == ["visitor", "account"]
    assert Message.objects.get().to == ["new@example.cn"]


def test_signing_up_with_an_address_that_is_taken_looks_the_same(client: Client) -> None:
    taken = person()
    answers = [
        client.post("/account/signup/", {"email": email, "password1": PASSWORD, "password2": PASSWORD})
        for email in ("new@example.cn", taken.email)
    ]
    assert [(one.status_code, one["Location"]) for one in answers] == [(302, "/account/confirm-email/")] * 2


def test_djangos_own_permissions_decide_nothing() -> None:
    user = create_admin("admin@example.cn", PASSWORD, "000000-1")
    found = authenticate(None, email=user.email, password=PASSWORD)
    assert found == user
    assert not hasattr(user, "is_superuser")


@pytest.mark.parametrize(
    ("email", "password", "office", "message"),
    [
        ("admin@example.cn", PASSWORD, "999999-1", "there is no office 999999-1"),
        ("admin", PASSWORD, "000000-1", "not fit"),
        ("admin@example.cn", "12345678901", "000000-1", "not fit"),
        ("admin@example.cn", "password1234", "000000-1", "not fit"),
    ],
)
def test_a_first_account_that_is_not_fit_is_refused(email: str, password: str, office: str, message: str) -> None:
    with pytest.raises(FirstAccountError, match=message) as refused:
        create_admin(email, password, office)
    assert refused.value.text("zh")
    assert not User.objects.exists()
