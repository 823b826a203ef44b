"""What was entered in a form: names of inputs with the texts sent under them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.http import QueryDict

from guiju.bilingual import Bilingual
from guiju.procedures.model import Field

Entered = dict[str, list[str]]
Sent = Mapping[str, list[str]]
"""What a form sent: a QueryDict of Django, or what was kept of one."""
DATE_PARTS = ("year", "month", "day")
MOST_ROWS = 200
"""Entries of one list. Ours, not the law's: so that a form stays one that a person can send."""
MOST_NAMES = 4000
LARGEST_ROW = 99_999
_ROW = re.compile(r"[0-9]{1,5}")
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
REPLACED = "\ufffd"


def texts(data: Sent, name: str) -> list[str]:
    """Return what was sent under a name."""
    found: list[Any] = data.getlist(name) if isinstance(data, QueryDict) else data.get(name, [])
    return [clean(one) for one in found if isinstance(one, str)]


def text(data: Sent, name: str) -> str:
    """Return the last text sent under a name that is not empty; empty where there is none.

    An input for a file of which none was chosen sends an empty text beside the hidden one of the file that is kept.
    """
    found = [one for one in texts(data, name) if one]
    return found[-1] if found else ""


def clean(sent: str) -> str:
    """Put a text as we keep it: one kind of line end, nothing that no database takes (it is marked instead)."""
    return _UNKEEPABLE.sub(REPLACED, sent.replace("\r\n", "\n").replace("\r", "\n"))


def rows(data: Sent, name: str) -> list[int]:
    """Return the numbers of the entries of a list, in their order, each once; at most one more than are allowed."""
    found = dict.fromkeys(int(one) for one in texts(data, name) if _ROW.fullmatch(one))
    return list(found)[: MOST_ROWS + 1]


def row_name(name: str, number: int) -> str:
    """Name the input of an entry, or what the names of its inputs begin with."""
    return f"{name}-{number}"


def entry_fields(field: Field, number: int, place: int) -> list[tuple[str, Field]]:
    """Return the fields of an entry of a list with the names of their inputs. `place` is counted from 1."""
    name = row_name(field.name, number)
    if field.plain is None:
        return [(f"{name}-{entry.name}", entry) for entry in field.entries]
    label = Bilingual(zh=f"{field.label.zh} {place}", en=f"{field.label.en} {place}")
    plain = replace(
        field, type=field.plain, plain=None, label=label, help=None, cites=(), required=True, confidential=False
    )
    return [(name, plain)]


def entered_from(data: Sent, fields: Iterable[Field]) -> Entered:
    """Keep of what was sent that which belongs to the fields."""
    entered: Entered = {}
    for field in fields:
        _keep(data, field, field.name, entered)
    return entered


def _keep(data: Sent, field: Field, name: str, into: Entered) -> None:
    names = [f"{name}-{part}" for part in DATE_PARTS] if field.type == "date" else [name]
    for one in names:
        found = texts(data, one)
        if found and len(into) < MOST_NAMES:
            into[one] = found[: MOST_ROWS + 1] if field.type in ("list", "set") else [text(data, one)]
    if field.type == "list":
        for place, number in enumerate(rows(data, name), start=1):
            for inner_name, inner in entry_fields(replace(field, name=name), number, place):
                _keep(data, inner, inner_name, into)


def written(field: Field, name: str, value: Any) -> Entered:
    """Write one value as a form would send it."""
    if value is None:
        return {}
    match field.type:
        case "bool":
            return {name: ["yes" if value else "no"]}
        case "date":
            parts = str(value).split("-")
            return {f"{name}-{part}": [one] for part, one in zip(DATE_PARTS, parts, strict=False)}
        case "set":
            return {name: [str(one) for one in value]}
        case "list":
            return _written_list(field, name, value)
    return {name: [clean(str(value))]}


def _written_list(field: Field, name: str, value: Any) -> Entered:
    entered: Entered = {name: [str(number) for number in range(len(value))]}
    for number, one in enumerate(value):
        for inner_name, inner in entry_fields(replace(field, name=name), number, number + 1):
            entered |= written(inner, inner_name, one if field.plain else one.get(inner.name))
    return entered
