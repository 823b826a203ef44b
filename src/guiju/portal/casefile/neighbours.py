"""The cases before and after this one in the queue of whoever works through it, by the last day of the office."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from guiju.portal.access.deciding import visible
from guiju.portal.casefile.reach import Reached
from guiju.portal.cases.models import QueueRow

_WAITS = Q(turn=QueueRow.Turn.AUTHORITY, desk_due__isnull=False)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Addresses of the case before and the case after; empty at the ends."""

    before: str = ""
    after: str = ""


def neighbours(reached: Reached) -> Neighbours | None:
    """Find the neighbours of an open case that waits for its office; None for everybody but its officials."""
    if not reached.official or reached.standing.final:
        return None
    own, same = OuterRef("desk_due"), Q(desk_due=OuterRef("desk_due"))
    waiting = visible(reached.actor, "case.read", QueueRow).filter(_WAITS, office=reached.case.office_id)
    after = waiting.filter(Q(desk_due__gt=own) | (same & Q(pk__gt=OuterRef("pk")))).order_by("desk_due", "pk")
    before = waiting.filter(Q(desk_due__lt=own) | (same & Q(pk__lt=OuterRef("pk")))).order_by("-desk_due", "-pk")
    found = (
        QueueRow.objects.filter(_WAITS, case=reached.case)
        .values_list(Subquery(before.values("case__number")[:1]), Subquery(after.values("case__number")[:1]))
        .first()
    )
    return Neighbours(*map(_address, found)) if found else None


def _address(number: str | None) -> str:
    return reverse("case_page", kwargs={"number": number}) if number else ""
