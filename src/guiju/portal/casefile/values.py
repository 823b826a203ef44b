"""The values of a case: what the form says, what is on record, and what each said before which act changed it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.html import conditional_escape, format_html, format_html_join

from guiju.bilingual import Bilingual
from guiju.portal.casefile.reach import Reached
from guiju.portal.casefile.words import filled
from guiju.portal.drafts.files import file_place_in_case
from guiju.portal.faces.provisions import provision
from guiju.portal.forms.outputs import cell, label_of
from guiju.portal.look.components import Component, SummaryList, SummaryRow, said
from guiju.portal.look.components.tables import Cell
from guiju.procedures.case import Event
from guiju.procedures.model import Field
from guiju.procedures.standing import given_fields

_BOOKKEEPING = ("bool", "count")
"""Marks and counters that an act sets by itself belong to the workings of the procedure, not to what was decided."""
_EARLIER = Bilingual(zh="此前的内容（{n}）", en="What it said before ({n})")
_EMPTIED = Bilingual(zh="现无", en="none now")
_UNTIL = Bilingual(zh="至 {day}，由“{act}”更改", en="until {day}, changed by: {act}")


@dataclass(frozen=True, slots=True)
class Change:
    """A value that stood until an act gave another."""

    before: Any
    on: dt.date
    act: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class WithEarlier(Component):
    """A value as it stands, and folded under it what it was before."""

    template: ClassVar[str] = ""
    now: Cell
    earlier: tuple[tuple[Cell, Bilingual], ...]

    def __str__(self) -> str:
        items = format_html_join(
            "", '<li>{} <span class="gj-soft">{}</span></li>', ((said(one), said(note)) for one, note in self.earlier)
        )
        head = said(filled(_EARLIER, n=len(self.earlier)))
        return format_html(
            '{}<details class="gj-details"><summary>{}</summary><ol class="gj-listing">{}</ol></details>',
            conditional_escape(said(self.now)), head, items,
        )  # fmt: skip


def history(reached: Reached) -> dict[str, list[Change]]:
    """Return for each visible field the values that acts have replaced, in their order."""
    found: dict[str, list[Change]] = {}
    fields: dict[str, Any] = {}
    for event in reached.standing.events:
        act = reached.standing.active.transitions[event.act].label
        before = reached.shown(fields)
        for name, value in {**given_fields(reached.kind, event), **event.sets}.items():
            if name in before and before[name] is not None and fields.get(name) != value:
                found.setdefault(name, []).append(Change(before[name], event.on, act))
            fields[name] = value
    return found


def given_with(reached: Reached, event: Event) -> SummaryList | None:
    """List what was given with an act and what it decided; the form of the first filing stands elsewhere."""
    rows = tuple(_rows_of(reached, event))
    return SummaryList(rows=rows) if rows else None


def as_filed(reached: Reached, changes: dict[str, list[Change]]) -> SummaryList:
    """List the form as it stands, with what is confidential marked and what was changed folded under it."""
    return SummaryList(rows=tuple(_rows(reached, reached.kind.form.values(), changes)))


def not_given(reached: Reached) -> list[Bilingual]:
    """Name the fields of the form that were left open."""
    return [label_of(one) for one in reached.kind.form.values() if reached.standing.fields.get(one.name) is None]


def on_record(reached: Reached, changes: dict[str, list[Change]]) -> SummaryList | None:
    """List what acts have put on record."""
    fields = [one for one in reached.kind.record.values() if one.type not in _BOOKKEEPING]
    rows = tuple(_rows(reached, fields, changes))
    return SummaryList(rows=rows) if rows else None


def _rows(reached: Reached, fields: Iterable[Field], changes: dict[str, list[Change]]) -> Iterator[SummaryRow]:
    shown, place = reached.shown(reached.standing.fields), file_place_in_case(reached.case.number)
    for field in fields:
        if shown.get(field.name) is None and field.name not in changes:
            continue
        value = shown.get(field.name)
        now = _EMPTIED if value is None else cell(field, value, file_place=place, mark=True)
        earlier = tuple(
            (cell(field, one.before, file_place=place), filled(_UNTIL, day=one.on, act=one.act))
            for one in changes.get(field.name, ())
        )
        shown_as = WithEarlier(now=now, earlier=earlier) if earlier else now
        yield SummaryRow(key=label_of(field), value=shown_as, cites=provision(field.cites[0]))


def _rows_of(reached: Reached, event: Event) -> Iterator[SummaryRow]:
    transition, place = reached.standing.active.transitions[event.act], file_place_in_case(reached.case.number)
    shown = reached.shown({**given_fields(reached.kind, event), **event.sets})
    for name, field in transition.inputs.items():
        if event.values.get(name) is not None and (reached.trusted or not field.confidential):
            yield SummaryRow(key=label_of(field), value=cell(field, event.values[name], file_place=place, mark=True))
    for name, field in reached.kind.fields.items():
        if shown.get(name) is None or (name in reached.kind.form and event.seq == 1):
            continue
        if name in event.sets and name not in event.values and field.type in _BOOKKEEPING:
            continue
        yield SummaryRow(key=label_of(field), value=cell(field, shown[name], file_place=place, mark=True))
