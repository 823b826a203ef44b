"""Finding cases by number, applicant or credit code, always within reach.

A number is looked up as people type it: with or without hyphens, only its beginning, only its running number, or the
number of a register entry. A name is looked for anywhere in the names of applicants: they are few beside their cases.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from guiju.portal.cases.keeping import CASES
from guiju.portal.cases.models import QueueRow
from guiju.portal.numbers.check_character import check_character, checks, plain
from guiju.portal.organisations.models import Organisation
from guiju.portal.people.models import User
from guiju.portal.registers.models import Entry
from guiju.procedures.catalogue import built_in_types

_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LAST_SIGN = _SIGNS[-1]
_NUMBER = re.compile(r"[A-Z]{1,3}[0-9][0-9A-Z]*|[0-9]+")
_WHOLE_CASE_NUMBER = re.compile(rf"{CASES}[0-9]{{10}}[0-9A-Z]")
_WHOLE_NUMBER = re.compile(r"[A-Z]{1,3}[0-9]{10,18}[0-9A-Z]")
_ORDINAL_DIGITS = 6
_YEARS = 15
_LONGEST = 200
_FEW = 400
"""As many things are named one by one; of more, the database joins the tables."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A number that cannot have been written down right, and the cases that it may have meant."""

    number: str
    meant: tuple[str, ...]


def matching(asked: str, rows: QuerySet[QueueRow], today: dt.date) -> QuerySet[QueueRow]:
    """Keep the cases that are asked for; a text that could be a number and is none is looked up as a name."""
    text = asked.strip()[:_LONGEST]
    number = plain(text)
    if not text:
        return rows
    if _NUMBER.fullmatch(number):
        # First which numbers, then which are within reach: a database asked for both would go through the whole office.
        wanted = _numbered(number, today)
        few = list(QueueRow.objects.filter(wanted).values_list("pk", flat=True)[: _FEW + 1])
        found = rows.filter(pk__in=few) if len(few) <= _FEW else rows.filter(wanted)
        if few and found.exists():
            return found
    return rows.filter(_of_applicant(text, number))


def slip_of(asked: str, rows: QuerySet[QueueRow]) -> Slip | None:
    """Tell whether a whole number has a wrong character, and which numbers within reach it may have meant."""
    number = plain(asked)
    if not _WHOLE_NUMBER.fullmatch(number) or checks(number):
        return None
    near = list(_near(number))
    if _WHOLE_CASE_NUMBER.fullmatch(number):
        meant = rows.filter(plain__in=near).values_list("case__number", flat=True)
    else:
        cases = Entry.objects.filter(register__in=_registers(), plain__in=near).values("case")
        meant = rows.filter(case__in=cases).values_list("case__number", flat=True)
    return Slip(number, tuple(meant.order_by("pk")[:10]))


def _numbered(number: str, today: dt.date) -> Q:
    if number.isdigit():
        wanted = _beginning(f"{CASES}{number}")
        if len(number) <= _ORDINAL_DIGITS:
            for year in range(today.year - _YEARS, today.year + 1):
                wanted |= _beginning(f"{CASES}{year}{number.zfill(_ORDINAL_DIGITS)}")
        return wanted
    if re.match(rf"{CASES}[0-9]", number):
        return _beginning(number)
    entries = Entry.objects.filter(_beginning(number), register__in=_registers())
    return Q(pk__in=list(entries.values_list("case", flat=True)[:_FEW]))


def _beginning(number: str) -> Q:
    """Match by a range, which every index in every collation answers; LIKE is not."""
    return Q(plain__gte=number, plain__lte=number + _LAST_SIGN * 20)


def _of_applicant(text: str, number: str) -> Q:
    named = Q(zh__icontains=text) | Q(en__icontains=text)
    organisations = Organisation.objects.filter(named | Q(credit_code__contains=number) if number else named)
    people = User.objects.filter(name__icontains=text, cases__isnull=False)
    found = list(organisations.values_list("pk", flat=True)[: _FEW + 1])
    of_organisation = Q(organisation__in=found if len(found) <= _FEW else organisations.values("pk"))
    persons = list(people.values_list("pk", flat=True).distinct()[:_FEW])
    return of_organisation | Q(person__in=persons) if persons else of_organisation


def _registers() -> list[str]:
    types = built_in_types()
    return [f"{types.get(key).law}/{name}" for key in types.keys() for name in types.get(key).registers]  # noqa: SIM118


def _near(number: str) -> Iterator[str]:
    """Yield the numbers with one other character, or two neighbours swapped, whose check character is right."""
    for place in range(len(number)):
        for sign in _SIGNS:
            other = number[:place] + sign + number[place + 1 :]
            if other != number and check_character(other[:-1]) == other[-1]:
                yield other
    for place in range(len(number) - 1):
        other = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
        if other != number and check_character(other[:-1]) == other[-1]:
            yield other
