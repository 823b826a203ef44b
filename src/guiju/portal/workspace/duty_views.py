"""The pages of duties: the list, and one duty with who sees to it, what shows that it was done, and its history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

from guiju.bilingual import Bilingual
from guiju.engine.norms import Norm
from guiju.engine.vocabulary import EventSpec
from guiju.portal.access.deciding import require, visible
from guiju.portal.cases.models import QueueRow
from guiju.portal.drafts.late import sent_or_kept
from guiju.portal.drafts.models import Upload
from guiju.portal.drafts.references import FileReference
from guiju.portal.faces.books import rulebooks
from guiju.portal.faces.provisions import provision, provisions
from guiju.portal.faces.showing import mistakes_of, show, tell
from guiju.portal.look.components import (
    Act,
    ChoiceField,
    Column,
    Component,
    Field,
    Label,
    Link,
    Option,
    Row,
    SummaryList,
    SummaryRow,
    Table,
    TextField,
    Timeline,
)
from guiju.portal.organisations.models import Membership
from guiju.portal.people.models import User
from guiju.portal.workspace.assessing import Current, current
from guiju.portal.workspace.case_words import case_table
from guiju.portal.workspace.days import day_field, read_day
from guiju.portal.workspace.duties import GROUPS, Duty, Group, duties_of, duty_of, occasion_of
from guiju.portal.workspace.duty_evidence import FILE, evidence_field, link_to, read_evidence
from guiju.portal.workspace.inside import Inside, inside
from guiju.portal.workspace.models import DutyMark
from guiju.portal.workspace.narrowing import Choice, Narrowing
from guiju.portal.workspace.statuses import status_tag

DUTIES = Bilingual(zh="义务", en="Duties")
_ALL = Option(value="", label=Bilingual(zh="全部", en="All"))
_LONGEST_NOTE, _LONGEST_REFERENCE = 4000, 500
_COLUMNS = (
    Column(label=Bilingual(zh="义务", en="Duty")),
    Column(label=Bilingual(zh="涉及", en="For")),
    Column(label=Bilingual(zh="期限", en="By")),
    Column(label=Bilingual(zh="状态", en="State")),
    Column(label=Bilingual(zh="经办", en="Owner")),
    Column(label=Bilingual(zh="依据", en="Rests on")),
)
_STILL = Bilingual(zh="不能是以后的日期", en="This cannot be a day to come")
_NOT_A_MEMBER = Bilingual(zh="请选择本组织的成员", en="Choose a member of the organisation")


def duties(request: HttpRequest, organisation: int) -> HttpResponse:
    """List all duties, group by group, narrowed as the address says."""
    here = inside(request, organisation)
    now = current(here.organisation)
    every = duties_of(now)
    narrowing = Narrowing(request, _choices(every))
    wanted = [duty for duty in every if _fits(duty, narrowing, here)]
    page, pages = narrowing.page(request, wanted)
    return show(
        request,
        "workspace/duties.html",
        {
            "here": here,
            "filter": narrowing.panel(),
            "tables": [_table(group, page, here) for group in GROUPS if any(duty.group == group for duty in page)],
            "pages": pages,
            "nothing": not wanted,
            "day": now.day,
            "feed": here.to("calendar"),
        },
        title=DUTIES,
        place=here.place,
        current="duties",
    )


def duty(request: HttpRequest, organisation: int, about: str, norm: str) -> HttpResponse:
    """Show a duty; a POST says anew who sees to it, whether it was done, and what shows that."""
    here = inside(request, organisation)
    now = current(here.organisation)
    found = duty_of(now, about, norm)
    if found is None:
        raise Http404
    fields: tuple[Field, ...] = ()
    if request.method == "POST":
        require(here.actor, "duty.mark", here.organisation)
        values, errors = _read(request, here, now.day)
        if not errors:
            _keep(here, found, values)
            tell(request, Bilingual(zh="已记下。", en="Noted."))
            return redirect(here.to("duty", about=about, norm=norm))
        fields = _fields(here, found, entered=_as_sent(request.POST, values["upload"]), errors=errors)
    elif here.may("duty.mark"):
        fields = _fields(here, found, entered=sent_or_kept(request))
    return show(
        request,
        "workspace/duty.html",
        {"here": here, "duty": found, "facts": _facts(here, found), "fields": fields,
         "history": _history(here, found), "cases": _cases(here, now, found), "procedures": _procedures(here, found),
         "event": _event(here, found), "earlier": _earlier(found)},
        title=titled(now, found.line.norm, found.label),
        place=here.place,
        current="duties",
        crumbs=((DUTIES, here.to("duties")),),
        provisions=provisions([found.line.norm.address, *found.line.norm.breach]),
        mistakes=mistakes_of(fields),
        status=422 if any(field.error for field in fields) else 200,
    )  # fmt: skip


def _choices(every: list[Duty]) -> tuple[Choice, ...]:
    subjects = dict.fromkeys((duty.about, duty.label) for duty in every)
    books = [book for book in rulebooks().books if any(one.line.norm.rulebook == book.key for one in every)]
    return (
        Choice("about", Bilingual(zh="系统", en="System"), (_ALL, *_options(subjects))),
        Choice("law", Bilingual(zh="法规", en="Law"), (_ALL, *_options((book.key, book.short) for book in books))),
        Choice("state", Bilingual(zh="状态", en="State"), (_ALL, *_options(GROUPS.items()))),
        Choice(
            "owner",
            Bilingual(zh="经办", en="Owner"),
            (_ALL, *_options([("me", Bilingual(zh="我", en="Me")), ("none", Bilingual(zh="无人", en="Nobody"))])),
        ),
    )


def _options(pairs: Any) -> tuple[Option, ...]:
    return tuple(Option(value=value, label=label) for value, label in pairs)


def _fits(duty: Duty, wanted: Narrowing, here: Inside) -> bool:
    owner = duty.mark.owner_id if duty.mark else None
    return (
        wanted.get("about") in ("", duty.about)
        and wanted.get("law") in ("", duty.line.norm.rulebook)
        and wanted.get("state") in ("", duty.group)
        and (wanted.get("owner") != "me" or owner == here.actor.user_id)
        and (wanted.get("owner") != "none" or owner is None)
    )


def _table(group: Group, page: Any, here: Inside) -> Table:
    return duty_table([duty for duty in page if duty.group == group], here, GROUPS[group])


def duty_table(duties: Iterable[Duty], here: Inside, caption: Label) -> Table:
    """Return duties as a table."""
    empty = Bilingual(zh="没有这样的义务。", en="No such duty.")
    return Table(caption=caption, columns=_COLUMNS, rows=tuple(duty_row(one, here) for one in duties), empty=empty)


def duty_row(duty: Duty, here: Inside) -> Row:
    """Return a duty as a row of a list."""
    owner = duty.mark.owner if duty.mark else None
    return Row(
        href=here.to("duty", about=duty.about, norm=duty.norm),
        cells=(
            duty.line.norm.gist,
            duty.label,
            duty.when or "–",
            duty.tag,
            str(owner) if owner else "–",
            provision(duty.line.norm.address),
        ),
    )


# ---- One duty


def titled(now: Current, norm: Norm, label: Bilingual) -> Bilingual:
    """Name the page of one norm for one subject: by its citation, since gists are long."""
    cite = now.sheet.view.cite.short(norm.address)
    return Bilingual(zh=f"{cite.zh} · {label.zh}", en=f"{cite.en} · {label.en}")


def _facts(here: Inside, duty: Duty) -> SummaryList:
    when, norm = duty.line.when, duty.line.norm
    rows = [
        SummaryRow(key=Bilingual(zh="涉及", en="For"), value=duty.label),
        SummaryRow(key=Bilingual(zh="状态", en="State"), value=duty.tag),
        SummaryRow(key=Bilingual(zh="期限", en="By"), value=duty.when or "–"),
    ]
    if when is not None:
        rows.append(SummaryRow(key=Bilingual(zh="如何计算", en="How it is counted"), value=when.explained))
    if norm.judgement is not None:
        rows.append(SummaryRow(key=Bilingual(zh="须由人判断", en="Left to judgement"), value=norm.judgement))
    why = Link(label=Bilingual(zh="查看理由", en="See why"), href=here.to("finding", about=duty.about, norm=duty.norm))
    rows.append(
        SummaryRow(
            key=Bilingual(zh="是否适用", en="Whether it applies"),
            value=status_tag(duty.line.finding),
            actions=(why,),
            cites=provision(norm.address),
        )
    )
    return SummaryList(rows=tuple(rows))


def _event(here: Inside, duty: Duty) -> dict[str, Any] | None:
    """Say which event would let the facts show that the duty was performed, and where to record it."""
    fulfilled = duty.line.norm.fulfilled_by
    spec: EventSpec | None = rulebooks().events.get(fulfilled.event or "") if fulfilled else None
    if spec is None:
        return None
    about = duty.about if spec.of == "system" else ""
    return {"label": spec.label, "href": f"{here.to('occurrences')}?event={spec.event}&about={about}"}


def _earlier(duty: Duty) -> DutyMark | None:
    mark = duty.mark
    return mark if mark is not None and mark.done_on and not duty.done else None


def _procedures(here: Inside, duty: Duty) -> list[Link]:
    """Link to where the duty is performed, if there is a procedure for it."""
    from guiju.procedures.catalogue import built_in_types

    name = f"{duty.line.norm.rulebook}/{duty.line.norm.procedure}"
    if duty.line.norm.procedure is None or name not in built_in_types().keys():  # noqa: SIM118  (no mapping)
        return []
    law, _, short = name.partition("/")
    found = [Link(label=built_in_types().get(name).title, href=here.to("begin_case", law=law, name=short))]
    return found if here.may("case.open") else []


def _cases(here: Inside, now: Current, duty: Duty) -> Component | None:
    """Show the cases of the duty's procedure, for the same system where it is about one."""
    if duty.line.norm.procedure is None:
        return None
    kind = f"{duty.line.norm.rulebook}/{duty.line.norm.procedure}"
    rows = visible(here.actor, "case.read", QueueRow).filter(organisation=here.organisation, kind=kind)
    subject = duty.line.finding.subject
    if subject.kind == "system":
        rows = rows.filter(case__system=now.systems[subject.name])
    found = list(rows.select_related("case__system").order_by("final", "-last_on")[:10])
    return case_table(Bilingual(zh="有关案件", en="Cases about it"), found) if found else None


