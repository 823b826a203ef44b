"""Whether what the law's list asks for is there: item by item, with its provision; unknown is not missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

from guiju.bilingual import Bilingual
from guiju.calendar.days import WorkCalendar
from guiju.portal.casefile.reach import Reached
from guiju.portal.casefile.turns import OpenAct
from guiju.portal.faces.provisions import provision
from guiju.portal.forms.outputs import label_of
from guiju.portal.look.components import Column, Row, Table, Tag
from guiju.procedures.model import Field
from guiju.procedures.situation import Situation

Found = Literal["there", "missing", "unknown"]
ASKING = "supplement_request"
"""The letter that asks for what is missing; an act that sends it is the one to ask with."""
_TAGS = {
    "there": Tag(text=Bilingual(zh="已提供", en="there"), kind="good"),
    "missing": Tag(text=Bilingual(zh="缺", en="missing"), kind="bad"),
    "unknown": Tag(text=Bilingual(zh="是否需要，尚不能确定", en="not known whether it is needed"), kind="unsure"),
}
_CAPTION = Bilingual(zh="法定材料与内容", en="What the law asks for")
_COLUMNS = (
    Column(label=Bilingual(zh="项目", en="Item")),
    Column(label=Bilingual(zh="情况", en="Found")),
    Column(label=Bilingual(zh="依据", en="Asked for by")),
)


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the list, and whether it is there."""

    field: Field
    found: Found


@dataclass(frozen=True, slots=True)
class Completeness:
    """The whole list. `ask` is where to ask for what is missing, if that is open now to this person."""

    items: tuple[Item, ...]
    ask: str

    @property
    def missing(self) -> tuple[Bilingual, ...]:
        """What is missing."""
        return tuple(label_of(one.field) for one in self.items if one.found == "missing")

    @property
    def unknown(self) -> tuple[Bilingual, ...]:
        """What may turn out to be needed."""
        return tuple(label_of(one.field) for one in self.items if one.found == "unknown")

    @property
    def table(self) -> Table:
        """The list as a table, what is missing first."""
        order = ("missing", "unknown", "there")
        rows = tuple(
            Row(cells=(label_of(one.field), _TAGS[one.found], provision(one.field.cites[0])))
            for one in sorted(self.items, key=lambda one: order.index(one.found))
        )
        return Table(caption=_CAPTION, columns=_COLUMNS, rows=rows, hide_caption=True)


def completeness(
    reached: Reached, acts: Iterable[OpenAct], calendar: WorkCalendar, today: dt.date
) -> Completeness | None:
    """Compare the form with what is required of it; None where nothing is required."""
    standing, kind = reached.standing, reached.kind
    situation = Situation(
        kind, standing, standing.fields, {}, today=today, calendar=calendar, readings=standing.active.readings
    )
    items = []
    for field in kind.form.values():
        required = situation.true(field.required)
        given = standing.fields.get(field.name) is not None
        if required is False or (required is None and given):
            continue
        items.append(Item(field, "there" if given else "missing" if required else "unknown"))
    return Completeness(tuple(items), _asking(items, acts)) if items else None


def _asking(items: Iterable[Item], acts: Iterable[OpenAct]) -> str:
    """Return the address of the act that asks, with what is missing filled in: each once, named in Chinese."""
    missing = [one.field.label.zh for one in items if one.found == "missing"]
    for act in acts:
        if missing and any(letter.name == ASKING for letter in act.transition.letters):
            lists = [one.name for one in act.transition.inputs.values() if one.type == "list" and one.plain == "text"]
            prefilled = [(lists[0], label) for label in missing] if lists else []
            return f"{act.href}?{urlencode(prefilled)}" if prefilled else act.href
    return ""
