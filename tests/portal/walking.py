"""What the walk over all routes needs to know about them: the things in their addresses, and which show one thing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from guiju.portal.cases.models import Case
from guiju.portal.organisations.models import Organisation, System


@dataclass(frozen=True)
class Things:
    """The things near those who ask: an organisation in Zhejiang, its system, its filing there."""

    company: Organisation
    system: System
    case: Case


ARGUMENTS: dict[str, Callable[[Things], dict[str, Any]]] = {
    "account_confirm_email": lambda _: {"key": "abc"},
    "account_reset_password_from_key": lambda _: {"uidb36": "1", "key": "abc"},
    "mfa_remove_webauthn": lambda _: {"pk": 1},
    "mfa_edit_webauthn": lambda _: {"pk": 1},
    "case": lambda things: {"number": things.case.number},
}
"""The arguments of each route that has some."""

SHOWS: dict[str, tuple[str, ...]] = {
    "case": ("owner", "filer", "reader", "reviewer", "head"),
}
"""Routes whose page is about one thing, and the roles that see it: 200 for those near it, 404 for all elsewhere."""
