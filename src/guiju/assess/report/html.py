"""The report as one self-contained HTML file: both languages, no address outside itself, made for screen and print."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from guiju.assess.assessment import Assessment
from guiju.assess.naming import STATUS
from guiju.assess.report import timeline
from guiju.assess.report.annex import Annex
from guiju.assess.report.cite import anchor
from guiju.assess.report.dates import distance
from guiju.assess.report.lines import SYMBOLS
from guiju.assess.report.page import Page, month_name, subject_title
from guiju.assess.report.proofs import readable
from guiju.assess.report.subjects import Names
from guiju.assess.report.view import View, view_of
from guiju.assess.report.words import say
from guiju.bilingual import Bilingual
from guiju.engine.questions import Question

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup


_HEAD = 40
"""Longest name in the running head of a printed page, in characters as wide as high."""


def render_html(assessment: Assessment, lang: str, questions: Sequence[Question]) -> str:
    """Print an assessment as HTML. Both languages are in the file; `lang` (zh or en) is the one it opens in."""
    view = view_of(assessment, questions)
    names = Names(assessment, view.sections)
    annex = Annex(assessment.rulebooks, assessment.norms)
    template = _environment().get_template("report.html.j2")
    return template.render(
        lang=lang,
        view=view,
        a=assessment,
        names=names,
        annex=annex,
        h=Page(view, names),
        running_head=_css_string(f"{timeline.cut(assessment.profile.organisation, _HEAD, 1)} · {assessment.as_of}"),
        file_name=Path(assessment.profile.file).name,
        pictures=_pictures(view),
    )


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
        b=both, say=_said, text=say, cell=_cell, status=STATUS, symbols=SYMBOLS, anchor=anchor, distance=distance,
        readable=readable, cut=timeline.cut, month_name=month_name, subject_title=subject_title,
    )  # fmt: skip
    return environment


@functools.lru_cache(maxsize=16384)
def both(text: Bilingual) -> Markup:
    """Write a text in both languages, of which one is shown; once if they are the same."""
    from markupsafe import Markup, escape

    if text.zh == text.en:
        return escape(text.zh)
    return Markup(f'<span lang="zh">{escape(text.zh)}</span><span lang="en">{escape(text.en)}</span>')


def _said(key: str, **values: object) -> Markup:
    return both(say(key, **values))


def _cell(key: str) -> Markup:
    """Name a cell of a table where it is stacked on a narrow screen and its head is not shown."""
    from markupsafe import Markup

    return Markup('<span class="inline-label" aria-hidden="true">{}</span>').format(_said(key))


def _css_string(text: str) -> str:
    """Write a text as a CSS string; whatever could end the string, the style or the line is escaped by number."""
    from markupsafe import Markup

    safe = "".join(c if c.isalnum() or c in " ·-." else f"\\{ord(c):06x}" for c in text)
    return Markup(f'"{safe}"')


def _pictures(view: View) -> dict[str, timeline.Picture] | None:
    if not view.dated:
        return None
    today = view.assessment.as_of
    return {
        "wide": timeline.lay_out(view.dated, today, timeline.WIDE),
        "narrow": timeline.lay_out(view.dated, today, timeline.NARROW),
    }
