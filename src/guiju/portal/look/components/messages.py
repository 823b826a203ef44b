"""What a page says to the person at its top: what went wrong, what was done, what to mind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from guiju.portal.look.components.base import Component, Label
from guiju.portal.look.components.fields import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One thing to mend; `target` is the id of the input, empty where it concerns no single field."""

    text: Label
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorSummary(Component):
    """All mistakes of a form, each a link to its field. The keyboard starts here unless `focus` is switched off."""

    template: ClassVar[str] = "error_summary.html"
    mistakes: tuple[Mistake, ...]
    id: str = "errors"
    level: int = 2
    focus: bool = True

    @classmethod
    def of(cls, fields: tuple[Field, ...]) -> ErrorSummary | None:
        """Gather the errors of fields in their order; None where there is none."""
        mistakes = tuple(_mistakes(fields))
        return cls(mistakes=mistakes) if mistakes else None


def _mistakes(fields: tuple[Field, ...]) -> Iterator[Mistake]:
    for one in fields:
        if one.error:
            yield Mistake(text=one.error, target=one.target)
        yield from _mistakes(one.inner)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification(Component):
    """A message in a frame. `mark` is shown large: the number of a receipt, say. `id` is unique on the page."""

    template: ClassVar[str] = "notification.html"
    id: str
    title: Label
    text: Label | None = None
    kind: Literal["information", "success", "warning", "failure"] = "information"
    mark: str = ""
    parts: tuple[Component, ...] = ()
    level: int = 2

    @property
    def shape(self) -> str:
        """The shape that goes with the kind, so that it is not told by colour alone."""
        return {"information": "dot", "success": "check", "warning": "triangle", "failure": "cross"}[self.kind]
