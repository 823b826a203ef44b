"""What the templates of the page ask for, beyond the view that all printers share."""

from __future__ import annotations

import calendar
import datetime as dt
import functools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from guiju.assess.report import timeline
from guiju.assess.report.exposure import Threat
from guiju.assess.report.lines import OWN, STAGES, Line, Part, Row, rows
from guiju.assess.report.proofs import Point
from guiju.assess.report.sections import Section
from guiju.assess.report.subjects import Names
from guiju.assess.report.view import View
from guiju.assess.report.words import same, say
from guiju.bilingual import Bilingual
from guiju.engine.findings import Subject
from guiju.engine.norms import Norm
from guiju.law.address import Address

Reasons = list[tuple[Bilingual, list[Subject]]]

_ORDER: tuple[Part, ...] = (
    "duties", "prohibitions", "rights", "roles", "conditions", "exemptions", "authorities", "powers", "others",
    "state", "sanctions",
)  # fmt: skip
_TITLES: dict[Part, str] = {
    "duties": "own_duties", "others": "others_duties", "state": "state_duties", "exemptions": "exempt",
    "sanctions": "own_sanctions",
}  # fmt: skip
_BLOCKS = ("roles", *STAGES, "prohibitions")
_TOLD_BY_SYSTEM = OWN | {"roles"}
_MANY = 8
"""So many findings must share a step of their proofs for it to be told apart from them."""
_TIMELESS = ("standing", "waiting")


@dataclass(slots=True)
class Alike:
    """Lines of one norm that read the same for several systems."""

    why: tuple[Point, ...]
    lines: list[Line] = field(default_factory=list)


