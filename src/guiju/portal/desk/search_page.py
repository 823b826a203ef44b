"""The search: by number, applicant, credit code, kind, state and days, within reach."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Self

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone

from guiju.bilingual import Bilingual
from guiju.portal.access.gate import actor_behind
from guiju.portal.cases.models import QueueRow
from guiju.portal.desk.choosing import Choosing
from guiju.portal.desk.export import as_csv
from guiju.portal.desk.narrowing import chips, kind_fields, kinds
from guiju.portal.desk.paging import RESULTS, page_of
from guiju.portal.desk.queue_page import RESTS_ON
from guiju.portal.desk.rows import as_rows, desk_now, with_cases
from guiju.portal.desk.search import matching, slip_of
from guiju.portal.desk.working import rows_for
from guiju.portal.faces.places import desk_of, place_of
from guiju.portal.faces.provisions import provisions
from guiju.portal.faces.showing import mistakes_of, show
from guiju.portal.look.components import Column, DateField, Field, FilterChip, FilterPanel, Link, Table, TextField

TITLE = Bilingual(zh="案件查询", en="Search")
_EMPTY = Bilingual(
    zh="没有找到。本页只查您所在机关、您可以查看的案件。",
    en="Nothing found. This page looks only at cases of your authority that you may read.",
)
_NO_DAY = Bilingual(zh="没有这一天；请按年、月、日填写。", en="There is no such day; write year, month and day.")
_BACKWARDS = Bilingual(zh="止日早于起日。", en="The last day is before the first.")


@dataclass(frozen=True, slots=True)
class SearchChoice(Choosing):
    """What is looked for, of which kind, in which state, opened between which days (year-month-day, or parts)."""

    q: str = ""
    kind: str = ""
    state: str = ""
    since: str = ""
    until: str = ""

    def checked(self) -> Self:
        """Return the choices with an unknown case type set back."""
        return replace(self, kind=self.kind if self.kind in kinds() else "")

    def narrowed(self, rows: QuerySet[QueueRow], today: dt.date) -> QuerySet[QueueRow]:
        """Keep what was chosen, the latest cases first."""
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.state:
            rows = rows.filter(state=self.state)
        since, until = day_in(self.since), day_in(self.until)
        if since:
            rows = rows.filter(opened_on__gte=since)
        if until:
            rows = rows.filter(opened_on__lte=until)
        return matching(self.q, rows, today)


def desk_search(request: HttpRequest) -> HttpResponseBase:
    """Show what was found, or give it as CSV."""
    actor, today, path = actor_behind(request), timezone.localdate(), reverse("desk_search")
    given = request.GET.dict()
    given |= {name: _joined(given, name) for name in ("since", "until") if f"{name}-year" in given}
    choice = SearchChoice.of(given)
    fields = _fields(choice)
    mistakes = mistakes_of(fields)
    reach = rows_for(actor)
    rows = choice.narrowed(reach, today).order_by("-case_id")
    if given.get("as") == "csv":
        return as_csv(rows, f"cases-{today}")
    count = 0 if mistakes else rows.count()
    page, pagination = page_of(rows, choice, count, path, with_cases)
    slip = slip_of(choice.q, reach)
    address = choice.address(path)
    return show(
        request,
        "desk/search.html",
        {
            "filter": FilterPanel(
                id="find", action=path, fields=fields, chips=_chips(choice, fields, path), clear=path, htmx=RESULTS
            ),
            "table": Table(
                caption=Bilingual(zh="案件", en="Cases"), columns=_COLUMNS, empty=_EMPTY,
                rows=as_rows(page, desk_now(today, actor.user_id or 0, get_token(request), request.get_full_path())),
            ),
            "pagination": pagination,
            "slip": slip,
            "meant": [Link(label=one, href=place_of("case_page", number=one)) for one in slip.meant] if slip else [],
            "csv": f"{address}{'&' if '?' in address else '?'}as=csv",
        },
        title=TITLE,
        place=desk_of(actor),
        current="desk_search",
        provisions=provisions(RESTS_ON),
        mistakes=mistakes,
    )  # fmt: skip


_COLUMNS = (
    Column(label=Bilingual(zh="案件", en="Case"), unbroken=True),
    Column(label=Bilingual(zh="事项", en="What")),
    Column(label=Bilingual(zh="申请人", en="Applicant")),
    Column(label=Bilingual(zh="状态", en="State")),
    Column(label=Bilingual(zh="期限", en="Deadline")),
    Column(label=Bilingual(zh="该谁办", en="Whose turn"), unbroken=True),
    Column(label=Bilingual(zh="经办人", en="Dealt with by")),
)


def day_in(text: str) -> dt.date | None:
    """Read a day; None where there is none, or none that exists."""
    try:
        year, month, day = (int(part) for part in text.split("-"))
        return dt.date(year, month, day)
    except (ValueError, OverflowError):
        return None


def _joined(given: dict[str, str], name: str) -> str:
    parts = [given.get(f"{name}-{part}", "").strip() for part in ("year", "month", "day")]
    return "-".join(parts) if any(parts) else ""


def _fields(choice: SearchChoice) -> tuple[Field, ...]:
    return (
        TextField(
            name="q", label=Bilingual(zh="编号、申请人或者信用代码", en="Number, applicant or credit code"),
            value=choice.q, kind="search", longest=200,
            hint=Bilingual(
                zh="编号可以只写开头、流水号，或者写登记编号；名称可以只写一部分。",
                en="Of a number its beginning or its running number will do, or a register number; part of a name too.",
            ),
        ),
        *kind_fields(choice.kind, choice.state),
        _day_field("since", Bilingual(zh="申请日期自", en="Opened from"), choice.since),
        _day_field("until", Bilingual(zh="申请日期至", en="Opened until"), choice.until, after=day_in(choice.since)),
    )  # fmt: skip


def _day_field(name: str, label: Bilingual, text: str, after: dt.date | None = None) -> DateField:
    year, month, day = [*text.split("-"), "", "", ""][:3]
    found = day_in(text)
    error = _NO_DAY if text and found is None else None
    if found and after and found < after:
        error = _BACKWARDS
    return DateField(name=name, label=label, year=year, month=month, day=day, error=error)


def _chips(choice: SearchChoice, fields: tuple[Field, ...], path: str) -> tuple[FilterChip, ...]:
    texts = {"q": choice.q, "since": choice.since, "until": choice.until}
    words = {"since": Bilingual(zh="自 ", en="from "), "until": Bilingual(zh="至 ", en="until ")}
    mine = tuple(
        FilterChip(
            label=Bilingual(zh=words[name].zh + text, en=words[name].en + text) if name in words else text,
            without=choice.address(path, **{name: ""}),
        )
        for name, text in texts.items()
        if text
    )
    return (*mine, *chips(choice, fields, path))
