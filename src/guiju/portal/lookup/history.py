"""The versions of an entry: what changed with each, by which act, on which day, and where that stands in the log."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from guiju.bilingual import Bilingual
from guiju.portal.authorities.models import Office
from guiju.portal.cases.models import CaseEvent
from guiju.portal.evidence.models import Event as LogEvent
from guiju.portal.registers.books import SUPERSEDED, Book
from guiju.portal.registers.models import Entry, EntryVersion
from guiju.procedures.catalogue import built_in_types

_HOW = {
    "write": Bilingual(zh="写入登记簿", en="Entered"),
    "update": Bilingual(zh="更新", en="Changed"),
    "withdraw": Bilingual(zh="撤下", en="Withdrawn"),
    SUPERSEDED: Bilingual(zh="由新编号取代", en="Replaced by a new number"),
}
_SUCCESSOR = Bilingual(zh="新编号", en="new number")
_STATUS = Bilingual(zh="状态", en="status")


@dataclass(frozen=True, slots=True)
class Change:
    """One field that is other than before; None where there was or is no value."""

    name: str
    label: Bilingual
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Version:
    """A version. `index`: the place of its act in the log; None where the log no longer holds the event."""

    number: int
    on: dt.date
    act: str
    label: Bilingual
    status: str
    fields: dict[str, Any]
    changes: tuple[Change, ...]
    office: Bilingual | None = None
    index: int | None = None


def history(book: Book, entry: Entry, first: int = 1, last: int | None = None) -> list[Version]:
    """Return versions `first` to `last` of an entry, oldest first; four queries, however many there are."""
    wanted = entry.versions.filter(version__gte=first - 1, version__lte=entry.version if last is None else last)
    rows = list(wanted.order_by("version"))
    events = _events(rows)
    offices = _offices({str(event["office"]) for _, event in events.values()})
    before: EntryVersion | None = None
    found = []
    for row in rows:
        if row.version >= first:
            index, event = events.get(row.pk, (None, {}))
            act, label = _act(row, event)
            found.append(
                Version(
                    row.version, row.on, act, label, row.status, book.open_fields(row.fields),
                    changes(book, before, row), offices.get(str(event.get("office"))), index,
                )
            )  # fmt: skip
        before = row
    return found


def changes(book: Book, before: EntryVersion | None, after: EntryVersion) -> tuple[Change, ...]:
    """Compare a version with the one before it; the first one changes nothing, it is new."""
    if before is None:
        return ()
    found = []
    if before.status != after.status:
        old, new = book.status_label(before.status), book.status_label(after.status)
        found.append(Change("status", _STATUS, old, new))
    for name, field in book.fields.items():
        old, new = before.fields.get(name), after.fields.get(name)
        if old != new:
            found.append(Change(name, field.label, old, new))
    successor = after.fields.get("superseded_by")
    if successor and successor != before.fields.get("superseded_by"):
        found.append(Change("superseded_by", _SUCCESSOR, None, successor))
    return tuple(found)


def _events(rows: list[EntryVersion]) -> dict[int, tuple[int, dict[str, Any]]]:
    """Return for each version the index and the open part of the event that wrote it, where the log holds it."""
    places = {
        (case, seq): idx
        for case, seq, idx in CaseEvent.objects.filter(
            case__in={row.case_id for row in rows}, seq__in={row.seq for row in rows}
        ).values_list("case", "seq", "idx")
    }
    kept = dict(LogEvent.objects.filter(idx__in=places.values()).values_list("idx", "data"))
    found = {}
    for row in rows:
        idx = places.get((row.case_id, row.seq))
        if idx is not None and idx in kept:
            found[row.pk] = (idx, json.loads(bytes(kept[idx])))
    return found


def _act(row: EntryVersion, event: dict[str, Any]) -> tuple[str, Bilingual]:
    """Name the act as its case type does; where that is not known, as what it did to the register."""
    act, types = str(event.get("act", "")), built_in_types()
    kind = str(event.get("kind", ""))
    if row.how != SUPERSEDED and kind in types.keys():  # noqa: SIM118  (no mapping)
        for transition in types.get(kind).transitions:
            if transition.name == act:
                return act, transition.label
    return act, _HOW.get(row.how, Bilingual(zh=row.how, en=row.how))


def _offices(codes: set[str]) -> dict[str, Bilingual]:
    rows = Office.objects.filter(code__in=codes).values_list("code", "authority__zh", "authority__en")
    return {code: Bilingual(zh=zh, en=en) for code, zh, en in rows}
