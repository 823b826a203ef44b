"""The worksheet for a terminal, or to be printed and filled in by hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from guiju.assess.naming import STATUS
from guiju.assess.report.proofs import Point, readable
from guiju.assess.report.terminal import console, printed
from guiju.assess.report.words import say
from guiju.assess.worksheet.sheet import Bearing, Case, Standing, Step, Threat, Worksheet
from guiju.bilingual import Bilingual
from guiju.engine.findings import Subject
from guiju.engine.norms import Norm

if TYPE_CHECKING:
    from rich.console import Console

WEIGHTS = ("aggravating", "neutral", "mitigating")
BOX = "[ ]"
_MARKS = {True: "✓", False: "✗"}
_LINE = "_" * 40


def render_text(sheet: Worksheet, lang: str, *, width: int | None, colour: bool) -> str:
    """Print a worksheet for the terminal, `width` columns wide (None: as wide as the terminal is)."""
    out = console(width, colour=colour)
    _Printer(out, sheet, lang).everything()
    return printed(out)


class _Printer:
    def __init__(self, out: Console, sheet: Worksheet, lang: str) -> None:
        self.out = out
        self.sheet = sheet
        self.lang = lang

    def everything(self) -> None:
        self.head()
        self.range()
        self.to_establish()
        self.bearings("bars", self.sheet.bars)
        self.bearings("lessens", self.sheet.lessens)
        self.factors()
        self.bearings("milder", self.sheet.milder)
        self.result()
        self.remedies()
        self.out.print()
        self.out.print(self.word("worksheet_made"), style="dim")

    def word(self, key: str, **values: object) -> str:
        return say(key, **values).get(self.lang)

    def label(self, key: str) -> str:
        return self.word(key) + self.word("colon")

    def title(self, key: str) -> None:
        self.out.print()
        self.out.print(self.word(key), style="bold")

    def indented(self, text: str, by: int = 2) -> None:
        from rich.padding import Padding

        self.out.print(Padding(text, (0, 0, 0, by)))

    def cited(self, norm: Norm) -> str:
        return self.sheet.cite.short(norm.address).get(self.lang)

    def hanging(self, mark: str, text: str, by: int = 2) -> None:
        """Print a text beside its mark; Chinese has no blanks at which the line could break after the mark."""
        from rich.padding import Padding
        from rich.table import Table

        grid = Table.grid(padding=(0, 1, 0, 0))
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        grid.add_row(mark, text)
        self.out.print(Padding(grid, (0, 0, 0, by)))

    def head(self) -> None:
        sheet = self.sheet
        self.out.print(f"{self.word('made_by')} · {self.word('worksheet')} · {sheet.assessment.as_of}", style="dim")
        self.out.print(sheet.assessment.profile.organisation, style="bold")
        self.out.print(self.label("sanction_provision") + sheet.cite.full(sheet.address).get(self.lang))
        self.out.print(self.label("concerning") + self.called(sheet.subjects))
        self.out.print(self.label("case_number") + _LINE)
        self.out.print(self.label("provision_broken") + _LINE)
        if sheet.breached:
            self.indented(self.word("leads_here", n=len(sheet.breached)))

    def called(self, subjects: Iterable[Subject]) -> str:
        return ("、" if self.lang == "zh" else ", ").join(subject.name for subject in subjects)

    def range(self) -> None:
        self.title("the_range")
        self.indented(self.word("the_range_about"))
        for threat in self.sheet.threats:
            self.indented(self.label(f"on_{threat.range.on}") + threat.range.words.get(self.lang))
            self.waits(threat)
        if self.sheet.besides:
            self.indented(self.label("besides"))
            for norm in self.sheet.besides:
                self.hanging(BOX, norm.gist.get(self.lang), by=4)

    def waits(self, threat: Threat) -> None:
        if threat.range.note is not None:
            self.indented(threat.range.note.get(self.lang), by=4)
        if threat.range.missing is not None:
            question = self.sheet.proofs.question(threat.range.missing).get(self.lang)
            self.indented(f"{self.label('upper_end_waits')}{question} {threat.range.missing}", by=4)

    def to_establish(self) -> None:
        self.title("to_establish")
        self.indented(self.word("to_establish_about"))
        for case in self.sheet.cases:
            self.case(case)

    def case(self, case: Case) -> None:
        on = dict.fromkeys(fine.on for norm in case.norms for fine in norm.fines)
        comma = "、" if self.lang == "zh" else ", "
        self.indented(self.label("condition_of") + comma.join(self.word(f"on_{one}") for one in on))
        for number, condition in enumerate(case.conditions, 1):
            for step in condition.steps:
                self.step(f"{number}.", step)
            self.indented(f"{BOX} {self.word('established')}  {BOX} {self.word('not_established')}  {_LINE}", by=7)

    def step(self, number: str, step: Step) -> None:
        whose = "" if len(step.subjects) == len(self.sheet.subjects) else f"  ({self.called(step.subjects)})"
        self.hanging(f"{number} {_mark(step.value)}", told(step.point, self.lang) + whose, by=4)
        self.below(step.point.below, 9)

    def below(self, points: Iterable[Point], by: int) -> None:
        for point in points:
            self.indented(told(point, self.lang), by)
            self.below(point.below, by + 2)

    def bearings(self, key: str, bearings: Iterable[Bearing]) -> None:
        found = list(bearings)
        if not found:
            return
        self.title(key)
        if key == "bars":
            self.indented(self.word("bars_about"))
        for bearing in found:
            self.hanging(BOX, bearing.norm.gist.get(self.lang))
            self.indented(self.cited(bearing.norm), by=6)
            for standing in bearing.standings:
                self.indented(self.standing(standing), by=6)

    def standing(self, standing: Standing) -> str:
        text = self.label("in_this_case") + STATUS[standing.status].get(self.lang)
        systems = [subject for subject in standing.subjects if subject.kind == "system"]
        if systems and len(systems) < len(self.sheet.subjects):
            text += f"  ({self.called(systems)})"
        return text + (f"  {self.word('holds_if', facts=', '.join(standing.missing))}" if standing.missing else "")

    def factors(self) -> None:
        self.title("factors")
        weighing = self.sheet.weighing
        if weighing is None:
            self.indented(self.word("no_factors"))
            return
        self.indented(self.word("factors_about", cite=self.sheet.cite.short(weighing.address)))
        boxes = "  ".join(f"{BOX} {self.word(weight)}" for weight in WEIGHTS)
        for factor in self.sheet.factors:
            number = self.sheet.cite.item(factor.address).get(self.lang)
            self.hanging(number, factor.gist.get(self.lang))
            self.indented(f"{self.label('finding')}{_LINE}", by=6)
            self.indented(f"{self.label('weight')}{boxes}", by=6)

    def result(self) -> None:
        self.title("result")
        self.indented(self.word("result_about"))
        for threat in self.sheet.threats:
            whom = say(f"on_{threat.range.on}")
            self.indented(self.word("sum_on", whom=whom) + self.word("colon") + _LINE)
        self.indented(self.label("reasons") + _LINE)

    def remedies(self) -> None:
        if self.sheet.remedies:
            self.title("remedies")
            for bearing in self.sheet.remedies:
                self.hanging(BOX, f"{bearing.norm.gist.get(self.lang)} {self.cited(bearing.norm)}")
                if bearing.norm.judgement is not None:
                    self.indented(bearing.norm.judgement.get(self.lang), by=6)
        self.out.print()
        for key in ("handled_by", "reviewed_by", "signed_on"):
            self.out.print(self.label(key) + _LINE)


def told(point: Point, lang: str) -> str:
    """Say a step of a proof in one line."""
    parts: list[Bilingual | None] = [point.text, point.answer]
    words = [part.get(lang) for part in parts if part is not None]
    if point.code is not None:
        words.append(f"[{readable(point.code) if point.kind == 'plain' else point.code}]")
    return " ".join(words)


def _mark(value: object) -> str:
    return _MARKS[value] if isinstance(value, bool) else "?"
