"""The same thing twice, two people at once, old pages: what is sent then is done once, or not, and said so."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.db import connection
from django.test import Client
from django.urls import reverse

from guiju.portal.organisations.joining import JoiningError, accept_waiting, dismiss
from guiju.portal.organisations.models import Invitation, Membership
from tests.portal.people import account, actor, member, official, organisation

PASSWORD = "correct horse battery 9"


@pytest.fixture
def demanded(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    monkeypatch.setattr(settings, "SECOND_FACTOR_DEMANDED", True)


@pytest.mark.usefixtures("demanded", "own_database")
def test_whoever_adds_a_second_factor_has_shown_it_and_whoever_sits_in_an_older_session_has_not(client: Client) -> None:
    user = official()
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    thief = Client()
    for one in (client, thief):
        one.post("/account/login/", {"login": user.email, "password": PASSWORD})
        assert one.get("/desk/")["Location"] == reverse("mfa_index")
    activate = reverse("mfa_activate_totp")
    client.post(f"/account/reauthenticate/?next={activate}", {"password": PASSWORD})
    client.get(activate)
    secret = client.session["mfa.totp.secret"]
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    assert client.post(activate, {"code": code}).status_code == 302
    assert client.get("/desk/").status_code == 200
    assert thief.get("/desk/")["Location"].startswith(reverse("mfa_reauthenticate"))


def at_once(*jobs: Any) -> list[Any]:
    """Run jobs in threads that begin together; returns what each gave, an exception as itself."""
    found: list[Any] = [None] * len(jobs)
    gate = threading.Barrier(len(jobs))

    def run(place: int, job: Any) -> None:
        try:
            gate.wait()
            found[place] = job()
        except Exception as error:
            found[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(jobs)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return found


@pytest.mark.usefixtures("own_database")
def test_two_owners_who_dismiss_each_other_at_once_leave_one() -> None:
    company = organisation()
    first, second = (Membership.objects.get(user=member(company, "owner")) for _ in range(2))
    actors = [actor(one.user) for one in (first, second)]
    at_once(lambda: dismiss(actors[0], second), lambda: dismiss(actors[1], first))
    assert Membership.objects.filter(organisation=company, role="owner").count() == 1


@pytest.mark.usefixtures("own_database")
def test_an_invitation_accepted_twice_at_once_is_one_membership() -> None:
    import datetime as dt

    company, person = organisation(), account()
    invitation = Invitation.objects.create(
        organisation=company, email=person.email, role="filer", token_hash="x",
        invited_by=member(company, "owner"), expires_at=dt.datetime(2099, 1, 1, tzinfo=dt.UTC),
    )  # fmt: skip
    results = at_once(*[lambda: accept_waiting(person, invitation.pk)] * 2)
    assert Membership.objects.filter(user=person).count() == 1
    assert sum(isinstance(one, Membership) for one in results) == 1
    assert all(isinstance(one, Membership | JoiningError) for one in results)
