"""The assessment in full: what applies, what does not, what is undetermined, and why."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from guiju.assess.report.lines import OWN
from guiju.bilingual import Bilingual
from guiju.engine.findings import Finding, Subject
from guiju.portal.faces.books import rulebooks
from guiju.portal.faces.provisions import provision, provisions
from guiju.portal.faces.showing import show
from guiju.portal.look.components import Column, Link, Option, Row, Table
from guiju.portal.workspace.assessing import Current, current
from guiju.portal.workspace.duty_views import titled
from guiju.portal.workspace.inside import Inside, inside
from guiju.portal.workspace.narrowing import Choice, Narrowing
from guiju.portal.workspace.statuses import STATUSES, status_tag
from guiju.portal.workspace.system_views import facts_page, question_list

_ORDER = tuple(STATUSES)
_ALL = Option(value="", label=Bilingual(zh="全部", en="All"))
NORM_KINDS = {
    "duty": Bilingual(zh="义务", en="Duty"),
    "prohibition": Bilingual(zh="禁止", en="Prohibition"),
    "right": Bilingual(zh="权利", en="Right"),
    "permission": Bilingual(zh="许可", en="Permission"),
    "power": Bilingual(zh="权力", en="Power"),
    "condition": Bilingual(zh="条件", en="Condition"),
    "definition": Bilingual(zh="定义", en="Definition"),
    "sanction": Bilingual(zh="处罚", en="Sanction"),
    "exemption": Bilingual(zh="豁免", en="Exemption"),
}
_COLUMNS = (
    Column(label=Bilingual(zh="规定", en="Norm")),
    Column(label=Bilingual(zh="种类", en="Kind")),
    Column(label=Bilingual(zh="结论", en="Finding")),
    Column(label=Bilingual(zh="缺少的事实", en="Missing facts")),
    Column(label=Bilingual(zh="依据", en="Rests on")),
)


def findings(request: HttpRequest, organisation: int, about: str) -> HttpResponse:
    """List the findings about a system, the organisation or a law, the undetermined ones first."""
    here = inside(request, organisation)
    now, subject = _subject(here, about)
    every = now.sheet.findings[subject]
    narrowing = Narrowing(request, _choices(every))
    wanted = [one for one in every if _fits(one, narrowing)]
    page, pages = narrowing.page(request, sorted(wanted, key=lambda one: _ORDER.index(one.status)))
    label, asking = now.label(subject), narrowing.get("status") in ("", "undetermined")
    return show(
        request,
        "workspace/findings.html",
        {
            "filter": narrowing.panel(),
            "questions": question_list(here, now, now.questions(subject) if asking else ()),
            "table": Table(
                caption=Bilingual(zh="结论", en="Findings"),
                columns=_COLUMNS,
                rows=tuple(_row(here, now, one) for one in page),
                empty=Bilingual(zh="没有这样的结论。", en="No such finding."),
            ),
            "pages": pages,
            "day": now.day,
            "report": here.to("download", form="report.html"),
        },
        title=Bilingual(zh=f"{label.zh}：评估", en=f"{label.en}: assessment"),
        place=here.place,
        current="systems",
        crumbs=((label, _above(here, now, subject)),),
    )


def finding(request: HttpRequest, organisation: int, about: str, norm: str) -> HttpResponse:
    """Show one finding with its proof, exactly as the assessment has it."""
    here = inside(request, organisation)
    now, subject = _subject(here, about)
    found = next((one for one in now.sheet.findings[subject] if one.norm.key == norm), None)
    if found is None:
        raise Http404
    line = now.sheet.lines.get((subject, norm))
    books, label = rulebooks(), now.label(subject)
    asked = [books.facts[name] for name in found.missing if name in books.facts]
    return show(
        request,
        "workspace/finding.html",
        {
            "finding": found,
            "label": label,
            "gist": found.norm.gist,
            "tag": status_tag(found),
            "kind": NORM_KINDS.get(found.norm.kind),
            "provision": provision(found.norm.address),
            "exempted": provision(found.exempted_by) if found.exempted_by else None,
            "missing": [
                Link(label=spec.question, href=f"{_fact_page(here, now, subject, spec.of)}#f-{spec.fact}")
                for spec in asked
            ],
            "points": now.sheet.view.proofs.outline(found.because, found.norm.defines),
            "readings": _readings(found),
            "when": line.when if line else None,
            "keep": line.keep if line else None,
            "breach": provisions(found.norm.breach),
            "duty": here.to("duty", about=about, norm=norm) if line and line.part in OWN else "",
        },
        title=titled(now, found.norm, label),
        place=here.place,
        current="systems",
        crumbs=(
            (label, _above(here, now, subject)),
            (Bilingual(zh="评估", en="Assessment"), here.to("findings", about=about)),
        ),
        provisions=[provision(found.norm.address)],
    )


def _subject(here: Inside, about: str) -> tuple[Current, Subject]:
    now = current(here.organisation)
    subject = now.subject(about)
    if subject is None:
        raise Http404
    return now, subject


def _above(here: Inside, now: Current, subject: Subject) -> str:
    if subject.kind == "system":
        return here.to("system", system=now.systems[subject.name].pk)
    return here.to("workspace")


def _fact_page(here: Inside, now: Current, subject: Subject, owner: str) -> str:
    return facts_page(here, now, subject if owner == "system" else Subject("organisation", ""))


def _choices(every: tuple[Finding, ...]) -> tuple[Choice, ...]:
    laws = [book for book in rulebooks().books if any(one.norm.rulebook == book.key for one in every)]
    kinds = {one.norm.kind for one in every}
    return (
        Choice(
            "status",
            Bilingual(zh="结论", en="Finding"),
            (_ALL, *(Option(value=value, label=label) for value, label in STATUSES.items())),
        ),
        Choice(
            "law",
            Bilingual(zh="法规", en="Law"),
            (_ALL, *(Option(value=book.key, label=book.short) for book in laws)),
        ),
        Choice(
            "kind",
            Bilingual(zh="种类", en="Kind"),
            (_ALL, *(Option(value=one, label=label) for one, label in NORM_KINDS.items() if one in kinds)),
        ),
    )


def _fits(found: Finding, wanted: Narrowing) -> bool:
    return (
        wanted.get("status") in ("", found.status)
        and wanted.get("law") in ("", found.norm.rulebook)
        and wanted.get("kind") in ("", found.norm.kind)
    )


def _row(here: Inside, now: Current, found: Finding) -> Row:
    facts = rulebooks().facts
    missing = [facts[name].question for name in found.missing if name in facts]
    told = Bilingual(zh="；".join(one.zh for one in missing), en=" · ".join(one.en for one in missing))
    return Row(
        href=here.to("finding", about=now.about(found.subject), norm=found.norm.key),
        cells=(
            found.norm.gist,
            NORM_KINDS.get(found.norm.kind, found.norm.kind),
            status_tag(found),
            told if missing else "–",
            provision(found.norm.address),
        ),
    )


def _readings(found: Finding) -> list[tuple[Bilingual, list[tuple[Bilingual, Bilingual]]]]:
    """List the open questions that would change the finding, with what each candidate leads to."""
    books = rulebooks()
    told = []
    for question, outcomes in found.readings.items():
        reading = books.readings[question]
        told.append(
            (reading.question, [(reading.candidates[name], STATUSES[status]) for name, status in outcomes.items()])
        )
    return told