class Page:
    """Answers to what the templates ask about a view."""

    def __init__(self, view: View, names: Names) -> None:
        self._view = view
        self._names = names
        self.asked = {ask.question.fact for ask in view.asks}
        self.open_readings = {reading.reading.id for reading in view.readings}

    def why(self, line: Line) -> tuple[Point, ...]:
        """Return the outline of a finding's proof."""
        return self._view.proofs.outline(line.finding.because, line.norm.defines)

    @functools.cached_property
    def common(self) -> dict[Point, int]:
        """Number the steps that many findings rest on, the commonest first; each is told in full only once."""
        binding = [line for line in self._view.applying if line.part in _TOLD_BY_SYSTEM]
        told = dict.fromkeys((line.norm.key, point) for line in binding for point in self.why(line))
        times = Counter(point for _, point in told if point.can_be_brief)
        return {point: n for n, (point, count) in enumerate(times.most_common(), 1) if count >= _MANY}

    def by_law(self, lines: Iterable[Line]) -> list[tuple[Bilingual, list[Line]]]:
        """Sort lines by law, one for each provision."""
        found: dict[str, dict[Address, Line]] = {}
        for line in lines:
            found.setdefault(line.norm.rulebook, {}).setdefault(line.norm.address, line)
        books = self._view.assessment.books
        return [(books.book(key).short, list(first.values())) for key, first in found.items()]

    def party(self, key: str | None) -> Bilingual | None:
        """Name a party."""
        party = self._view.assessment.books.parties.get(key or "")
        return party.label if party else None

    def state(self, line: Line) -> Bilingual:
        """Give the word for the state of a line."""
        return say(f"state_{line.state}")

    def roles(self, section: Section) -> list[Bilingual]:
        """Name the roles of a system that have a name."""
        named = [self.party(line.norm.defines) for line in section.roles]
        return list(dict.fromkeys(name for name in named if name is not None))

    def by_part(self, undetermined: Sequence[Line]) -> list[tuple[Bilingual, tuple[Row, ...]]]:
        """Group what is undetermined by what it is, the organisation's own first."""
        found = []
        for part in _ORDER:
            lines = [line for line in undetermined if line.part == part]
            if lines:
                found.append((say(_TITLES.get(part, part)), rows(lines)))
        return found

    def by_missing(self, row: Row) -> list[list[Line]]:
        """Group the lines of a norm by the facts that are missing."""
        found: dict[tuple[str, ...], list[Line]] = {}
        for line in row.lines:
            found.setdefault(tuple(line.finding.missing), []).append(line)
        return list(found.values())

    def idle_by_law(self) -> list[tuple[Bilingual, int, list[tuple[Reasons, list[Norm]]]]]:
        """List what does not apply, law by law; norms that fall away for the same reasons stand together."""
        norms: dict[str, tuple[Norm, dict[tuple[str, str], tuple[Bilingual, list[Subject]]]]] = {}
        for finding in self._view.idle:
            reason = self._view.proofs.reason(finding.because, finding.norm.defines)
            _, reasons = norms.setdefault(finding.norm.key, (finding.norm, {}))
            reasons.setdefault((reason.zh, reason.en), (reason, []))[1].append(finding.subject)
        found = []
        for book in self._view.assessment.rulebooks:
            own = [(norm, list(reasons.values())) for norm, reasons in norms.values() if norm.rulebook == book.key]
            alike: dict[str, tuple[Reasons, list[Norm]]] = {}
            for norm, why in own:
                alike.setdefault(str(why), (why, []))[1].append(norm)
            if own:
                found.append((book.title, len(own), list(alike.values())))
        return found

    @functools.cached_property
    def _shared(self) -> tuple[Line, ...]:
        """The lines that are told norm by norm where systems are many: those without a date of their own."""
        if self._names.single:
            return ()
        lines = (line for line in self._view.applying if line.part in _TOLD_BY_SYSTEM)
        return tuple(line for line in lines if line.finding.subject.kind == "system" and line.state in _TIMELESS)

    @property
    def shared_count(self) -> int:
        """How many norms are told once for all systems."""
        return len({line.norm.key for line in self._shared})

    def shared(self) -> list[tuple[str, tuple[Row, ...]]]:
        """List the norms told once for all systems: roles, duties by stage, prohibitions."""
        blocks = [(name, [line for line in self._shared if _block_of(line) == name]) for name in _BLOCKS]
        return [(name, rows(lines)) for name, lines in blocks if lines]

    def blocks(self, section: Section) -> list[tuple[str, int, list[tuple[str, tuple[Line, ...]]], list[Line]]]:
        """List what a section holds: title, count, groups of lines, and lines that are told elsewhere."""
        shared = {line.number for line in self._shared}
        whole: list[tuple[str, list[tuple[str, tuple[Line, ...]]]]] = [("roles", [("", section.roles)])]
        for stage in section.stages:
            groups = [("with_date", stage.dated), ("when_it_happens", stage.waiting), ("standing", stage.standing)]
            whole.append((stage.name, groups))
        whole.append(("prohibitions", [("", section.prohibitions)]))
        found = []
        for title, groups in whole:
            lines = [line for _, group in groups for line in group]
            here = [(name, tuple(line for line in group if line.number not in shared)) for name, group in groups]
            elsewhere = [line for line in lines if line.number in shared]
            if lines:
                found.append((title, len(lines), [(name, group) for name, group in here if group], elsewhere))
        return found

    def subjects(self, row: Row) -> list[Subject]:
        """List the subjects of a row."""
        return [line.finding.subject for line in row.lines]

    def alike(self, row: Row) -> list[Alike]:
        """Gather the lines of a norm that have the same proof, clock and readings."""
        found: dict[object, Alike] = {}
        for line in row.lines:
            why = self.why(line)
            key = (str(why), str(line.when), line.finding.fulfilment, str(line.finding.readings))
            found.setdefault(key, Alike(why)).lines.append(line)
        return list(found.values())

    def fined(self, on: str) -> list[Threat]:
        """List the sanctions with a fine on the organisation, or on individuals."""
        return [threat for threat in self._view.threats if any(r.on == on for r in threat.ranges)]

    def unfined(self) -> list[Threat]:
        """List the measures without a fine."""
        return [threat for threat in self._view.threats if not threat.ranges]

    def leading_to(self) -> list[tuple[list[Address], list[Address]]]:
        """List the provisions whose breach leads to sanctions, for sanctions to which the same ones lead together."""
        found: dict[Address, dict[Address, None]] = {}
        for threat in self._view.threats:
            found.setdefault(threat.norm.address, {}).update(threat.breached)
        alike: dict[tuple[Address, ...], list[Address]] = {}
        for address, breached in found.items():
            alike.setdefault(tuple(sorted(breached)), []).append(address)
        return [(addresses, list(breached)) for breached, addresses in alike.items()]

    def mark_label(self, mark: timeline.Mark, lang: str, room: float, size: float) -> str:
        """Say what stands beside a mark: the day and the first provision, with the number of others."""
        first = self._view.cite.bare(mark.lines[0].norm.address).get(lang)
        more = f" +{len(mark.lines) - 1}" if len(mark.lines) > 1 else ""
        day = f"{mark.day:%m-%d} "
        return day + timeline.cut(first, room - timeline.width(day + more, size), size) + more

    def mark_names(self, mark: timeline.Mark, lang: str) -> str:
        """Name the systems of a mark."""
        subjects = list(dict.fromkeys(line.finding.subject for line in mark.lines))
        if len(subjects) > 1 and not self._names.few:
            return say("for_systems", n=len(subjects)).get(lang)
        return ("、" if lang == "zh" else ", ").join(self._names.full(s).get(lang) for s in subjects)


def _block_of(line: Line) -> str:
    return line.part if line.part != "duties" else line.norm.stage or "running"


def month_name(day: dt.date, lang: str) -> str:
    """Name the month of a day, shortly."""
    return f"{day.month}月" if lang == "zh" else calendar.month_abbr[day.month]


def subject_title(subject: Subject, names: Names) -> Bilingual:
    """Head the section about a subject."""
    if subject.kind == "organisation":
        return say("about_organisation")
    return say("about_law", law=names.full(subject)) if subject.kind == "law" else same(subject.name)
