"""Which inputs of a form take files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from guiju.portal.forms.inputs_entered import Sent, entry_fields, rows
from guiju.procedures.model import Field


def file_fields(fields: Iterable[Field], data: Sent) -> dict[str, Field]:
    """Return the inputs that take a file by their names, also those within the entries of lists."""
    found: dict[str, Field] = {}
    for field in fields:
        _find(field, field.name, data, found)
    return found


def _find(field: Field, name: str, data: Sent, found: dict[str, Field]) -> None:
    if field.type == "file":
        found[name] = field
    if field.type == "list":
        for place, number in enumerate(rows(data, name), start=1):
            for inner_name, inner in entry_fields(replace(field, name=name), number, place):
                _find(inner, inner_name, data, found)
