"""Lists of things and of facts: tables that become cards on a phone, pages of a list, facts with their names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Literal

from guiju.portal.look.components.base import Component, Label
from guiju.portal.look.components.controls import Htmx
from guiju.portal.look.components.journeys import Link
from guiju.portal.look.components.provisions import ProvisionLink

Cell = Label | Component | int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column. With `sort` (an address) its heading is a link that sorts; `sorted` is how it is sorted now.

    What is `unbroken`, like a case number, is not cut at the end of a line.
    """

    label: Label
    numeric: bool = False
    unbroken: bool = False
    sort: str = ""
    sorted: Literal["", "ascending", "descending"] = ""
    htmx: Htmx | None = None

    @property
    def css(self) -> str:
        """The classes of its cells."""
        return " ".join(
            name
            for name, wanted in (("gj-table__number", self.numeric), ("gj-table__unbroken", self.unbroken))
            if wanted
        )

    @property
    def shape(self) -> str:
        """The arrow that shows how it is sorted."""
        return {"ascending": "up", "descending": "down", "": "updown"}[self.sorted]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Cells in the order of the columns; the first names the row and leads to `href`."""

    cells: tuple[Cell, ...]
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Component):
    """A table with its caption; `empty` is said where it has no rows."""

    template: ClassVar[str] = "table.html"
    caption: Label
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: Label | None = None
    hide_caption: bool = False

    def __post_init__(self) -> None:
        """Refuse rows that do not fit the columns: a cell under the wrong heading is worse than none."""
        for number, row in enumerate(self.rows, start=1):
            if len(row.cells) != len(self.columns):
                raise ValueError(f"row {number} has {len(row.cells)} cells for {len(self.columns)} columns")

    @property
    def sortable(self) -> bool:
        """Whether a heading is a link; then headings stay visible on narrow screens too."""
        return any(column.sort for column in self.columns)

    @property
    def lines(self) -> tuple[tuple[Row, tuple[tuple[Column, Cell], ...]], ...]:
        """Each row with its cells beside their columns."""
        return tuple((row, tuple(zip(self.columns, row.cells, strict=True))) for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pagination(Component):
    """The pages of a list, from 1 to `pages`; `address` gives that of a page. One page alone shows no links."""

    template: ClassVar[str] = "pagination.html"
    page: int
    pages: int
    address: Callable[[int], str]
    label: Label | None = None
    items: int | None = None
    htmx: Htmx | None = None

    @property
    def shown(self) -> tuple[tuple[int | None, str], ...]:
        """Number and address of the first, the last and the pages around this one; None stands for a gap."""
        near = {1, self.pages, *range(self.page - 1, self.page + 2)}
        numbers = sorted(one for one in near if 1 <= one <= self.pages)
        shown: list[tuple[int | None, str]] = []
        for before, number in zip([0, *numbers], numbers, strict=False):
            if number - before > 2:  # noqa: PLR2004 - more than one page is left out
                shown.append((None, ""))
            elif number - before == 2:  # noqa: PLR2004 - a gap of one page is no shorter than the page
                shown.append((number - 1, self.address(number - 1)))
            shown.append((number, self.address(number)))
        return tuple(shown)

    @property
    def previous(self) -> str:
        """The address of the page before, empty on the first."""
        return self.address(self.page - 1) if self.page > 1 else ""

    @property
    def next(self) -> str:
        """The address of the page after, empty on the last."""
        return self.address(self.page + 1) if self.page < self.pages else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryRow:
    """A fact with its name, what can be done about it, and the provision that asks for it."""

    key: Label
    value: Cell
    actions: tuple[Link, ...] = ()
    cites: ProvisionLink | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryList(Component):
    """Facts with their names. A value of None is shown as unknown: unknown is not nothing."""

    template: ClassVar[str] = "summary_list.html"
    rows: tuple[SummaryRow, ...]
