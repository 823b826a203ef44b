"""A list that a person fills in: groups of fields, one group for each entry, of which there may be more or fewer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from guiju.portal.look.components.fields import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatedField(Field):
    """Entries one below the other. Adding and removing are buttons that send the form: `_add`, `_remove`.

    `entries`: the number of each entry and its fields. A hidden input with the name of the field says which numbers
    there are, because check boxes that are not ticked say nothing. `full`: no further entry fits.
    """

    template: ClassVar[str] = "repeated_field.html"
    entries: tuple[tuple[int, tuple[Field, ...]], ...]
    full: bool = False

    @property
    def target(self) -> str:
        """The first input of the first entry."""
        return self.entries[0][1][0].target if self.entries else self.id

    @property
    def inner(self) -> tuple[Field, ...]:
        """The fields of all entries."""
        return tuple(field for _, fields in self.entries for field in fields)

    @property
    def numbered(self) -> tuple[tuple[int, int, tuple[Field, ...]], ...]:
        """Each entry's place as people count, its number, and its fields."""
        return tuple((place, number, fields) for place, (number, fields) in enumerate(self.entries, start=1))
