"""Letters that an act sends: their recipients are told by mail, without the content, in the act's own transaction."""

from __future__ import annotations

from collections.abc import Iterable

from guiju.portal.cases.models import Case
from guiju.portal.correspondence.models import Letter
from guiju.portal.correspondence.reading import address_of
from guiju.portal.outbox.addresses import whole_address
from guiju.portal.outbox.queueing import queue_mail
from guiju.portal.people.models import User
from guiju.procedures.case import Event
from guiju.procedures.model import CaseType

TOLD = ("owner", "filer")
_SUBJECT = "案件 {number}：新文书 / New letter in case {number}"
_BODY = (
    "案件 {number} 因“{zh}”有一份新文书，请登录查看：\n"
    'There is a new letter in case {number} ("{en}"); sign in to read it:\n\n{address}\n'
)


def queue_letters(case: Case, kind: CaseType, events: Iterable[Event], letters: Iterable[Letter]) -> None:
    """Queue one mail for each person who is to be told of each letter; their addresses are not shown to each other."""
    told = [letter for letter in letters if kind.parties[letter.to].side == "applicant"]
    if not told:
        return
    labels = {transition.name: transition.label for transition in kind.transitions}
    acts = {event.seq: labels[event.act] for event in events}
    people = list(_recipients(case))
    for letter in told:
        address = whole_address(address_of(letter, case.number))
        act = acts[letter.seq]
        for user in people:
            queue_mail(
                key=f"letter:{case.number}:{letter.seq}:{letter.name}:{letter.to}:{user.pk}",
                to=[user.email],
                subject=_SUBJECT.format(number=case.number),
                body=_BODY.format(number=case.number, zh=act.zh, en=act.en, address=address),
            )


def _recipients(case: Case) -> Iterable[User]:
    if case.person_id is not None:
        return User.objects.filter(pk=case.person_id, is_active=True)
    members = {"memberships__organisation": case.organisation_id, "memberships__role__in": TOLD}
    return User.objects.filter(is_active=True, **members).order_by("pk")
