"""A case as a row of a list, for those who deal with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.db.models import QuerySet
from django.urls import reverse

from guiju.bilingual import Bilingual
from guiju.calendar.days import WorkCalendar, prc_calendar
from guiju.portal.cases.models import QueueRow
from guiju.portal.desk.clocks import clock_of, type_of
from guiju.portal.desk.models import Assignment
from guiju.portal.faces.places import place_of
from guiju.portal.look.components import Component, Label, Row, Tag
from guiju.portal.look.components.states import TagKind

Turn = QueueRow.Turn
TURNS = {
    str(Turn.AUTHORITY): Bilingual(zh="本机关", en="Us"),
    str(Turn.APPLICANT): Bilingual(zh="申请人", en="The applicant"),
    str(Turn.NOBODY): Bilingual(zh="没有期限在走", en="No deadline running"),
    str(Turn.CLOSED): Bilingual(zh="已办结", en="Closed"),
}
_TAGS: dict[str, TagKind] = {
    str(Turn.AUTHORITY): "active", str(Turn.APPLICANT): "paused", str(Turn.NOBODY): "neutral",
    str(Turn.CLOSED): "good",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class What(Component):
    """What a case is, and about which system."""

    template: ClassVar[str] = "desk/what.html"
    title: Label
    system: Label | None = None
    left: Label | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DealtWith(Component):
    """Who deals with a case, the page on which that is changed and, where nobody does, the button that takes it."""

    template: ClassVar[str] = "desk/dealt_with.html"
    number: str
    name: str
    mine: bool
    href: str
    token: str
    back: str
    me: int


@dataclass(frozen=True, slots=True)
class Desk:
    """At whose desk rows are shown: on which day, by whom, with what for a form, and the list to come back to."""

    today: dt.date
    me: int
    token: str
    back: str
    calendar: WorkCalendar


def desk_now(today: dt.date, me: int, token: str, back: str) -> Desk:
    """Return a desk under the calendar of the People's Republic."""
    return Desk(today, me, token, back, prc_calendar())


def with_cases(rows: QuerySet[QueueRow]) -> QuerySet[QueueRow]:
    """Fetch with each row what is shown of its case."""
    return rows.select_related("case__organisation", "case__person", "case__system", "left_office__authority")


def as_rows(rows: Iterable[QueueRow], desk: Desk) -> tuple[Row, ...]:
    """Show the cases: number, what, applicant, state, clock, whose turn, who deals with it."""
    rows = list(rows)
    dealing = _dealing(rows)
    return tuple(_row(row, dealing, desk) for row in rows)


def applicant(row: QueueRow) -> Label:
    """Name whoever has applied."""
    if row.case.organisation is not None:
        return Bilingual(zh=row.case.organisation.zh, en=row.case.organisation.en or row.case.organisation.zh)
    return str(row.case.person)


def kind_and_state(row: QueueRow) -> tuple[Label, Label]:
    """Name the case type and the state under the version that the case follows."""
    kind = type_of(row)
    if kind is None or row.state not in kind.states:
        return row.kind, row.state
    return kind.title, kind.states[row.state].label


def _row(row: QueueRow, dealing: Mapping[int, Assignment], desk: Desk) -> Row:
    title, state = kind_and_state(row)
    clock = clock_of(row, type_of(row), desk.today, desk.calendar)
    return Row(
        href=place_of("case_page", number=row.case.number),
        cells=(
            row.case.number,
            What(title=title, system=_system(row), left=_left(row)),
            applicant(row),
            Tag(text=state, kind=_TAGS.get(row.turn, "neutral")),
            clock or "–",
            TURNS[row.turn],
            _dealt_with(row, dealing, desk),
        ),
    )


def _system(row: QueueRow) -> Label | None:
    system = row.case.system
    return Bilingual(zh=system.zh, en=system.en or system.zh) if system else None


def _left(row: QueueRow) -> Label | None:
    """Say from where a case was handed over."""
    if row.left_office is None:
        return None
    name = row.left_office.authority
    return Bilingual(zh=f"{row.arrived_on} 由{name.zh}移交", en=f"handed over by {name.en} on {row.arrived_on}")


def _dealing(rows: list[QueueRow]) -> dict[int, Assignment]:
    found = Assignment.objects.filter(case__in=[row.pk for row in rows], ended_at=None).select_related("person")
    places = {row.pk: row.office_id for row in rows}
    return {one.case_id: one for one in found if places[one.case_id] == one.office_id}


def _dealt_with(row: QueueRow, dealing: Mapping[int, Assignment], desk: Desk) -> DealtWith:
    now = dealing.get(row.pk)
    return DealtWith(
        number=row.case.number,
        name=str(now.person) if now else "",
        mine=now is not None and now.person_id == desk.me,
        href=reverse("assignment", kwargs={"number": row.case.number}),
        token=desk.token,
        back=desk.back,
        me=desk.me,
    )
