"""How pages show the values of case types' fields: one cell for each type of field, whatever the page.

A value is plain JSON data as the interpreter keeps it (procedures/values.py); what is not given says so in words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.html import conditional_escape, format_html, format_html_join

from guiju.bilingual import Bilingual
from guiju.letters.saying import said as in_words
from guiju.portal.look.components import Column, Component, Label, Row, SummaryList, SummaryRow, Table, said
from guiju.portal.look.components.tables import Cell
from guiju.procedures.model import Field

__all__ = ["NOT_GIVEN", "FileLink", "Listing", "Paragraphs", "cell", "label_of"]

NOT_GIVEN = Bilingual(zh="未提供", en="not given")
_WIDEST = 3
"""So many fields of an entry stand side by side in a table; more stand one under the other."""

FilePlace = Callable[[str], str]
"""Gives the address under which a document can be fetched; empty where only its name is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Component):
    """Several cells, one under the other."""

    template: ClassVar[str] = ""
    cells: tuple[Cell, ...]

    def __str__(self) -> str:
        items = format_html_join("", "<li>{}</li>", ((said(one),) for one in self.cells))
        return format_html('<ul class="gj-listing">{}</ul>', items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraphs(Component):
    """A text as somebody wrote it, its lines kept apart."""

    template: ClassVar[str] = ""
    text: str

    def __str__(self) -> str:
        lines = [line.strip() for line in self.text.splitlines() if line.strip()]
        return format_html_join("", "<p>{}</p>", ((line,) for line in lines))


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLink(Component):
    """A document by its name, with a link where it can be fetched."""

    template: ClassVar[str] = ""
    name: str
    href: str

    def __str__(self) -> str:
        return format_html('<a href="{}" download>{}</a>', self.href, self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Labelled(Component):
    """What a cell says, and whether it is confidential: said in words beside the value."""

    template: ClassVar[str] = ""
    cell: Cell
    note: Label

    def __str__(self) -> str:
        shown = conditional_escape(said(self.cell))
        return format_html('{} <span class="gj-confidential gj-soft">{}</span>', shown, said(self.note))


_CONFIDENTIAL = Bilingual(zh="（保密）", en="(confidential)")


def cell(field: Field, value: Any, *, file_place: FilePlace | None = None, mark: bool = False) -> Cell:
    """Show a value of a field; one that is not given says so.

    `file_place` finds where a document is fetched; `mark` says of a confidential field that it is one.
    """
    shown = _shown(field, value, file_place)
    return _Labelled(cell=shown, note=_CONFIDENTIAL) if mark and field.confidential else shown


def label_of(field: Field) -> Bilingual:
    """Name a field at the head of a line: in English with a capital letter."""
    return Bilingual(zh=field.label.zh, en=field.label.en[:1].upper() + field.label.en[1:])


def _shown(field: Field, value: Any, place: FilePlace | None) -> Cell:
    if value is None or value in ("", []):
        return NOT_GIVEN
    match field.type:
        case "list":
            return _list(field, value, place)
        case "set":
            return _several([field.choices.get(one, str(one)) for one in value])
        case "file":
            return _file(str(value), place)
        case "text":
            return Paragraphs(text=value) if "\n" in value.strip() else str(value)
        case "date":
            return str(value)
        case "count":
            return int(value)
        case "choice":
            return field.choices.get(value, str(value))
    return in_words(field, value)


def _list(field: Field, values: list[Any], place: FilePlace | None) -> Cell:
    if field.plain is not None:
        one = Field(field.name, field.plain, field.label, field.cites, field.line, choices=field.choices)
        return _several([_shown(one, value, place) for value in values])
    if len(field.entries) > _WIDEST:
        return Listing(cells=tuple(_entry(field, value, place) for value in values))
    columns = tuple(Column(label=label_of(entry), numeric=entry.type in ("count", "money")) for entry in field.entries)
    rows = tuple(
        Row(cells=tuple(_shown(entry, value.get(entry.name), place) for entry in field.entries)) for value in values
    )
    return Table(caption=label_of(field), hide_caption=True, columns=columns, rows=rows)


def _entry(field: Field, value: Mapping[str, Any], place: FilePlace | None) -> Cell:
    return SummaryList(
        rows=tuple(
            SummaryRow(key=label_of(entry), value=_shown(entry, value.get(entry.name), place))
            for entry in field.entries
            if value.get(entry.name) is not None
        )
    )


def _several(cells: list[Cell]) -> Cell:
    return cells[0] if len(cells) == 1 else Listing(cells=tuple(cells))


def _file(reference: str, place: FilePlace | None) -> Cell:
    href = place(reference) if place else ""
    name = reference.rpartition("/")[2] or reference
    return FileLink(name=name, href=href) if href else name
