"""How people come to organisations, and how they leave."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from guiju.portal.access.deciding import ForbiddenError, may
from guiju.portal.organisations.joining import JoiningError, accept, dismiss, found, invite
from guiju.portal.organisations.models import Invitation, Membership, Organisation
from guiju.portal.outbox.models import Message
from guiju.portal.people.models import User
from tests.portal.people import account, actor, member, organisation

pytestmark = pytest.mark.usefixtures("db")


def invited(company: Organisation, owner: User, email: str, role: str = "filer") -> str:
    tokens = []
    invite(actor(owner), company, email, role, lambda token: tokens.append(token) or f"/join/{token}")  # type: ignore[func-returns-value]
    return tokens[0]


def test_who_founds_an_organisation_owns_it() -> None:
    user = account()
    company = found(user, zh="星河智能", area="330106")
    assert may(actor(user), "organisation.invite", company)


def test_an_invitation_makes_a_member_once_and_only_for_its_address() -> None:
    company, guest, stranger = organisation(), account(), account()
    token = invited(company, member(company, "owner"), guest.email.upper())
    assert token in Message.objects.get().body
    with pytest.raises(JoiningError, match="another mail address"):
        accept(stranger, token)
    assert accept(guest, token).role == "filer"
    with pytest.raises(JoiningError) as refused:
        accept(guest, token)
    assert refused.value.code == "invitation_gone"
    assert "邀请" in refused.value.text("zh")


def test_an_invitation_runs_out_and_a_guessed_token_is_none() -> None:
    company, guest = organisation(), account()
    token = invited(company, member(company, "owner"), guest.email)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    for one in (token, "guess"):
        with pytest.raises(JoiningError, match="run out"):
            accept(guest, one)


def test_the_token_is_nowhere_in_the_table_of_invitations() -> None:
    company = organisation()
    token = invited(company, member(company, "owner"), "guest@example.cn")
    assert not [row for row in Invitation.objects.values_list() if token in str(row)]


@pytest.mark.parametrize("role", ["filer", "reader"])
def test_only_owners_invite_and_only_for_their_own(role: str) -> None:
    company = organisation()
    with pytest.raises(ForbiddenError):
        invited(company, member(company, role), "guest@example.cn")
    with pytest.raises(ForbiddenError):
        invited(company, member(organisation(), "owner"), "guest@example.cn")


@pytest.mark.parametrize("role", ["reviewer", "administrator", "visitor", "king"])
def test_an_organisation_cannot_give_a_role_of_an_authority(role: str) -> None:
    company = organisation()
    with pytest.raises(JoiningError, match="no such role"):
        invited(company, member(company, "owner"), "guest@example.cn", role)


def test_the_last_owner_stays() -> None:
    company = organisation()
    first = member(company, "owner")
    own = Membership.objects.get(user=first)
    with pytest.raises(JoiningError, match="needs an owner"):
        dismiss(actor(first), own)
    second = member(company, "owner")
    dismiss(actor(second), own)
    assert not may(actor(first), "organisation.read", company)


def test_a_credit_code_belongs_to_one_organisation_and_none_is_needed() -> None:
    found(account(), zh="甲", area="330106")
    found(account(), zh="乙", area="330106")
    found(account(), zh="丙", area="330106", credit_code="91330106MA27XXXX0X")
    with pytest.raises(IntegrityError), transaction.atomic():
        found(account(), zh="丁", area="330106", credit_code="91330106MA27XXXX0X")
