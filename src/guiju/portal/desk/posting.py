"""Appointing people to offices and removing them: by administrators, within their reach, never for themselves."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from guiju.bilingual import Bilingual
from guiju.portal.access.actor import Actor
from guiju.portal.access.deciding import require
from guiju.portal.access.matrix import matrix
from guiju.portal.authorities.models import Office, Posting
from guiju.portal.desk.models import Assignment, PostingChange
from guiju.portal.desk.working import people_of
from guiju.portal.outbox.queueing import queue_mail
from guiju.portal.people.models import User
from guiju.portal.starting import ADMINISTRATOR

What = PostingChange.What


class PostingError(ValueError):
    """Somebody cannot be appointed or removed; `code` is stable, `field` is the field of the form that is wrong."""

    def __init__(self, code: str, field: str = "") -> None:
        self.code, self.field = code, field
        super().__init__(_TEXTS[code].en)

    @property
    def said(self) -> Bilingual:
        """Why, in both languages."""
        return _TEXTS[self.code]

    def text(self, lang: str) -> str:
        """Say why, in `zh` or `en`."""
        return self.said.get(lang)


_TEXTS = {
    "no_such_account": Bilingual(
        zh="没有使用这一邮箱的账户，或者邮箱尚未确认；请此人先注册并确认邮箱。",
        en="No account has this mail address, or it is not confirmed yet; the person signs up and confirms it first.",
    ),
    "no_such_role": Bilingual(zh="请选择角色。", en="Choose a role."),
    "not_yourself": Bilingual(
        zh="不得任免自己；请由另一名管理员办理。",
        en="Nobody appoints or removes themself; another administrator does.",
    ),
    "has_it_already": Bilingual(zh="此人已在本处室担任该角色。", en="This person holds that role here already."),
    "last_administrator": Bilingual(
        zh="这是最后一名管理员，其上没有可以任命管理员的机关；请先任命另一名。",
        en="This is the last administrator, and no authority above could appoint one; appoint another one first.",
    ),
    "gone": Bilingual(zh="此人已不再担任该角色。", en="This person does not hold that role any more."),
}
_SUBJECT = "{office}：{what} / {office_en}: {what_en}"
_BODY = "{office}：您的角色“{role}”{what}。\n{office_en}: your role as {role_en} {what_en}.\n"
_WORDS = {
    What.APPOINTED: Bilingual(zh="已任命", en="was given to you"),
    What.REMOVED: Bilingual(zh="已免去", en="was taken from you"),
}


@transaction.atomic
def appoint(actor: Actor, office: Office, email: str, role: str) -> Posting:
    """Appoint whoever has this mail address. Raises ForbiddenError, PostingError."""
    require(actor, "posting.change", office)
    user = User.objects.filter(email=email.replace("\0", "").strip().lower(), is_active=True).first()
    if user is None or _has_not_confirmed(user):
        raise PostingError("no_such_account", "email")
    if role not in matrix().roles_of("office"):
        raise PostingError("no_such_role", "role")
    if user.pk == actor.user_id:
        raise PostingError("not_yourself", "email")
    try:
        with transaction.atomic():
            posting = Posting.objects.create(user=user, office=office, role=role)
    except IntegrityError:
        raise PostingError("has_it_already", "role") from None
    _note(actor, posting, What.APPOINTED)
    return posting


@transaction.atomic
def remove(actor: Actor, posting: Posting) -> None:
    """End a posting; cases that the person may no longer deal with are nobody's then.

    Raises ForbiddenError, PostingError.
    """
    require(actor, "posting.change", posting)
    if posting.user_id == actor.user_id:
        raise PostingError("not_yourself")
    if posting.role == ADMINISTRATOR and posting.office.authority.above_id is None:
        _keep_one_administrator(posting)
    _note(actor, posting, What.REMOVED)
    if not Posting.objects.filter(pk=posting.pk).delete()[0]:
        raise PostingError("gone")
    _lay_down(actor, posting)


def _keep_one_administrator(leaving: Posting) -> None:
    """Lock the administrators of an authority without one above, so that no two remove each other at once."""
    same = Posting.objects.filter(role=ADMINISTRATOR, office__authority=leaving.office.authority_id)
    active = {one.pk for one in same.select_for_update(of=("self",)).filter(user__is_active=True).order_by("pk")}
    if not active - {leaving.pk}:
        raise PostingError("last_administrator")


def _lay_down(actor: Actor, left: Posting) -> None:
    offices = Office.objects.filter(authority=left.office.authority_id)
    for assignment in Assignment.objects.filter(person=left.user_id, ended_at=None, office__in=offices):
        if not people_of([assignment.office]).filter(pk=left.user_id).exists():
            assignment.ended_at = timezone.now()
            assignment.ended_by_id = actor.user_id
            assignment.save(update_fields=["ended_at", "ended_by"])


def _has_not_confirmed(user: User) -> bool:
    """Tell whether the address is only claimed: anybody can sign up with that of somebody else."""
    from allauth.account.models import EmailAddress

    rows = EmailAddress.objects.filter(user=user, email__iexact=user.email).values_list("verified", flat=True)
    return bool(rows) and not any(rows)


def _note(actor: Actor, posting: Posting, what: str) -> None:
    by = User.objects.get(pk=actor.user_id)
    change = PostingChange.objects.create(user=posting.user, office=posting.office, role=posting.role, what=what, by=by)
    role, words, authority = matrix().roles[posting.role], _WORDS[what], posting.office.authority
    said = {
        "office": f"{authority.zh}{posting.office.zh}",
        "office_en": f"{authority.en}, {posting.office.en}",
        "role": role.zh,
        "role_en": role.en,
        "what": words.zh,
        "what_en": words.en,
    }
    queue_mail(
        key=f"posting:{change.pk}", to=[posting.user.email], subject=_SUBJECT.format(**said), body=_BODY.format(**said)
    )
