"""Acting in a case, on either side: the form of one act, what it will do, and why it may not be possible now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from guiju.bilingual import Bilingual
from guiju.calendar.days import prc_calendar
from guiju.engine.expression import Node
from guiju.portal.access.deciding import visible
from guiju.portal.access.gate import actor_behind
from guiju.portal.casefile.completeness import ASKING
from guiju.portal.casefile.reach import Reached, reach
from guiju.portal.casefile.words import capital
from guiju.portal.cases.acting import Done, carry_out
from guiju.portal.cases.models import Case
from guiju.portal.drafts.keeping import Subject, draft_on
from guiju.portal.drafts.late import waits
from guiju.portal.drafts.models import Draft
from guiju.portal.faces.places import place_of
from guiju.portal.filing.effects import Effects, planned, try_out
from guiju.portal.filing.flow import handle
from guiju.portal.filing.pages import closed
from guiju.portal.filing.receipts import told_of_act
from guiju.portal.filing.tasks import Task
from guiju.portal.forms.inputs import Entered, write_inputs
from guiju.portal.look.components import SummaryList
from guiju.portal.people.models import User
from guiju.procedures.model import Field, Transition
from guiju.procedures.refusals import Refusal
from guiju.procedures.situation import missing_items

_ELSEWHERE = ("wrong_state", "case_closed", "before_last_event")
_FOR_OTHERS = ("wrong_role", "wrong_authority")
_TICKED = "missing_from_the_list"
_FROM_THE_LIST = Bilingual(zh="法定材料中尚缺的", en="Missing from what the law asks for")
_TICK = Bilingual(
    zh="已勾选的是系统按表格查出的缺项；不需要补的可以取消。",
    en="Ticked is what the form lacks; untick what need not be supplied.",
)


class CaseAct(Task):
    """One act in a case that exists."""

    def __init__(self, reached: Reached, person: User, transition: Transition) -> None:
        super().__init__(reached.actor, person, reached.kind, transition, reached.standing)
        self.reached, self.seen = reached, reached.case.revision
        roles = [role for role in reached.acts_as if role in transition.by] or list(reached.acts_as)
        sides = {reached.kind.side_of(role) for role in roles}
        of_organisation = reached.case.organisation if roles and sides <= {"applicant", "public"} else None
        self.subject = Subject(of_organisation or person, reached.case.kind, transition.name, case=reached.case)
        self.place = reached.place
        above, self.current, above_href = reached.above
        number = reached.case.number
        self.crumbs = ((above, above_href), (Bilingual(zh=number, en=number), place_of("case_page", number=number)))
        self.address = reverse("case_act", kwargs={"number": number, "act": transition.name})
        self.title = capital(transition.label)
        self.asked_in = _list_of_what_is_missing(transition)
        self.missing = self._missing() if self.asked_in else []
        if self.missing and self.asked_in:
            self.fields = (self._ticks(), *(self._no_longer_required(one) for one in self.fields))

    @property
    def start(self) -> Entered:
        """What the form holds at first: the case's values, and what is missing already ticked."""
        fields = [one for one in self.fields if one.name != _TICKED]
        entered = write_inputs(fields, self.standing.fields)
        return entered | ({_TICKED: [one.name for one in self.missing]} if self.missing else {})

    def read(
        self, entered: Entered, files: Mapping[str, str | Bilingual]
    ) -> tuple[dict[str, Any], dict[str, Bilingual]]:
        """Read what was entered; what is ticked joins the list of what is to be supplied."""
        values, errors = super().read(entered, files)
        if self.missing and self.asked_in:
            ticked = values.get(_TICKED) or []
            named = [one.label.zh for one in self.missing if one.name in ticked]
            further = [one for one in values.get(self.asked_in.name) or [] if one not in named]
            values[self.asked_in.name] = [*named, *further] or None
        return values, errors

    def to_send(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Leave the ticks out: they stand in the list."""
        return super().to_send({name: value for name, value in values.items() if name != _TICKED})

    def effects(self, values: Mapping[str, Any]) -> Effects | Refusal:
        """Try it out on the case as it stands."""
        procedure = self.reached.recorded.procedure
        return try_out(procedure, self.kind, self.transition, self.reached.acts_as, values, today=self.today)

    def bar(self) -> Refusal | None:
        """Say what bars the act whatever is entered: where the case stands, or whose act it is."""
        tried = self.effects({})
        return tried if isinstance(tried, Refusal) and tried.code in (*_ELSEWHERE, *_FOR_OTHERS) else None

    @property
    def plan(self) -> SummaryList:
        """Say what it does before anything was entered."""
        return planned(self.standing, self.transition)

    def send(self, values: Mapping[str, Any], draft: Draft | None, seen: int) -> Done | Refusal:  # noqa: ARG002
        """Carry it out, if the case is still as it was seen."""
        return carry_out(
            self.actor, self.reached.case.number, self.transition.name, values, seen=seen, today=self.today
        )

    def after(self, request: HttpRequest, done: Done) -> HttpResponseBase:
        """Go back to the case."""
        told_of_act(request, self.title)
        return HttpResponseRedirect(place_of("case_page", number=done.case.number))

    def sent_before(self, request_key: str) -> str:
        """An act that was sent twice leads to the case, which shows that it was done."""
        return place_of("case_page", number=self.reached.case.number) if request_key else ""

    def _missing(self) -> list[Field]:
        standing = self.standing
        names = missing_items(
            self.kind, standing.fields, standing.active.readings,
            before=standing, today=self.today, calendar=prc_calendar(),
        )  # fmt: skip
        return [self.kind.form[name] for name in names]

    def _ticks(self) -> Field:
        assert self.asked_in is not None
        choices = {one.name: one.label for one in self.missing}
        return Field(
            _TICKED, "set", _FROM_THE_LIST, self.asked_in.cites, self.asked_in.line,
            required=True, choices=choices, help=_TICK,
        )  # fmt: skip

    def _no_longer_required(self, field: Field) -> Field:
        return replace(field, required=False) if field is self.asked_in else field


def case_act(request: HttpRequest, number: str, act: str) -> HttpResponseBase:
    """Fill in, check and carry out an act in a case."""
    get_object_or_404(visible(actor_behind(request), "case.act", Case), number=number)
    reached = reach(request, number, acting=True)
    transition = reached.standing.active.transitions.get(act)
    if transition is None or transition.automatic:
        raise Http404
    assert request.user.is_authenticated
    task = CaseAct(reached, request.user, transition)
    refusal = task.bar()
    if refusal is not None and (refusal.code in _FOR_OTHERS or not _is_underway(request, task)):
        return closed(request, task, refusal)
    return handle(request, task)


def _is_underway(request: HttpRequest, task: CaseAct) -> bool:
    """Tell whether something was entered already, which must not be lost because the case has moved on."""
    return request.method == "POST" or draft_on(task.subject) is not None or waits(request, task.person)


def _list_of_what_is_missing(transition: Transition) -> Field | None:
    """Find the list in which an act that asks for what is missing names it."""
    asks = any(letter.name == ASKING for letter in transition.letters)
    turns_on_it = any(_asks_whether_complete(one.that.node) for one in transition.requires)
    lists = [one for one in transition.inputs.values() if one.type == "list" and one.plain == "text"]
    return lists[0] if lists and (asks or turns_on_it) else None


def _asks_whether_complete(node: Node) -> bool:
    own = node.kind == "asked" and node.own[0] == "complete"
    return own or any(_asks_whether_complete(child) for child in node.children)
