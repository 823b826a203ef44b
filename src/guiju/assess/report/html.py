"""The report as one self-contained HTML file: both languages, no address outside itself, made for screen and print."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from guiju.assess.assessment import Assessment
from guiju.assess.naming import STATUS
from guiju.assess.report import timeline
from guiju.assess.report.annex import Annex
from guiju.assess.report.cite import anchor
from guiju.assess.report.dates import distance
from guiju.assess.report.lines import SYMBOLS, Line, rows
from guiju.assess.report.proofs import readable
from guiju.assess.report.subjects import Names
from guiju.assess.report.view import View, view_of
from guiju.assess.report.words import say
from guiju.engine.questions import Question
from guiju.engine.vocabulary import Bilingual

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup


def render_html(assessment: Assessment, lang: str, questions: Sequence[Question]) -> str:
    """Print an assessment as HTML. Both languages are in the file; `lang` (zh or en) is the one it opens in."""
    view = view_of(assessment, questions)
    names = Names(assessment, view.sections)
    annex = Annex(assessment.rulebooks, assessment.norms)
    helpers = _Helpers(view, annex)
    template = _environment().get_template("report.html.j2")
    return template.render(
        lang=lang,
        view=view,
        a=assessment,
        names=names,
        annex=annex,
        h=helpers,
        running_head=_css_string(f"{assessment.profile.organisation} · {assessment.as_of}"),
        pictures=_pictures(view),
    )


@functools.cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - not needed by other printers

    environment = Environment(
        loader=PackageLoader("guiju.assess"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        b=both, say=_said, anchor=anchor, distance=distance, readable=readable, rows=rows, status=STATUS, cut=timeline.cut,
        symbols=SYMBOLS, text=say,
    )  # fmt: skip
    return environment


def both(text: Bilingual) -> Markup:
    """Write a text in both languages, of which one is shown; once if they are the same."""
    from markupsafe import Markup, escape  # noqa: PLC0415 - comes with jinja2

    if text.zh == text.en:
        return escape(text.zh)
    return Markup('<span class="zh" lang="zh-CN">{}</span><span class="en" lang="en">{}</span>').format(text.zh, text.en)


def _said(key: str, **values: object) -> Markup:
    return both(say(key, **values))


def _css_string(text: str) -> str:
    """Write a text as a CSS string; whatever could end the string, the style or the line is escaped by number."""
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2

    safe = "".join(c if c.isalnum() or c in " ·-." else f"\\{ord(c):06x}" for c in text)
    return Markup(f'"{safe}"')  # noqa: S704 - every character but letters, digits and four signs is escaped


def _pictures(view: View) -> dict[str, timeline.Picture] | None:
    if not view.dated:
        return None
    today = view.assessment.as_of
    return {
        "wide": timeline.lay_out(view.dated, today, timeline.WIDE),
        "narrow": timeline.lay_out(view.dated, today, timeline.NARROW),
    }


class _Helpers:
    """Small questions that the templates ask about the view."""

    def __init__(self, view: View, annex: Annex) -> None:
        self._view = view
        self._annex = annex

    def why(self, line: Line) -> Any:
        """The outline of a finding's proof."""
        return self._view.proofs.outline(line.finding.because)

    def party(self, key: str | None) -> Bilingual | None:
        """The name of a party."""
        party = self._view.assessment.books.parties.get(key or "")
        return party.label if party else None

    def state(self, line: Line) -> Bilingual:
        """The word for the state of a line."""
        return say(f"state_{line.state}")

    def mark_label(self, mark: timeline.Mark, lang: str, room: float, size: float) -> str:
        """What stands beside a mark: the day and the first provision, with the number of others."""
        first = mark.lines[0].cite.get(lang).replace("《", "").replace("》", "")
        more = f" +{len(mark.lines) - 1}" if len(mark.lines) > 1 else ""
        day = f"{mark.day:%m-%d} "
        taken = timeline.width(day + more, size)
        return day + timeline.cut(first, room - taken, size) + more

    def idle(self) -> list[tuple[Any, list[tuple[Bilingual, list[Any]]]]]:
        """What does not apply, norm by norm, its subjects gathered by reason."""
        found: dict[str, tuple[Any, dict[tuple[str, str], tuple[Bilingual, list[Any]]]]] = {}
        for finding in self._view.idle:
            reason = self._view.proofs.reason(finding.because)
            _, reasons = found.setdefault(finding.norm.key, (finding.norm, {}))
            reasons.setdefault((reason.zh, reason.en), (reason, []))[1].append(finding.subject)
        return [(norm, list(reasons.values())) for norm, reasons in found.values()]
