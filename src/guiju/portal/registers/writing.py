"""What acts do to registers. An entry is known by its number, whichever case writes it."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import yaml
from django.db.models import F
from django.utils import timezone

from guiju.portal.cases.models import Case
from guiju.portal.numbers.check_character import plain
from guiju.portal.registers.books import SUPERSEDED
from guiju.portal.registers.describing import describe
from guiju.portal.registers.fingerprint import fingerprint
from guiju.portal.registers.models import Edition, Entry, EntryVersion
from guiju.procedures.case import EntryChange, Event
from guiju.procedures.model import CaseType

_Published = dict[str, Any] | None
_SERIES = Path(__file__).with_name("series.yaml")


class NoSuchEntryError(ValueError):
    """An act changes an entry that no act has written."""

    def __init__(self, register: str, number: str) -> None:
        self.register, self.number = register, number
        super().__init__(self.text("en"))

    def text(self, lang: str) -> str:
        """Say what is wrong, in `zh` or `en`."""
        if lang == "zh":
            return f"登记簿 {self.register} 中没有编号 {self.number or '（空）'}；请核对编号"
        return f"the register {self.register} has no number {self.number or '(none)'}; check the number"


def given_number(kind: CaseType, act: str) -> tuple[str, str] | None:
    """Return the field in which an act needs a new number, and the series of that number; None if it needs none.

    That is the key of a register to which the act writes, where the act fills it and the form does not have it.
    """
    for transition in kind.transitions:
        if transition.name != act:
            continue
        for writing in transition.writings:
            key = kind.registers[writing.register].key
            if writing.how == "write" and key in transition.fills and key in kind.record:
                return key, _series()[f"{kind.law}/{writing.register}"]
    return None


def write_entries(case: Case, kind: CaseType, event: Event) -> list[dict[str, Any]]:
    """Carry over what an event did to registers. Raises NoSuchEntryError.

    Returns for the log what every public entry now says: register, number, version, and the hash of what is shown.
    """
    published: list[dict[str, Any]] = []
    for change in event.entries:
        register = kind.registers[change.register]
        number = str(change.fields.get(register.key) or "")
        key = f"{kind.law}/{change.register}"
        published += filter(None, _write(case, key, number, change, event, public=register.public))
    return published


def _write(
    case: Case, register: str, number: str, change: EntryChange, event: Event, *, public: bool
) -> list[_Published]:
    former: list[_Published] = []
    entry = Entry.objects.select_for_update().filter(register=register, plain=plain(number)).first()
    if change.how == "write":
        if not number:
            raise NoSuchEntryError(register, number)
        if entry is None:
            former = _supersede(case, register, number, event)
            entry = Entry(register=register, number=number, plain=plain(number), public=public, first_on=event.on)
        entry.fields = change.fields
    elif entry is None:
        raise NoSuchEntryError(register, number)
    else:
        # Another case knows only part of the entry: what it does not speak of stands.
        entry.fields = change.fields if entry.case_id == case.pk else {**entry.fields, **change.fields}
    entry.case = case
    return [*former, _keep(entry, change.how, event, change.status or entry.status, shown=change.how != "withdraw")]


def _supersede(case: Case, register: str, number: str, event: Event) -> list[_Published]:
    """Let the case's former number say which one came after it."""
    kept = []
    for former in Entry.objects.select_for_update().filter(register=register, case=case, shown=True):
        former.fields = {**former.fields, "superseded_by": number}
        kept.append(_keep(former, SUPERSEDED, event, SUPERSEDED, shown=True))
    return kept


def _keep(entry: Entry, how: str, event: Event, status: str, *, shown: bool) -> _Published:
    if entry.pk is None or (entry.status, entry.shown) != (status, shown):
        entry.status_on = event.on
    entry.status, entry.shown = status, shown
    entry.version += 1
    entry.changed_on = event.on
    describe(entry)
    entry.save()
    EntryVersion.objects.create(
        entry=entry, version=entry.version, how=how, status=entry.status, fields=entry.fields, on=event.on,
        case=entry.case, seq=event.seq,
    )  # fmt: skip
    if not entry.public:
        return None
    Edition.objects.get_or_create(register=entry.register)
    Edition.objects.filter(register=entry.register).update(count=F("count") + 1, changed_at=timezone.now())
    said = fingerprint(entry.register, entry.number, entry.status, entry.fields) if entry.shown else None
    return {"register": entry.register, "number": entry.number, "version": entry.version, "sha256": said}


@functools.cache
def _series() -> dict[str, str]:
    found: dict[str, Any] = yaml.safe_load(_SERIES.read_text("utf-8"))
    return {name: str(series) for name, series in found.items()}
