"""Beginning a case: what can be filed, for which system, by which act, and the form of that act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from guiju.bilingual import Bilingual
from guiju.portal.access.actor import Actor
from guiju.portal.access.deciding import visible
from guiju.portal.access.gate import actor_behind
from guiju.portal.casefile.words import capital
from guiju.portal.cases.acting import Done, begin
from guiju.portal.cases.models import Case
from guiju.portal.drafts.keeping import Subject, drafts_of
from guiju.portal.drafts.models import Draft
from guiju.portal.faces.places import own_place, place_of, workspace_of
from guiju.portal.faces.provisions import provision, provisions
from guiju.portal.faces.showing import show
from guiju.portal.filing.effects import Effects, planned, try_out
from guiju.portal.filing.flow import handle
from guiju.portal.filing.offers import Offer, clock_words, filing_roles, first_acts, offers, recommended
from guiju.portal.filing.prefilling import Prefilling
from guiju.portal.filing.receipts import told_by
from guiju.portal.filing.tasks import Task
from guiju.portal.look.components import ChoiceField, Option, SummaryList
from guiju.portal.organisations.models import Organisation, System
from guiju.portal.people.models import User
from guiju.portal.workspace.inside import name_of
from guiju.procedures.catalogue import built_in_types
from guiju.procedures.interpret import open_case
from guiju.procedures.model import CaseType, Transition
from guiju.procedures.problems import ProcedureError
from guiju.procedures.refusals import Refusal
from guiju.procedures.standing import replay

_FILE = Bilingual(zh="办理", en="File")
_WHAT = Bilingual(zh="要办理什么？", en="What do you want to file?")
_WHICH_SYSTEM = Bilingual(zh="关于哪个系统？", en="About which system?")
_WHICH_ACT = Bilingual(zh="要办理哪一项？", en="Which of these?")
_NO_SYSTEM = Bilingual(zh="不涉及所列系统", en="None of these")
NONE = "none"


class Beginning(Task):
    """Opening a case with its first act, for an organisation or for the person themself."""

    def __init__(  # noqa: PLR0917
        self, actor: Actor, person: User, kind: CaseType, transition: Transition,
        applicant: Organisation | None, system: System | None,
    ) -> None:  # fmt: skip
        self.procedure = open_case(kind)
        super().__init__(actor, person, kind, transition, replay(self.procedure, kind))
        self.applicant, self.system = applicant, system
        owner = applicant or person
        self.subject = Subject(owner, kind.key, transition.name, system)
        self.sources = Prefilling(person, applicant, system).of(self.fields)
        self.place = workspace_of(applicant) if applicant else own_place()
        self.current = "file" if applicant else "own_file"
        self.crumbs = ((_FILE, file_address(applicant)),)
        self.address = address_of(kind, applicant, system, transition if len(self._first_acts()) > 1 else None)
        self.title = kind.title if len(self._first_acts()) == 1 else capital(transition.label)

    def _first_acts(self) -> tuple[Transition, ...]:
        return first_acts(self.kind, filing_roles(self.actor, self.kind, self.applicant))

    def effects(self, values: Mapping[str, Any]) -> Effects | Refusal:
        """Try it out, and find the office to which it goes."""
        roles = filing_roles(self.actor, self.kind, self.applicant)
        seat = self.applicant.area if self.applicant else ""
        return try_out(self.procedure, self.kind, self.transition, roles, values, today=self.today, seat=seat)

    @property
    def plan(self) -> SummaryList:
        """Say what it does before anything was entered."""
        return planned(self.standing, self.transition)

    def send(self, values: Mapping[str, Any], draft: Draft | None, seen: int) -> Done | Refusal:  # noqa: ARG002
        """Open the case."""
        return begin(
            self.actor, self.kind.key, self.transition.name, values,
            applicant=self.applicant or self.person, system=self.system,
            request_key=str(draft.request_key) if draft else None, today=self.today,
        )  # fmt: skip

    def after(self, request: HttpRequest, done: Done) -> HttpResponseBase:
        """Show the case, with its number and by when it must be decided."""
        told_by(request, done, self.kind, self.today)
        return HttpResponseRedirect(place_of("case_page", number=done.case.number))

    def sent_before(self, request_key: str) -> str:
        """Find the case that the same form opened."""
        if not request_key:
            return ""
        # A person's key stands before that of the form.
        mine = visible(self.actor, "case.read", Case).filter(request_key__endswith=f":{request_key}").first()
        return place_of("case_page", number=mine.number) if mine else ""


def file(request: HttpRequest, organisation: int) -> HttpResponseBase:
    """Let an organisation choose what to file."""
    actor = actor_behind(request)
    applicant = get_object_or_404(visible(actor, "case.open", Organisation), pk=organisation)
    return _choices(request, actor, applicant)


def own_file(request: HttpRequest) -> HttpResponseBase:
    """Let a person choose what to file for themself."""
    return _choices(request, actor_behind(request), None)


def begin_case(request: HttpRequest, organisation: int, law: str, name: str) -> HttpResponseBase:
    """Fill in the first act of a case of an organisation."""
    actor = actor_behind(request)
    applicant = get_object_or_404(visible(actor, "case.open", Organisation), pk=organisation)
    return _begin(request, actor, applicant, f"{law}/{name}")


def begin_own_case(request: HttpRequest, law: str, name: str) -> HttpResponseBase:
    """Fill in the first act of a case of one's own."""
    return _begin(request, actor_behind(request), None, f"{law}/{name}")


def file_address(applicant: Organisation | None) -> str:
    """Return the page on which one chooses what to file."""
    return reverse("file", kwargs={"organisation": applicant.pk}) if applicant else reverse("own_file")


