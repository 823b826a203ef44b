"""Compose a letter: what is written, filled with the case as it stood right after the act that sends it. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import msgspec

from guiju.bilingual import Bilingual
from guiju.calendar.days import WorkCalendar
from guiju.law.numerals import format_numeral
from guiju.letters.conditions import LetterSituation
from guiju.letters.dates import clock_row
from guiju.letters.matter import Matter
from guiju.letters.model import Given, Letter, Row, Section, WrittenLetter, WrittenPart
from guiju.letters.problems import LetterReport, one_problem
from guiju.letters.saying import both, capital, cited, said, said_lines
from guiju.letters.shelf import Shelf
from guiju.procedures.case import Case, Event, LetterSent
from guiju.procedures.model import CaseType, Field
from guiju.procedures.values import seen

_CHECK_LENGTH = 16
_KEPT_BACK = Bilingual(zh="（保密，已收到）", en="(confidential; received)")
_MODEL = Bilingual(
    zh="《{title}》是学术示范文本，没有法律效力；本文书仅供演示。",
    en="The {title} is a scholarly model without force of law; this letter is a demonstration.",
)


def compose(
    case: Case,
    kind: CaseType,
    event: Event,
    sent: LetterSent,
    *,
    shelf: Shelf,
    calendar: WorkCalendar,
    number: str,
    named: Mapping[str, Bilingual] = MappingProxyType({}),
) -> Letter:
    """Compose a letter that an event of a case sent; `number` is the case's, unless the case has been given one.

    `kind` is the version that the case pins. `named`: the authorities' own names, by what the law calls them (the
    provincial authority: that of Zhejiang). Raises LetterError where the letter is faulty or needs what the case does
    not have.
    """
    matter = Matter(case, kind, event, sent, shelf=shelf, calendar=calendar, number=number, named=named)
    return _Composition(shelf.get(kind.law, sent.name), matter).letter()


def check_code(case_number: str, event: Event, sent: LetterSent) -> str:
    """Derive the check code of a letter from its event: whoever holds the case can verify a paper by it."""
    content = msgspec.json.encode([case_number, msgspec.to_builtins(event), sent.name, sent.to], order="deterministic")
    digest = hashlib.sha256(content).hexdigest()[:_CHECK_LENGTH].upper()
    return " ".join(digest[at : at + 4] for at in range(0, _CHECK_LENGTH, 4))


@dataclass(slots=True)
class _Composition:
    """One letter while it is being composed: what it shows, what it cites, and what it would need and lacks."""

    written: WrittenLetter
    matter: Matter
    given: list[Given] = field(default_factory=list)
    provisions: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)

    def letter(self) -> Letter:
        written, matter = self.written, self.matter
        self._check_types()
        self._cite(written.cites)
        title = self._filled(written.title, written.cites)
        sections = tuple(section for part in written.body for section in self._sections(part))
        if self.lacking:
            names = ", ".join(f"`{name}`" for name in dict.fromkeys(self.lacking))
            raise one_problem("no_value", written.file, letter=written.name, names=names)
        named_by, recipient = matter.recipient
        if named_by is not None:
            self._note(named_by, recipient)
        return Letter(
            name=written.name,
            number=matter.letter_number,
            mark=written.mark,
            case_number=matter.case_number,
            procedure=matter.kind.title,
            check=check_code(matter.case_number, matter.event, matter.sent),
            title=title,
            authority=capital(matter.authority),
            recipient=recipient if named_by is not None else capital(recipient),
            date=matter.event.on,
            sections=_numbered(sections),
            provisions=cited(self.provisions, matter.shelf),
            notice=_notice(matter),
            given=tuple(self.given),
        )

    def _check_types(self) -> None:
        report = LetterReport(self.written.file)
        for name, type_ in self.written.mentions.items():
            found = self.matter.fields.get(name)
            if found is not None and found.type != type_:
                report.add("other_type", 0, self.matter.kind.key, name=name, found=found.type, expected=type_)
        report.raise_if_any()

    def _situation(self) -> LetterSituation:
        matter = self.matter
        mentioned = {name: matter.fields[name] for name in self.written.mentions if name in matter.fields}
        facts = {name: seen(field_, matter.value(name)) for name, field_ in mentioned.items()}
        known = {name: value for name, value in facts.items() if value is not None}
        return LetterSituation({**known, **matter.facts()}, matter.event.on, self.written.size)

    # ---- Texts

    def _cite(self, cites: Iterable[str]) -> None:
        self.provisions.extend(self.matter.addresses(cites))

    def _note(self, field_: Field, text: Bilingual) -> None:
        self.given.append(Given(field_.name, field_.label, text))

    def _filled(self, text: Bilingual, cites: Iterable[str]) -> Bilingual:
        """Fill in a text; only its own braces are looked at, never those of what is filled in."""
        matter = self.matter
        known = {**matter.texts(), "provisions": cited(matter.addresses(cites), matter.shelf)}
        for name in self.written.mentions:
            if f"{{{name}}}" not in text.en:
                continue
            value = matter.value(name)
            if value is None:
                self.lacking.append(name)
                known[name] = both("")
            else:
                known[name] = said(matter.fields[name], value)
                self._note(matter.fields[name], known[name])
        return Bilingual(
            zh=text.zh.format_map({name: value.zh for name, value in known.items()}),
            en=text.en.format_map({name: value.en for name, value in known.items()}),
        )

    # ---- Parts

    def _sections(self, part: WrittenPart) -> Iterator[Section]:
        if part.when is not None and self._situation().value(part.when) is not True:
            return
        section = self._section(part)
        if section is not None:
            self._cite(part.cites)
            yield section
        elif part.needed:
            self.lacking.append(" / ".join(part.names) or part.content)

    def _section(self, part: WrittenPart) -> Section | None:
        heading = self._filled(part.heading, part.cites) if part.heading is not None else None
        match part.content:
            case "paragraph":
                assert part.text is not None
                return Section(heading, paragraphs=(self._filled(part.text, part.cites),))
            case "prose":
                lines = tuple(line for name in part.names for line in self._lines(name))
                return Section(heading, paragraphs=lines) if lines else None
            case "values":
                rows = tuple(self._rows(part))
                return Section(heading, rows=rows) if rows else None
            case "missing_items":
                items = tuple(self._item(field_) for field_ in self.matter.missing())
                return Section(heading, items=items) if items else None
            case "dates":
                rows = tuple(self._dates(part.of))
                return Section(heading, rows=rows) if rows else None
            case "remedy":
                return Section(heading, paragraphs=(self._remedy(part.of),))

    def _lines(self, name: str) -> tuple[Bilingual, ...]:
        value, field_ = self.matter.value(name), self.matter.fields.get(name)
        if value is None or field_ is None:
            return ()
        lines = said_lines(field_, value)
        for line in lines:
            self._note(field_, line)
        return lines

    def _rows(self, part: WrittenPart) -> Iterator[Row]:
        elsewhere = self._named_elsewhere()
        for name in part.names or self.matter.changed(part.of):
            field_ = self.matter.fields.get(name)
            if field_ is None or (not part.names and name in elsewhere):
                continue
            if field_.confidential and not part.names:
                yield Row(capital(field_.label), (_KEPT_BACK,))
                continue
            lines = self._lines(name)
            if lines:
                yield Row(capital(field_.label), lines)

    def _named_elsewhere(self) -> set[str]:
        """Return the names that the letter shows by name, so that no value is said twice."""
        body = self.written.body
        texts = [part.text.en for part in body if part.text is not None]
        spoken_of = {name for name in self.written.mentions for text in texts if f"{{{name}}}" in text}
        return {"case_number"} | spoken_of | {name for part in body for name in part.names}

    def _item(self, field_: Field) -> Bilingual:
        where, label = cited(field_.cites, self.matter.shelf), capital(field_.label)
        return Bilingual(zh=f"{label.zh}（{where.zh}）", en=f"{label.en} ({where.en})")

    def _dates(self, of: str) -> Iterator[Row]:
        matter = self.matter
        for view in matter.clocks(of):
            self._cite(view.clock.cites)
            where = cited(view.clock.cites, matter.shelf, short=True)
            yield clock_row(view, matter.standing, where, matter.calendar, for_now=of == "act_for_now")

    def _remedy(self, tone: str) -> Bilingual:
        matter = self.matter
        remedy = matter.shelf.remedy(matter.kind.law, matter.transition.cites)
        self._cite(remedy.cites)
        return self._filled(remedy.decision if tone == "decision" else remedy.notice, remedy.cites)


def _notice(matter: Matter) -> Bilingual | None:
    """Say of a law that is only a model that it is one."""
    law = matter.law
    if law.status != "model":
        return None
    return Bilingual(zh=_MODEL.zh.format(title=law.title.zh), en=_MODEL.en.format(title=law.title.en))


def _numbered(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Number the headings as letters do: 一、 in Chinese, 1. in English; a single one needs no number."""
    if sum(section.heading is not None for section in sections) < 2:  # noqa: PLR2004 - two are what needs order
        return sections
    found, number = [], 0
    for section in sections:
        if section.heading is None:
            found.append(section)
            continue
        number += 1
        heading = Bilingual(zh=f"{format_numeral(number)}、{section.heading.zh}", en=f"{number}. {section.heading.en}")
        found.append(replace(section, heading=heading))
    return tuple(found)
