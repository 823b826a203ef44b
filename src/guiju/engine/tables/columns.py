"""The columns that conditions read: one a fact, one an event measure; what is NULL, or has no column, is unknown."""

from __future__ import annotations

import ibis
from ibis.expr import datatypes as types
from ibis.expr import types as ir

_EXPECTED = {
    "bool": "boolean",
    "number": "an integer or a decimal (floating-point numbers are not exact)",
    "text": "string",
    "set": "array<string>",
}
_UNKNOWN = {"bool": "boolean", "number": "int64", "text": "string", "set": "array<string>"}


class TableError(ValueError):
    """A table does not have the form that conditions need; the message names column, type and what to do."""


def column(table: ir.Table, name: str, type_: str) -> ir.Value:
    """Return a table's column for a fact or measure of the type bool, number, text or set.

    A column that the table lacks is unknown in every row. Raises TableError where the column has another type.
    """
    if name not in table.columns:
        return ibis.null(_UNKNOWN[type_])
    found = table[name]
    kind = found.type()
    if kind.is_null():
        return found.cast(_UNKNOWN[type_])
    if not _fits(kind, type_):
        raise TableError(f"column `{name}` is {kind}; it should be {_EXPECTED[type_]}: cast it before asking")
    return found


def _fits(kind: types.DataType, type_: str) -> bool:
    if type_ == "bool":
        return bool(kind.is_boolean())
    if type_ == "number":
        return bool(kind.is_integer() or kind.is_decimal())
    if type_ == "text":
        return bool(kind.is_string())
    return bool(kind.is_array() and kind.value_type.is_string())
