"""Cases as a member or an applicant reads them in lists: state, whose turn, the clock that ends first."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from django.utils import timezone

from guiju.bilingual import Bilingual
from guiju.portal.cases.models import QueueRow
from guiju.portal.faces.places import place_of
from guiju.portal.look.components import Column, Label, Row, Table, Tag
from guiju.portal.look.components.states import TagKind
from guiju.portal.workspace.day_cells import Days
from guiju.procedures.catalogue import built_in_types
from guiju.procedures.model import CaseType
from guiju.procedures.problems import ProcedureError

COLUMNS = (
    Column(label=Bilingual(zh="案件", en="Case"), unbroken=True),
    Column(label=Bilingual(zh="程序", en="Procedure")),
    Column(label=Bilingual(zh="系统", en="System")),
    Column(label=Bilingual(zh="状态", en="State")),
    Column(label=Bilingual(zh="轮到谁", en="Whose turn")),
    Column(label=Bilingual(zh="下一期限", en="Next deadline")),
    Column(label=Bilingual(zh="到期日", en="Due")),
    Column(label=Bilingual(zh="最近变动", en="Last change")),
)
TURNS: dict[str, tuple[Bilingual, TagKind]] = {
    QueueRow.Turn.APPLICANT: (Bilingual(zh="轮到我方", en="Our turn"), "active"),
    QueueRow.Turn.AUTHORITY: (Bilingual(zh="轮到主管机关", en="The authority's turn"), "waiting"),
    QueueRow.Turn.NOBODY: (Bilingual(zh="没有期限在走", en="No deadline running"), "neutral"),
    QueueRow.Turn.CLOSED: (Bilingual(zh="已办结", en="Closed"), "neutral"),
}

_BOUND = (QueueRow.Turn.APPLICANT, QueueRow.Turn.AUTHORITY)


@functools.cache
def kind_of(name: str) -> CaseType | None:
    """Return a case type of today, None where it cannot be read any more: its cases still stand in lists."""
    try:
        return built_in_types().get(name)
    except ProcedureError:
        return None


def title_of(name: str) -> Label:
    """Name a case type."""
    kind = kind_of(name)
    return kind.title if kind else name


def state_of(name: str, state: str) -> Label:
    """Name a state of a case type."""
    kind = kind_of(name)
    return kind.states[state].label if kind and state in kind.states else state


def clock_name(row: QueueRow) -> Bilingual:
    """Name the clock that ends first."""
    kind = kind_of(row.kind)
    label = next((clock.label for clock in kind.clocks if clock.name == row.next_clock), None) if kind else None
    return label or Bilingual(zh=row.next_clock, en=row.next_clock)


def turn_tag(row: QueueRow) -> Tag:
    """Say whose turn it is, and whether they are surely late."""
    text, kind = TURNS[row.turn]
    if row.turn in _BOUND and row.next_due_latest and row.next_due_latest < timezone.localdate():
        return Tag(text=Bilingual(zh=f"{text.zh}，已逾期", en=f"{text.en}, late"), kind="bad")
    return Tag(text=text, kind=kind)


def case_row(row: QueueRow) -> Row:
    """Return a case as a row of a list."""
    system = row.case.system
    state = Tag(text=state_of(row.kind, row.state), kind="neutral" if row.final else "active")
    return Row(
        href=place_of("case_page", number=row.case.number),
        cells=(
            row.case.number,
            title_of(row.kind),
            Bilingual(zh=system.zh, en=system.en or system.zh) if system else "–",
            state,
            turn_tag(row),
            clock_name(row) if row.next_clock else "–",
            Days(first=row.next_due, last=row.next_due_latest) if row.next_due else "–",
            Days(first=row.last_on),
        ),
    )


def case_table(caption: Label, rows: Iterable[QueueRow], *, empty: Label | None = None) -> Table:
    """Return cases as a table; their case and its system should come with the same query."""
    return Table(caption=caption, columns=COLUMNS, rows=tuple(case_row(row) for row in rows), empty=empty)
