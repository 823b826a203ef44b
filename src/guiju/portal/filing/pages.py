"""The pages of a form: filling it in, checking it before it is sent, and why it cannot be filled in now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse

from guiju.bilingual import Bilingual
from guiju.portal.casefile.words import capital
from guiju.portal.drafts.files import file_place_in_drafts
from guiju.portal.faces.places import place_of
from guiju.portal.faces.provisions import provision, provisions
from guiju.portal.faces.showing import mistakes_of, show
from guiju.portal.filing.effects import Effects, ends_the_case
from guiju.portal.filing.tasks import Task
from guiju.portal.forms.inputs import show_inputs
from guiju.portal.forms.inputs_files import file_fields
from guiju.portal.forms.outputs import cell, label_of
from guiju.portal.look.components import (
    Button,
    Link,
    Notification,
    Option,
    SetField,
    Step,
    Stepper,
    SummaryList,
    SummaryRow,
)
from guiju.procedures.refusals import Refusal
from guiju.procedures.situation import missing_items

if TYPE_CHECKING:
    from guiju.portal.filing.flow import State

_NOT_DONE = Bilingual(zh="没有办成：{reason}", en="This was not done: {reason}")
_KEPT = Bilingual(zh="您填写的内容都在下面，已存为草稿。", en="Everything you entered is below, saved as a draft.")
_TAKEN = Bilingual(zh="已填好，取自{where}。", en="Filled in from {where}.")
_NOT_OPEN = Bilingual(zh="现在不能“{act}”", en="“{act}” is not possible now")
_STEPS = (
    Bilingual(zh="填写", en="Fill in"),
    Bilingual(zh="核对", en="Check"),
    Bilingual(zh="回执", en="Receipt"),
)
_JOURNEY = Bilingual(zh="办理步骤", en="Steps")
_CHANGE = Bilingual(zh="修改", en="Change")
_CHECK = Bilingual(zh="核对后再提交：{title}", en="Check before sending: {title}")
_SEND = Bilingual(zh="确认并提交", en="Confirm and send")
_DO = Bilingual(zh="确认：{act}", en="Confirm: {act}")
_SURE = Bilingual(zh="此办理不能撤回", en="This cannot be undone")
_I_KNOW = Bilingual(
    zh="我知道案件将就此终结，不能撤回", en="I know that the case ends with this and cannot be reopened"
)
_TO_CASE = Bilingual(zh="查看案件的最新情况", en="See the case as it now stands")


def form(request: HttpRequest, task: Task, state: State) -> HttpResponse:
    """Show the form with what is entered."""
    errors = dict(state.errors)
    if state.refusal is not None:
        errors |= _missing(task, state.refusal)
    values, _ = task.read(state.entered, {})
    notes = {
        name: _filled(_TAKEN, where=source.where)
        for name, source in task.sources.items()
        if values.get(name) == source.value
    }
    fields = show_inputs(
        task.fields, state.entered, errors, needed=task.needed(values), labels=task.labels, notes=notes
    )
    draft = state.overtaken or state.draft
    context = {
        "task": task,
        "state": state,
        "draft": draft,
        "fields": fields,
        "notices_here": _notices(task, state),
        "since": _since(task, state),
        "sources": _sources(task, values) if task.sources else None,
        "plan": task.plan,
        "cites": provisions(task.transition.cites),
        "steps": _steps(0, wrong=bool(errors)),
        "has_files": bool(file_fields(task.fields, state.entered)),
        "draft_seen": draft.revision if draft else 0,
        "missing": _asked_for(task),
        "confidential": any(one.confidential for one in task.fields),
        "given": task.number_is_given,
    }
    return _show(request, "filing/form.html", task, context, mistakes=mistakes_of(fields), title=task.title)


def check(
    request: HttpRequest,
    task: Task,
    state: State,
    values: Mapping[str, Any],
    effects: Effects,
    *,
    error: Bilingual | None = None,
) -> HttpResponse:
    """Show everything once more, with what will follow, before it is sent."""
    sure = None
    if asks_to_be_sure(task):
        sure = SetField(name="_sure", label=_SURE, options=(Option(value="yes", label=_I_KNOW),), error=error)
    lacking = []
    if set(task.kind.form) & set(task.transition.fills):
        readings = task.standing.active.readings
        lacking = [task.kind.form[name] for name in missing_items(task.kind, effects.after.fields, readings)]
    label = _DO if task.seen else _SEND
    context = {
        "task": task,
        "state": state,
        "answers": _answers(task, values) if task.fields else None,
        "effects": effects.summary,
        "lacking": [(label_of(one), provision(one.cites[0])) for one in lacking],
        "steps": _steps(1),
        "sure": sure,
        "case_seen": task.seen,
        "button": Button(
            label=_filled(label, act=capital(task.transition.label)), kind="warning" if sure else "primary",
            name="_go", value="send",
        ),
        "given": task.number_is_given,
    }  # fmt: skip
    title = _filled(_CHECK, title=task.title) if task.fields else task.title
    mistakes = mistakes_of([sure]) if sure else None
    return _show(request, "filing/check.html", task, context, mistakes=mistakes, title=title)


def closed(request: HttpRequest, task: Task, refusal: Refusal) -> HttpResponse:
    """Say why an act cannot be done now, and on what that rests."""
    title = _filled(_NOT_OPEN, act=task.transition.label)
    context = {"task": task, "refusal": refusal, "cites": provisions(refusal.cites)}
    return _show(request, "filing/closed.html", task, context, title=title)


def asks_to_be_sure(task: Task) -> bool:
    """Tell whether an act must be confirmed in so many words: nothing can be done in the case after it."""
    return ends_the_case(task.kind, task.transition)


def _show(request: HttpRequest, template: str, task: Task, context: dict[str, Any], **more: Any) -> HttpResponse:
    return show(
        request, template, context,
        place=task.place, current=task.current, crumbs=task.crumbs, provisions=provisions(task.transition.cites),
        **more,
    )  # fmt: skip


def _missing(task: Task, refusal: Refusal) -> dict[str, Bilingual]:
    names = {field.name for field in task.fields}
    return {name: refusal.reason for name in refusal.missing if name in names}


def _notices(task: Task, state: State) -> list[Notification]:
    found = []
    if state.note is not None:
        found.append(Notification(id="note", kind="warning", title=state.note))
    if state.refusal is not None:
        links: tuple[Any, ...] = provisions(state.refusal.cites)
        if state.refusal.code == "changed_meanwhile" and task.subject.case is not None:
            case = place_of("case_page", number=task.subject.case.number)
            links = (Button(label=_TO_CASE, kind="secondary", href=case),)
        reason = _filled(_NOT_DONE, reason=state.refusal.reason)
        found.append(Notification(id="refusal", kind="failure", title=reason, text=_KEPT, parts=links))
    return found


def _since(task: Task, state: State) -> list[tuple[Any, Bilingual, Bilingual]]:
    """List what has happened in the case since the person saw it."""
    seen = state.draft.seen if state.draft else task.seen
    if not task.seen or seen >= task.seen:
        return []
    transitions = task.standing.active.transitions
    return [
        (event.on, transitions[event.act].label, task.kind.role_label(event.by))
        for event in task.standing.events
        if event.seq > seen
    ]


def _sources(task: Task, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Say of each value that was filled in where it comes from, and whether the form still says so."""
    listed = {field.name: field for field in task.fields}
    return [
        {
            "label": label_of(listed[name]),
            "value": cell(listed[name], source.value),
            "where": source.where,
            "href": source.href,
            "differs": values.get(name) != source.value,
        }
        for name, source in task.sources.items()
    ]


