"""The systems of an organisation: the list, a new one, and the page of one with how it stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from guiju.bilingual import Bilingual
from guiju.engine.findings import Subject
from guiju.engine.questions import Question
from guiju.portal.access.deciding import visible
from guiju.portal.cases.models import QueueRow
from guiju.portal.drafts.late import sent_or_kept
from guiju.portal.faces.provisions import provision
from guiju.portal.faces.showing import mistakes_of, show, tell
from guiju.portal.forms.facts import value_words
from guiju.portal.look.components import Button, Column, Link, Row, SummaryList, SummaryRow, Table, Tag
from guiju.portal.organisations.facts import add_system as make_system
from guiju.portal.organisations.facts import known
from guiju.portal.organisations.models import Occurrence, System
from guiju.portal.workspace.assessing import Current, current
from guiju.portal.workspace.case_words import case_table
from guiju.portal.workspace.duties import Duty, duties_of
from guiju.portal.workspace.duty_views import duty_table
from guiju.portal.workspace.fact_form import groups_of, specs_of
from guiju.portal.workspace.fact_views import name_errors, name_fields
from guiju.portal.workspace.inside import SYSTEMS, Inside, inside, name_of
from guiju.portal.workspace.narrowing import Narrowing
from guiju.portal.workspace.occurrence_views import occurrence_table, yielded_table
from guiju.portal.workspace.statuses import STATUSES

_COLUMNS = (
    Column(label=Bilingual(zh="系统", en="System")),
    Column(label=Bilingual(zh="义务与禁止", en="Binding norms"), numeric=True),
    Column(label=Bilingual(zh="逾期", en="Late"), numeric=True),
    Column(label=Bilingual(zh="下一日期", en="Next date")),
    Column(label=Bilingual(zh="待回答的问题", en="Open questions"), numeric=True),
    Column(label=Bilingual(zh="评估", en="Assessment")),
)
_MOST_DUTIES, _MOST_CASES, _MOST_EVENTS = 8, 8, 20
_SHOWN_PROVISIONS = 3


def systems(request: HttpRequest, organisation: int) -> HttpResponse:
    """List the systems with how their assessments stand."""
    here = inside(request, organisation)
    now = current(here.organisation)
    narrowing = Narrowing(request, ())
    page, pages = narrowing.page(request, sorted(now.systems.values(), key=lambda one: (one.zh, one.pk)))
    adding = here.to("add_system") if here.may("system.add") else ""
    return show(
        request,
        "workspace/systems.html",
        {
            "table": system_table(here, now, page, duties_of(now)),
            "pages": pages,
            "add": adding,
            "profile": here.to("profile"),
            "day": now.day,
        },
        title=SYSTEMS,
        place=here.place,
        current="systems",
    )


def system_table(here: Inside, now: Current, systems: Any, duties: list[Duty]) -> Table:
    """Return systems as a table with the state of their assessment."""
    by_system = _by_system(duties)
    return Table(
        caption=Bilingual(zh="各系统", en="The systems"),
        columns=_COLUMNS,
        rows=tuple(_row(here, now, one, by_system) for one in systems),
        empty=Bilingual(zh="还没有系统。", en="No system yet."),
    )


def _by_system(duties: list[Duty]) -> dict[str, list[Duty]]:
    found: dict[str, list[Duty]] = {}
    for duty in duties:
        found.setdefault(duty.about, []).append(duty)
    return found


def _row(here: Inside, now: Current, system: System, duties: dict[str, list[Duty]]) -> Row:
    subject = now.of_system(system)
    own = duties.get(now.about(subject), [])
    section = next((one for one in now.sheet.view.sections if one.subject == subject), None)
    ahead = [duty for duty in own if duty.group in ("soon", "later")]
    questions = len(now.questions(subject))
    return Row(
        href=here.to("system", system=system.pk),
        cells=(
            name_of(system),
            section.duties if section else 0,
            sum(duty.group == "late" for duty in own),
            (ahead[0].when or "–") if ahead else "–",
            questions,
            _state(section.duties if section else 0, questions),
        ),
    )


def _state(duties: int, questions: int) -> Tag:
    if questions:
        return Tag(text=Bilingual(zh="缺少事实", en="Facts are missing"), kind="unsure")
    if duties:
        return Tag(text=Bilingual(zh="事实齐全", en="Settled"), kind="good")
    return Tag(text=Bilingual(zh="没有义务", en="Nothing applies"), kind="neutral")


def add_system(request: HttpRequest, organisation: int) -> HttpResponse:
    """Ask for the names of a new system; a POST makes it and leads to its facts."""
    here = inside(request, organisation, "system.add")
    sent = sent_or_kept(request) or {}
    names = {name: str(sent.get(name, "")).strip() for name in ("zh", "en")}
    errors: dict[str, Bilingual] = {}
    if request.method == "POST":
        errors = name_errors(here.organisation, names)
        if not errors:
            made = make_system(here.actor, here.organisation, names)
            tell(
                request,
                Bilingual(zh="系统已登记，请填写事实。", en="The system is listed; now say what is known of it."),
            )
            return redirect(here.to("system_facts", system=made.pk))
    fields = name_fields(names, errors)
    return show(
        request,
        "workspace/add_system.html",
        {"fields": fields},
        title=Bilingual(zh="新增系统", en="Add a system"),
        place=here.place,
        current="systems",
        crumbs=((SYSTEMS, here.to("systems")),),
        mistakes=mistakes_of(fields),
        status=422 if errors else 200,
    )


def system(request: HttpRequest, organisation: int, system: int) -> HttpResponse:
    """Show how a system stands: what is missing, what is due, what is known, what happened, which cases there are."""
    here = inside(request, organisation)
    found = here.system(system)
    now = current(here.organisation)
    subject = now.of_system(found)
    about = now.about(subject)
    dated = [one for one in duties_of(now) if one.about == about and one.group not in ("undated", "done")]
    rows = visible(here.actor, "case.read", QueueRow).filter(case__system=found)
    cases = rows.select_related("case__system").order_by("final", "-last_on")[:_MOST_CASES]
    return show(
        request,
        "workspace/system.html",
        {
            "here": here,
            "system": found,
            "counts": finding_links(here, now, subject),
            "questions": question_list(here, now, now.questions(subject)),
            "duties": duty_table(dated[:_MOST_DUTIES], here, Bilingual(zh="有日期的义务", en="Duties with a date")),
            "all_duties": f"{here.to('duties')}?about={about}",
            "groups": _known(found),
            "unknown": sum(spec.asked for spec in specs_of("system").values()) - len(known(found.facts)),
            "events": occurrence_table(here, _events(found)),
            "from_cases": yielded_table(one for one in now.yielded if one.system == found.pk),
            "add_event": f"{here.to('occurrences')}?about={about}",
            "cases": case_table(
                Bilingual(zh="案件", en="Cases"), cases, empty=Bilingual(zh="没有案件。", en="No cases.")
            ),
            "buttons": _buttons(here, found),
            "history": f"{here.to('history')}?about={about}",
            "day": now.day,
            "changed": timezone.localdate(found.changed_at),
        },
        title=name_of(found),
        place=here.place,
        current="systems",
        crumbs=((SYSTEMS, here.to("systems")),),
    )


def _buttons(here: Inside, system: System) -> list[Button]:
    if not here.may("system.add"):
        return []
    return [
        Button(label=Bilingual(zh="填写事实", en="Say what is known"), href=here.to("system_facts", system=system.pk)),
        Button(label=Bilingual(zh="办理", en="File"), kind="secondary", href=f"{here.to('file')}?system={system.pk}"),
    ]


def finding_links(here: Inside, now: Current, subject: Subject) -> list[Link]:
    """Count the findings about a subject by their status; each leads to the list."""
    about = now.about(subject)
    found = []
    for status, label in STATUSES.items():
        count = sum(one.status == status for one in now.sheet.findings[subject])
        if count:
            href = f"{here.to('findings', about=about)}?status={status}"
            found.append(Link(label=label, href=href, note=str(count)))
    return found


def question_list(here: Inside, now: Current, questions: Iterable[Question]) -> list[dict[str, Any]]:
    """List questions, each with a link to its field and the provisions that wait for the answer."""
    return [
        {
            "text": one.question,
            "about": now.label(one.subject),
            "href": f"{facts_page(here, now, one.subject)}#f-{one.fact}",
            "decides": max(1, round(float(one.decides))),
            "provisions": [provision(address) for address in one.provisions[:_SHOWN_PROVISIONS]],
            "more": max(0, len(one.provisions) - _SHOWN_PROVISIONS),
        }
        for one in questions
    ]


def facts_page(here: Inside, now: Current, subject: Subject) -> str:
    """Return where the facts about a subject are given."""
    if subject.kind == "system":
        return here.to("system_facts", system=now.systems[subject.name].pk)
    return here.to("organisation_facts")


def _known(system: System) -> list[tuple[Bilingual, SummaryList]]:
    values, specs = known(system.facts), specs_of("system")
    found = []
    for group in groups_of("system"):
        rows = tuple(
            SummaryRow(key=specs[name].question, value=value_words(specs[name], values[name]))
            for name in group.facts
            if name in values
        )
        if rows:
            found.append((group.title, SummaryList(rows=rows)))
    return found


def _events(system: System) -> list[Occurrence]:
    rows = Occurrence.objects.filter(system=system, withdrawn_at=None).select_related("system", "recorded_by")
    return list(rows.order_by("-date", "-pk")[:_MOST_EVENTS])
