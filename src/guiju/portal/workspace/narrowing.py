"""Long lists, page by page, with what narrows them in the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from guiju.portal.look.components import ChoiceField, FilterChip, FilterPanel, Htmx, Label, Option, Pagination

PAGE = 50
RESULTS = Htmx(target="#main", select="#main")


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow a list: its name in the address, what it is called, and what can be chosen."""

    name: str
    label: Label
    options: tuple[Option, ...]


class Narrowing:
    """What an address says about how a list is narrowed; what is none of the options counts as not said."""

    def __init__(self, request: HttpRequest, choices: Sequence[Choice]) -> None:
        self.path, self.choices = request.path, choices
        self.given: dict[str, str] = {}
        for choice in choices:
            value = request.GET.get(choice.name, "")
            if value and value in {option.value for option in choice.options}:
                self.given[choice.name] = value

    def get(self, name: str) -> str:
        """Return the value chosen, empty where none is."""
        return self.given.get(name, "")

    def address(self, **changes: str | int) -> str:
        """Return the address of the list narrowed otherwise; an empty value takes a choice away."""
        query = {name: value for name, value in {**self.given, **changes}.items() if value != ""}
        return f"{self.path}?{urlencode(query)}" if query else self.path

    def panel(self, identity: str = "narrow") -> FilterPanel:
        """Return the panel above the list."""
        return FilterPanel(
            id=identity,
            action=self.path,
            fields=tuple(
                ChoiceField(
                    prefix="n",
                    name=one.name,
                    label=one.label,
                    options=one.options,
                    value=self.get(one.name),
                    listed=True,
                )
                for one in self.choices
            ),
            chips=tuple(
                FilterChip(label=option.label, without=self.address(**{one.name: ""}))
                for one in self.choices
                for option in one.options
                if option.value and option.value == self.get(one.name)
            ),
            clear=self.path,
            htmx=RESULTS,
        )

    def page(self, request: HttpRequest, things: Sequence[Any] | QuerySet[Any]) -> tuple[Any, Pagination]:
        """Return the page that the address asks for, and the links to the others; a page beyond the end is the last."""
        page = Paginator(things, PAGE).get_page(request.GET.get("page"))
        links = Pagination(
            page=page.number,
            pages=page.paginator.num_pages,
            address=lambda number: self.address(page=number),
            items=page.paginator.count,
            htmx=RESULTS,
        )
        return page, links
