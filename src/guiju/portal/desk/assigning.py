"""Giving a case to a person of its office: taken by oneself, given on, laid down; a head may give it to anybody.

Of two who do so at the same time one wins; the other is told who has it now.
"""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from guiju.bilingual import Bilingual
from guiju.portal.access.actor import Actor
from guiju.portal.access.deciding import may, require
from guiju.portal.cases.models import Case
from guiju.portal.desk.models import Assignment
from guiju.portal.desk.working import people_of
from guiju.portal.people.models import User


class AssigningError(ValueError):
    """The case cannot be given so; `code` is stable. `name` is who has it now."""

    def __init__(self, code: str, name: str = "") -> None:
        self.code, self.name = code, name
        super().__init__(self.said.en)

    @property
    def said(self) -> Bilingual:
        """Why, in both languages."""
        text = _TEXTS[self.code]
        return Bilingual(zh=text.zh.format(name=self.name or "无人"), en=text.en.format(name=self.name or "nobody"))

    def text(self, lang: str) -> str:
        """Say why, in `zh` or `en`."""
        return self.said.get(lang)


_TEXTS = {
    "changed_meanwhile": Bilingual(
        zh="经办人刚刚有变动，您的指定没有生效；现在的经办人：{name}。",
        en="This was changed a moment ago and yours was not carried out; the case is now with: {name}.",
    ),
    "not_yours": Bilingual(
        zh="本案由{name}经办；只有经办人本人或者负责人可以改派。",
        en="{name} deals with this case; only they or a head may give it to somebody else.",
    ),
    "take_first": Bilingual(
        zh="尚无人经办的案件，只能由您自己领取；指定他人由负责人办理。",
        en="You may take a case that nobody deals with, and not give it to somebody else; a head may.",
    ),
    "not_here": Bilingual(
        zh="此人不在本案所属处室办案；请从名单中选择。",
        en="This person does not work on cases of this office; choose one from the list.",
    ),
}


def current(case: Case) -> Assignment | None:
    """Return who deals with a case now, if anybody."""
    here = Assignment.objects.filter(case=case, office=case.office_id, ended_at=None)
    return here.select_related("person").first()


def assign(actor: Actor, case: Case, to: int | None, seen: int | None) -> Assignment | None:
    """Give a case to a person, or to nobody; `seen` is the assignment that the actor saw, if there was one.

    Raises ForbiddenError, AssigningError.
    """
    require(actor, "case.assign", case)
    now = current(case)
    if (now.pk if now else None) != seen:
        raise AssigningError("changed_meanwhile", str(now.person) if now else "")
    if not may(actor, "case.reassign", case):
        if now is not None and now.person_id != actor.user_id:
            raise AssigningError("not_yours", str(now.person))
        if now is None and to not in (None, actor.user_id):
            raise AssigningError("take_first")
    if to is not None and not people_of([case.office]).filter(pk=to).exists():
        raise AssigningError("not_here")
    if (now.person_id if now else None) == to:
        return now
    try:
        with transaction.atomic():
            return _changed(actor, case, to, now)
    except IntegrityError:
        raise _lost(case) from None


def _changed(actor: Actor, case: Case, to: int | None, now: Assignment | None) -> Assignment | None:
    if now is not None:
        open_still = Assignment.objects.filter(pk=now.pk, ended_at=None)
        if not open_still.update(ended_at=timezone.now(), ended_by=actor.user_id):
            raise _lost(case)
    if to is None:
        return None
    by = User.objects.get(pk=actor.user_id)
    return Assignment.objects.create(case=case, office=case.office, person_id=to, given_by=by)


def _lost(case: Case) -> AssigningError:
    winner = current(case)
    return AssigningError("changed_meanwhile", str(winner.person) if winner else "")
