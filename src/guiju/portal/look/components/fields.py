"""Fields of forms: what is asked, why, what was entered, what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Literal

from guiju.portal.look.components.base import Component, Label
from guiju.portal.look.components.provisions import ProvisionLink

_NOT_IN_AN_ID = re.compile(r"[^\w-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(Component):
    """What all fields have. `cites` is the provision for which it is asked; `optional` is written beside the label.

    `prefix` tells fields of the same name apart where two forms stand on one page.
    """

    name: str
    label: Label
    hint: Label | None = None
    error: Label | None = None
    cites: ProvisionLink | None = None
    optional: bool = False
    prefix: str = "f"

    @property
    def id(self) -> str:
        """The id of the first input: where a label and a link from the error summary lead."""
        return f"{self.prefix}-{_NOT_IN_AN_ID.sub('-', self.name)}"

    @property
    def target(self) -> str:
        """The id to which a link from the error summary leads."""
        return self.id

    @property
    def inner(self) -> tuple[Field, ...]:
        """The fields that stand within this one."""
        return ()

    @property
    def described_by(self) -> str:
        """The ids of hint, error and what else describes the input, as aria-describedby wants them; may be empty."""
        parts = {"hint": self.hint or self.cites, "error": self.error, **self.also_described}
        return " ".join(f"{self.id}-{part}" for part, text in parts.items() if text)

    @property
    def also_described(self) -> dict[str, object]:
        """The ends of further ids that describe the input, each with whether (what) it says."""
        return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class TextField(Field):
    """A line of text, or with `rows` several. `width` is in characters, for values whose length is known."""

    template: ClassVar[str] = "text_field.html"
    value: str = ""
    kind: Literal["text", "email", "tel", "url", "search", "password"] = "text"
    rows: int = 0
    width: Literal[0, 4, 10, 20, 30] = 0
    longest: int | None = None
    autocomplete: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberField(Field):
    """A number, as the person wrote it, with its unit. Not `type=number`: a turn of the wheel must not change it."""

    template: ClassVar[str] = "number_field.html"
    value: str = ""
    unit: Label | None = None
    decimal: bool = False

    @property
    def also_described(self) -> dict[str, object]:
        """The unit is read out with the number."""
        return {"unit": self.unit}


@dataclass(frozen=True, slots=True, kw_only=True)
class DateField(Field):
    """A day in three parts, as the person wrote them. `wrong` names the parts that the error means, if not all."""

    template: ClassVar[str] = "date_field.html"
    year: str = ""
    month: str = ""
    day: str = ""
    wrong: frozenset[Literal["year", "month", "day"]] = frozenset()

    def is_wrong(self, part: Literal["year", "month", "day"]) -> bool:
        """Whether this part is to be marked."""
        return bool(self.error) and (not self.wrong or part in self.wrong)

    @property
    def parts(self) -> tuple[tuple[str, str, str, bool], ...]:
        """Name, id, value and whether it is wrong, of year, month and day; the first has the id of the field."""
        return (
            ("year", self.id, self.year, self.is_wrong("year")),
            ("month", f"{self.id}-month", self.month, self.is_wrong("month")),
            ("day", f"{self.id}-day", self.day, self.is_wrong("day")),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer among several."""

    value: str
    label: Label
    hint: Label | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choosing(Field):
    options: tuple[Option, ...]

    @property
    def numbered(self) -> tuple[tuple[str, Option, bool], ...]:
        """The id of each input, its option, whether it is chosen; the first has the id of the field."""
        ids = (self.id, *(f"{self.id}-{number}" for number in range(2, len(self.options) + 1)))
        return tuple((one, option, self.is_chosen(option)) for one, option in zip(ids, self.options, strict=False))

    def is_chosen(self, option: Option) -> bool:
        """Whether this option is chosen."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceField(_Choosing):
    """One answer of several: radio buttons, in one row if `inline`, or a list that opens if `listed` (many options)."""

    template: ClassVar[str] = "choice_field.html"
    value: str = ""
    inline: bool = False
    listed: bool = False

    def is_chosen(self, option: Option) -> bool:
        """Whether this option is the value."""
        return option.value == self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class SetField(_Choosing):
    """Any number of answers: check boxes."""

    template: ClassVar[str] = "set_field.html"
    values: frozenset[str] = frozenset()

    def is_chosen(self, option: Option) -> bool:
        """Whether this option is among the values."""
        return option.value in self.values


@dataclass(frozen=True, slots=True, kw_only=True)
class FileField(Field):
    """A file to send. `accept` lists endings (.pdf); `largest` is said in words; `kept` names what was sent before.

    `reference` stands for what was sent before in a hidden input, so that the form need not send it again; with it the
    file can be removed.
    """

    template: ClassVar[str] = "file_field.html"
    accept: tuple[str, ...] = ()
    largest: Label | None = None
    multiple: bool = False
    kept: tuple[Label | Component, ...] = ()
    reference: str = ""

    @property
    def also_described(self) -> dict[str, object]:
        """Kinds and size of file are read out before one is chosen."""
        return {"limits": self.accept or self.largest}
