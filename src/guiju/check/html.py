"""The result as one self-contained HTML file: both languages, no address outside itself, made for screen and print."""

from __future__ import annotations

import functools
from itertools import groupby
from typing import TYPE_CHECKING

from guiju.bilingual import Bilingual
from guiju.check.codes import SEVERITIES
from guiju.check.diagnostic import cite
from guiju.check.run import Result
from guiju.check.serial import counts, profile_name, profile_text
from guiju.check.words import read_as, say

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup


def render_html(result: Result, lang: str) -> str:
    """Print a result as HTML. Both languages are in the file; `lang` (zh or en) is the one it opens in."""
    groups = [(code, list(found)) for code, found in groupby(result.diagnostics, key=lambda d: d.code)]
    return _environment().get_template("check.html.j2").render(
        lang=lang,
        result=result,
        groups=groups,
        counts=counts(result),
        severities=SEVERITIES,
        file_name=profile_name,
        profile=functools.partial(profile_text, result),
    )  # fmt: skip


@functools.cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("guiju.check"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(b=both, say=_said, text=say, cite=cite, read_as=read_as)
    return environment


def both(text: Bilingual) -> Markup:
    """Write a text in both languages, of which one is shown; once if they are the same."""
    from markupsafe import Markup, escape

    if text.zh == text.en:
        return escape(text.zh)
    return Markup('<span lang="zh">{}</span><span lang="en">{}</span>').format(text.zh, text.en)


def _said(key: str) -> Markup:
    return both(say(key))