def _fields(
    here: Inside, duty: Duty, *, entered: Any = None, errors: dict[str, Bilingual] | None = None
) -> tuple[Field, ...]:
    mark, wrong = duty.mark, errors or {}

    def said(name: str, kept: Label) -> str:
        return str(entered.get(name, "")) if entered is not None else str(kept)

    return (
        ChoiceField(
            name="owner",
            label=Bilingual(zh="由谁经办", en="Who sees to it"),
            options=(Option(value="", label=Bilingual(zh="尚未指定", en="Nobody yet")), *_members(here)),
            value=said("owner", str(mark.owner_id or "") if mark else ""),
            listed=True,
            error=wrong.get("owner"),
        ),
        day_field(
            "done_on",
            Bilingual(zh="完成日期", en="Done on"),
            duty.done.done_on if duty.done else None,
            entered=entered,
            hint=Bilingual(
                zh="尚未完成的，留空；清空即撤回标记。",
                en="Empty while it is not done; emptied, the mark is taken back.",
            ),
            error=wrong.get("done_on"),
            optional=True,
        ),
        TextField(
            name="note",
            label=Bilingual(zh="说明", en="Note"),
            hint=Bilingual(zh="做了什么，由什么可以看出。", en="What was done, and what shows it."),
            value=said("note", mark.note if mark else ""),
            rows=4,
            longest=_LONGEST_NOTE,
            optional=True,
            error=wrong.get("note"),
        ),
        TextField(
            name="reference",
            label=Bilingual(zh="证据所在", en="Where the evidence is"),
            hint=Bilingual(zh="文件名、档案号或者网址。", en="The name of a file, a file number or an address."),
            value=said("reference", mark.reference if mark else ""),
            longest=_LONGEST_REFERENCE,
            optional=True,
            error=wrong.get("reference"),
        ),
        evidence_field(mark.upload if mark else None, entered, wrong.get(FILE)),
    )  # fmt: skip


