"""Lists of cases on the applicant's side: an organisation's, and those that a person filed for themself."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse

from guiju.bilingual import Bilingual
from guiju.portal.access.deciding import visible
from guiju.portal.access.gate import actor_behind
from guiju.portal.cases.models import QueueRow
from guiju.portal.faces.places import own_place, place_of
from guiju.portal.faces.provisions import provision
from guiju.portal.faces.showing import show
from guiju.portal.look.components import Option
from guiju.portal.organisations.models import System
from guiju.portal.workspace.case_words import TURNS, case_table, title_of
from guiju.portal.workspace.inside import inside, name_of
from guiju.portal.workspace.narrowing import Choice, Narrowing
from guiju.procedures.catalogue import built_in_types

_ALL = Option(value="", label=Bilingual(zh="全部", en="All"))
_CASES = Bilingual(zh="案件", en="Cases")
_NONE = Bilingual(zh="没有这样的案件。", en="No such case.")
_OPEN = Bilingual(zh="未办结", en="Open")


def organisation_cases(request: HttpRequest, organisation: int) -> HttpResponse:
    """List the cases of an organisation."""
    here = inside(request, organisation)
    systems = list(here.organisation.systems.order_by("zh", "pk"))
    rows = visible(here.actor, "case.read", QueueRow).filter(organisation=here.organisation)
    choices = (*_choices(), _system_choice(systems))
    return _list(
        request, rows, choices, place=here.place, current="organisation_cases", title=_CASES, file=here.to("file")
    )


def own_cases(request: HttpRequest) -> HttpResponse:
    """List the cases that a person filed in their own name."""
    actor = actor_behind(request)
    rows = visible(actor, "case.read", QueueRow).filter(person=actor.user_id)
    title = Bilingual(zh="我的案件", en="My cases")
    return _list(
        request, rows, _choices(), place=own_place(), current="own_cases", title=title, file=place_of("own_file")
    )


def _list(
    request: HttpRequest, rows: QuerySet[QueueRow], choices: tuple[Choice, ...], *, file: str, **shown: object
) -> HttpResponse:
    narrowing = Narrowing(request, choices)
    # What ends first comes first; what has no clock after that, what is closed last.
    found = rows.filter(_wanted(narrowing)).order_by("final", F("next_due").asc(nulls_last=True), "-last_on", "-pk")
    page, pages = narrowing.page(request, found.select_related("case__system"))
    context = {
        "filter": narrowing.panel(),
        "table": case_table(_CASES, page, empty=_NONE),
        "pages": pages,
        "file": file,
    }
    return show(request, "workspace/cases.html", context, provisions=[provision("mail4:81.1.4")], **shown)  # type: ignore[arg-type]


def _wanted(narrowing: Narrowing) -> Q:
    wanted = Q()
    if narrowing.get("kind"):
        wanted &= Q(kind=narrowing.get("kind"))
    if narrowing.get("turn") == "open":
        wanted &= Q(final=False)
    elif narrowing.get("turn"):
        wanted &= Q(turn=narrowing.get("turn"))
    if narrowing.get("system"):
        wanted &= Q(case__system=narrowing.get("system"))
    return wanted


def _choices() -> tuple[Choice, ...]:
    kinds = tuple(Option(value=key, label=title_of(key)) for key in built_in_types().keys())  # noqa: SIM118
    turns = tuple(Option(value=str(value), label=text) for value, (text, _) in TURNS.items())
    return (
        Choice("turn", Bilingual(zh="轮到谁", en="Whose turn"), (_ALL, Option(value="open", label=_OPEN), *turns)),
        Choice("kind", Bilingual(zh="程序", en="Procedure"), (_ALL, *kinds)),
    )


def _system_choice(systems: list[System]) -> Choice:
    options = tuple(Option(value=str(system.pk), label=name_of(system)) for system in systems)
    return Choice("system", Bilingual(zh="系统", en="System"), (_ALL, *options))
