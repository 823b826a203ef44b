"""The result of a check: what is missing, then what is due, what applies and why, what does not, what threatens."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse

from guiju.assess.naming import STATUS
from guiju.assess.report.exposure import Threat
from guiju.assess.report.proofs import Point
from guiju.assess.report.readings import OpenReading
from guiju.bilingual import Bilingual
from guiju.engine.findings import Finding
from guiju.portal.faces.places import place_of
from guiju.portal.faces.provisions import provision, provisions
from guiju.portal.faces.showing import show
from guiju.portal.look.components import Link, ProvisionLink, Tag
from guiju.portal.look.components.states import TagKind
from guiju.portal.selfcheck.checking import NAMELESS, Check
from guiju.portal.selfcheck.downloads import FILES, file_of
from guiju.portal.selfcheck.journey import CRUMB, Ways, about_left_out, answers_in, go, unlisted, way
from guiju.portal.selfcheck.sorted_result import NO_DATES, Procedure, by_law, items_of, procedure_of

_MOST_ASKED = 5
_TITLE = Bilingual(zh="自查结果", en="Result of the self-check")
_STATUS_TAGS: dict[str, TagKind] = {
    "applies": "active",
    "does_not_apply": "neutral",
    "exempt": "neutral",
    "undetermined": "unsure",
}


@dataclass(frozen=True, slots=True)
class Missing:
    """A question without an answer, the way to answer it, and what it holds up."""

    question: Bilingual
    href: str
    was_asked: bool
    holds_up: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to read an open question of the law, and the result under it."""

    reason: Bilingual
    chosen: bool
    href: str


@dataclass(frozen=True, slots=True)
class Changed:
    """Provisions whose status is another one under other candidates."""

    here: Bilingual
    under: tuple[tuple[Bilingual, Bilingual], ...]
    norms: tuple[ProvisionLink, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """An open question on which something here turns."""

    id: str
    question: Bilingual
    cites: tuple[ProvisionLink, ...]
    candidates: tuple[Candidate, ...]
    changes: tuple[Changed, ...]
    adds: bool


@dataclass(frozen=True, slots=True)
class Penalty:
    """What threatens for breaking what applies."""

    threat: Threat
    cites: ProvisionLink
    breached: tuple[ProvisionLink, ...]


@dataclass(frozen=True, slots=True)
class Proved:
    """One norm with its finding and the steps of its proof."""

    finding: Finding
    tag: Tag
    points: tuple[Point, ...]
    procedure: Procedure | None
    missing: tuple[Missing, ...]


def result(request: HttpRequest) -> HttpResponse:
    """Show what the answers come to."""
    given = answers_in(request)
    if not given.laws:
        return go("check", given)
    checking = Check(given)
    view = checking.view
    laws = by_law(view)
    context = {
        "ways": Ways(given),
        "again": place_of("check"),
        "hidden": given.hidden(),
        "name": given.name or NAMELESS,
        "as_of": checking.as_of,
        "progress": checking.progress,
        "missing": _missing(checking)[:_MOST_ASKED],
        "more_missing": max(0, len(checking.questions) - _MOST_ASKED),
        "overdue": len(view.overdue),
        "dated": items_of(view, view.own_dated, show_law=True),
        "no_dates": NO_DATES,
        "waiting": items_of(view, (line for line in view.binding if line.state == "waiting"), show_law=True),
        "open_events": len(checking.open_events),
        "kept": items_of(view, view.kept, show_law=True),
        "laws": laws,
        "any_model": any(one.model for one in laws),
        "awaiting": items_of(view, view.awaiting, show_law=True),
        "in_proceedings": items_of(view, view.in_proceedings, show_law=True),
        "left_to_people": len(view.left_to_people),
        "readings": [_reading(checking, one) for one in view.readings],
        "other_readings": bool(given.readings),
        "default_readings": way("check_result", replace(given, readings={})),
        "penalties": [Penalty(one, provision(one.norm.address), provisions(one.breached)) for one in view.threats],
        "highest": view.highest,
        "files": [Link(label=label, href=file_of(given, form), note=note) for form, (label, note) in FILES.items()],
        "left_out": about_left_out(given),
    }
    rests_on = provisions(address for book in view.assessment.rulebooks for address in book.scope_cites)
    crumbs = [(CRUMB, way("check", given))]
    page = show(
        request, "selfcheck/result.html", context, title=_TITLE, current="check", crumbs=crumbs, provisions=rests_on
    )  # fmt: skip
    return unlisted(page)


def why(request: HttpRequest) -> HttpResponse:
    """Show why one provision applies or not, step by step."""
    given = answers_in(request)
    if not given.laws:
        return go("check", given)
    checking = Check(given)
    wanted = request.GET.get("at", "")
    found = [finding for finding in checking.assessment.findings if finding.norm.key == wanted]
    if not found:
        raise Http404
    norm = found[0].norm
    parties = checking.books.parties
    context = {
        "ways": Ways(given),
        "norm": norm,
        "cites": provision(norm.address),
        "bearer": parties[norm.bearer].label if norm.bearer in parties else None,
        "toward": parties[norm.toward].label if norm.toward in parties else None,
        "elements": [provision(one.address, gist=one.gist, show_law=False) for one in norm.elements],
        "breach": provisions(norm.breach),
        "proved": [_proved(checking, one) for one in found],
    }
    title = Bilingual(zh="为什么这样判断", en="Why this is so")
    crumbs = [(CRUMB, way("check", given)), (_TITLE, way("check_result", given))]
    page = show(
        request, "selfcheck/why.html", context, title=title, current="check", crumbs=crumbs,
        provisions=[provision(norm.address)],
    )  # fmt: skip
    return unlisted(page)


def _proved(checking: Check, finding: Finding) -> Proved:
    asked = {one.fact for one in checking.questions}
    missing = [fact for fact in finding.missing if fact in asked]
    return Proved(
        finding=finding,
        tag=Tag(text=STATUS[finding.status], kind=_STATUS_TAGS[finding.status]),
        points=checking.view.proofs.outline(finding.because, finding.norm.defines),
        procedure=procedure_of(finding.norm),
        missing=tuple(_one_missing(checking, fact) for fact in missing),
    )


def _missing(checking: Check) -> list[Missing]:
    """List the questions without an answer, the most decisive first."""
    return [_one_missing(checking, question.fact) for question in checking.questions]


def _one_missing(checking: Check, fact: str) -> Missing:
    waiting = (line.finding for line in checking.view.awaiting)
    return Missing(
        question=checking.books.facts[fact].question,
        href=way("check_question", checking.answers, ask=fact),
        was_asked=fact in checking.answers.given,
        holds_up=sum(fact in finding.missing for finding in waiting),
    )


def _reading(checking: Check, one: OpenReading) -> Reading:
    reading = one.reading
    candidates = tuple(
        Candidate(reason, name == one.chosen, way("check_result", checking.answers.reading(reading.id, name)))
        for name, reason in reading.candidates.items()
    )
    changes = tuple(
        Changed(
            here=STATUS[change.here],
            under=tuple(
                (reading.candidates[name], STATUS[now]) for name, now in change.under.items() if name != one.chosen
            ),
            norms=tuple(provision(norm.address, gist=norm.gist) for norm in change.norms),
        )
        for change in one.changes
    )
    return Reading(reading.id, reading.question, provisions(reading.cites), candidates, changes, bool(one.adds))
