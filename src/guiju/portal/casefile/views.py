"""The pages of a case: one for both sides, its clocks day by day, its diagram, its evidence."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone

from guiju.bilingual import Bilingual
from guiju.calendar.days import prc_calendar
from guiju.calendar.period import Language
from guiju.letters.dates import clock_row
from guiju.letters.saying import cited
from guiju.letters.shelf import built_in_shelf
from guiju.portal.casefile import counting
from guiju.portal.casefile.clocks import badge, clocks_of
from guiju.portal.casefile.completeness import completeness
from guiju.portal.casefile.entries import entries_of
from guiju.portal.casefile.neighbours import neighbours
from guiju.portal.casefile.proving import proof_of, verify
from guiju.portal.casefile.reach import Reached, reach
from guiju.portal.casefile.timeline import received, timeline
from guiju.portal.casefile.turns import open_acts, whose_turn
from guiju.portal.casefile.values import as_filed, history, not_given, on_record
from guiju.portal.casefile.way import path_taken, what_can_follow
from guiju.portal.casefile.words import capital, filled
from guiju.portal.correspondence.reading import letters_read_by
from guiju.portal.faces.provisions import provisions
from guiju.portal.faces.showing import show
from guiju.portal.look.components import Tag
from guiju.portal.look.components.base import language
from guiju.procedures.diagram import svg
from guiju.procedures.explaining import explain_clock

_TITLE = Bilingual(zh="案件 {number}", en="Case {number}")
_EVIDENCE = Bilingual(zh="存证", en="Evidence")
_STATES = {"initial": "neutral", "open": "active", "final": "neutral"}
_LATE = Tag(text=Bilingual(zh="有期限已逾期", en="a time limit has passed"), kind="bad")


def case_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show a case to one of its sides: how it stands, whose turn it is, what this person can do, what has happened."""
    reached = reach(request, number, acting=True)
    today, calendar = timezone.localdate(), prc_calendar()
    clocks = clocks_of(reached, calendar, today)
    acts = open_acts(reached, clocks, calendar, today)
    letters = letters_read_by(reached.case, reached.kind, reached.seen_as)
    changes, state = history(reached), reached.kind.states[reached.standing.state]
    context = {
        "reached": reached,
        "case": reached.case,
        "kind": reached.kind,
        "state": Tag(text=state.label, kind=_STATES[state.kind]),  # type: ignore[arg-type]
        "late": _LATE if any(view.status == "overdue" for view in clocks.live) else None,
        "deemed": state.deemed,
        "final": reached.standing.final,
        "turns": whose_turn(reached, clocks, calendar, today),
        "acts": acts,
        "live": [badge(reached, view, calendar, today) for view in clocks.live],
        "rest": [badge(reached, view, calendar, today) for view in clocks.rest],
        "timeline": timeline(reached, letters),
        "letters": received(reached, letters),
        "completeness": completeness(reached, acts, calendar, today) if not reached.standing.final else None,
        "form": as_filed(reached, changes),
        "not_given": not_given(reached),
        "record": on_record(reached, changes),
        "entries": entries_of(reached),
        "passed": path_taken(reached),
        "possible": what_can_follow(reached),
        "neighbours": neighbours(reached),
        "may_assign": reached.official,
        "diagram": reverse("case_diagram", kwargs={"number": number}),
        "evidence": reverse("case_evidence", kwargs={"number": number}),
        "indices": reached.recorded.indices,
    }
    label, current, href = reached.above
    return show(
        request, "casefile/case.html", context, title=_titled(number), place=reached.place, current=current,
        crumbs=((label, href),), provisions=provisions(reached.kind.cites),
    )  # fmt: skip


def case_diagram(request: HttpRequest, number: str) -> HttpResponse:
    """Answer with the states of the case's procedure as a picture, the present one lit."""
    reached = reach(request, number)
    drawn = svg(reached.kind, language(), current=reached.standing.state, readings=reached.recorded.procedure.readings)
    return HttpResponse(drawn, content_type="image/svg+xml")


