"""A case as JSON: what the person who asks may see of it, and may do in it now."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from guiju.calendar.days import prc_calendar
from guiju.portal.access.deciding import visible
from guiju.portal.access.gate import actor_behind
from guiju.portal.cases.evidence import load, pin_of
from guiju.portal.cases.models import Case
from guiju.portal.cases.roles import roles_of
from guiju.procedures.catalogue import built_in_types
from guiju.procedures.interpret import open_to
from guiju.procedures.standing import ClockView, replay
from guiju.procedures.visibility import visible_fields


def case(request: HttpRequest, number: str) -> JsonResponse:
    """Answer with the case; 404 where there is none and where it is out of reach, so that nobody can tell which."""
    actor = actor_behind(request)
    found = get_object_or_404(visible(actor, "case.read", Case), number=number)
    kind, today, calendar = built_in_types().pinned(pin_of(found)), timezone.localdate(), prc_calendar()
    standing = replay(load(found), kind)
    seen_as, acting_as = roles_of(actor, "case.read", found, kind), roles_of(actor, "case.act", found, kind)
    fields: dict[str, Any] = {}
    for role in seen_as:
        fields |= visible_fields(kind, standing.fields, role)
    return JsonResponse(
        {
            "number": found.number,
            "kind": found.kind,
            "version": found.version,
            "revision": found.revision,
            "office": found.office.code,
            "state": standing.state,
            "final": standing.final,
            "fields": fields,
            "events": [
                {"seq": event.seq, "on": event.on, "act": event.act, "by": event.by} for event in standing.events
            ],
            "clocks": {name: _clock(view) for name, view in standing.clocks(calendar, today).items()},
            "open_acts": sorted({name for role in acting_as for name in open_to(standing, role, today, calendar)}),
        },
        json_dumps_params={"ensure_ascii": False},
    )


def _clock(view: ClockView) -> dict[str, Any]:
    due = view.due
    return {
        "status": view.status,
        "earliest": due.earliest if due else None,
        "latest": due.latest if due else None,
    }
