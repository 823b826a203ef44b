"""Forms over the fields of case types: shown as components, read back into the values that procedures accept.

What was entered is kept as a form sends it, names with lists of texts (`Entered`), so that a draft can hold whatever a
person has written, also what is wrong or half done:

    values --write_inputs--> entered --show_inputs--> components ... a form is sent ... --read_inputs--> values, errors

Names of inputs are paths: `service_forms-0`, `staff-2-person`, `supply_by-year`. Errors are keyed by them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from guiju.bilingual import Bilingual
from guiju.portal.forms.inputs_entered import Entered, Sent, entered_from, written
from guiju.portal.forms.inputs_reading import Reading
from guiju.portal.forms.inputs_rows import rearranged
from guiju.portal.forms.inputs_showing import Showing
from guiju.portal.look.components import Field as Shown
from guiju.procedures.model import Field

__all__ = ["Entered", "entered_from", "fields_for", "read_inputs", "rearranged", "show_inputs", "write_inputs"]


def fields_for(
    fields: Iterable[Field], values: Mapping[str, Any], errors: Mapping[str, Bilingual] | None = None, **how: Any
) -> tuple[Shown, ...]:
    """Show fields with values as a case has them; `how` as in `show_inputs`."""
    listed = list(fields)
    return show_inputs(listed, write_inputs(listed, values), errors, **how)


def show_inputs(
    fields: Iterable[Field],
    entered: Sent,
    errors: Mapping[str, Bilingual] | None = None,
    *,
    prefix: str = "f",
    needed: Mapping[str, bool | None] | None = None,
    labels: Mapping[str, Bilingual] | None = None,
    notes: Mapping[str, Bilingual] | None = None,
) -> tuple[Shown, ...]:
    """Show fields with what was entered.

    `needed`: whether a field whose `required` is a condition is required by what is known now. `labels` names further
    fields on which conditions turn; `notes` say more at some of them. `prefix` begins the ids.
    """
    listed = list(fields)
    known = {**(labels or {}), **{field.name: field.label for field in listed}}
    return tuple(Showing(entered, errors or {}, prefix, needed or {}, known, notes or {}).of(field) for field in listed)


def read_inputs(
    fields: Iterable[Field], data: Sent, files: Mapping[str, str | Bilingual] | None = None
) -> tuple[dict[str, Any], dict[str, Bilingual]]:
    """Read what was entered: the values that fit, None for what was left empty, and an error for each that does not.

    `files`: for names of inputs to which a file was sent just now, the reference under which it is kept, or why it is
    not. Never raises for what a form may send. Whether something required is lacking is not looked at here, except
    within the entries of a list.
    """
    reading = Reading(data, files or {})
    values = {field.name: reading.of(field) for field in fields}
    wrong = {name.partition("-")[0] for name in reading.errors}
    return {name: value for name, value in values.items() if name not in wrong}, reading.errors


def write_inputs(fields: Iterable[Field], values: Mapping[str, Any]) -> Entered:
    """Write values as a form would send them."""
    entered: Entered = {}
    for field in fields:
        entered |= written(field, field.name, values.get(field.name))
    return entered