def address_of(
    kind: CaseType, applicant: Organisation | None, system: System | str | None = None, act: Transition | None = None
) -> str:
    """Return the page of the first act of a case; `system` is one, or NONE where none is concerned."""
    names: dict[str, Any] = {"law": kind.law, "name": kind.name}
    if applicant:
        path = reverse("begin_case", kwargs={"organisation": applicant.pk, **names})
    else:
        path = reverse("begin_own_case", kwargs=names)
    asked = {"system": system.pk if isinstance(system, System) else system, "act": act.name if act else None}
    query = urlencode({key: value for key, value in asked.items() if value is not None})
    return f"{path}?{query}" if query else path


def _begin(request: HttpRequest, actor: Actor, applicant: Organisation | None, key: str) -> HttpResponseBase:
    try:
        kind = built_in_types().get(key)
    except ProcedureError:
        raise Http404 from None
    acts = {one.name: one for one in first_acts(kind, filing_roles(actor, kind, applicant))}
    if not acts:
        raise Http404
    systems = _systems(actor, applicant)
    asked_act, asked_system = request.GET.get("act", ""), request.GET.get("system", "")
    act = acts.get(asked_act) or (next(iter(acts.values())) if len(acts) == 1 else None)
    system = systems.get(asked_system)
    if act is None or (systems and system is None and asked_system != NONE):
        return _which(request, applicant, kind, acts, systems)
    assert request.user.is_authenticated
    task = Beginning(actor, request.user, kind, act, applicant, system)
    if systems and system is None:
        task.address = address_of(kind, applicant, NONE, act if len(acts) > 1 else None)
    return handle(request, task)


def _systems(actor: Actor, applicant: Organisation | None) -> dict[str, System]:
    if applicant is None:
        return {}
    rows = visible(actor, "system.read", System).filter(organisation=applicant).order_by("pk")
    return {str(system.pk): system for system in rows}


def _which(
    request: HttpRequest, applicant: Organisation | None, kind: CaseType,
    acts: Mapping[str, Transition], systems: Mapping[str, System],
) -> HttpResponseBase:  # fmt: skip
    """Ask which system is meant and, where a case can begin in several ways, which of them."""
    fields = []
    if len(acts) > 1:
        options = tuple(Option(value=name, label=capital(one.label), hint=one.gist) for name, one in acts.items())
        fields.append(ChoiceField(name="act", label=_WHICH_ACT, options=options, value=request.GET.get("act", "")))
    if systems:
        named = tuple(Option(value=pk, label=name_of(one)) for pk, one in systems.items())
        options = (*named, Option(value=NONE, label=_NO_SYSTEM))
        value = request.GET.get("system") or (named[0].value if len(named) == 1 else "")
        fields.append(ChoiceField(name="system", label=_WHICH_SYSTEM, options=options, value=value))
    return show(
        request, "filing/which.html", {"kind": kind, "fields": fields, "cites": provisions(kind.cites)},
        title=kind.title, place=workspace_of(applicant) if applicant else own_place(),
        current="file" if applicant else "own_file", crumbs=((_FILE, file_address(applicant)),),
        provisions=provisions(kind.cites),
    )  # fmt: skip


def _choices(request: HttpRequest, actor: Actor, applicant: Organisation | None) -> HttpResponseBase:
    offered = offers(actor, applicant)
    wanted = recommended(applicant, offered) if applicant else []
    first = {one.offer.kind.key for one in wanted}
    offered.sort(key=lambda one: one.kind.key not in first)
    assert request.user.is_authenticated
    user: User = request.user
    context = {
        "offers": [_offer(offer, applicant) for offer in offered],
        "wanted": [
            {
                "title": one.offer.kind.title,
                "system": name_of(one.system),
                "gist": one.finding.norm.gist,
                "cites": provision(one.finding.norm.address),
                "deadline": one.finding.deadline,
                "href": address_of(one.offer.kind, applicant, one.system),
                "case": one.case,
                "case_href": place_of("case_page", number=one.case.number) if one.case else "",
            }
            for one in wanted
        ],
        "drafts": [draft_line(draft) for draft in drafts_of(user, applicant)[:_MOST_DRAFTS]],
    }
    return show(
        request, "filing/choose.html", context, title=_WHAT,
        place=workspace_of(applicant) if applicant else own_place(), current="file" if applicant else "own_file",
    )  # fmt: skip


_MOST_DRAFTS = 50


def draft_line(draft: Draft) -> dict[str, Any]:
    """Return what a list of drafts says of one: what it is, about what, saved when, and where it goes on."""
    kind = built_in_types().get(draft.kind)
    act = next((one for one in kind.transitions if one.name == draft.act), None)
    return {
        "draft": draft,
        "title": kind.title,
        "act": capital(act.label) if act else draft.act,
        "about": draft.case.number if draft.case else name_of(draft.system) if draft.system else "",
        "href": draft_address(draft, kind, act),
        "discard": reverse("draft_discard", kwargs={"draft": draft.pk}),
    }


def draft_address(draft: Draft, kind: CaseType, act: Transition | None) -> str:
    """Return the page on which a draft goes on."""
    if draft.case is not None:
        return reverse("case_act", kwargs={"number": draft.case.number, "act": draft.act})
    return address_of(kind, draft.organisation, draft.system or (NONE if draft.organisation else None), act)


def _offer(offer: Offer, applicant: Organisation | None) -> dict[str, Any]:
    kind = offer.kind
    return {
        "kind": kind,
        "href": address_of(kind, applicant),
        "procedure": place_of("procedure", law=kind.law, name=kind.name),
        "clocks": [(clock_words(clock), provision(clock.cites[0], show_law=False)) for clock in offer.clocks],
        "cites": provisions(kind.cites[:1]),
    }
