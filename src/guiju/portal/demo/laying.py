"""Laying the demo: accounts, organisations, and their cases, each act really carried out on its day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from guiju.calendar.days import prc_calendar
from guiju.portal.access.actor import Actor, actor_of
from guiju.portal.authorities.models import Office, Posting
from guiju.portal.cases.acting import Done, begin, carry_out, let_fall_due
from guiju.portal.cases.models import Case
from guiju.portal.demo.days import in_months, working_day
from guiju.portal.demo.invented import Act, Invented, Script, read_invented
from guiju.portal.organisations.models import Membership, Occurrence, Organisation, System
from guiju.portal.people.models import User
from guiju.portal.registers.models import Entry
from guiju.procedures.catalogue import built_in_types


class DemoError(RuntimeError):
    """The invented data do not fit the case types: a mistake in the files of the demo."""


def lay_demo(today: dt.date | None = None) -> bool:
    """Fill an empty site; returns whether it was empty. All or nothing."""
    if Organisation.objects.exists():
        return False
    with transaction.atomic():
        Laying(read_invented(), today or timezone.localdate()).lay()
    return True


class Laying:
    """One run of it."""

    def __init__(self, invented: Invented, today: dt.date) -> None:
        self.invented, self.today = invented, today
        self.calendar = prc_calendar()
        self.people: dict[str, User] = {}
        self.organisations: dict[str, Organisation] = {}
        self.systems: dict[str, System] = {}
        self.cases: dict[str, Case] = {}
        self.actors: dict[int, Actor] = {}

    def lay(self) -> None:
        """Make everything; acts of all cases go in the order of their days, as they would have come."""
        self._accounts()
        self._organisations()
        self._belongings()
        self._acts()
        let_fall_due(self.today)

    def _accounts(self) -> None:
        from allauth.account.models import EmailAddress

        # One password for all of them, and so one hash: making one takes as long as it should.
        password = make_password(self.invented.password)
        for key, one in self.invented.people.items():
            values = {"email": one.email, "name": one.name, "language": one.language, "password": password}
            user = self.people[key] = User.objects.create(**values)
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)

    def _organisations(self) -> None:
        for key, one in self.invented.organisations.items():
            made = self.organisations[key] = Organisation.objects.create(
                zh=one.zh, en=one.en, area=one.area, credit_code=one.credit_code, facts=one.facts
            )
            for name, system in one.systems.items():
                self.systems[f"{key}/{name}"] = System.objects.create(
                    organisation=made, zh=system.zh, en=system.en, facts=system.facts
                )
            for event in one.events:
                Occurrence.objects.create(
                    organisation=made,
                    system=self.systems[f"{key}/{event.system}"] if event.system else None,
                    event=event.event,
                    date=working_day(self.today, event.on, self.calendar),
                    attributes=event.values,
                )

    def _belongings(self) -> None:
        for key, one in self.invented.people.items():
            if one.post:
                office = Office.objects.get(code=one.post.office)
                Posting.objects.create(user=self.people[key], office=office, role=one.post.role)
            for organisation, role in one.member.items():
                Membership.objects.create(
                    user=self.people[key], organisation=self.organisations[organisation], role=role
                )

    def _acts(self) -> None:
        acts = [
            (working_day(self.today, act.on, self.calendar), number, place, script, act)
            for number, script in enumerate(self.invented.scripts)
            for place, act in enumerate(script.acts)
        ]
        for day, _, place, script, act in sorted(acts, key=lambda one: one[:3]):
            done = self._begun(script, act, day) if place == 0 else self._carried_out(script, act, day)
            if not isinstance(done, Done):
                raise DemoError(f"{script.case}: {act.do} on {day}: {done.code}: {done.text('en')}")
            self.cases[script.case] = done.case

    def _begun(self, script: Script, act: Act, day: dt.date) -> Any:
        owner = script.applicant.partition("/")[0]
        applicant = self.organisations.get(owner) or self.people[owner]
        form = self.invented.forms.get(script.case_type, {})
        fills = next(one.fills for one in built_in_types().get(script.case_type).transitions if one.name == act.do)
        given = {name: value for name, value in form.items() if name in fills and name not in act.without}
        return begin(
            self._actor(self._applicant(script, act.by)), script.case_type, act.do,
            self._values({**given, **act.values}, script),
            applicant=applicant, system=self.systems.get(script.applicant), readings=script.readings or None,
            request_key=f"demo:{script.case}", today=day,
        )  # fmt: skip

    def _carried_out(self, script: Script, act: Act, day: dt.date) -> Any:
        case = self.cases[script.case]
        official = {"reviewer", "head"} & {act.by}
        user = self._official(case, act.by) if official else self._applicant(script, act.by)
        values = self._values(act.values, script)
        return carry_out(self._actor(user), case.number, act.do, values, seen=case.revision, today=day)

    def _applicant(self, script: Script, by: str) -> User:
        """Find who acts for the applicant: by name, or the member with the role."""
        if by in self.people:
            return self.people[by]
        owner = script.applicant.partition("/")[0]
        for key, one in self.invented.people.items():
            if one.member.get(owner) == by:
                return self.people[key]
        raise DemoError(f"{script.case}: nobody is {by} of {owner}")

    def _official(self, case: Case, role: str) -> User:
        """Find who does this in the office to which the case now belongs."""
        posting = Posting.objects.filter(office_id=case.office_id, role=role).order_by("pk").first()
        if posting is None:
            raise DemoError(f"{case.number}: nobody is {role} in office {case.office.code}")
        return posting.user

    def _actor(self, user: User) -> Actor:
        if user.pk not in self.actors:
            self.actors[user.pk] = actor_of(user)
        return self.actors[user.pk]

    def _values(self, value: Any, script: Script) -> Any:
        """Work out what stands for itself nowhere else: days, names, and numbers that were given in other cases."""
        if isinstance(value, list):
            return [self._values(one, script) for one in value]
        if not isinstance(value, dict):
            return value
        match value:
            case {"workday": int(count)} if len(value) == 1:
                return working_day(self.today, count, self.calendar)
            case {"months": int(count)} if len(value) == 1:
                return in_months(self.today, count)
            case {"entry_of": str(key)} if len(value) == 1:
                return Entry.objects.filter(case=self.cases[key]).latest("pk").number
            case {"applicant": str(name)} if len(value) == 1:
                return getattr(self.invented.organisations[script.applicant.partition("/")[0]], name)
            case {"system": str(name)} if len(value) == 1:
                return getattr(self.systems[script.applicant], name)
        return {name: self._values(one, script) for name, one in value.items()}
