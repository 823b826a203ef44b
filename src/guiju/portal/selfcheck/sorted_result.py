"""The result of a check as page and print show it: what is due by a day, what applies, what is open, what not."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable
from dataclasses import dataclass

from guiju.assess.report.dates import distance
from guiju.assess.report.lines import OWN, STAGES, Line, Part
from guiju.assess.report.view import View, status_of
from guiju.assess.report.words import say
from guiju.bilingual import Bilingual
from guiju.engine.findings import Finding, Subject
from guiju.engine.norms import Norm, Rulebook
from guiju.portal.faces.places import place_of
from guiju.portal.faces.provisions import provision
from guiju.portal.look.components import ProvisionLink, Tag
from guiju.portal.look.components.states import TagKind
from guiju.portal.selfcheck.checking import ORGANISATION
from guiju.procedures.catalogue import built_in_types
from guiju.procedures.model import ANYBODY, CaseType

_TAGS: dict[str, TagKind] = {
    "overdue": "bad", "unmet": "bad", "due": "active", "window": "active", "waiting": "waiting",
    "met": "good", "passed": "unsure", "open": "unsure",
}  # fmt: skip
_OTHERS: tuple[tuple[Part, str], ...] = (
    ("rights", "rights"), ("roles", "roles"), ("authorities", "authorities"), ("others", "others_duties"),
    ("powers", "powers"), ("conditions", "conditions"), ("sanctions", "own_sanctions"), ("exemptions", "exempt"),
    ("state", "state_duties"),
)  # fmt: skip

NO_DATES = Bilingual(
    zh="按已填的回答和日期，没有按日期到期的义务；尚未确定的，以及从没有填写的日期起算的，不在其内。",
    en="By the answers and days given, no duty falls due on a date; what is open, or runs from a day not given, may.",
)
"""Said where no date is known: never that there is none."""


@dataclass(frozen=True, slots=True)
class Procedure:
    """The way in which something is done: where it is explained and, if an applicant can begin it, that it can."""

    law: str
    name: str
    title: Bilingual
    begins: bool

    @property
    def href(self) -> str:
        """Where it is explained."""
        return place_of("procedure", law=self.law, name=self.name)


@dataclass(frozen=True, slots=True)
class Item:
    """One provision about one subject as it stands in the list."""

    finding: Finding
    cites: ProvisionLink
    tag: Tag | None = None
    day: dt.date | None = None
    latest: dt.date | None = None
    far: Bilingual | None = None
    how: Bilingual | None = None
    opens: dt.date | None = None
    keep: Bilingual | None = None
    procedure: Procedure | None = None
    by_reading: bool = False
    other_days: tuple[Bilingual, ...] = ()
    reason: Bilingual | None = None

    @property
    def gist(self) -> Bilingual:
        """What it says, in our own words."""
        return self.finding.norm.gist

    @property
    def key(self) -> str:
        """Address and id of the norm."""
        return self.finding.norm.key

    @property
    def status(self) -> str:
        """What the assessment says."""
        return self.finding.status


@dataclass(frozen=True, slots=True)
class Group:
    """Items under a heading."""

    title: Bilingual
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class About:
    """What a law asks of one subject: own duties and prohibitions, and all else that applies."""

    title: Bilingual
    own: tuple[Group, ...]
    others: tuple[Group, ...]

    @property
    def count(self) -> int:
        """How many duties and prohibitions."""
        return sum(len(group.items) for group in self.own)

    @property
    def count_of_others(self) -> int:
        """How many other provisions apply."""
        return sum(len(group.items) for group in self.others)


@dataclass(frozen=True, slots=True)
class OfLaw:
    """What one law comes to."""

    book: Rulebook
    status: Bilingual
    model: bool
    abouts: tuple[About, ...]
    idle: tuple[Item, ...]
    exempt: tuple[Item, ...]

    @property
    def count(self) -> int:
        """How many duties and prohibitions apply."""
        return sum(about.count for about in self.abouts)


def items_of(view: View, lines: Iterable[Line], *, show_law: bool = False) -> tuple[Item, ...]:
    """Turn lines of the view into items; `show_law` where they do not stand under their law."""
    return tuple(_item(view, line, show_law=show_law) for line in lines)


def by_law(view: View) -> tuple[OfLaw, ...]:
    """Sort all that applies or does not apply by law and subject."""
    return tuple(_of_law(view, book) for book in view.assessment.rulebooks)


def procedure_of(norm: Norm) -> Procedure | None:
    """Find the procedure in which a norm is carried out, if the rulebooks hold it."""
    return None if norm.procedure is None else _procedure(norm.rulebook, norm.procedure)


@functools.cache
def _procedure(law: str, name: str) -> Procedure | None:
    types = built_in_types()
    if f"{law}/{name}" not in types.keys():  # noqa: SIM118
        return None
    kind = types.get(f"{law}/{name}")
    return Procedure(law, name, kind.title, begins_with_applicant(kind))


def begins_with_applicant(kind: CaseType) -> bool:
    """Tell whether an applicant, or anybody, can open a case of this type."""
    applicants = {role for party in kind.parties.values() if party.side == "applicant" for role in party.roles}
    return any(kind.initial in act.sources and {*applicants, ANYBODY} & {*act.by} for act in kind.transitions)


def _of_law(view: View, book: Rulebook) -> OfLaw:
    lines = [line for line in view.applying if line.norm.rulebook == book.key]
    subjects = dict.fromkeys(line.finding.subject for line in lines)
    abouts = tuple(_about(view, one, [x for x in lines if x.finding.subject == one]) for one in subjects)
    return OfLaw(
        book=book,
        status=status_of(book, view.assessment.as_of),
        model=book.status == "model",
        abouts=tuple(sorted(abouts, key=lambda about: not about.own)),
        idle=tuple(_idle(view, one) for one in view.idle if one.norm.rulebook == book.key),
        exempt=tuple(_exempt(one) for one in view.exempt if one.norm.rulebook == book.key),
    )


def _about(view: View, subject: Subject, lines: list[Line]) -> About:
    own = [line for line in lines if line.part in OWN]
    staged = [(stage, [x for x in own if x.part == "duties" and _stage(x) == stage]) for stage in STAGES]
    groups = [Group(say(stage), items_of(view, found)) for stage, found in staged if found]
    forbidden = [line for line in own if line.part == "prohibitions"]
    if forbidden:
        groups.append(Group(say("prohibitions"), items_of(view, forbidden)))
    others = [(title, [line for line in lines if line.part == part]) for part, title in _OTHERS]
    return About(
        title=_title(view, subject),
        own=tuple(groups),
        others=tuple(Group(say(title), items_of(view, found)) for title, found in others if found),
    )


def _stage(line: Line) -> str:
    return line.norm.stage or "running"


def _title(view: View, subject: Subject) -> Bilingual:
    if subject.kind == "organisation":
        return ORGANISATION
    if subject.kind == "law":
        return say("about_law", law=view.assessment.books.book(subject.name).short)
    return Bilingual(subject.name, subject.name)


def _item(view: View, line: Line, *, show_law: bool) -> Item:
    finding, when = line.finding, line.when
    day = when.day if when else None
    late = "days_over" if line.state == "overdue" else "days_past"
    return Item(
        finding=finding,
        cites=provision(finding.norm.address, show_law=show_law),
        tag=Tag(text=say(f"state_{line.state}"), kind=_TAGS[line.state]) if line.state != "standing" else None,
        day=day,
        latest=when.latest if when and when.provisional else None,
        far=distance(day, view.assessment.as_of, late=late) if day else None,
        how=when.explained if when else None,
        opens=when.opens if when else None,
        keep=line.keep.explained if line.keep else None,
        procedure=procedure_of(finding.norm) if line.part in OWN or line.part == "rights" else None,
        by_reading=bool(finding.readings or finding.dates_by_reading),
        other_days=_other_days(finding, day),
    )


def _other_days(finding: Finding, day: dt.date | None) -> tuple[Bilingual, ...]:
    days = {one for under in finding.dates_by_reading.values() for one in under.values() if one not in (None, day)}
    return tuple(
        Bilingual(zh=f"按另一解读：{one}", en=f"under another reading: {one}") for one in sorted(filter(None, days))
    )


def _idle(view: View, finding: Finding) -> Item:
    reason = view.proofs.reason(finding.because, finding.norm.defines)
    cites = provision(finding.norm.address, show_law=False)
    return Item(finding, cites, reason=reason, by_reading=bool(finding.readings))


def _exempt(finding: Finding) -> Item:
    cites = provision(finding.norm.address, show_law=False)
    by = finding.exempted_by
    reason = say("exempted_by", cite=provision(by).words) if by is not None else None
    return Item(finding, cites, reason=reason, by_reading=bool(finding.readings))
