"""Links in a cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.html import format_html_join

from guiju.portal.look.components import Component, Label, Link, said


@dataclass(frozen=True, slots=True, kw_only=True)
class Links(Component):
    """Several links, one behind the other."""

    template: ClassVar[str] = ""
    links: tuple[Link, ...]

    @classmethod
    def of(cls, *links: tuple[Label, str]) -> Links:
        """Make it of words and addresses."""
        return cls(links=tuple(Link(label=label, href=href) for label, href in links))

    def __str__(self) -> str:
        return format_html_join(" · ", '<a href="{}">{}</a>', ((link.href, said(link.label)) for link in self.links))
