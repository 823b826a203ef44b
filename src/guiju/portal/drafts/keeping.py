"""Drafts: found, saved as one goes, dropped. Of two who change one draft the later is told, and loses nothing."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from guiju.portal.access.actor import actor_of
from guiju.portal.access.deciding import visible
from guiju.portal.cases.models import Case
from guiju.portal.drafts.files import Owner, owner_of
from guiju.portal.drafts.models import Draft
from guiju.portal.forms.inputs import Entered
from guiju.portal.organisations.models import Organisation, System
from guiju.portal.people.models import User


@dataclass(frozen=True, slots=True)
class Subject:
    """What a draft is a draft of, and whose."""

    owner: Owner
    kind: str
    act: str
    system: System | None = None
    case: Case | None = None

    @property
    def key(self) -> str:
        """One text for each thing that can be drafted."""
        if self.case is not None:
            return f"act:{self.case.number}:{self.act}"
        return f"begin:{self.kind}:{self.act}:{self.system.pk if self.system else '-'}"


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Somebody else has saved the draft meanwhile; nothing was changed."""

    draft: Draft


def draft_on(subject: Subject) -> Draft | None:
    """Return the draft of a thing, if there is one."""
    return Draft.objects.filter(key=subject.key, **owner_of(subject.owner)).select_related("saved_by").first()


def save_draft(
    subject: Subject, person: User, entered: Entered, *, seen: int, case_seen: int = 0, over: bool = False
) -> Draft | Overtaken:
    """Save what was entered. `seen`: the revision of the draft that the person saw, 0 where there was none.

    What somebody else saved meanwhile is not written over, unless `over`; what the same person saved elsewhere is.
    """
    try:
        with transaction.atomic():
            return _saved(subject, person, entered, seen, case_seen, over=over)
    except IntegrityError:
        # Somebody began the same draft at the very same time.
        with transaction.atomic():
            return _saved(subject, person, entered, seen, case_seen, over=over)


def _saved(
    subject: Subject, person: User, entered: Entered, seen: int, case_seen: int, *, over: bool
) -> Draft | Overtaken:
    whose = owner_of(subject.owner)
    draft = Draft.objects.select_for_update().filter(key=subject.key, **whose).first()
    if draft is None:
        return Draft.objects.create(
            key=subject.key, kind=subject.kind, act=subject.act, system=subject.system, case=subject.case,
            entered=entered, seen=case_seen, saved_by=person, **whose,
        )  # fmt: skip
    if draft.revision != seen and draft.saved_by_id != person.pk and not over:
        return Overtaken(Draft.objects.select_related("saved_by").get(pk=draft.pk))
    if (draft.entered, draft.seen) != (entered, case_seen):
        draft.entered, draft.seen = entered, case_seen
        draft.revision += 1
    draft.saved_by, draft.saved_at = person, timezone.now()
    draft.save()
    return draft


def drafts_of(user: User, organisation: Organisation | None = None) -> QuerySet[Draft]:
    """Return the drafts that a person can go on with, latest first: of an organisation, or their own."""
    found = visible(actor_of(user), "draft.change", Draft)
    found = found.filter(organisation=organisation) if organisation else found.filter(organisation=None)
    return found.select_related("system", "case", "saved_by").order_by("-saved_at")


def drafts_about(user: User, case: Case) -> QuerySet[Draft]:
    """Return the drafts of acts in a case that a person can go on with."""
    return visible(actor_of(user), "draft.change", Draft).filter(Q(case=case)).order_by("-saved_at")
