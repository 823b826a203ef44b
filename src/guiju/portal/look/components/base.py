"""What every component is: a value that its own template shows, and the texts that it carries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.template.loader import get_template
from django.utils.translation import get_language

from guiju.bilingual import Bilingual

Label = Bilingual | str
"""A text in both languages, or one that is the same in both, like a name. Translated words of Django count as texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A part of a page. Whatever text it is given is escaped; only components stand in it as they are."""

    template: ClassVar[str]

    def __str__(self) -> str:
        text: str = get_template(f"look/components/{self.template}").render({"c": self})
        return text

    def __html__(self) -> str:
        return str(self)


def language() -> str:
    """Return the language that is being shown, `zh` or `en`."""
    return "en" if (get_language() or "zh").startswith("en") else "zh"


def said(value: Any) -> Any:
    """Return a text in the language that is being shown; a number in groups of three, nothing for None, the rest as is.

    Django itself would group Chinese numbers by four, as no table of figures is printed.
    """
    if isinstance(value, Bilingual):
        return value.get(language())
    if type(value) is int:
        return f"{value:,}"
    return "" if value is None else value