def _asked_for(task: Task) -> list[str]:
    """List what the authority asked for last, where this act supplies it."""
    case = task.standing
    if task.subject.case is None or not set(task.kind.form) & set(task.transition.fills):
        return []
    if task.kind.side_of(task.transition.by[0]) == "authority":
        return []
    latest = case.events[-1]
    named = case.active.transitions[latest.act].inputs.items()
    lists = [latest.values.get(name) for name, one in named if one.type == "list" and one.plain == "text"]
    return [str(one) for found in lists for one in found or ()]


def _answers(task: Task, values: Mapping[str, Any]) -> SummaryList:
    place = file_place_in_drafts(task.subject.owner, task.person)
    return SummaryList(
        rows=tuple(
            SummaryRow(
                key=label_of(one),
                value=cell(one, values.get(one.name), file_place=place, mark=True),
                actions=(Link(label=_CHANGE, href=f"{task.address}#f-{one.name}"),),
                cites=provision(one.cites[0], show_law=False) if one.cites else None,
            )
            for one in task.fields
        )
    )


def _steps(now: int, *, wrong: bool = False) -> Stepper:
    states = ["done"] * now + ["error" if wrong else "current"] + ["ahead"] * (len(_STEPS) - now - 1)
    steps = tuple(Step(label=label, state=state) for label, state in zip(_STEPS, states, strict=True))  # type: ignore[arg-type]
    return Stepper(label=_JOURNEY, steps=steps)


def _filled(text: Bilingual, **values: Any) -> Bilingual:
    return Bilingual(
        zh=text.zh.format(**{name: getattr(one, "zh", one) for name, one in values.items()}),
        en=text.en.format(**{name: getattr(one, "en", one) for name, one in values.items()}),
    )
