"""Who may see what of a case: the case as a whole, and its fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guiju.procedures.model import ANYBODY, CaseType


def may_see(kind: CaseType, role: str) -> bool:
    """Tell whether a role may see cases of this type at all."""
    return ANYBODY in kind.visible_to or role in kind.visible_to


def visible_fields(kind: CaseType, fields: Mapping[str, Any], role: str) -> dict[str, Any]:
    """Return those fields that a role may see: without the confidential ones for the public side and outsiders."""
    if not may_see(kind, role):
        return {}
    trusted = kind.side_of(role) in ("applicant", "authority")
    return {name: value for name, value in fields.items() if trusted or not kind.fields[name].confidential}
