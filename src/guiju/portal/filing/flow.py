"""How a form is filled in: saved as one goes, checked, sent. Whatever goes wrong, what was entered stays.

GET               the form, with the draft in it or what is known already
POST _go=save     keeps the draft (also `autosave`, `_add`, `_remove`)
POST _go=check    keeps the draft and, if nothing is wrong with it, leads to GET ?step=check
POST _go=send     does it, from the draft; the draft is dropped in the same transaction
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render

from guiju.bilingual import Bilingual
from guiju.portal.cases.acting import CHANGED, Done
from guiju.portal.drafts.files import UnfitFileError, keep_file, own_references
from guiju.portal.drafts.keeping import Overtaken, draft_on, save_draft
from guiju.portal.drafts.late import take_back
from guiju.portal.drafts.models import Draft
from guiju.portal.faces.showing import tell
from guiju.portal.filing import pages
from guiju.portal.filing.tasks import Task
from guiju.portal.forms.inputs import Entered, entered_from, rearranged
from guiju.portal.forms.inputs_entered import text, texts
from guiju.portal.forms.inputs_files import file_fields
from guiju.procedures.refusals import Refusal

_SAVED = Bilingual(zh="草稿已保存。", en="The draft is saved.")
_BACK = Bilingual(
    zh="您的登录曾经过期。您填写的内容都在，已存为草稿；请核对后继续。",
    en="Your session had ended. Everything you entered is here, saved as a draft; look it over and go on.",
)
_BACK_BESIDE = Bilingual(
    zh="您的登录曾经过期，其间{name}改过这份草稿。下面是您填写的内容，尚未保存。",
    en="Your session had ended, and {name} has changed this draft since. Below is what you entered; it is not saved.",
)
_NOT_CONFIRMED = Bilingual(zh="请勾选，表示您知道此办理不能撤回", en="Tick to say that you know this cannot be undone")
_FOREIGN_FILE = Bilingual(
    zh="“{label}”的文件不是在这里上传的；请重新上传", en="“{label}”: this file was not sent here; choose it again"
)
SURE = "_sure"


@dataclass(slots=True)
class State:
    """A form on its way: what is entered in it, what is wrong, what to say on top."""

    entered: Entered
    draft: Draft | None
    errors: dict[str, Bilingual] = field(default_factory=dict)
    refusal: Refusal | None = None
    overtaken: Draft | None = None
    note: Bilingual | None = None


def handle(request: HttpRequest, task: Task) -> HttpResponseBase:
    """Answer a request for the form of a task."""
    draft = draft_on(task.subject)
    if request.method != "POST":
        return _show(request, task, draft)
    if text(request.POST, "_go") == "send":
        return _send(request, task, draft)
    return _take(request, task)


# ---- Showing


def _show(request: HttpRequest, task: Task, draft: Draft | None) -> HttpResponseBase:
    late = take_back(request, task.person)
    if late is not None and task.fields:
        return _resume(request, task, late)
    state = State(draft.entered if draft else _start(request, task), draft)
    if not task.fields or (draft is not None and request.GET.get("step") == "check"):
        return _check(request, task, state)
    state.refusal = task.bar() if draft is not None else None
    return pages.form(request, task, state)


def _start(request: HttpRequest, task: Task) -> Entered:
    """Take the address's word for what it names: a list of what is missing, say, from the page of the case."""
    start = task.start
    for one in task.fields:
        asked = [clean for clean in texts(request.GET, one.name) if clean]
        if asked and one.type == "list" and one.plain == "text":
            start[one.name] = [str(number) for number in range(len(asked))]
            start |= {f"{one.name}-{number}": [said] for number, said in enumerate(asked)}
    return start


def _resume(request: HttpRequest, task: Task, late: Entered) -> HttpResponseBase:
    """Put back what was entered when the session had ended; it becomes the draft, unless that was changed by others."""
    if text(late, "_go") == "send":
        # It was looked over already and lies in the draft; sending it remains with the person.
        tell(request, _BACK)
        return HttpResponseRedirect(check_address(task))
    entered = entered_from(late, task.fields)
    case_seen = _number(text(late, "_case_seen")) or task.seen
    saved = save_draft(task.subject, task.person, entered, seen=_number(text(late, "_seen")), case_seen=case_seen)
    if isinstance(saved, Overtaken):
        name = str(saved.draft.saved_by)
        note = Bilingual(zh=_BACK_BESIDE.zh.format(name=name), en=_BACK_BESIDE.en.format(name=name))
        return pages.form(request, task, State(entered, saved.draft, overtaken=saved.draft, note=note))
    tell(request, _BACK)
    return HttpResponseRedirect(task.address)


def _check(request: HttpRequest, task: Task, state: State) -> HttpResponseBase:
    values, state.errors = _read(task, state.entered, {})
    if state.errors:
        return pages.form(request, task, state)
    effects = task.effects(task.to_send(values))
    if state.draft is not None and state.draft.seen != task.seen:
        effects = Refusal("changed_meanwhile", CHANGED, task.kind.cites)
    if isinstance(effects, Refusal):
        state.refusal = effects
        return pages.form(request, task, state) if task.fields else pages.closed(request, task, effects)
    return pages.check(request, task, state, values, effects)


# ---- Saving


