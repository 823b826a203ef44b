"""One act within a transaction: who acts as what, and everything that has to be written down with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from guiju.bilingual import Bilingual
from guiju.calendar.days import prc_calendar
from guiju.ledger.errors import EventError
from guiju.portal.access.actor import Actor
from guiju.portal.authorities.models import Office
from guiju.portal.authorities.seeding import LOCAL
from guiju.portal.cases.evidence import record
from guiju.portal.cases.letters import queue_letters
from guiju.portal.cases.models import Case
from guiju.portal.cases.queue import refresh
from guiju.portal.cases.routing import competent_party, office_for
from guiju.portal.correspondence.keeping import digests_of, keep_letters
from guiju.portal.numbers.issuing import issue
from guiju.portal.people.models import User
from guiju.portal.registers.writing import NoSuchEntryError, given_number, write_entries
from guiju.procedures.case import Actor as CaseActor
from guiju.procedures.case import Case as ProcedureCase
from guiju.procedures.case import Event
from guiju.procedures.interpret import act
from guiju.procedures.model import ANYBODY, CaseType
from guiju.procedures.refusals import Refusal
from guiju.procedures.standing import Standing, replay

CASES = "C"


@dataclass(frozen=True, slots=True)
class Done:
    """An act that was carried out: the case as it now is, and the events, those that fell due before it first."""

    case: Case
    events: tuple[Event, ...]


class RefusedError(Exception):
    """Undoes the transaction of an act that is refused."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


class Acting:
    """One act in one case, within a transaction. Without an actor: the clock."""

    def __init__(
        self, actor: Actor | None, case: Case, kind: CaseType, procedure: ProcedureCase, today: dt.date | None
    ) -> None:
        self.actor, self.case, self.kind, self.procedure = actor, case, kind, procedure
        self.today = today or timezone.localdate()
        self.calendar = prc_calendar()

    def run(self, name: str, values: Mapping[str, Any], roles: list[str]) -> Done:
        """Carry out the act in whichever of the roles may do it; raises RefusedError."""
        values = {**values, **self._numbers(name, values)}
        done = act(
            self.procedure, self.kind, name, self._as(name, roles), values, today=self.today, calendar=self.calendar
        )
        if isinstance(done, Refusal):
            raise RefusedError(done)
        return self.keep(done)

    def keep(self, events: tuple[Event, ...]) -> Done:
        """Write down what happened, and all that follows from it."""
        after = self.procedure.with_events(*events)
        standing = replay(after, self.kind)
        former = self.case.office if self.case.office_id else None
        self._route(standing)
        offices = [one for one in (former, self.case.office) if one is not None]
        self.case.revision += len(events)
        if self.case.pk is None:
            self.case.opened_on = self.today
            self.case.number = issue(f"{CASES}-{self.today:%Y}")
        self.case.save()
        refresh(self.case, after, standing, self.calendar)
        letters = keep_letters(self.case, self.kind, after, events, offices=offices, calendar=self.calendar)
        queue_letters(self.case, self.kind, events, letters)
        try:
            published = {event.seq: write_entries(self.case, self.kind, event) for event in events}
            # The log last: from here to the end of the transaction, everybody else who writes waits.
            record(self.case, self.kind, events, self.case.office.code, self._who(), published, digests_of(letters))
        except (EventError, NoSuchEntryError) as error:
            code = "too_long" if isinstance(error, EventError) else "no_such_entry"
            reason = Bilingual(zh=error.text("zh"), en=error.text("en"))
            raise RefusedError(Refusal(code, reason, self.kind.cites)) from None
        return Done(self.case, events)

    def _numbers(self, name: str, values: Mapping[str, Any]) -> dict[str, str]:
        """Give the number of a new register entry, which nobody makes up."""
        wanted = given_number(self.kind, name)
        if wanted is None:
            return {}
        field, series = wanted
        if values.get(field) not in (None, ""):
            reason = Bilingual(
                zh=f"“{self.kind.fields[field].label.zh}”由系统编号，不得自填。",
                en=f"`{self.kind.fields[field].label.en}` is given by the system; leave it empty.",
            )
            raise RefusedError(Refusal("number_is_given", reason, self.kind.fields[field].cites))
        return {field: issue(f"{series}-{self.case.office.authority.code}-{self.today:%Y}")}

    def _as(self, name: str, roles: list[str]) -> CaseActor:
        """Choose the role in which to act; where none may, the interpreter says so of the first."""
        may_act = next((set(one.by) for one in self.kind.transitions if one.name == name), set())
        fitting = [role for role in roles if role in may_act]
        role = next(iter(fitting or roles), ANYBODY)
        return CaseActor(role, self._party() if self.kind.side_of(role) == "authority" else None)

    def _party(self) -> str:
        """Name the authority for which an official of the case's office acts."""
        party = competent_party(replay(self.procedure, self.kind), self.today, self.calendar)
        if party == LOCAL:
            return LOCAL
        return str(self.case.office.authority.party)

    def _route(self, standing: Standing) -> None:
        """Let the case belong to the office of the competent authority; raises RefusedError where there is none."""
        party = competent_party(standing, self.today, self.calendar)
        has_office = self.case.office_id is not None
        if has_office and (party is None or party == self._served()):
            return
        found = office_for(party, standing, self.case.organisation.area if self.case.organisation else "")
        if isinstance(found, Office):
            self.case.office = found
        elif not has_office or self.actor is not None:
            raise RefusedError(found)

    def _served(self) -> str | None:
        """Name the party that the present office is; a city's or province's is the local one of its area."""
        party = str(self.case.office.authority.party)
        now = competent_party(replay(self.procedure, self.kind), self.today, self.calendar)
        return now if now == LOCAL else party

    def _who(self) -> dict[str, Any]:
        if self.actor is None:
            return {}
        name = User.objects.values_list("name", flat=True).get(pk=self.actor.user_id)
        return {"account": self.actor.user_id, "name": name}
