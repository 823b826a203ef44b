"""Buttons, and the attributes by which htmx changes a part of a page instead of the whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from guiju.portal.look.components.base import Component, Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Htmx(Component):
    """Attributes of a link or form: where its answer goes (`target`, a CSS selector) and how it is put there.

    The address stays that of the link or form itself, so that without scripts the same happens to the whole page.
    `select` takes only that part of the answer; `trigger` sends a form at other moments than when it is sent by hand.
    Where the address changes (`push`), the language switch changes with it, so that it still keeps the page.
    """

    template: ClassVar[str] = "htmx.html"
    target: str
    swap: Literal["innerHTML", "outerHTML", "beforeend", "afterend", "none"] = "outerHTML"
    select: str = ""
    trigger: str = ""
    push: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Button(Component):
    """A button that sends its form, or with `href` a link that looks like one. `warning`: it cannot be undone."""

    template: ClassVar[str] = "button.html"
    label: Label
    kind: Literal["primary", "secondary", "warning"] = "primary"
    name: str = ""
    value: str = ""
    href: str = ""
