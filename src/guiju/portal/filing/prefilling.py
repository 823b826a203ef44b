"""What is known already need not be typed again: values for a form from the facts, and where each of them stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from guiju.bilingual import Bilingual
from guiju.portal.authorities.models import Authority
from guiju.portal.faces.books import rulebooks
from guiju.portal.faces.places import place_of
from guiju.portal.organisations.facts import known
from guiju.portal.organisations.models import Occurrence, Organisation, System
from guiju.portal.people.models import User
from guiju.portal.registers.models import Entry
from guiju.procedures.model import Field
from guiju.procedures.values import WrongValueError, settle

_OF_SYSTEM = ("service_name", "product_name")
_OF_SYSTEM_LISTED = ("service_names",)
_OF_APPLICANT = ("provider_name", "applicant_name", "organisation_name", "requester_name")
_CONTACT = ("contact", "requester_contact")
_REGISTER_NUMBERS = ("licence_number", "filing_number")
"""Names of form fields that say who, what and how to reach them. Who complains is never filled in: they may stay
unnamed (vocabulary of case types)."""


@dataclass(frozen=True, slots=True)
class Source:
    """A value that was filled in, where it comes from, and the page on which it is changed."""

    value: Any
    where: Bilingual
    href: str


class Prefilling:
    """Finds values for the fields of a form."""

    def __init__(self, person: User, applicant: Organisation | None, system: System | None) -> None:
        self.person, self.applicant, self.system = person, applicant, system

    def of(self, fields: Iterable[Field]) -> dict[str, Source]:
        """Return a source for each field that can be filled in; a value that does not fit its field is left out."""
        listed = {field.name: field for field in fields}
        found = {**self._names(listed), **self._area(listed), **self._numbers(listed)}
        found |= {**self._events(listed), **self._facts(listed)}
        return {name: source for name, source in found.items() if _fits(listed[name], source.value)}

    def _names(self, fields: dict[str, Field]) -> dict[str, Source]:
        found: dict[str, Source] = {}
        contact = Source(self.person.email, Bilingual(zh="您的账户", en="your account"), place_of("own_account"))
        found |= {name: contact for name in _CONTACT if name in fields}
        if self.applicant is not None:
            who = Source(self.applicant.zh, _ORGANISATION, self._place("organisation_details"))
        else:
            who = Source(self.person.name, contact.where, contact.href)
        found |= {name: who for name in _OF_APPLICANT if name in fields and who.value}
        if self.system is not None:
            own = Source(self.system.zh, self._system(), self._place("system"))
            found |= {name: own for name in _OF_SYSTEM if name in fields}
            listed = Source([self.system.zh], own.where, own.href)
            found |= {name: listed for name in _OF_SYSTEM_LISTED if name in fields}
        return found

    def _area(self, fields: dict[str, Field]) -> dict[str, Source]:
        if "province" not in fields or self.applicant is None:
            return {}
        name = Authority.objects.filter(area=f"{self.applicant.area[:2]}0000").values_list("area_zh", flat=True).first()
        seat = Bilingual(zh="组织的住所地", en="the organisation's seat")
        return {"province": Source(name, seat, self._place("organisation_details"))} if name else {}

    def _facts(self, fields: dict[str, Field]) -> dict[str, Source]:
        found: dict[str, Source] = {}
        for thing, where, route in (
            (self.applicant, _ORGANISATION, "organisation_facts"), (self.system, self._system(), "system_facts"),
        ):  # fmt: skip
            facts = known(thing.facts) if thing is not None else {}
            place = self._place(route) if thing is not None else ""
            found |= {
                name: Source(_plain(value), _facts_of(where), place) for name, value in facts.items() if name in fields
            }
        return found

    def _events(self, fields: dict[str, Field]) -> dict[str, Source]:
        days = {name for name, field in fields.items() if field.type == "date"} & set(rulebooks().events)
        if self.applicant is None or not days:
            return {}
        rows = Occurrence.objects.filter(organisation=self.applicant, event__in=days, withdrawn_at=None)
        place = self._place("occurrences")
        return {
            row.event: Source(row.date.isoformat(), _EVENTS, place)
            for row in rows.order_by("date", "pk")
            if row.system_id in (None, self.system.pk if self.system else None)
        }

    def _numbers(self, fields: dict[str, Field]) -> dict[str, Source]:
        """Find the number under which the system stands in a register already."""
        wanted = [name for name in _REGISTER_NUMBERS if name in fields]
        if not wanted or self.system is None:
            return {}
        found: dict[str, Source] = {}
        for entry in Entry.objects.filter(case__system=self.system, shown=True).order_by("pk"):
            for name in wanted:
                number = entry.fields.get(name) if isinstance(entry.fields, dict) else None
                if number:
                    where = Bilingual(zh="登记在册的编号", en="the register")
                    law, _, register = entry.register.partition("/")
                    place = place_of("entry", law=law, register=register, number=entry.number)
                    found[name] = Source(number, where, place)
        return found

    def _system(self) -> Bilingual:
        if self.system is None:
            return _ORGANISATION
        return Bilingual(zh=f"系统“{self.system.zh}”", en=f"the system “{self.system.en or self.system.zh}”")

    def _place(self, route: str) -> str:
        assert self.applicant is not None
        if route in _OF_A_SYSTEM and self.system is not None:
            return place_of(route, organisation=self.applicant.pk, system=self.system.pk)
        return place_of(route, organisation=self.applicant.pk)


_ORGANISATION = Bilingual(zh="组织的资料", en="the organisation's data")
_EVENTS = Bilingual(zh="组织记录的日期", en="the dates that the organisation recorded")
_OF_A_SYSTEM = ("system", "system_facts")


def _facts_of(where: Bilingual) -> Bilingual:
    return Bilingual(zh=f"{where.zh}的事实", en=f"the facts of {where.en}")


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value


def _fits(field: Field, value: Any) -> bool:
    try:
        return settle(field, value) is not None
    except WrongValueError:
        return False
