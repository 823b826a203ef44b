"""The worksheet as one self-contained HTML form: to be filled in on screen and printed, or on paper."""

from __future__ import annotations

from pathlib import Path

from guiju.assess.report.cite import Citations
from guiju.assess.report.markup import render, running_head
from guiju.assess.report.view import status_of
from guiju.assess.worksheet.sheet import Standing, Worksheet
from guiju.assess.worksheet.text import WEIGHTS
from guiju.bilingual import Bilingual
from guiju.law.address import Address


class _Form:
    """What the shared pieces of the templates ask for. A form shows no provisions, so that citations are no links."""

    def __init__(self, sheet: Worksheet) -> None:
        self.common: dict[object, int] = {}
        self.open_readings: frozenset[str] = frozenset()
        self._sheet = sheet
        self.cite: Citations = sheet.cite

    def href(self, _: Address) -> None:
        return None

    def questions(self, standing: Standing) -> list[tuple[str, Bilingual]]:
        """The missing facts with their questions."""
        return [(fact, self._sheet.proofs.question(fact)) for fact in standing.missing]

    def systems(self, standing: Standing) -> str:
        """Name the systems, unless they are all there are."""
        names = [subject.name for subject in standing.subjects if subject.kind == "system"]
        return " · ".join(names) if 0 < len(names) < len(self._sheet.subjects) else ""

    def status(self) -> Bilingual:
        """Say whether the law is in force."""
        assessment = self._sheet.assessment
        return status_of(assessment.books.book(self._sheet.address.law), assessment.as_of)


def render_html(sheet: Worksheet, lang: str) -> str:
    """Print a worksheet as HTML. Both languages are in the file; `lang` (zh or en) is the one it opens in."""
    form = _Form(sheet)
    assessment = sheet.assessment
    return render(
        "fine.html.j2",
        lang=lang,
        sheet=sheet,
        a=assessment,
        h=form,
        view=form,
        annex=form,
        weights=WEIGHTS,
        running_head=running_head(assessment.profile.organisation, assessment.as_of),
        file_name=Path(assessment.profile.file).name,
    )
