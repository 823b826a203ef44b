"""Dated events of a profile: what happened, or is planned; from them the law's clocks are counted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from guiju.bilingual import Bilingual
from guiju.engine.vocabulary import EventSpec
from guiju.portal.access.deciding import require
from guiju.portal.cases.yielded import Yielded, yielded_by_cases_of
from guiju.portal.drafts.late import sent_or_kept
from guiju.portal.faces.books import rulebooks
from guiju.portal.faces.places import place_of
from guiju.portal.faces.provisions import provision
from guiju.portal.faces.showing import mistakes_of, show, tell
from guiju.portal.forms.facts import provisions_of
from guiju.portal.look.components import ChoiceField, Column, Field, Label, Option, Row, Table
from guiju.portal.organisations.models import Occurrence, System
from guiju.portal.workspace.day_cells import Days
from guiju.portal.workspace.days import day_field, read_day
from guiju.portal.workspace.inside import OVERVIEW, Inside, inside, name_of

EVENTS = Bilingual(zh="事件", en="Events")
_WHOLE = Bilingual(zh="组织整体", en="The organisation as a whole")
_COLUMNS = (
    Column(label=Bilingual(zh="事件", en="Event")),
    Column(label=Bilingual(zh="日期", en="Day")),
    Column(label=Bilingual(zh="涉及", en="For")),
    Column(label=Bilingual(zh="细节", en="Details")),
    Column(label=Bilingual(zh="记录人", en="Recorded by")),
)
_YIELDED = (
    Column(label=Bilingual(zh="案件", en="Case"), unbroken=True),
    Column(label=Bilingual(zh="事件", en="Event")),
    Column(label=Bilingual(zh="日期", en="Day")),
)
_MOST_YIELDED = 50
_YES_NO = (
    Option(value="yes", label=Bilingual(zh="是", en="Yes")),
    Option(value="no", label=Bilingual(zh="否", en="No")),
    Option(value="?", label=Bilingual(zh="不知道", en="Not known")),
)
_NO_DAY = Bilingual(zh="请填写日期", en="Enter the day")
_NO_SYSTEM = Bilingual(zh="请选择系统：这一事件属于某一系统", en="Choose the system: this event belongs to one")
_SYSTEM = "system-"


def occurrences(request: HttpRequest, organisation: int) -> HttpResponse:
    """List all events; `?event=` asks for a new one of that kind, a POST records it."""
    here = inside(request, organisation)
    systems = list(here.organisation.systems.order_by("zh", "pk"))
    asked = sent_or_kept(request) or request.GET
    spec = rulebooks().events.get(asked.get("event", ""))
    fields: tuple[Field, ...] = ()
    if request.method == "POST":
        require(here.actor, "organisation.describe", here.organisation)
        if spec is not None:
            fields = _record(request, here, spec, systems)
            if not mistakes_of(fields):
                return redirect(_back(here, asked))
    elif spec is not None and here.may("organisation.describe"):
        fields = _fields(spec, systems, asked)
    rows = Occurrence.objects.filter(organisation=here.organisation, withdrawn_at=None)
    listed = rows.select_related("system", "recorded_by").order_by("-date", "-pk")
    return show(
        request,
        "workspace/occurrences.html",
        {
            "table": occurrence_table(here, listed),
            "from_cases": yielded_table(yielded_by_cases_of(here.organisation)),
            "changing": here.may("organisation.describe"),
            "choose": _chooser(asked.get("event", "")),
            "about": asked.get("about", ""),
            "spec": spec,
            "fields": fields,
            "used_by": [provision(one) for one in provisions_of(spec.event)[:4]] if spec else [],
        },
        title=EVENTS,
        place=here.place,
        current="workspace",
        crumbs=((OVERVIEW, here.to("workspace")),),
        mistakes=mistakes_of(fields),
        status=422 if mistakes_of(fields) else 200,
    )


def occurrence(request: HttpRequest, organisation: int, occurrence: int) -> HttpResponse:
    """Show one event; a POST withdraws it, as entered by mistake."""
    here = inside(request, organisation)
    rows = Occurrence.objects.select_related("system", "recorded_by", "withdrawn_by")
    found = get_object_or_404(rows, organisation=here.organisation, pk=occurrence)
    if request.method == "POST":
        require(here.actor, "organisation.describe", here.organisation)
        Occurrence.objects.filter(pk=found.pk, withdrawn_at=None).update(
            withdrawn_at=timezone.now(), withdrawn_by=here.actor.user_id
        )
        tell(request, Bilingual(zh="事件已撤回，不再计入评估。", en="The event was withdrawn and counts no more."))
        return redirect(here.to("occurrences"))
    return show(
        request,
        "workspace/occurrence.html",
        {
            "one": found,
            "details": _details(found),
            "about": _about(found),
            "changing": here.may("organisation.describe"),
        },
        title=label_of(found),
        place=here.place,
        current="workspace",
        crumbs=((EVENTS, here.to("occurrences")),),
        provisions=[provision(one) for one in provisions_of(found.event)] if found.event in rulebooks().events else [],
    )


def occurrence_table(here: Inside, rows: Iterable[Occurrence]) -> Table:
    """Return events as a table."""
    return Table(
        caption=EVENTS,
        columns=_COLUMNS,
        rows=tuple(
            Row(
                href=here.to("occurrence", occurrence=one.pk),
                cells=(
                    label_of(one),
                    Days(first=one.date),
                    _about(one),
                    _details(one) or "–",
                    str(one.recorded_by) if one.recorded_by else "–",
                ),
            )
            for one in rows
        ),
        empty=Bilingual(zh="没有记录事件。", en="No event is recorded."),
    )


def yielded_table(yielded: Iterable[Yielded]) -> Table | None:
    """Return the events that acts in cases meant, the latest first; None where there is none."""
    specs = rulebooks().events
    rows = tuple(
        Row(
            href=place_of("case_page", number=one.number),
            cells=(one.number, specs[one.event].label, Days(first=one.on)),
        )
        for one in reversed(list(yielded))
        if one.event in specs
    )
    caption = Bilingual(zh="由案件得出的事件", en="Events that follow from cases")
    return Table(caption=caption, columns=_YIELDED, rows=rows[:_MOST_YIELDED]) if rows else None


def label_of(one: Occurrence) -> Label:
    """Name an event."""
    spec = rulebooks().events.get(one.event)
    return spec.label if spec else one.event


def _about(one: Occurrence) -> Bilingual:
    return name_of(one.system) if one.system else _WHOLE


def _details(one: Occurrence) -> Bilingual | None:
    if not one.attributes:
        return None
    said = [(ATTRIBUTES.get(name, Bilingual(zh=name, en=name)), value) for name, value in one.attributes.items()]
    return Bilingual(
        zh="；".join(f"{label.zh}：{'是' if value else '否'}" for label, value in said),
        en="; ".join(f"{label.en}: {'yes' if value else 'no'}" for label, value in said),
    )


ATTRIBUTES = {
    "is_major": Bilingual(zh="重大", en="major"),
}
"""Words for the yes-or-no details of events."""


def _back(here: Inside, asked: Any) -> str:
    about = asked.get("about", "")
    own = {f"{_SYSTEM}{pk}": pk for pk in here.organisation.systems.values_list("pk", flat=True)}
    return here.to("system", system=own[about]) if about in own else here.to("occurrences")


def _chooser(chosen: str) -> ChoiceField:
    options = tuple(Option(value=name, label=spec.label) for name, spec in rulebooks().events.items())
    return ChoiceField(
        prefix="c", name="event", label=Bilingual(zh="发生了什么，或者计划什么", en="What happened, or is planned"),
        options=options, value=chosen, listed=True,
    )  # fmt: skip


def _fields(
    spec: EventSpec, systems: list[System], data: Any, errors: dict[str, Bilingual] | None = None
) -> tuple[Field, ...]:
    wrong = errors or {}
    fields: list[Field] = []
    if spec.of == "system":
        options = tuple(Option(value=f"{_SYSTEM}{one.pk}", label=name_of(one)) for one in systems)
        choose = Option(value="", label=Bilingual(zh="请选择", en="Choose one"))
        fields.append(
            ChoiceField(
                name="about", label=Bilingual(zh="系统", en="System"), options=(choose, *options),
                value=data.get("about", "") or (options[0].value if len(options) == 1 else ""), listed=True,
                error=wrong.get("about"),
            )
        )  # fmt: skip
    fields.append(
        day_field(
            "date", spec.question, entered=data, error=wrong.get("date"),
            hint=Bilingual(zh="将来的日期就是计划。", en="A day to come is a plan."),
        )
    )  # fmt: skip
    for name in spec.attributes or {}:
        label = ATTRIBUTES.get(name, Bilingual(zh=name, en=name))
        value = data.get(f"is-{name}", "?")
        fields.append(ChoiceField(name=f"is-{name}", label=label, options=_YES_NO, value=value, inline=True))
    return tuple(fields)


@transaction.atomic
def _record(request: HttpRequest, here: Inside, spec: EventSpec, systems: list[System]) -> tuple[Field, ...]:
    """Record an event; return the form, with what is wrong if something is."""
    data, errors = request.POST, {}
    day, wrong = read_day(data, "date")
    if wrong is not None or day is None:
        errors["date"] = wrong or _NO_DAY
    owner = next((one for one in systems if f"{_SYSTEM}{one.pk}" == data.get("about")), None)
    if spec.of == "system" and owner is None:
        errors["about"] = _NO_SYSTEM
    if not errors:
        said = {name: data.get(f"is-{name}") for name in spec.attributes or {}}
        Occurrence.objects.create(
            organisation=here.organisation,
            system=owner if spec.of == "system" else None,
            event=spec.event,
            date=day,
            attributes={name: value == "yes" for name, value in said.items() if value in ("yes", "no")},
            recorded_by_id=here.actor.user_id,
        )
        tell(request, Bilingual(zh="事件已记录，评估已更新。", en="The event is recorded and the assessment renewed."))
    return _fields(spec, systems, data, errors)
