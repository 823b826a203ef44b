"""Letters that an act sends: their recipients are told by mail, without the content, in the act's own transaction."""

from __future__ import annotations

from collections.abc import Iterable

from guiju.portal.cases.models import Case
from guiju.portal.outbox.queueing import queue_mail
from guiju.portal.people.models import User
from guiju.procedures.case import Event
from guiju.procedures.model import CaseType

TOLD = ("owner", "filer")
_SUBJECT = "案件 {number}：新文书 / New letter in case {number}"
_BODY = (
    "案件 {number} 因“{zh}”有一份新文书，请登录查看。\n"
    'There is a new letter in case {number} ("{en}"); log in to read it.\n'
)


def queue_letters(case: Case, kind: CaseType, event: Event) -> None:
    """Queue one mail for each person who is to be told of each letter; their addresses are not shown to each other."""
    labels = {transition.name: transition.label for transition in kind.transitions}
    for letter in event.letters:
        if kind.parties[letter.to].side != "applicant":
            continue
        for user in _recipients(case):
            queue_mail(
                key=f"letter:{case.number}:{event.seq}:{letter.name}:{letter.to}:{user.pk}",
                to=[user.email],
                subject=_SUBJECT.format(number=case.number),
                body=_BODY.format(number=case.number, zh=labels[event.act].zh, en=labels[event.act].en),
            )


def _recipients(case: Case) -> Iterable[User]:
    if case.person_id is not None:
        return User.objects.filter(pk=case.person_id, is_active=True)
    members = {"memberships__organisation": case.organisation_id, "memberships__role__in": TOLD}
    return User.objects.filter(is_active=True, **members).order_by("pk")
