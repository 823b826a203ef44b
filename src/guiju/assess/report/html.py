"""The report as one self-contained HTML file: both languages, no address outside itself, made for screen and print."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from guiju.assess.assessment import Assessment
from guiju.assess.report import timeline
from guiju.assess.report.annex import Annex
from guiju.assess.report.backlinks import Backlinks
from guiju.assess.report.markup import render, running_head
from guiju.assess.report.page import Page
from guiju.assess.report.subjects import Names
from guiju.assess.report.view import View, view_of
from guiju.assess.report.wording import Wordings
from guiju.engine.questions import Question
from guiju.law.provisions import Text


def render_html(assessment: Assessment, lang: str, questions: Sequence[Question], texts: Sequence[Text] = ()) -> str:
    """Print an assessment as HTML. Both languages are in the file; `lang` (zh or en) is the one it opens in.

    `texts` are the imported texts of the laws, from which the annex quotes.
    """
    view = view_of(assessment, questions)
    names = Names(assessment, view.sections)
    wordings = Wordings(texts, assessment.rulebooks)
    annex = Annex(assessment.rulebooks, assessment.norms, wordings, Backlinks(view, names))
    return render(
        "report.html.j2",
        lang=lang,
        view=view,
        a=assessment,
        names=names,
        annex=annex,
        h=Page(view, names),
        running_head=running_head(assessment.profile.organisation, assessment.as_of),
        file_name=Path(assessment.profile.file).name,
        pictures=_pictures(view),
    )


def _pictures(view: View) -> dict[str, timeline.Picture] | None:
    if not view.dated:
        return None
    today = view.assessment.as_of
    return {
        "wide": timeline.lay_out(view.dated, today, timeline.WIDE),
        "narrow": timeline.lay_out(view.dated, today, timeline.NARROW),
    }
