"""The groups of a queue: what is late, what is due when, what waits for somebody else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from guiju.bilingual import Bilingual
from guiju.portal.cases.models import QueueRow

Turn = QueueRow.Turn
OURS = "ours"
_SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the queue. Those `within` our turn add up to the whole of it."""

    label: Bilingual
    within: bool = False


GROUPS: Mapping[str, Group] = {
    OURS: Group(Bilingual(zh="待本机关办理", en="Our turn")),
    "late": Group(Bilingual(zh="已逾期", en="Late"), within=True),
    "today": Group(Bilingual(zh="今天到期", en="Due today"), within=True),
    "week": Group(Bilingual(zh="本周到期", en="Due this week"), within=True),
    "later": Group(Bilingual(zh="以后到期", en="Due later"), within=True),
    "waiting": Group(Bilingual(zh="等待申请人", en="Waiting for the applicant")),
    "quiet": Group(Bilingual(zh="无期限在走", en="No clock running")),
    "new": Group(Bilingual(zh="今天收到", en="Came in today")),
    "closed": Group(Bilingual(zh="已办结", en="Closed")),
}


def in_group(name: str, today: dt.date) -> Q:
    """Return the condition of a group on a day; a due date that is a range counts from its first to its last day."""
    ours, sunday = Q(turn=Turn.AUTHORITY), _sunday(today)
    match name:
        case "late":
            return ours & Q(desk_due_latest__lt=today)
        case "today":
            return ours & Q(desk_due__lte=today, desk_due_latest__gte=today)
        case "week":
            return ours & Q(desk_due__gt=today, desk_due__lte=sunday)
        case "later":
            return ours & Q(desk_due__gt=sunday)
        case "waiting":
            return Q(turn=Turn.APPLICANT)
        case "quiet":
            return Q(turn=Turn.NOBODY)
        case "closed":
            return Q(turn=Turn.CLOSED)
        case "new":
            return Q(arrived_on=today)
    return ours


def counts(rows: QuerySet[QueueRow], today: dt.date) -> dict[str, int]:
    """Count every group in two queries, both answered from an index alone."""
    found = dict.fromkeys(GROUPS, 0)
    days = rows.order_by().values_list("turn", "desk_due", "desk_due_latest").annotate(cases=Count("*"))
    for turn, due, latest, count in days:
        found[_group_of(turn, due, latest, today)] += count
    found[OURS] = sum(found[name] for name, group in GROUPS.items() if group.within)
    found["new"] = rows.filter(in_group("new", today)).count()
    return found


def _group_of(turn: str, due: dt.date | None, latest: dt.date | None, today: dt.date) -> str:
    if turn != Turn.AUTHORITY or due is None or latest is None:
        return {str(Turn.APPLICANT): "waiting", str(Turn.CLOSED): "closed"}.get(turn, "quiet")
    if latest < today:
        return "late"
    if due <= today:
        return "today"
    return "week" if due <= _sunday(today) else "later"


def _sunday(today: dt.date) -> dt.date:
    return today + dt.timedelta(days=_SUNDAY - today.weekday())