def _members(here: Inside) -> tuple[Option, ...]:
    rows = Membership.objects.filter(organisation=here.organisation).select_related("user").order_by("user__name", "pk")
    return tuple(Option(value=str(one.user_id), label=str(one.user)) for one in rows)


def _as_sent(data: QueryDict, upload: Upload | None) -> QueryDict:
    """Return what was sent, with what stands for the file: it need not be chosen again."""
    joined = data.copy()
    joined[FILE] = str(FileReference(upload.name, upload.sha256)) if upload else ""
    return joined


def _read(request: HttpRequest, here: Inside, today: dt.date) -> tuple[dict[str, Any], dict[str, Bilingual]]:
    data, errors = request.POST, dict[str, Bilingual]()
    done_on, wrong = read_day(data, "done_on")
    if wrong is None and done_on is not None and done_on > today:
        wrong = _STILL
    if wrong is not None:
        errors["done_on"] = wrong
    owner = None
    if data.get("owner"):
        members = User.objects.filter(memberships__organisation=here.organisation)
        owner = next((one for one in members if str(one.pk) == data["owner"]), None)
        if owner is None:
            errors["owner"] = _NOT_A_MEMBER
    texts = {name: str(data.get(name, "")).strip().replace("\0", "") for name in ("note", "reference")}
    for name, longest in (("note", _LONGEST_NOTE), ("reference", _LONGEST_REFERENCE)):
        if len(texts[name]) > longest:
            errors[name] = Bilingual(zh=f"最多 {longest} 个字符", en=f"At most {longest} characters")
    upload, wrong = read_evidence(request, here)
    if wrong is not None:
        errors[FILE] = wrong
    return {"owner": owner, "done_on": done_on, **texts, "upload": upload}, errors


