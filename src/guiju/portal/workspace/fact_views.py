"""Editing facts: of a system with its names, or of the organisation as a whole.

Who saves after somebody else has, is told: what the other changed is taken over where one did not touch it, what both
changed is marked, and nothing that was entered is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from guiju.bilingual import Bilingual
from guiju.portal.access.deciding import require
from guiju.portal.drafts.late import sent_or_kept
from guiju.portal.faces.showing import show, tell
from guiju.portal.look.components import ErrorSummary, Field, Mistake, Notification, TextField
from guiju.portal.organisations.facts import (
    NAMES,
    Changed,
    Contradicted,
    Meanwhile,
    change,
    written,
)
from guiju.portal.organisations.models import Organisation, System
from guiju.portal.workspace.assessing import current
from guiju.portal.workspace.fact_form import ASKED, Section, read, said_value, sections, specs_of
from guiju.portal.workspace.inside import OVERVIEW, SYSTEMS, Inside, inside, name_of

FACTS = Bilingual(zh="事实", en="Facts")
_LONGEST = 200
_NO_NAME = Bilingual(zh="请填写中文名称", en="Enter the Chinese name")
_UNFIT = Bilingual(zh="请写成一行，最多 200 个字符", en="Write one line of at most 200 characters")
_SAME_NAME = Bilingual(zh="本组织已有同名系统", en="The organisation has a system of this name already")
_NOTHING_NEW = Bilingual(zh="没有变化。", en="Nothing was changed.")


@dataclass(slots=True)
class Sent:
    """What a form sent, and what is wrong with it."""

    data: QueryDict
    facts: dict[str, Any]
    names: dict[str, str]
    errors: dict[str, Bilingual]
    revision: int
    notice: Notification | None = None


def system_facts(request: HttpRequest, organisation: int, system: int) -> HttpResponse:
    """Show the facts of a system as a form; a POST saves them."""
    here = inside(request, organisation)
    found = here.system(system)
    now = current(here.organisation)
    subject = now.of_system(found)
    missing = {name for one in now.sheet.findings[subject] if one.status == "undetermined" for name in one.missing}
    wanted = {name for name in missing if name in specs_of("system") and specs_of("system")[name].asked}
    back = here.to("system", system=found.pk)
    crumbs = ((SYSTEMS, here.to("systems")), (name_of(found), back))
    return _edit(request, here, found, wanted, back=back, current="systems", crumbs=crumbs)


def organisation_facts(request: HttpRequest, organisation: int) -> HttpResponse:
    """Show the facts of the organisation as a whole as a form; a POST saves them."""
    here = inside(request, organisation)
    now = current(here.organisation)
    every = (one for own in now.sheet.findings.values() for one in own if one.status == "undetermined")
    own_facts = specs_of("organisation")
    wanted = {name for one in every for name in one.missing if name in own_facts and own_facts[name].asked}
    back = here.to("workspace")
    return _edit(
        request, here, here.organisation, wanted, back=back, current="workspace", crumbs=((OVERVIEW, back),)
    )  # fmt: skip


def _edit(
    request: HttpRequest, here: Inside, thing: Organisation | System, wanted: set[str], *, back: str, **shown: Any
) -> HttpResponse:
    owner = "system" if isinstance(thing, System) else "organisation"
    action = "system.change" if owner == "system" else "organisation.describe"
    sent: Sent | None = None
    if request.method == "POST":
        require(here.actor, action, thing)
        sent = _sent(request.POST, owner, thing)
        if not sent.errors:
            answer = change(
                here.actor, thing, seen=sent.revision, facts=sent.facts, names=sent.names
            )  # fmt: skip
            if isinstance(answer, Changed):
                same = answer.revision == sent.revision
                tell(request, _NOTHING_NEW if same else Bilingual(zh="事实已保存。", en="The facts were saved."))
                return redirect(back)
            _explain(answer, sent, thing)
    elif _may(here, action, thing) and (kept := sent_or_kept(request)) is not None:
        sent = Sent(kept, {}, {}, {}, _revision(kept))
    return _page(request, here, thing, wanted, sent, may=_may(here, action, thing), **shown)


def _page(
    request: HttpRequest,
    here: Inside,
    thing: Organisation | System,
    wanted: set[str],
    sent: Sent | None,
    *,
    may: bool,
    **shown: Any,
) -> HttpResponse:
    owner = "system" if isinstance(thing, System) else "organisation"
    errors = sent.errors if sent else {}
    parts = sections(owner, thing.facts, wanted, entered=sent.data if sent else None, errors=errors)
    names = _name_fields(thing, sent) if isinstance(thing, System) else ()
    name = name_of(thing)
    return show(
        request,
        "workspace/facts.html",
        {
            "sections": parts,
            "names": names,
            "revision": sent.revision if sent else thing.revision,
            "notice": sent.notice if sent else None,
            "readonly": not may,
            "history": f"{here.to('history')}?about={f'system-{thing.pk}' if owner == 'system' else 'organisation'}",
        },
        title=Bilingual(zh=f"{name.zh}：事实", en=f"{name.en}: facts"),
        place=here.place,
        mistakes=_mistakes(names, parts),
        status=422 if request.method == "POST" else 200,
        **shown,
    )


def _may(here: Inside, action: str, thing: Organisation | System) -> bool:
    from guiju.portal.access.deciding import may

    return may(here.actor, action, thing)


def _sent(data: QueryDict, owner: str, thing: Organisation | System) -> Sent:
    facts, errors = read(owner, data)
    names: dict[str, str] = {}
    if isinstance(thing, System):
        names = {name: data[name].strip() for name in NAMES if name in data}
        errors |= name_errors(thing.organisation, names, thing)
    return Sent(data, facts, names, errors, _revision(data))


def _revision(data: QueryDict) -> int:
    sent = data.get("revision", "")
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else 0  # noqa: PLR2004


def name_errors(
    organisation: Organisation, names: Mapping[str, str], own: System | None = None
) -> dict[str, Bilingual]:
    """Say what is wrong with the names of a system."""
    errors = {
        name: _UNFIT for name, value in names.items() if len(value) > _LONGEST or not value.isprintable()
    }  # fmt: skip
    if not names.get("zh", "-"):
        errors["zh"] = _NO_NAME
    others = organisation.systems.exclude(pk=own.pk if own else None)
    if "zh" in names and "zh" not in errors and others.filter(zh=names["zh"]).exists():
        errors["zh"] = _SAME_NAME
    return errors


def _explain(answer: Meanwhile | Contradicted, sent: Sent, thing: Organisation | System) -> None:
    """Turn a refusal into what the form says; of a change meanwhile, join what both have made of the facts."""
    if isinstance(answer, Contradicted):
        stated = [name for name in sorted(answer.rule.node.facts) if sent.facts.get(name) is not None]
        for name in stated or list(sent.facts)[:1]:
            sent.errors[name] = answer.rule.because
        return
    thing.refresh_from_db()
    sent.revision = answer.revision
    mine = {**{name: written(value) for name, value in sent.facts.items()}, **sent.names}
    joined = sent.data.copy()
    for name, theirs in answer.theirs.items():
        if name not in mine or mine[name] == theirs:
            continue
        if mine[name] != answer.before.get(name):
            sent.errors[name] = _clash(name, theirs)
        else:
            joined.pop(name, None)
            joined.setlist(ASKED, [one for one in joined.getlist(ASKED) if one != name])
    sent.data = joined
    sent.notice = Notification(
        id="meanwhile",
        kind="warning",
        title=Bilingual(zh="在您填写期间，他人已修改", en="Somebody else has saved changes meanwhile"),
        text=Bilingual(
            zh="您的修改还没有保存，都还在下面。对方改过而您没有动的，已取对方的值；双方都改过的，逐项标出。请核对后再次保存。",
            en="Yours are not saved yet and all still stand below. What only the other changed shows the other's value;"
            " what both of you changed is marked. Look it over and save again.",
        ),
    )


def _clash(name: str, theirs: Any) -> Bilingual:
    said = said_value(name, theirs)
    return Bilingual(
        zh=f"对方改为“{said.zh}”，您改为下面的值；请确认保存哪一个",
        en=f"The other made it “{said.en}”, you what stands below; make sure which one is to be saved",
    )


def _name_fields(system: System, sent: Sent | None) -> tuple[Field, ...]:
    values = {name: str(getattr(system, name)) for name in NAMES}
    values |= {name: sent.data[name] for name in NAMES if sent and name in sent.data}
    return name_fields(values, sent.errors if sent else {})


def name_fields(values: Mapping[str, str], errors: Mapping[str, Bilingual]) -> tuple[Field, ...]:
    """Return the fields for the names of a system."""
    return (
        TextField(
            name="zh", label=Bilingual(zh="系统的中文名称", en="Name of the system in Chinese"),
            hint=Bilingual(zh="用户看到的名称。", en="As its users see it."),
            value=values.get("zh", ""), longest=_LONGEST, error=errors.get("zh"),
        ),
        TextField(
            name="en", label=Bilingual(zh="英文名称", en="Name in English"),
            value=values.get("en", ""), longest=_LONGEST, optional=True, error=errors.get("en"),
        ),
    )  # fmt: skip


def _mistakes(names: tuple[Field, ...], parts: tuple[Section, ...]) -> ErrorSummary | None:
    fields = [*names, *(asked.field for part in parts for asked in (*part.shown, *part.folded))]
    wrong = tuple(Mistake(text=one.error, target=one.id) for one in fields if one.error)
    return ErrorSummary(mistakes=wrong) if wrong else None
