"""The queue of an office: what binds it first stands first, late cases on top."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone

from guiju.bilingual import Bilingual
from guiju.portal.access.actor import Actor
from guiju.portal.access.deciding import may, visible
from guiju.portal.access.gate import actor_behind
from guiju.portal.cases.models import HandedOver
from guiju.portal.desk.export import as_csv
from guiju.portal.desk.groups import GROUPS, counts, in_group
from guiju.portal.desk.narrowing import QueueChoice, chips, kinds, office_name, queue_fields
from guiju.portal.desk.paging import RESULTS, page_of
from guiju.portal.desk.rows import as_rows, desk_now, with_cases
from guiju.portal.desk.working import offices_of, people_of, rows_for
from guiju.portal.faces.places import desk_of
from guiju.portal.faces.provisions import provisions
from guiju.portal.faces.showing import show
from guiju.portal.look.components import Column, FilterPanel, Row, Table

TITLE = Bilingual(zh="待办", en="Queue")
_EMPTY = Bilingual(zh="这里没有案件。", en="No cases here.")
_MOST_HANDED_OVER = 50
RESTS_ON = ("mail4:13.1", "mail4:67.1", "mail4:44.1")


def desk(request: HttpRequest) -> HttpResponseBase:
    """Show the queue, or give it as CSV."""
    actor, today, path = actor_behind(request), timezone.localdate(), reverse("desk")
    choice = QueueChoice.of(request.GET.dict())
    me = actor.user_id or 0
    narrowed = choice.narrowed(rows_for(actor), me)
    rows = choice.ordered(narrowed.filter(in_group(choice.group, today)))
    if request.GET.get("as") == "csv":
        return as_csv(rows, f"queue-{choice.group}-{today}")
    found = counts(narrowed, today)
    page, pagination = page_of(rows, choice, found[choice.group], path, with_cases)
    offices = list(offices_of(actor).select_related("authority").order_by("code"))
    fields = queue_fields(choice, people_of(offices), offices)
    narrowing = chips(choice, fields, path)
    return show(
        request,
        "desk/queue.html",
        {
            "groups": _groups(choice, found, path),
            "late": found["late"],
            "filter": FilterPanel(
                id="narrow", action=path, fields=fields, chips=narrowing, open=bool(narrowing), htmx=RESULTS,
                clear=choice.address(path, kind="", state="", who="", office=""),
                hidden=(("group", choice.group), ("sort", choice.sort)),
            ),
            "table": Table(
                caption=_caption(choice), columns=_columns(choice, path), empty=_EMPTY,
                rows=as_rows(page, desk_now(today, me, get_token(request), request.get_full_path())),
            ),
            "pagination": pagination,
            "csv": f"{choice.address(path)}{'&' if '?' in choice.address(path) else '?'}as=csv",
            "handed_over": _handed_over(actor),
            "overview": reverse("desk_overview") if may(actor, "office.overview") else "",
            "mine": choice.address(path, who="mine"),
            "all": choice.address(path, who=""),
            "nobodys": choice.address(path, who="none"),
            "who": choice.who,
        },
        title=TITLE,
        place=desk_of(actor),
        current="desk",
        provisions=provisions(RESTS_ON),
    )  # fmt: skip


def _groups(choice: QueueChoice, found: dict[str, int], path: str) -> list[dict[str, object]]:
    return [
        {
            "label": group.label,
            "count": found[name],
            "href": choice.address(path, group=name),
            "current": name == choice.group,
            "late": name == "late" and found[name] > 0,
        }
        for name, group in GROUPS.items()
    ]


def _caption(choice: QueueChoice) -> Bilingual:
    return GROUPS[choice.group].label


def _columns(choice: QueueChoice, path: str) -> tuple[Column, ...]:
    def sorting(name: str, label: Bilingual, *, unbroken: bool = False) -> Column:
        now = {name: "ascending", f"-{name}": "descending"}.get(choice.sort, "")
        following = f"-{name}" if choice.sort == name else name
        return Column(
            label=label, unbroken=unbroken, sort=choice.address(path, sort=following), sorted=now, htmx=RESULTS,  # type: ignore[arg-type]
        )  # fmt: skip

    return (
        sorting("number", Bilingual(zh="案件", en="Case"), unbroken=True),
        Column(label=Bilingual(zh="事项", en="What")),
        Column(label=Bilingual(zh="申请人", en="Applicant")),
        Column(label=Bilingual(zh="状态", en="State")),
        sorting("due", Bilingual(zh="期限", en="Deadline")),
        Column(label=Bilingual(zh="该谁办", en="Whose turn"), unbroken=True),
        Column(label=Bilingual(zh="经办人", en="Dealt with by")),
    )


def _handed_over(actor: Actor) -> Table | None:
    """List what was handed over to others today: number, kind and where to, and no more of it."""
    rows: QuerySet[HandedOver] = visible(actor, "queue.read", HandedOver).filter(arrived_on=timezone.localdate())
    titles = kinds()
    shown = tuple(
        Row(cells=(row.case.number, titles.get(row.kind, row.kind), office_name(row.office)))
        for row in rows.select_related("case", "office__authority").order_by("pk")[:_MOST_HANDED_OVER]
    )
    if not shown:
        return None
    return Table(
        caption=Bilingual(zh="今天移交给其他机关的案件", en="Handed over to others today"),
        columns=(
            Column(label=Bilingual(zh="案件", en="Case"), unbroken=True),
            Column(label=Bilingual(zh="事项", en="What")),
            Column(label=Bilingual(zh="移交至", en="Now with")),
        ),
        rows=shown,
    )