def _keep(here: Inside, duty: Duty, values: dict[str, Any]) -> None:
    """Write a new mark down if it says anything new; earlier ones stay."""
    mark = duty.mark
    before = {"owner": None, "done_on": None, "note": "", "reference": "", "upload": None}
    if mark is not None:
        done_on = duty.done.done_on if duty.done else None
        said = {"note": mark.note, "reference": mark.reference, "upload": mark.upload}
        before = {"owner": mark.owner, "done_on": done_on, **said}
    if values == before:
        return
    DutyMark.objects.create(
        organisation=here.organisation, about=duty.about, norm=duty.norm, occasion=occasion_of(duty.line),
        by_id=here.actor.user_id, **values,
    )  # fmt: skip


def _history(here: Inside, duty: Duty) -> Timeline | None:
    rows = DutyMark.objects.filter(organisation=here.organisation, about=duty.about, norm=duty.norm)
    acts = tuple(
        Act(
            when=timezone.localtime(row.at),
            title=_told(row),
            by=str(row.by),
            text=_why(row),
            letters=link_to(here, row),
        )
        for row in rows.select_related("by", "owner", "upload").order_by("-pk")
    )
    return Timeline(acts=acts) if acts else None


def _told(row: DutyMark) -> Bilingual:
    owner = Bilingual(
        zh=f"由 {row.owner} 经办" if row.owner else "未指定经办", en=f"owner: {row.owner}" if row.owner else "no owner"
    )
    if row.done_on:
        return Bilingual(zh=f"{row.done_on} 完成；{owner.zh}", en=f"Done on {row.done_on}; {owner.en}")
    return Bilingual(zh=f"未完成；{owner.zh}", en=f"Not done; {owner.en}")


def _why(row: DutyMark) -> str | None:
    return " · ".join(one for one in (row.note, row.reference) if one) or None
