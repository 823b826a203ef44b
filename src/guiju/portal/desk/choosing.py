"""What somebody has chosen to see of a list, kept in its address; what an address says wrongly counts as not said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Self
from urllib.parse import urlencode

_LAST_PAGE = 100_000


@dataclass(frozen=True, slots=True)
class Choosing:
    """Choices with their defaults; every subclass adds its own, all texts."""

    page: int = 1

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Self:
        """Read the choices from an address."""
        names = {one.name for one in fields(cls)} - {"page"}
        # PostgreSQL refuses texts with a zero byte.
        texts = {name: text.replace("\0", "").strip() for name, text in given.items() if name in names}
        page = given.get("page", "")
        number = int(page) if page.isascii() and page.isdigit() and len(page) <= len(str(_LAST_PAGE)) else 1
        return cls(**texts, page=max(1, number)).checked()

    def checked(self) -> Self:
        """Return them with what cannot be chosen set back."""
        return self

    def address(self, path: str, **changes: Any) -> str:
        """Return the address of the list with some choices changed; whatever changes, it begins at its first page."""
        wanted = replace(self, **{"page": 1, **changes})
        values = {one.name: (getattr(wanted, one.name), one.default) for one in fields(wanted)}
        said = {name: value for name, (value, default) in values.items() if value != default}
        return f"{path}?{urlencode(said)}" if said else path