def case_clock(request: HttpRequest, number: str, clock: str) -> HttpResponse:
    """Explain the last day of a clock day by day; 404 where the case has no such clock or it has not begun."""
    reached = reach(request, number)
    if clock not in reached.standing.active.clocks:
        raise Http404
    today, calendar = timezone.localdate(), prc_calendar()
    lang: Language = "zh" if language() == "zh" else "en"
    view = reached.standing.clock(clock, calendar, today)
    if view.run is None:
        raise Http404
    explanation = explain_clock(view.clock, view.run, calendar)
    days = counting.days_of(explanation, calendar)
    months, whole = counting.months_of(explanation, days, calendar)
    where = cited(view.clock.cites, built_in_shelf(), short=True)
    context = {
        "badge": badge(reached, view, calendar, today),
        "said": clock_row(view, reached.standing, where, calendar).lines,
        "table": counting.table_of(days, lang) if days else None,
        "months": months,
        "whole": whole,
        "weekdays": counting.WEEKDAYS,
        "legend": _legend(months),
        "provisional": explanation.due is not None and explanation.due.provisional,
        "unpublished": "、".join(map(str, counting.unpublished(days))) if lang == "zh" else
        ", ".join(map(str, counting.unpublished(days))),
        "due": explanation.due,
    }  # fmt: skip
    return _below(
        request, reached, "casefile/clock.html", context, title=capital(view.clock.label), cites=view.clock.cites
    )


def case_evidence(request: HttpRequest, number: str) -> HttpResponse:
    """Show where the events of the case stand in the log; with `?check=1` they are checked against it."""
    reached = reach(request, number)
    labels = {one.seq: reached.standing.active.transitions[one.act].label for one in reached.standing.events}
    days = {one.seq: one.on for one in reached.standing.events}
    checked = verify(reached) if request.GET.get("check") else None
    results = {one.seq: one for one in checked.events} if checked else {}
    lines = [
        {"seq": seq, "index": index, "on": days[seq], "label": labels[seq], "result": results.get(seq)}
        for seq, index in reached.recorded.indices.items()
    ]
    context = {"lines": lines, "checked": checked, "number": number, "at": timezone.localtime()}
    return _below(request, reached, "casefile/evidence.html", context, title=_EVIDENCE, cites=())


def case_proof(request: HttpRequest, number: str, seq: int) -> HttpResponse:
    """Answer with the proof that an event of the case is in the log, to keep and to check elsewhere."""
    reached = reach(request, number)
    if seq not in reached.recorded.indices:
        raise Http404
    name = f"{number}-{seq}-proof.json"
    return JsonResponse(
        proof_of(reached, seq),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def case_proof_alone(request: HttpRequest, number: str, seq: int) -> HttpResponse:
    """Answer with the proof alone, as `guiju ledger verify` reads it: nothing of what lies beside the event."""
    reached = reach(request, number)
    if seq not in reached.recorded.indices:
        raise Http404
    return HttpResponse(
        proof_of(reached, seq)["proof"],
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{number}-{seq}.tlog-proof"'},
    )


def _below(
    request: HttpRequest,
    reached: Reached,
    template: str,
    context: dict[str, Any],
    *,
    title: Bilingual,
    cites: tuple[str, ...],
) -> HttpResponse:
    number = reached.case.number
    label, current, href = reached.above
    crumbs = ((label, href), (_titled(number), reverse("case_page", kwargs={"number": number})))
    context |= {"case": reached.case, "kind": reached.kind}
    return show(
        request, template, context, title=title, place=reached.place, current=current, crumbs=crumbs,
        provisions=provisions(cites),
    )  # fmt: skip


def _legend(months: list[counting.Month]) -> list[counting.Square]:
    """Return one day of each kind that the picture shows."""
    found: dict[str, counting.Square] = {}
    for month in months:
        for square in (one for week in month.weeks for one in week if one is not None):
            found.setdefault(square.mark, square)
    return [found[mark] for mark in counting.MARKS if mark in found and mark != "plain"]


def _titled(number: str) -> Bilingual:
    return filled(_TITLE, number=number)
