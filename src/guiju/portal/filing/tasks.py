"""What a form is for: beginning a case or acting in one. Both are filled in, checked and sent alike (flow.py)."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from guiju.bilingual import Bilingual
from guiju.portal.access.actor import Actor
from guiju.portal.cases.acting import Done
from guiju.portal.drafts.keeping import Subject
from guiju.portal.drafts.models import Draft
from guiju.portal.faces.places import Place
from guiju.portal.filing.effects import Effects
from guiju.portal.filing.prefilling import Source
from guiju.portal.forms.inputs import Entered, read_inputs, write_inputs
from guiju.portal.forms.inputs_reading import lacking
from guiju.portal.look.components import SummaryList
from guiju.portal.people.models import User
from guiju.portal.registers.writing import given_number
from guiju.procedures.model import CaseType, Condition, Field, Transition
from guiju.procedures.refusals import Refusal
from guiju.procedures.situation import Situation
from guiju.procedures.standing import Standing

Crumbs = tuple[tuple[Bilingual, str], ...]


class Task(ABC):
    """One act to be filled in by one person. `seen`: the revision of the case that they saw, 0 for a new case."""

    subject: Subject
    address: str
    place: Place
    current: str
    crumbs: Crumbs
    title: Bilingual
    seen: int = 0
    sources: Mapping[str, Source]

    def __init__(self, actor: Actor, person: User, kind: CaseType, transition: Transition, standing: Standing) -> None:
        self.actor, self.person, self.kind, self.transition, self.standing = actor, person, kind, transition, standing
        self.today: dt.date = timezone.localdate()
        given = given_number(kind, transition.name)
        filled = [kind.fields[name] for name in transition.fills if not (given and name == given[0])]
        self.fields: tuple[Field, ...] = (*transition.inputs.values(), *filled)
        self.number_is_given = kind.fields[given[0]] if given else None
        self.sources = {}

    @property
    def start(self) -> Entered:
        """What the form holds before anybody has entered anything."""
        known = {name: source.value for name, source in self.sources.items()}
        return write_inputs(self.fields, {**self.standing.fields, **known})

    def read(
        self, entered: Entered, files: Mapping[str, str | Bilingual]
    ) -> tuple[dict[str, Any], dict[str, Bilingual]]:
        """Read what was entered: the values to send, and what is wrong with it."""
        values, errors = read_inputs(self.fields, entered, files)
        wrong = {name.partition("-")[0] for name in errors}
        for field in self.fields:
            if self._is_demanded(field) and values.get(field.name) is None and field.name not in wrong:
                errors[field.name] = lacking(field)
        return values, errors

    def _is_demanded(self, field: Field) -> bool:
        """Tell whether the act cannot be done without it; what the form should hold may be supplied later."""
        return field.name in self.transition.needs or (field.name in self.transition.inputs and field.required is True)

    def to_send(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Leave out what is not given, and what the case holds already."""
        held = self.standing.fields
        return {
            name: value
            for name, value in values.items()
            if (value is not None or name in held) and (name in self.transition.inputs or value != held.get(name))
        }

    def needed(self, values: Mapping[str, Any]) -> dict[str, bool | None]:
        """Tell of each field that this act demands, or whose requirement is a condition, how it turns out."""
        from guiju.calendar.days import prc_calendar

        fields = {**self.standing.fields, **{n: v for n, v in values.items() if n in self.kind.fields}}
        inputs = {name: (field, values.get(name)) for name, field in self.transition.inputs.items()}
        situation = Situation(
            self.kind, self.standing, {n: v for n, v in fields.items() if v is not None}, inputs,
            today=self.today, calendar=prc_calendar(), readings=self.standing.active.readings,
        )  # fmt: skip
        turned = {one.name: situation.true(one.required) for one in self.fields if isinstance(one.required, Condition)}
        return turned | dict.fromkeys(self.transition.needs, True)

    @property
    def labels(self) -> dict[str, Bilingual]:
        """The names of all fields on which a condition may turn."""
        return {name: field.label for name, field in {**self.kind.fields, **self.transition.inputs}.items()}

    def bar(self) -> Refusal | None:
        """Say what bars it whatever is entered."""
        return None

    @abstractmethod
    def effects(self, values: Mapping[str, Any]) -> Effects | Refusal:
        """Try it out."""

    @property
    @abstractmethod
    def plan(self) -> SummaryList:
        """Say what it does before anything was entered."""

    @abstractmethod
    def send(self, values: Mapping[str, Any], draft: Draft | None, seen: int) -> Done | Refusal:
        """Do it."""

    @abstractmethod
    def after(self, request: HttpRequest, done: Done) -> HttpResponseBase:
        """Lead on, once it was done; the number and the next date are said there."""

    @abstractmethod
    def sent_before(self, request_key: str) -> str:
        """Return the address of what the same form made when it was sent before; empty if it was not."""
