"""Several components where one is expected: a list in a cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.template.loader import get_template

from guiju.portal.look.components import Component


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain(Component):
    """Several components where one is expected: a list in a cell."""

    template: ClassVar[str] = "chain.html"
    parts: tuple[Component, ...]

    def __str__(self) -> str:
        """Show it with the template of this room."""
        text: str = get_template("reader/chain.html").render({"c": self})
        return text
