"""The pages about procedures: all of them, one of them in words, and its drawing."""

from __future__ import annotations

import functools

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from guiju.bilingual import Bilingual
from guiju.engine.norms import Reading
from guiju.portal.faces.books import rulebooks
from guiju.portal.faces.places import place_of
from guiju.portal.faces.provisions import provisions
from guiju.portal.faces.showing import mistakes_of, show
from guiju.portal.filing.offers import first_acts, is_received, receiving
from guiju.portal.look.components.base import language
from guiju.portal.reader import procedure_words as words
from guiju.portal.reader.calculator import calculate
from guiju.procedures.catalogue import built_in_types
from guiju.procedures.diagram import svg
from guiju.procedures.model import CaseType

_PROCEDURES = Bilingual(zh="办事程序", en="Procedures")


def procedures(request: HttpRequest) -> HttpResponse:
    """Show every procedure with what it is for."""
    laws = [
        (
            book,
            [
                (kind, words.bound(kind, "authority"), _clocks_in_short(kind))
                for kind in words.types()
                if kind.law == book.key
            ],
        )
        for book in rulebooks().books
    ]
    return show(request, "reader/procedures.html", {"laws": laws}, title=_PROCEDURES, current="procedures")


def procedure(request: HttpRequest, law: str, name: str) -> HttpResponse:
    """Show one procedure in words, with its clocks, its papers, and a calculator."""
    kind = _named(law, name)
    calculation = calculate(kind, request.GET, timezone.localdate())
    return show(
        request,
        "reader/procedure.html",
        {
            "kind": kind,
            "law": rulebooks().book(law),
            "parties": words.parties(kind),
            "clocks": words.clocks(kind),
            "papers": words.papers(kind),
            "states": words.states(kind),
            "questions": _questions(kind),
            "calculation": calculation,
            "diagram": reverse("procedure_diagram", kwargs={"law": law, "name": name, "lang": language()}),
            "filing": place_of("begin_own_case", law=law, name=name),
            "can_be_filed": _can_be_filed(kind),
            "received": is_received(kind, receiving()),
        },
        title=kind.title,
        current="procedures",
        crumbs=((_PROCEDURES, reverse("procedures")),),
        provisions=provisions(kind.cites),
        mistakes=mistakes_of(calculation.fields) if calculation else None,
    )


def procedure_diagram(_request: HttpRequest, law: str, name: str, lang: str) -> HttpResponse:
    """Draw the states and acts of a procedure, in one language."""
    kind = _named(law, name)
    response = HttpResponse(_drawn(kind, lang), content_type="image/svg+xml; charset=utf-8")
    patch_cache_control(response, public=True, max_age=3600)
    return response


@functools.cache
def _drawn(kind: CaseType, lang: str) -> str:
    # A drawing of its own is under our policy too, and that allows no style inside.
    return "\n".join(line for line in svg(kind, lang).split("\n") if not line.startswith("<style>"))


def _named(law: str, name: str) -> CaseType:
    key = f"{law}/{name}"
    if key not in built_in_types().keys():  # noqa: SIM118 - a method, no mapping
        raise Http404
    return built_in_types().get(key)


def _can_be_filed(kind: CaseType) -> bool:
    """Tell whether the applicant's side begins it; a breach, say, is opened by the authority."""
    roles = [role for party in kind.parties.values() if party.side == "applicant" for role in party.roles]
    return bool(first_acts(kind, roles))


def _questions(kind: CaseType) -> list[tuple[Reading, Bilingual]]:
    """Return the open questions on which it depends, each with the reason of the candidate that stands."""
    readings = rulebooks().readings
    return [(readings[name], readings[name].candidates[default]) for name, default in kind.readings.items()]


def _clocks_in_short(kind: CaseType) -> list[tuple[Bilingual, Bilingual]]:
    """Return the authority's clocks with their lengths: what people ask first."""
    active = words.usual(kind)
    return [(clock.label, words.length(clock)) for clock in active.clocks.values() if clock.side == "authority"]
