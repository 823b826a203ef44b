"""How people come to an organisation: by founding it, or by an invitation that reaches their mail address."""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from guiju.bilingual import Bilingual
from guiju.portal.access.actor import Actor
from guiju.portal.access.deciding import require
from guiju.portal.access.matrix import matrix
from guiju.portal.organisations.models import Invitation, Membership, Organisation
from guiju.portal.outbox.models import Message
from guiju.portal.outbox.queueing import queue_mail
from guiju.portal.people.models import User

OPEN_FOR = timedelta(days=7)
FOUNDER = "owner"
MOST_INVITATIONS_A_DAY = 50
"""Sent by one person: a name of an organisation is anybody's to choose, and goes to strangers' mail boxes."""
MOST_ORGANISATIONS = 100
"""Owned by one person, who may look after those of many clients."""


class JoiningError(ValueError):
    """An invitation cannot be sent or accepted; `code` is stable."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(_TEXTS[code].en)

    def text(self, lang: str) -> str:
        """Say what is wrong, in `zh` or `en`."""
        return _TEXTS[self.code].get(lang)


_TEXTS = {
    "no_such_role": Bilingual(zh="组织中没有这一角色。", en="There is no such role in an organisation."),
    "invitation_gone": Bilingual(
        zh="邀请无效、已使用或者已过期；请让组织重新邀请。",
        en="The invitation is not valid, was used or has run out; ask the organisation for a new one.",
    ),
    "other_address": Bilingual(
        zh="邀请发给了另一个邮箱；请用该邮箱的账户登录。",
        en="The invitation went to another mail address; sign in with the account of that address.",
    ),
    "last_owner": Bilingual(
        zh="组织至少须有一名负责人；请先指定他人。", en="An organisation needs an owner; name another one first."
    ),
    "too_many": Bilingual(
        zh="您今天发出的邀请已达上限；请明天再试。",
        en="You have sent as many invitations as one may a day; try tomorrow.",
    ),
    "too_many_organisations": Bilingual(
        zh="您名下的组织已达上限；请联系本平台运行人员。",
        en="You own as many organisations as one may; ask the operators of this site.",
    ),
    "member_already": Bilingual(
        zh="该邮箱的持有人已是成员；请直接修改其角色。",
        en="The person with this address is a member already; change their role instead.",
    ),
}


@transaction.atomic
def found(user: User, *, zh: str, en: str = "", area: str, credit_code: str = "") -> Organisation:
    """Make an organisation whose first owner is this person. Raises JoiningError where they own too many."""
    if user.memberships.filter(role=FOUNDER).count() >= MOST_ORGANISATIONS:
        raise JoiningError("too_many_organisations")
    organisation = Organisation.objects.create(zh=zh, en=en, area=area, credit_code=credit_code)
    Membership.objects.create(user=user, organisation=organisation, role=FOUNDER)
    return organisation


@transaction.atomic
def invite(actor: Actor, organisation: Organisation, email: str, role: str, link: Any) -> Invitation:
    """Invite somebody by mail; `link` makes the address of the page from the token. Raises Forbidden, JoiningError."""
    require(actor, "organisation.invite", organisation)
    _refuse_unknown(role)
    if Membership.objects.filter(organisation=organisation, user__email=email.lower()).exists():
        raise JoiningError("member_already")
    _refuse_too_many(actor)
    # Invited again, the address has one open invitation: the new one.
    _open_ones().filter(organisation=organisation, email=email.lower()).update(expires_at=timezone.now())
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email.lower(),
        role=role,
        token_hash=_hash(token),
        invited_by_id=actor.user_id,
        expires_at=timezone.now() + OPEN_FOR,
    )
    queue_mail(
        key=_key(invitation.pk),
        to=[invitation.email],
        subject=f"{organisation.zh} 邀请您加入 / You are invited to join {organisation.en or organisation.zh}",
        body=f"{organisation.zh} 邀请您加入，七日内有效：\nThe invitation is open for seven days:\n\n{link(token)}\n",
    )
    return invitation


def waiting_for(user: User) -> QuerySet[Invitation]:
    """Return the open invitations to this person's address."""
    return _open_ones().filter(email=user.email.lower())


def invitation_of(token: str) -> Invitation | None:
    """Return the open invitation that a token belongs to."""
    return _open_ones().filter(token_hash=_hash(token)).select_related("organisation").first()


def open_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    """Return the invitations of an organisation that wait for an answer."""
    return _open_ones().filter(organisation=organisation)


def accept(user: User, token: str) -> Membership:
    """Become a member; the invitation is used up. Raises JoiningError."""
    return _accept(user, Invitation.objects.filter(token_hash=_hash(token)))


def accept_waiting(user: User, pk: int) -> Membership:
    """Become a member by an invitation to the address with which this person logged in. Raises JoiningError."""
    return _accept(user, Invitation.objects.filter(pk=pk, email=user.email.lower()))


@transaction.atomic
def withdraw(actor: Actor, invitation: Invitation) -> None:
    """Let an invitation run out now. Raises Forbidden."""
    require(actor, "organisation.invite", invitation.organisation)
    _open_ones().filter(pk=invitation.pk).update(expires_at=timezone.now())


@transaction.atomic
def appoint(actor: Actor, membership: Membership, role: str) -> None:
    """Give a member another role, unless it takes the last owner away. Raises Forbidden, JoiningError."""
    require(actor, "organisation.dismiss", membership)
    _refuse_unknown(role)
    if role != FOUNDER:
        _refuse_last_owner(membership)
    Membership.objects.filter(pk=membership.pk).update(role=role)


@transaction.atomic
def _accept(user: User, found: QuerySet[Invitation]) -> Membership:
    invitation = found.select_for_update().first()
    if invitation is None or invitation.accepted_at is not None or invitation.expires_at <= timezone.now():
        raise JoiningError("invitation_gone")
    if invitation.email != user.email.lower():
        raise JoiningError("other_address")
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    membership, _ = Membership.objects.get_or_create(
        user=user, organisation=invitation.organisation, defaults={"role": invitation.role}
    )
    return membership


@transaction.atomic
def dismiss(actor: Actor, membership: Membership) -> None:
    """End a membership, unless it is the last owner's. Raises Forbidden, JoiningError."""
    require(actor, "organisation.dismiss", membership)
    _refuse_last_owner(membership)
    membership.delete()


def _refuse_too_many(actor: Actor) -> None:
    # Those that were withdrawn count too: their mails went out.
    latest = Invitation.objects.filter(invited_by=actor.user_id).order_by("-pk").values_list("pk", flat=True)
    for pk in latest[MOST_INVITATIONS_A_DAY - 1 : MOST_INVITATIONS_A_DAY]:
        if Message.objects.filter(key=_key(pk), queued_at__gt=timezone.now() - timedelta(days=1)).exists():
            raise JoiningError("too_many")


def _key(pk: int) -> str:
    return f"invitation:{pk}"


def _refuse_last_owner(membership: Membership) -> None:
    # The organisation's row is the lock: two owners who dismiss each other at once must not both succeed.
    Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    owners = Membership.objects.filter(organisation_id=membership.organisation_id, role=FOUNDER)
    if set(owners.values_list("pk", flat=True)) == {membership.pk}:
        raise JoiningError("last_owner")


def _refuse_unknown(role: str) -> None:
    if role not in matrix().roles_of("organisation"):
        raise JoiningError("no_such_role")


def _open_ones() -> QuerySet[Invitation]:
    return Invitation.objects.filter(accepted_at=None, expires_at__gt=timezone.now())


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
