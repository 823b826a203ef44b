"""Who may see what of a case: the case as a whole, its fields, and what may stand in a letter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from guiju.procedures.model import ANYBODY, CaseType, Field, Transition


def may_see(kind: CaseType, role: str) -> bool:
    """Tell whether a role may see cases of this type at all."""
    return ANYBODY in kind.visible_to or role in kind.visible_to


def visible_fields(kind: CaseType, fields: Mapping[str, Any], role: str) -> dict[str, Any]:
    """Return those fields that a role may see: without what is confidential, for the public side and outsiders.

    Of a list whose entries have confidential fields, the rest of each entry is shown.
    """
    if not may_see(kind, role):
        return {}
    if _trusted(kind.side_of(role)):
        return dict(fields)
    known = kind.fields
    return {name: _open_part(known[name], value) for name, value in fields.items() if not known[name].confidential}


def hidden_from(kind: CaseType, party: str, names: Iterable[str], transition: Transition | None = None) -> list[str]:
    """Return which of the fields, and inputs of an act, a letter to a party must not show.

    A list counts where one field of its entries is confidential. Names that the case type does not have are left out.
    """
    if _trusted(kind.parties[party].side):
        return []
    inputs = transition.inputs if transition is not None else {}
    known = {**kind.fields, **inputs}
    return [name for name in dict.fromkeys(names) if name in known and is_confidential(known[name])]


def is_confidential(field: Field) -> bool:
    """Tell whether a field, or any field of its entries, is confidential."""
    return field.confidential or any(is_confidential(entry) for entry in field.entries)


def _trusted(side: str | None) -> bool:
    return side in ("applicant", "authority")


def _open_part(field: Field, value: Any) -> Any:
    if not isinstance(value, list) or not is_confidential(field):
        return value
    open_ = {entry.name: entry for entry in field.entries if not entry.confidential}
    return [{name: _open_part(open_[name], one) for name, one in entry.items() if name in open_} for entry in value]
