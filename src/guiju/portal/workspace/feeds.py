"""The calendar of an organisation: its dated duties and the clocks of its cases, at a secret address for each member.

The address works without log-in, as calendars need it; so it is long, is shown once, and only its hash is kept. Who is
no longer a member reads nothing any more.
"""

from __future__ import annotations

import datetime as dt
import secrets
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from guiju.assess.report.ics import Events, new_calendar
from guiju.assess.report.lines import Line
from guiju.bilingual import Bilingual
from guiju.portal.access.actor import Actor, actor_of
from guiju.portal.access.deciding import may, visible
from guiju.portal.cases.models import QueueRow
from guiju.portal.faces.showing import show, tell
from guiju.portal.look.components.base import said
from guiju.portal.workspace.assessing import Current, current
from guiju.portal.workspace.case_words import clock_name, title_of
from guiju.portal.workspace.duties import latest_marks, occasion_of
from guiju.portal.workspace.inside import inside
from guiju.portal.workspace.models import CalendarFeed

if TYPE_CHECKING:
    from icalendar import Event

_TITLE = Bilingual(zh="日历订阅", en="Calendar")
_ONE_DAY = dt.timedelta(days=1)
_DONE = "✓ "


def calendar(request: HttpRequest, organisation: int) -> HttpResponse:
    """Show whether this member has an address; a POST makes one, anew where there is one, or takes it away."""
    here = inside(request, organisation)
    mine = CalendarFeed.objects.filter(organisation=here.organisation, user=here.actor.user_id)
    address = ""
    if request.method == "POST":
        if "revoke" in request.POST:
            mine.delete()
            tell(request, Bilingual(zh="地址已作废。", en="The address is void now."))
            return redirect(here.to("calendar"))
        address = request.build_absolute_uri(reverse("calendar_feed", kwargs={"token": _renewed(here)}))
    return show(
        request,
        "workspace/calendar.html",
        {"feed": mine.first(), "address": address, "file": here.to("download", form="calendar.ics")},
        title=_TITLE,
        place=here.place,
        current="duties",
        crumbs=((Bilingual(zh="义务", en="Duties"), here.to("duties")),),
    )


def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Answer with the calendar that belongs to a token; 404 for any other, and for those who are members no more."""
    rows = CalendarFeed.objects.select_related("organisation", "user")
    feed = rows.filter(token_hash=_hash(token)).first()
    actor = actor_of(feed.user) if feed else None
    if feed is None or actor is None or not may(actor, "organisation.read", feed.organisation):
        raise Http404
    lang = request.GET.get("lang") or feed.user.language
    content = calendar_file(current(feed.organisation), actor, "en" if lang == "en" else "zh")
    headers = {"Cache-Control": "private, max-age=900", "Content-Disposition": 'inline; filename="guiju.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


def calendar_file(now: Current, actor: Actor, lang: str) -> bytes:
    """Write the calendar: open dated duties, ends of retention, and of each open case the clock that ends first."""
    made = new_calendar(now.organisation.zh if lang == "zh" else now.organisation.en or now.organisation.zh, lang)
    events, marks = Events(now.sheet.view, lang), latest_marks(now)
    for line in now.sheet.view.dated:
        if line.when is not None:
            event = events.duty(line, line.when)
            mark = marks.get((now.about(line.finding.subject), line.norm.key))
            if mark is not None and mark.done_on and mark.occasion == occasion_of(line):
                _ticked(event)
            made.add_component(_known(event, "due", line, now))
    for line in now.sheet.view.kept:
        if line.keep is not None:
            made.add_component(_known(events.retention(line, line.keep), "keep", line, now))
    rows = visible(actor, "case.read", QueueRow).filter(
        organisation=now.organisation, final=False, next_due__isnull=False
    )
    for row in rows.select_related("case").order_by("pk"):
        made.add_component(_clock(row, now, lang))
    return bytes(made.to_ical())


def _clock(row: QueueRow, now: Current, lang: str) -> Event:
    from icalendar import Event

    latest = row.next_due_latest or row.next_due
    title, clock = title_of(row.kind), clock_name(row)
    summary = Bilingual(
        zh=f"{clock.zh} · {row.case.number} {_in('zh', title)}", en=f"{clock.en} · {row.case.number} {_in('en', title)}"
    )
    event = Event()
    event.add("uid", f"{_digest('clock', row.case.number, row.next_clock)}@guiju")
    event.add("dtstamp", dt.datetime.combine(now.day, dt.time(), dt.UTC))
    event.add("transp", "TRANSPARENT")
    event.add("dtstart", row.next_due)
    event.add("dtend", (latest or now.day) + _ONE_DAY)
    event.add("summary", summary.get(lang))
    event.add("status", "CONFIRMED")
    return event


def _in(lang: str, text: Any) -> str:
    return text.get(lang) if isinstance(text, Bilingual) else str(said(text))


def _ticked(event: Event) -> None:
    """Show that a member has marked it as done: a tick, and no reminder."""
    event["summary"] = _DONE + str(event["summary"])
    event.subcomponents.clear()


def _known(event: Event, kind: str, line: Line, now: Current) -> Event:
    """Give an event an identity that stays when a system gets another name, and is another in each organisation."""
    about, kept = now.about(line.finding.subject), line.finding.retention
    occasion = occasion_of(line) if kind == "due" else str(kept.anchor_date if kept else "")
    event["uid"] = f"{_digest(kind, str(now.organisation.pk), about, line.norm.key, occasion)}@guiju"
    return event


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode()).hexdigest()[:32]


@transaction.atomic
def _renewed(here: Any) -> str:
    """Make a new address in place of the old one; only this answer ever has it."""
    token = secrets.token_urlsafe(32)
    mine = CalendarFeed.objects.filter(organisation=here.organisation, user=here.actor.user_id)
    mine.delete()
    CalendarFeed.objects.create(organisation=here.organisation, user_id=here.actor.user_id, token_hash=_hash(token))
    return token


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
