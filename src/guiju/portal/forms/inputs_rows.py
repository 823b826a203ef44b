"""More or fewer entries of a list, and files taken away: what the buttons `_add` and `_remove` of a form mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from guiju.portal.forms.inputs_entered import (
    LARGEST_ROW,
    MOST_ROWS,
    Entered,
    Sent,
    entered_from,
    entry_fields,
    row_name,
    rows,
    text,
)
from guiju.procedures.model import Field


def rearranged(fields: Iterable[Field], data: Sent) -> tuple[Entered, str] | None:
    """Carry out `_add` or `_remove`; None if neither was pressed, or not for one of these fields.

    Returns what is entered now and the name of the input to go on from.
    """
    listed = list(fields)
    entered = entered_from(data, listed)
    added, (removed, _, number) = text(data, "_add"), text(data, "_remove").partition(":")
    names = {name: field for field in listed for name, field in _all(field, field.name, entered)}
    if added in names and names[added].type == "list":
        return _with_one_more(entered, names[added], added)
    if removed in names and names[removed].type == "file" and not number:
        return {name: sent for name, sent in entered.items() if name != removed}, removed
    if removed in names and names[removed].type == "list" and number in entered.get(removed, []):
        gone = row_name(removed, int(number))
        kept = {name: sent for name, sent in entered.items() if name != gone and not name.startswith(f"{gone}-")}
        kept[removed] = [one for one in entered[removed] if one != number]
        return kept, removed
    return None


def _with_one_more(entered: Entered, field: Field, name: str) -> tuple[Entered, str]:
    """Number a new entry; a list of which nothing is known shows one empty entry already, numbered 0."""
    now = rows(entered, name) or [0]
    if len(now) >= MOST_ROWS:
        return entered, name
    number = max(now) + 1 if max(now) < LARGEST_ROW else min(set(range(MOST_ROWS + 1)) - set(now))
    more = {**entered, name: [str(one) for one in (*now, number)]}
    return more, entry_fields(replace(field, name=name), number, 1)[0][0]


def _all(field: Field, name: str, entered: Entered) -> Iterable[tuple[str, Field]]:
    yield name, field
    if field.type == "list":
        for place, number in enumerate(rows(entered, name), start=1):
            for inner_name, inner in entry_fields(replace(field, name=name), number, place):
                yield from _all(inner, inner_name, entered)
