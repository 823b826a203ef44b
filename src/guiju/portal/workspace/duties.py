"""The duties of an organisation: what the law's facts say of each, and beside it what a member has said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from django.db.models import Max

from guiju.assess.report.lines import OWN, Line
from guiju.bilingual import Bilingual
from guiju.portal.look.components import Tag
from guiju.portal.look.components.states import TagKind
from guiju.portal.workspace.assessing import Current
from guiju.portal.workspace.day_cells import Days
from guiju.portal.workspace.models import DutyMark

Group = Literal["late", "unmet", "soon", "later", "unsure", "undated", "done"]
SOON = dt.timedelta(days=30)
"""What falls due within so many days is called soon. Ours, not the law's."""
_YEARLY = "each_year"

GROUPS: dict[Group, Bilingual] = {
    "late": Bilingual(zh="逾期", en="Late"),
    "unmet": Bilingual(zh="事实显示未满足", en="Not met, by the facts"),
    "soon": Bilingual(zh="30 日内到期", en="Due within 30 days"),
    "later": Bilingual(zh="以后到期", en="Due later"),
    "unsure": Bilingual(zh="有日期，是否适用待定", en="With a date, not settled whether they apply"),
    "undated": Bilingual(zh="没有已知的日期", en="Without a known date"),
    "done": Bilingual(zh="已完成", en="Done"),
}
TAGS: dict[Group, tuple[Bilingual, TagKind]] = {
    "late": (Bilingual(zh="逾期", en="Late"), "bad"),
    "unmet": (Bilingual(zh="未满足", en="Not met"), "bad"),
    "soon": (Bilingual(zh="即将到期", en="Due soon"), "active"),
    "later": (Bilingual(zh="以后到期", en="Due later"), "neutral"),
    "unsure": (Bilingual(zh="待定", en="Undetermined"), "unsure"),
    "undated": (Bilingual(zh="没有日期", en="No date"), "neutral"),
    "done": (Bilingual(zh="已完成", en="Done"), "good"),
}
_WAITING = Bilingual(zh="未记录起算事件", en="No starting event recorded")
_MET = Bilingual(zh="事实显示已满足", en="Met, by the facts")
_MARKED = Bilingual(zh="成员标记已完成", en="Marked as done")


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty of a subject today. `mark` is the latest that a member said; it may be about an earlier occasion."""

    line: Line
    about: str
    label: Bilingual
    mark: DutyMark | None
    group: Group

    @property
    def norm(self) -> str:
        """The stable key of the norm."""
        return self.line.norm.key

    @property
    def done(self) -> DutyMark | None:
        """The mark that says that it was done this time."""
        mark = self.mark
        return mark if mark is not None and mark.done_on and mark.occasion == occasion_of(self.line) else None

    @property
    def tag(self) -> Tag:
        """The state in a word; whether a person or the facts say that it was done is told apart."""
        if self.group == "done":
            return Tag(text=_MARKED if self.done else _MET, kind="good")
        if self.group == "undated" and self.line.state == "waiting":
            return Tag(text=_WAITING, kind="waiting")
        text, kind = TAGS[self.group]
        return Tag(text=text, kind=kind)

    @property
    def when(self) -> Days | None:
        """The day by which to act; two days where it is a window, or not certain yet."""
        when = self.line.when
        if when is None or when.day is None:
            return None
        last = when.day if when.opens else when.latest
        return Days(first=when.first or when.day, last=last, provisional=when.provisional)


def duties_of(now: Current) -> list[Duty]:
    """List the duties of an organisation and its systems, the most urgent first (two queries)."""
    marks = latest_marks(now)
    found = [
        _duty(line, now, marks) for line in now.sheet.view.lines if line.part == "duties" and _is_told(line)
    ]  # fmt: skip
    order = {group: place for place, group in enumerate(GROUPS)}
    return sorted(found, key=lambda duty: (order[duty.group], duty.line.day or dt.date.max, duty.line.number))


def duty_of(now: Current, about: str, norm: str) -> Duty | None:
    """Return one duty, None where there is no such duty today."""
    subject = now.subject(about)
    line = now.sheet.lines.get((subject, norm)) if subject else None
    if line is None or line.part not in OWN:
        return None
    return _duty(line, now, latest_marks(now, about=about, norm=norm))


def latest_marks(now: Current, **which: str) -> dict[tuple[str, str], DutyMark]:
    """Return what was said last of each duty, by subject and norm."""
    marks = DutyMark.objects.filter(organisation=now.organisation, **which)
    latest = marks.order_by().values("about", "norm").annotate(latest=Max("pk")).values("latest")
    rows = DutyMark.objects.filter(pk__in=latest).select_related("owner", "by", "upload")
    return {(mark.about, mark.norm): mark for mark in rows}


def occasion_of(line: Line) -> str:
    """Name the one time that is meant of a duty: what its clock is counted from, with the day unless that may move."""
    deadline = line.finding.deadline
    if deadline is None:
        return ""
    if deadline.clock.form == _YEARLY:
        return f"{deadline.clock.anchor} {deadline.due}"
    if deadline.clock.backwards or deadline.anchor_date is None:
        return str(deadline.clock.anchor)
    return f"{deadline.clock.anchor} {deadline.anchor_date}"


def counts(duties: Iterable[Duty]) -> dict[Group, int]:
    """Count the duties of each group."""
    found: dict[Group, int] = dict.fromkeys(GROUPS, 0)
    for duty in duties:
        found[duty.group] += 1
    return found


def _is_told(line: Line) -> bool:
    """Whether it binds, or has a day and may turn out to bind."""
    return line.state != "open" or line.day is not None


def _duty(line: Line, now: Current, marks: Mapping[tuple[str, str], DutyMark]) -> Duty:
    about = now.about(line.finding.subject)
    mark = marks.get((about, line.norm.key))
    duty = Duty(line, about, now.label(line.finding.subject), mark, _by_the_facts(line, now.day))
    return Duty(line, about, duty.label, mark, "done") if duty.done else duty


def _by_the_facts(line: Line, today: dt.date) -> Group:
    match line.state:
        case "overdue":
            return "late"
        case "unmet":
            return "unmet"
        case "met":
            return "done"
        case "open":
            return "unsure"
    if line.day is None:
        return "undated"
    return "soon" if line.day - today <= SOON else "later"
