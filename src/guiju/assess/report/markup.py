"""The templates of this room, and the small pieces of markup that all its pages use."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from guiju.assess.naming import STATUS
from guiju.assess.report import timeline
from guiju.assess.report.cite import anchor
from guiju.assess.report.dates import distance
from guiju.assess.report.lines import SYMBOLS
from guiju.assess.report.page import month_name, subject_title
from guiju.assess.report.proofs import readable
from guiju.assess.report.words import joined, say
from guiju.bilingual import Bilingual

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_HEAD = 40
"""Longest name in the running head of a printed page, in characters as wide as high."""
_BLANK_LINES = re.compile(r"\n\s*\n")


def render(template: str, **values: object) -> str:
    """Fill a template."""
    return _BLANK_LINES.sub("\n", _environment().get_template(template).render(**values))


def running_head(organisation: str, day: object) -> str:
    """Write what stands at the top of each printed sheet, as a CSS string."""
    return _css_string(f"{timeline.cut(organisation, _HEAD, 1)} · {day}")


@functools.cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("guiju.assess"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        b=both, say=_said, label=_label, text=say, cell=_cell, status=STATUS, symbols=SYMBOLS, anchor=anchor,
        distance=distance, readable=readable, cut=timeline.cut, month_name=month_name, subject_title=subject_title,
    )  # fmt: skip
    return environment


@functools.lru_cache(maxsize=16384)
def both(text: Bilingual) -> Markup:
    """Write a text in both languages, of which one is shown; once if they are the same.

    A page holds some ten thousand such pairs, so that the shortest element that HTML has for it is used.
    """
    from markupsafe import Markup, escape

    if text.zh == text.en:
        return escape(text.zh)
    return Markup(f"<i lang=zh>{escape(text.zh)}</i><i lang=en>{escape(text.en)}</i>")


def _said(key: str, **values: object) -> Markup:
    return both(say(key, **values))


def _label(key: str) -> Markup:
    """Write what stands before a value, with its colon."""
    return both(joined(say(key), say("colon")))


def _cell(key: str) -> Markup:
    """Name a cell of a table where it is stacked on a narrow screen and its head is not shown."""
    from markupsafe import Markup

    return Markup('<span class="inline-label" aria-hidden="true">{}</span>').format(_said(key))


def _css_string(text: str) -> str:
    """Write a text as a CSS string; whatever could end the string, the style or the line is escaped by number."""
    from markupsafe import Markup

    safe = "".join(c if c.isalnum() or c in " ·-." else f"\\{ord(c):06x}" for c in text)
    return Markup(f'"{safe}"')
