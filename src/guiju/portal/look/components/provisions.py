"""References to provisions: a citation in words, the address beside it, a link to where it can be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from guiju.bilingual import Bilingual
from guiju.law.address import Address
from guiju.law.citation import format_citation
from guiju.portal.look.components.base import Component, Label


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionLink(Component):
    """A provision as a link. Without `href` (no text was imported, say) it is words alone."""

    template: ClassVar[str] = "provision_link.html"
    address: str
    words: Label
    href: str = ""
    gist: Label | None = None
    show_address: bool = True


def cite(
    address: Address,
    *,
    title: Bilingual | None = None,
    href: Callable[[Address], str] | None = None,
    gist: Bilingual | None = None,
) -> ProvisionLink:
    """Cite a provision in both languages; `title` is that of its law, `href` gives the page where it is read."""
    words = Bilingual(
        zh=format_citation(address, "zh", title.zh if title else None),
        en=format_citation(address, "en", title.en if title else None),
    )
    return ProvisionLink(address=str(address), words=words, href=href(address) if href else "", gist=gist)
