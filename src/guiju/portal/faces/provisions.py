"""Provisions as the pages cite them: linked to where they are read."""

from __future__ import annotations

from collections.abc import Iterable

from guiju.bilingual import Bilingual
from guiju.law.address import Address
from guiju.portal.faces.books import rulebooks
from guiju.portal.faces.places import place_of
from guiju.portal.look.components import ProvisionLink, cite


def provision(address: str | Address, *, gist: Bilingual | None = None, show_law: bool = True) -> ProvisionLink:
    """Cite a provision with a link to the law reader; raises AddressError for what is no address."""
    parsed = address if isinstance(address, Address) else Address.parse(address)
    title = next((book.short for book in rulebooks().books if book.key == parsed.law), None)
    return cite(parsed, title=title if show_law else None, href=reading_place if title else None, gist=gist)


def provisions(addresses: Iterable[str | Address]) -> tuple[ProvisionLink, ...]:
    """Cite several provisions, each once."""
    return tuple(provision(one) for one in dict.fromkeys(str(one) for one in addresses))


def reading_place(address: Address) -> str:
    """Return where in the law reader a provision stands: its article's page, and its place on it."""
    article = place_of("law_article", law=address.law, article=address.article)
    return f"{article}#{anchor(address)}"


def anchor(address: Address) -> str:
    """Return the id under which a provision stands on the page of its article."""
    return str(address).replace(":", "-").replace(".", "-")
