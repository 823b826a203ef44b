"""Entries of registers for tests: one that went the whole way, or many that did not."""

from __future__ import annotations

import datetime as dt
from typing import Any

from guiju.portal.cases.acting import Done, begin, carry_out
from guiju.portal.cases.models import Case
from guiju.portal.registers.models import Entry
from guiju.portal.registers.writing import write_entries
from guiju.procedures.case import EntryChange, Event
from guiju.procedures.catalogue import built_in_types
from tests.portal.people import ZHEJIANG, actor, filing_form, member, official, organisation

MONDAY = dt.date(2026, 9, 28)
FILINGS, LICENCES = "mail4/filings", "mail4/licences"


def filed(**form: Any) -> Case:
    company = organisation()
    done = begin(actor(member(company)), "mail4/filing", "submit", filing_form(**form), applicant=company, today=MONDAY)
    assert isinstance(done, Done), done
    return done.case


def registered(**form: Any) -> Entry:
    """An entry with everything behind it: case, events in the log, versions."""
    case = filed(**form)
    done = carry_out(actor(official(ZHEJIANG)), case.number, "register", {}, seen=1, today=MONDAY)
    assert isinstance(done, Done), done
    return Entry.objects.get(case=case)


def written(
    case: Case,
    number: str,
    *,
    how: str = "write",
    register: str = FILINGS,
    kind: str = "mail4/filing",
    status: str = "registered",
    on: dt.date = MONDAY,
    **fields: Any,
) -> Entry:
    """An entry, or a change of one, as an act leaves it, without the act."""
    law, _, name = register.partition("/")
    type_ = built_in_types().get(kind)
    change = EntryChange(name, how, status, {type_.registers[name].key: number, **fields})  # type: ignore[arg-type]
    write_entries(case, type_, Event(2, on, "register", "reviewer", entries=(change,)))
    return Entry.objects.get(register=f"{law}/{name}", number=number)
