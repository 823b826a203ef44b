"""The report for a terminal: what is overdue, what is due, what always holds, what is open, what it may cost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from guiju.assess.assessment import Assessment
from guiju.assess.report.dates import distance
from guiju.assess.report.lines import STAGES, Line
from guiju.assess.report.readings import OpenReading
from guiju.assess.report.subjects import Names
from guiju.assess.report.terminal import console, printed
from guiju.assess.report.timeline import cut
from guiju.assess.report.view import View, view_of
from guiju.assess.report.words import say
from guiju.engine.findings import Subject
from guiju.engine.questions import Question
from guiju.law.address import Address

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

QUESTIONS_TOLD = 5
DATES_TOLD = 20


def render_text(
    assessment: Assessment, lang: str, questions: Sequence[Question], *, width: int | None, colour: bool
) -> str:
    """Print an assessment for the terminal, `width` columns wide (None: as wide as the terminal is)."""
    out = console(width, colour=colour)
    _Printer(out, view_of(assessment, questions), lang).everything()
    return printed(out)


class _Printer:
    def __init__(self, console: Console, view: View, lang: str) -> None:
        self.console = console
        self.view = view
        self.lang = lang
        self.a = view.assessment
        self.names = Names(view.assessment, view.sections)

    def everything(self) -> None:
        self.head()
        self.notices()
        self.dates()
        self.unmet()
        self.systems()
        self.standing()
        self.questions()
        self.exposure()
        self.hints()

    def word(self, key: str, **values: object) -> str:
        return say(key, **values).get(self.lang)

    def title(self, text: str, count: int | None = None) -> None:
        self.console.print()
        self.console.print(text if count is None else f"{text} ({count:,})", style="bold")

    def grid(self, *columns: str) -> Table:
        from rich.table import Table

        table = Table(box=None, pad_edge=False, show_header=any(columns), header_style="dim", padding=(0, 2, 0, 0))
        for column in columns:
            table.add_column(column, overflow="fold")
        return table

    def head(self) -> None:
        self.console.print(f"{self.word('made_by')} · {self.word('report')} · {self.a.as_of}", style="dim")
        self.console.print(self.a.profile.organisation, style="bold")
        for book in self.a.rulebooks:
            status = self.view.status_of(book).get(self.lang)
            self.console.print(self.word("in_brackets", text=book.title, note=status))
        v = self.view
        figures = [
            ("n_overdue", len(v.overdue)), ("n_unmet", len(v.unmet)), ("n_dated", len(v.own_dated)),
            ("n_binding", len(v.binding)), ("n_awaiting", len(v.awaiting)), ("n_in_proceedings", len(v.in_proceedings)),
        ]  # fmt: skip
        self.console.print()
        self.console.print(" · ".join(self.word("figure", name=say(key), n=count) for key, count in figures))

    def notices(self) -> None:
        for open_ in self.view.notices:
            self.console.print()
            self.console.print(f"! {open_.reading.question.get(self.lang)}", style="bold yellow")
            self.labelled("notice_here", open_.reading.candidates[open_.chosen].get(self.lang))
            for phrase, cited, subjects in self.added(open_):
                self.labelled(phrase, f"{cited} — {self.called(subjects)}")

    def added(self, reading: OpenReading) -> list[tuple[str, str, list[Subject]]]:
        """What another reading would add, the provisions for the same systems together."""
        found: dict[tuple[object, ...], tuple[str, dict[Address, None], list[Subject]]] = {}
        for change in reading.adds:
            phrase = "notice_else" if change.binds else "notice_may"
            entry = found.setdefault((phrase, *change.subjects), (phrase, {}, change.subjects))
            entry[1].update(dict.fromkeys(norm.address for norm in change.norms))
        return [(phrase, self.view.cite.listed(cited).get(self.lang), who) for phrase, cited, who in found.values()]

    def labelled(self, key: str, text: str) -> None:
        self.indented(self.word(key) + self.word("colon") + text)

    def indented(self, text: str, by: int = 2) -> None:
        from rich.padding import Padding

        self.console.print(Padding(text, (0, 0, 0, by)))

    def dates(self) -> None:
        self.title(self.word("all_dates"), len(self.view.dated))
        if not self.view.dated:
            self.console.print(self.word("no_dates"))
            return
        table = self.grid(self.word("date"), self.word("status"), self.word("what"))
        table.columns[0].no_wrap = table.columns[1].no_wrap = True
        for line in self.view.dated[:DATES_TOLD]:
            style = "bold red" if line.state == "overdue" else None
            table.add_row(self.day(line), self.state(line), self.what(line), style=style)
        self.console.print(table)
        if len(self.view.dated) > DATES_TOLD:
            self.console.print(self.word("and_more", n=len(self.view.dated) - DATES_TOLD))

    def day(self, line: Line) -> str:
        assert line.when is not None
        first, last = line.when.first, line.when.last
        return f"{last}" if first is None else f"{first}\n– {last}"

    def state(self, line: Line) -> str:
        text = f"{line.symbol} {self.word(f'state_{line.state}')}"
        if line.when is not None and line.when.provisional:
            text += f" ({self.word('provisional')})"
        if line.state == "open" or line.day is None:
            return text
        return f"{text}\n{distance(line.day, self.a.as_of).get(self.lang)}"

    def what(self, line: Line) -> str:
        gist = line.norm.gist.get(self.lang)
        if line.part == "authorities":
            gist = f"[{self.party(line.norm.bearer)}] {gist}"
        place = line.cite.get(self.lang)
        return f"{gist}\n{place}" if self.names.single else f"{gist}\n{place} · {self.called([line.finding.subject])}"

    def party(self, key: str | None) -> str:
        party = self.a.books.parties.get(key or "")
        return party.label.get(self.lang) if party else ""

    def called(self, subjects: Sequence[Subject]) -> str:
        if self.names.are_all_systems(subjects):
            return self.word("all_systems", n=len(subjects))
        tags = [self.names.tag(s) or self.names.full(s).get(self.lang) for s in subjects]
        return ("、" if self.lang == "zh" else ", ").join(cut(tag, 40, 1) for tag in tags)

    def unmet(self) -> None:
        if self.view.unmet:
            self.title(f"✗ {self.word('n_unmet')}", len(self.view.unmet))
            for line in self.view.unmet:
                self.indented(self.what(line))

    def systems(self) -> None:
        if self.names.single:
            return
        self.title(self.word("systems"), len(self.names.systems))
        keys = ("system", "users_count", "n_binding", "n_overdue", "next_date", "n_awaiting")
        table = self.grid(*(self.word(key) for key in keys))
        for index in (1, 2, 3, 5):
            table.columns[index].justify = "right"
        for s in (s for s in self.view.sections if s.subject.kind == "system"):
            tag = self.names.tag(s.subject)
            name = cut(s.subject.name, 40, 1)
            users = self.word("unknown") if s.users is None else f"{s.users:,}"
            coming = str(s.next.day) if s.next else "–"
            name = f"{tag} {name}" if tag else name
            table.add_row(name, users, str(s.duties), str(s.overdue), coming, str(s.awaiting))
        self.console.print(table)

    def standing(self) -> None:
        lines = [line for line in self.view.binding if line.day is None and line.state != "unmet"]
        self.title(self.word("undated"), len(lines))
        blocks = [(stage, [x for x in lines if x.part == "duties" and x.norm.stage == stage]) for stage in STAGES]
        for name, block in (*blocks, ("prohibitions", [x for x in lines if x.part == "prohibitions"])):
            if block:
                self.console.print()
                self.console.print(f"{self.word(name)} ({len(block):,})", style="underline")
                self.console.print(self.by_article(block))

    def by_article(self, lines: Iterable[Line]) -> Table:
        """One row an article: how many norms it holds, and the gist of the first."""
        found: dict[Address, list[Line]] = {}
        for line in lines:
            found.setdefault(Address(line.norm.address.law, line.norm.address.article), []).append(line)
        table = self.grid("", "", "")
        table.columns[0].no_wrap = True
        table.columns[1].no_wrap, table.columns[1].overflow, table.columns[1].ratio = True, "ellipsis", 1
        table.columns[2].no_wrap, table.columns[2].justify = True, "right"
        table.expand = True
        for article in sorted(found):
            norms = {line.norm.key: line.norm for line in found[article]}
            more = f"+{len(norms) - 1}" if len(norms) > 1 else ""
            gist = next(iter(norms.values())).gist
            table.add_row(self.view.cite.short(article).get(self.lang), gist.get(self.lang), more)
        return table

    def questions(self) -> None:
        if self.view.awaiting:
            self.title(self.word("awaiting_short", n=len(self.view.awaiting)))
            self.asked()
        if self.view.in_proceedings:
            self.console.print()
            self.console.print(self.word("in_proceedings_short", n=len(self.view.in_proceedings)))

    def asked(self) -> None:
        for number, ask in enumerate(self.view.asks[:QUESTIONS_TOLD], start=1):
            self.console.print(f"{number}. {ask.question.question.get(self.lang)}")
            about = [ask.question.fact, self.called(ask.subjects)]
            if round(ask.decides):
                about.append(self.word("decides", n=round(ask.decides)))
            self.indented(" · ".join(about), by=3)
        if len(self.view.asks) > QUESTIONS_TOLD:
            self.console.print(self.word("more_questions", n=len(self.view.asks) - QUESTIONS_TOLD))

    def exposure(self) -> None:
        fined = [threat for threat in self.view.threats if threat.ranges]
        self.title(self.word("exposure"))
        if not fined:
            self.console.print(self.word("no_exposure"))
            return
        table = self.grid(self.word("provision"), self.word("range_of_fine"), self.word("on_whom"), self.word("tied"))
        table.columns[3].justify = "right"
        for threat in fined:
            for one in threat.ranges:
                words = one.words.get(self.lang) + (f"\n{one.note.get(self.lang)}" if one.note else "")
                cite = self.view.cite.short(threat.norm.address).get(self.lang)
                table.add_row(cite, words, self.word(f"on_{one.on}"), str(len(threat.breached)))
        self.console.print(table)

    def hints(self) -> None:
        self.console.print()
        rest = [self.word("does_not_apply_short", n=len(self.view.idle))]
        if self.view.exempt:
            rest.append(self.word("exempt_short", n=len(self.view.exempt)))
        if self.view.readings:
            rest.append(self.word("readings_short", n=len(self.view.readings)))
        self.console.print(("" if self.lang == "zh" else " ").join(rest))
        self.console.print(self.word("more_in_html"))
        self.console.print(self.word("disclaimer"), style="dim")
