"""Who deals with a case: now, and before; taking it, giving it on."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from guiju.bilingual import Bilingual
from guiju.portal.access.actor import Actor
from guiju.portal.access.deciding import may, visible
from guiju.portal.access.gate import actor_behind
from guiju.portal.cases.models import Case
from guiju.portal.desk.assigning import AssigningError, assign, current
from guiju.portal.desk.models import Assignment
from guiju.portal.desk.queue_page import RESTS_ON
from guiju.portal.desk.working import people_of
from guiju.portal.drafts.late import sent_or_kept
from guiju.portal.faces.places import desk_of, place_of
from guiju.portal.faces.provisions import provisions
from guiju.portal.faces.showing import show, tell
from guiju.portal.look.components import ChoiceField, Column, Option, Row, Table

_NOBODY = Bilingual(zh="无人（放回）", en="Nobody (lay it down)")
_TAKEN = Bilingual(zh="案件 {number} 现由{name}经办。", en="Case {number} is now dealt with by {name}.")
_LAID_DOWN = Bilingual(zh="案件 {number} 现无人经办。", en="Nobody deals with case {number} now.")
_LONGEST_ID = 18


def assignment(request: HttpRequest, number: str) -> HttpResponse:
    """Show who deals with a case, or give it to somebody."""
    actor = actor_behind(request)
    case = get_object_or_404(visible(actor, "case.assign", Case).select_related("office__authority"), number=number)
    if request.method == "POST":
        return _given(request, actor, case)
    now, kept = current(case), sent_or_kept(request) or QueryDict()
    return show(
        request,
        "desk/assignment.html",
        {
            "case": case, "now": now, "field": _field(actor, case, now, kept.get("to")),
            "back": _back(kept.get("back", "") or request.GET.get("back", "")),
            "may_take": now is None, "history": _history(case), "me": actor.user_id,
        },
        title=Bilingual(zh=f"案件 {case.number} 的经办人", en=f"Who deals with case {case.number}"),
        place=desk_of(actor),
        current="desk",
        provisions=provisions(RESTS_ON),
        crumbs=(
            (Bilingual(zh="待办", en="Queue"), reverse("desk")),
            (case.number, place_of("case_page", number=case.number)),
        ),
    )  # fmt: skip


def _given(request: HttpRequest, actor: Actor, case: Case) -> HttpResponse:
    try:
        now = assign(actor, case, _id(request.POST.get("to", "")), _id(request.POST.get("seen", "")))
    except AssigningError as error:
        tell(request, error.said, good=False)
    else:
        name = str(now.person) if now else ""
        text = _TAKEN if now else _LAID_DOWN
        tell(
            request, Bilingual(**{lang: text.get(lang).format(number=case.number, name=name) for lang in ("zh", "en")})
        )
    return HttpResponseRedirect(_back(request.POST.get("back", "")))


def _id(given: str) -> int | None:
    return int(given) if given.isascii() and given.isdigit() and len(given) <= _LONGEST_ID else None


def _back(given: str) -> str:
    """Return the list to come back to: an address of this site, else the queue."""
    fine = given.startswith("/") and url_has_allowed_host_and_scheme(given, allowed_hosts=None)
    return given if fine else reverse("desk")


def _field(actor: Actor, case: Case, now: Assignment | None, kept: str | None) -> ChoiceField | None:
    """Return the choice of people; None where this actor may not give it on."""
    if not may(actor, "case.reassign", case) and (now is None or now.person_id != actor.user_id):
        return None
    options = [Option(value=str(one.pk), label=str(one), hint=one.email) for one in people_of([case.office])]
    if now is not None:
        options.append(Option(value="", label=_NOBODY))
    return ChoiceField(
        name="to", label=Bilingual(zh="交给", en="Give it to"), options=tuple(options),
        value=kept if kept is not None else str(now.person_id) if now else "-",
    )  # fmt: skip


def _history(case: Case) -> Table:
    before = Assignment.objects.filter(case=case).select_related("person", "given_by", "office__authority")
    rows = tuple(
        Row(
            cells=(
                str(one.person), _moment(one.given_at), str(one.given_by), _moment(one.ended_at),
                Bilingual(zh=one.office.authority.zh, en=one.office.authority.en),
            )
        )
        for one in before.order_by("-given_at", "-pk")
    )  # fmt: skip
    return Table(
        caption=Bilingual(zh="经过", en="History"),
        columns=(
            Column(label=Bilingual(zh="经办人", en="Dealt with by")),
            Column(label=Bilingual(zh="自", en="From")),
            Column(label=Bilingual(zh="由谁交办", en="Given by")),
            Column(label=Bilingual(zh="至", en="Until")),
            Column(label=Bilingual(zh="机关", en="Authority")),
        ),
        rows=rows,
        empty=Bilingual(zh="还没有人经办过。", en="Nobody has dealt with it yet."),
    )


def _moment(when: dt.datetime | None) -> str:
    return f"{timezone.localtime(when):%Y-%m-%d %H:%M}" if when else "–"
