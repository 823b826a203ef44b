"""The panel by which a list is narrowed: a form that asks with GET, so that every choice has an address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from guiju.portal.look.components.base import Component, Label
from guiju.portal.look.components.controls import Htmx
from guiju.portal.look.components.fields import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterChip:
    """A choice that narrows the list now; `without` is the address of the list without it."""

    label: Label
    without: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterPanel(Component):
    """Fields that narrow a list. `action` is the list's own path, `clear` that of the list without any choice.

    `hidden` carries on what is not a field here, such as the sorting.
    """

    template: ClassVar[str] = "filter_panel.html"
    id: str
    action: str
    fields: tuple[Field, ...]
    clear: str = ""
    chips: tuple[FilterChip, ...] = ()
    hidden: tuple[tuple[str, str], ...] = ()
    open: bool = True
    htmx: Htmx | None = None