def _take(request: HttpRequest, task: Task) -> HttpResponseBase:
    go = text(request.POST, "_go")
    entered = entered_from(request.POST, task.fields)
    sent = _uploads(request, task, entered)
    entered |= {name: [reference] for name, reference in sent.items() if isinstance(reference, str)}
    moved = rearranged(task.fields, {**entered, **{name: texts(request.POST, name) for name in ("_add", "_remove")}})
    if moved is not None:
        entered = moved[0]
    case_seen = _number(text(request.POST, "_case_seen")) or task.seen
    saved = save_draft(
        task.subject, task.person, entered,
        seen=_number(text(request.POST, "_seen")), case_seen=case_seen, over=text(request.POST, "_over") == "yes",
    )  # fmt: skip
    if isinstance(saved, Overtaken):
        if go == "autosave":
            return _status(request, saved.draft, overtaken=True)
        return pages.form(request, task, State(entered, saved.draft, overtaken=saved.draft))
    if go == "autosave":
        return _status(request, saved, overtaken=False)
    if moved is not None:
        return HttpResponseRedirect(f"{task.address}#f-{moved[1]}")
    values, errors = _read(task, entered, sent)
    if go == "save":
        refused = {name: error for name, error in errors.items() if isinstance(sent.get(name), Bilingual)}
        if refused:
            return pages.form(request, task, State(entered, saved, errors=refused))
        tell(request, _SAVED)
        return HttpResponseRedirect(task.address)
    state = State(entered, saved, errors=errors)
    if not errors:
        effects = task.effects(task.to_send(values))
        if not isinstance(effects, Refusal):
            return HttpResponseRedirect(check_address(task))
        state.refusal = effects
    return pages.form(request, task, state)


def _status(request: HttpRequest, draft: Draft, *, overtaken: bool) -> HttpResponse:
    return render(request, "filing/status.html", {"draft": draft, "overtaken": overtaken, "swap": True})


def _uploads(request: HttpRequest, task: Task, entered: Entered) -> dict[str, str | Bilingual]:
    """Keep the files that came with the form: the reference of each by its input, or why it is not taken."""
    found: dict[str, str | Bilingual] = {}
    for name in file_fields(task.fields, entered):
        sent = request.FILES.get(name)
        if sent is None:
            continue
        try:
            found[name] = str(keep_file(sent, task.subject.owner))
        except UnfitFileError as error:
            found[name] = error.reason
    return found


def _read(
    task: Task, entered: Entered, sent: dict[str, str | Bilingual]
) -> tuple[dict[str, Any], dict[str, Bilingual]]:
    """Read the values; a file counts only if it was sent here, or is in the case already."""
    values, errors = task.read(entered, sent)
    fields = file_fields(task.fields, entered)
    given = {name: text(entered, name) for name in fields if text(entered, name)}
    held = set(_strings(task.standing.fields))
    known = held | own_references([one for one in given.values() if one not in held], task.subject.owner, task.person)
    for name, reference in given.items():
        if reference not in known and name not in errors:
            label = fields[name].label
            errors[name] = Bilingual(
                zh=_FOREIGN_FILE.zh.format(label=label.zh), en=_FOREIGN_FILE.en.format(label=label.en)
            )
    return values, errors


def _strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [found for one in value.values() for found in _strings(one)]
    if isinstance(value, list):
        return [found for one in value for found in _strings(one)]
    return [value] if isinstance(value, str) else []


# ---- Sending


def _send(request: HttpRequest, task: Task, draft: Draft | None) -> HttpResponseBase:
    """Send what the draft holds. Sent a second time, it leads to what the first time made."""
    request_key = text(request.POST, "_request")
    if task.fields and (draft is None or str(draft.request_key) != request_key):
        before = task.sent_before(request_key)
        return HttpResponseRedirect(before or task.address)
    seen = _number(text(request.POST, "_case_seen"))
    state = State(draft.entered if draft else {}, draft)
    if draft is not None and _number(text(request.POST, "_seen")) != draft.revision:
        # Somebody has changed the draft since it was looked over: what is sent must be what was seen.
        return HttpResponseRedirect(check_address(task))
    values, state.errors = _read(task, state.entered, {})
    if state.errors:
        return pages.form(request, task, state)
    effects = task.effects(task.to_send(values))
    if not isinstance(effects, Refusal) and pages.asks_to_be_sure(task) and text(request.POST, SURE) != "yes":
        return pages.check(request, task, state, values, effects, error=_NOT_CONFIRMED)
    with transaction.atomic():
        gone = draft is not None and not Draft.objects.filter(pk=draft.pk, revision=draft.revision).delete()[0]
        done = None if gone else task.send(task.to_send(values), draft, seen)
        if not isinstance(done, Done):
            transaction.set_rollback(True)
    if done is None:
        return HttpResponseRedirect(task.sent_before(request_key) or check_address(task))
    if isinstance(done, Refusal):
        state.refusal = done
        return pages.form(request, task, state) if task.fields else pages.closed(request, task, done)
    return task.after(request, done)


def check_address(task: Task) -> str:
    """Return the address of the page on which everything is looked over."""
    joint = "&" if "?" in task.address else "?"
    return f"{task.address}{joint}{urlencode({'step': 'check'})}"


def _number(sent: str) -> int:
    return int(sent) if sent.isdecimal() and sent.isascii() and len(sent) < 10 else 0  # noqa: PLR2004
