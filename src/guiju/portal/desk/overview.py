"""How an authority stands: open, late, and how long it takes, by case type. For its heads."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from guiju.bilingual import Bilingual
from guiju.portal.access.deciding import visible
from guiju.portal.access.gate import actor_behind
from guiju.portal.cases.models import QueueRow
from guiju.portal.desk.narrowing import QueueChoice, kinds
from guiju.portal.desk.queue_page import RESTS_ON
from guiju.portal.faces.places import desk_of
from guiju.portal.faces.provisions import provisions
from guiju.portal.faces.showing import show
from guiju.portal.look.components import Bar, Chart, Column, Row, Table

TITLE = Bilingual(zh="本机关情况", en="How the authority stands")
_BACK = dt.timedelta(days=365)
Turn = QueueRow.Turn


@dataclass(slots=True)
class Tally:
    """Cases of one type: with the authority, of which late; waiting for the applicant; days to settle, by count."""

    ours: int = 0
    late: int = 0
    waiting: int = 0
    quiet: int = 0
    days: Counter[int] | None = None

    @property
    def open(self) -> int:
        """All that are not closed."""
        return self.ours + self.waiting + self.quiet

    @property
    def median_days(self) -> float | None:
        """The median of the days; None where nothing was settled."""
        if not self.days:
            return None
        median = median_of(self.days)
        return int(median) if median.is_integer() else median


def desk_overview(request: HttpRequest) -> HttpResponse:
    """Show the figures of the authority's own cases."""
    actor, today = actor_behind(request), timezone.localdate()
    tallies = tally(visible(actor, "office.overview", QueueRow), today)
    names = kinds()
    path = reverse("desk")
    return show(
        request,
        "desk/overview.html",
        {
            "open": sum(one.open for one in tallies.values()),
            "late": sum(one.late for one in tallies.values()),
            "chart": _standing(tallies, names, path),
            "days": _days(tallies, names),
            "table": _table(tallies, names),
        },
        title=TITLE, place=desk_of(actor), current="desk", provisions=provisions(RESTS_ON),
        crumbs=((Bilingual(zh="待办", en="Queue"), path),),
    )  # fmt: skip


def tally(rows: QuerySet[QueueRow], today: dt.date) -> dict[str, Tally]:
    """Count by case type in two queries; times are those of the last year."""
    found: dict[str, Tally] = defaultdict(Tally)
    standing = rows.exclude(turn=Turn.CLOSED).order_by().values_list("kind", "turn", "desk_due_latest")
    for kind, turn, latest, count in standing.annotate(cases=Count("*")):
        one = found[kind]
        if turn == Turn.AUTHORITY:
            one.ours += count
            one.late += count if latest and latest < today else 0
        elif turn == Turn.APPLICANT:
            one.waiting += count
        else:
            one.quiet += count
    settled = rows.filter(settled_on__gt=today - _BACK).order_by().values_list("kind", "settled_days")
    for kind, days, count in settled.annotate(cases=Count("*")):
        found[kind].days = (found[kind].days or Counter()) + Counter({days: count})
    return dict(sorted(found.items()))


def median_of(days: Counter[int]) -> float:
    """Return the median of days that are counted; for an even number of them the mean of the two in the middle."""
    whole = days.total()
    middle = ((whole - 1) // 2, whole // 2)
    seen, found = 0, []
    for value, count in sorted(days.items()):
        found += [value for one in middle if seen <= one < seen + count]
        seen += count
    return sum(found) / len(found)


def _standing(tallies: Mapping[str, Tally], names: Mapping[str, Bilingual], path: str) -> Chart:
    return Chart(
        id="standing",
        caption=Bilingual(zh="未结案件", en="Open cases"),
        heading=Bilingual(zh="案件类型", en="Kind of case"),
        series=(
            Bilingual(zh="待办，未逾期", en="Our turn, in time"),
            Bilingual(zh="已逾期", en="Late"),
            Bilingual(zh="等待申请人", en="Waiting"),
        ),
        bars=tuple(
            Bar(
                label=names.get(kind, kind),
                values=(one.ours - one.late, one.late, one.waiting),
                href=QueueChoice().address(path, kind=kind),
            )
            for kind, one in tallies.items()
            if one.ours or one.waiting
        ),
        unit=Bilingual(zh="件", en="cases"),
        note=Bilingual(
            zh="没有期限在走的案件不在图中。", en="Cases in which no deadline is running are not in the chart."
        ),
    )


def _days(tallies: Mapping[str, Tally], names: Mapping[str, Bilingual]) -> Chart:
    return Chart(
        id="days",
        caption=Bilingual(zh="办结所用日数的中位数", en="Median days until it was done"),
        heading=Bilingual(zh="案件类型", en="Kind of case"),
        series=(Bilingual(zh="日历日", en="Calendar days"),),
        bars=tuple(
            Bar(label=names.get(kind, kind), values=(one.median_days,)) for kind, one in tallies.items() if one.days
        ),
        unit=Bilingual(zh="日", en="days"),
        note=Bilingual(
            zh="近一年办完的案件：自提起之日，至本机关首次不再有任何期限要守之日；含等待申请人的时间。",
            en="Cases done in the last year: from the day they were opened to the first on which no clock bound the "
            "authority any more; the time spent waiting for the applicant is in it.",
        ),
    )


def _table(tallies: Mapping[str, Tally], names: Mapping[str, Bilingual]) -> Table:
    return Table(
        caption=Bilingual(zh="按案件类型", en="By kind of case"),
        columns=(
            Column(label=Bilingual(zh="案件类型", en="Kind of case")),
            Column(label=Bilingual(zh="未结", en="Open"), numeric=True),
            Column(label=Bilingual(zh="待本机关办理", en="Our turn"), numeric=True),
            Column(label=Bilingual(zh="已逾期", en="Late"), numeric=True),
            Column(label=Bilingual(zh="等待申请人", en="Waiting"), numeric=True),
            Column(label=Bilingual(zh="无期限在走", en="No clock running"), numeric=True),
            Column(label=Bilingual(zh="近一年办完", en="Done in a year"), numeric=True),
            Column(label=Bilingual(zh="日数中位数", en="Median days"), numeric=True),
        ),
        rows=tuple(
            Row(
                cells=(
                    names.get(kind, kind), one.open, one.ours, one.late, one.waiting, one.quiet,
                    one.days.total() if one.days else 0,
                    "–" if one.median_days is None else str(one.median_days),
                )
            )
            for kind, one in tallies.items()
        ),
    )  # fmt: skip
