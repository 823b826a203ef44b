"""The first page of a day: what needs doing next, and how each system stands."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from guiju.bilingual import Bilingual
from guiju.portal.access.deciding import visible
from guiju.portal.cases.models import Case, QueueRow
from guiju.portal.correspondence.models import Letter
from guiju.portal.correspondence.opening import to_the_applicant, unread_first
from guiju.portal.correspondence.reading import address_of
from guiju.portal.drafts.models import Draft
from guiju.portal.faces.places import place_of
from guiju.portal.faces.provisions import provision
from guiju.portal.faces.showing import show
from guiju.portal.look.components import Column, Row, Table, Tag
from guiju.portal.workspace.assessing import Current, current
from guiju.portal.workspace.case_words import case_table, title_of
from guiju.portal.workspace.day_cells import Days
from guiju.portal.workspace.duties import GROUPS, counts, duties_of
from guiju.portal.workspace.duty_views import duty_table
from guiju.portal.workspace.inside import OVERVIEW, Inside, inside, name_of
from guiju.portal.workspace.system_views import question_list, system_table

_FIRST = Bilingual(zh="先做这些", en="Do these first")
_OURS = Bilingual(zh="轮到我方的案件", en="Cases where it is our turn")
_MOST, _MOST_LETTERS, _MOST_QUESTIONS = 8, 15, 5
_UNREAD = Tag(text=Bilingual(zh="未读", en="unread"), kind="waiting")
_LATELY = dt.timedelta(days=30)
_LETTERS = (
    Column(label=Bilingual(zh="文书", en="Letter")),
    Column(label=Bilingual(zh="阅读", en="Read")),
    Column(label=Bilingual(zh="日期", en="Day")),
    Column(label=Bilingual(zh="案件", en="Case")),
)
_DRAFTS = (
    Column(label=Bilingual(zh="程序", en="Procedure")),
    Column(label=Bilingual(zh="系统", en="System")),
    Column(label=Bilingual(zh="保存", en="Saved")),
)


def workspace(request: HttpRequest, organisation: int) -> HttpResponse:
    """Show what a compliance officer starts the day with."""
    here = inside(request, organisation)
    now = current(here.organisation)
    duties = duties_of(now)
    urgent = [duty for duty in duties if duty.group in ("late", "unmet", "soon")]
    of_each = counts(duties)
    ours, our_count, our_late = _our_turn(here, now.day)
    letters, unread = _letters(here, now)
    systems = sorted(now.systems.values(), key=lambda one: (one.zh, one.pk))
    return show(
        request,
        "workspace/overview.html",
        {
            "here": here,
            "day": now.day,
            "counts": [
                {"label": GROUPS[group], "count": of_each[group], "href": f"{here.to('duties')}?state={group}"}
                for group in ("late", "unmet", "soon")
            ],
            "our_count": our_count,
            "our_late": our_late,
            "our_cases": f"{here.to('organisation_cases')}?turn=applicant",
            "urgent": duty_table(urgent[:_MOST], here, _FIRST) if urgent else None,
            "more": max(0, len(urgent) - _MOST),
            "cases": case_table(_OURS, ours) if ours else None,
            "drafts": _drafts(here),
            "letters": letters,
            "unread": unread,
            "systems": system_table(here, now, systems[:50], duties),
            "questions": len(now.sheet.questions),
            "first_questions": question_list(here, now, now.sheet.questions[:_MOST_QUESTIONS]),
            "add": here.to("add_system") if here.may("system.add") else "",
        },
        title=OVERVIEW,
        place=here.place,
        current="workspace",
        provisions=[provision("mail4:81.1.4")],
    )


def _our_turn(here: Inside, today: dt.date) -> tuple[list[QueueRow], int, int]:
    """Return the first cases in which the organisation must act, how many there are, and how many are surely late."""
    rows = visible(here.actor, "case.read", QueueRow).filter(
        organisation=here.organisation, turn=QueueRow.Turn.APPLICANT
    )
    # Those of one organisation are few: one query gives the first of them, how many there are and how many are late.
    every = list(rows.select_related("case__system").order_by("next_due", "pk"))
    late = sum(1 for row in every if row.next_due_latest is not None and row.next_due_latest < today)
    return every[:_MOST], len(every), late


def _letters(here: Inside, now: Current) -> tuple[Table | None, int]:
    """List the letters to the organisation that this person has not opened, then others of late; count the unread."""
    cases = visible(here.actor, "case.read", Case).filter(organisation=here.organisation)
    ours = Letter.objects.filter(to_the_applicant(), case__in=cases).select_related("case")
    found: list[Any] = list(unread_first(ours, here.actor.user_id, now.day - _LATELY)[:_MOST_LETTERS])
    if not found:
        return None, 0
    table = Table(
        caption=Bilingual(zh="未读的和近 30 日的文书", en="Letters: unread, and of the last 30 days"),
        columns=_LETTERS,
        rows=tuple(
            Row(
                href=address_of(one, one.case.number),
                cells=(_title(one), _UNREAD if one.unread else "–", Days(first=one.on), one.case.number),
            )
            for one in found
        ),
    )
    return table, found[0].alike if found[0].unread else 0


def _title(letter: Letter) -> Bilingual:
    return Bilingual(zh=letter.title_zh or letter.name, en=letter.title_en or letter.name)


def _drafts(here: Inside) -> Table | None:
    """List what was begun and not sent."""
    found = visible(here.actor, "draft.change", Draft).filter(organisation=here.organisation)
    rows = tuple(
        Row(
            href=_draft_address(here, one),
            cells=(title_of(one.kind), name_of(one.system) if one.system else "–", _saved(one)),
        )
        for one in found.select_related("system", "case", "saved_by").order_by("-saved_at")[:_MOST]
    )
    caption = Bilingual(zh="草稿", en="Drafts")
    return Table(caption=caption, columns=_DRAFTS, rows=rows) if rows else None


def _draft_address(here: Inside, draft: Draft) -> str:
    if draft.case is not None:
        return place_of("case_act", number=draft.case.number, act=draft.act)
    law, _, name = draft.kind.partition("/")
    system = f"?system={draft.system_id}" if draft.system_id else ""
    return here.to("begin_case", law=law, name=name) + system


def _saved(draft: Draft) -> Bilingual:
    day = timezone.localdate(draft.saved_at)
    return Bilingual(zh=f"{day}，{draft.saved_by}", en=f"{day}, {draft.saved_by}")
