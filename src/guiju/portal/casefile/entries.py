"""The entries of registers that a case has written, with links to where the public reads them."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.bilingual import Bilingual
from guiju.portal.casefile.reach import Reached
from guiju.portal.faces.places import place_of
from guiju.portal.registers.models import Entry

_STATUSES = {"superseded": Bilingual(zh="已由新编号取代", en="superseded by a new number")}


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry as a line: which register, its number, how it stands, and its public page if it has one."""

    register: Bilingual
    number: str
    status: Bilingual | None
    public: bool
    shown: bool
    href: str


def entries_of(reached: Reached) -> list[EntryLine]:
    """List the entries of which this case wrote a version."""
    found = Entry.objects.filter(versions__case=reached.case).distinct().order_by("register", "number")
    return [_line(reached, entry) for entry in found]


def _line(reached: Reached, entry: Entry) -> EntryLine:
    law, _, name = entry.register.partition("/")
    register = reached.kind.registers.get(name) if law == reached.kind.law else None
    label = register.label if register else Bilingual(zh=entry.register, en=entry.register)
    statuses = {**_STATUSES, **(register.statuses if register else {})}
    open_ = entry.public and entry.shown
    href = place_of("entry", law=law, register=name, number=entry.number) if open_ else ""
    return EntryLine(label, entry.number, statuses.get(entry.status), entry.public, entry.shown, href)
