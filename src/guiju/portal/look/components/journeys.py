"""Ways through time: the steps before a person, and the acts of a case behind it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar, Literal

from guiju.portal.look.components.base import Component, Label
from guiju.portal.look.components.provisions import ProvisionLink
from guiju.portal.look.components.states import Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step. With `href` it can be gone to; `error` marks one that must be mended."""

    label: Label
    state: Literal["done", "current", "ahead", "error"] = "ahead"
    href: str = ""
    note: Label | None = None

    @property
    def shape(self) -> str:
        """The name of the shape that goes with the state; a number stands for what is ahead."""
        return {"done": "check", "error": "triangle"}.get(self.state, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stepper(Component):
    """The steps of a journey, in order."""

    template: ClassVar[str] = "stepper.html"
    label: Label
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link with its words; `note` follows it (kind and size of a file, say)."""

    label: Label
    href: str
    note: Label | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act of a case: when, what, by whom, with the letters that went out and the provision that it rests on.

    `parts` stand under the text: what was given with the act, say.
    """

    when: dt.datetime | dt.date
    title: Label
    by: Label | None = None
    text: Label | None = None
    tag: Tag | None = None
    parts: tuple[Component, ...] = ()
    letters: tuple[Link, ...] = ()
    cites: tuple[ProvisionLink, ...] = ()

    @property
    def has_time(self) -> bool:
        """Whether the hour is known, not only the day."""
        return isinstance(self.when, dt.datetime)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline(Component):
    """The acts of a case in the order given. `level` is that of their headings."""

    template: ClassVar[str] = "timeline.html"
    acts: tuple[Act, ...]
    level: int = 3
