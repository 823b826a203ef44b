"""Deadlines and retention periods in words: the day, how it is counted, and how sure it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from guiju.assess.report.cite import Citations
from guiju.assess.report.words import same, say
from guiju.bilingual import Bilingual
from guiju.engine.collection import Rulebooks
from guiju.engine.deadlines import Deadline
from guiju.law.address import Address


@dataclass(frozen=True, slots=True)
class When:
    """A clock of a finding, ready to print. Without its event there is no `day`, only the explanation.

    `day` is the safe one: the earliest possible last day of a deadline, the latest possible end of a retention.
    """

    day: dt.date | None
    earliest: dt.date | None
    latest: dt.date | None
    opens: dt.date | None
    provisional: bool
    recurs: bool
    explained: Bilingual

    @property
    def first(self) -> dt.date | None:
        """The first day of a window, or of the range in which a provisional day lies."""
        return self.opens or (self.earliest if self.provisional else None)

    @property
    def last(self) -> dt.date | None:
        """The last day that this can turn out to be."""
        return self.latest or self.day


class Dates:
    """Puts the clocks of an assessment into words."""

    def __init__(self, books: Rulebooks, cite: Citations) -> None:
        self._events = books.events
        self._cite = cite

    def deadline(self, deadline: Deadline) -> When:
        """Explain a deadline."""
        clock = deadline.clock
        day = deadline.day
        return When(
            day=deadline.due,
            earliest=day.earliest if day else None,
            latest=day.latest if day else None,
            opens=deadline.opens,
            provisional=deadline.provisional,
            recurs=clock.form in ("every", "each_year"),
            explained=self._explained(deadline, clock.form),
        )

    def retention(self, retention: Deadline) -> When:
        """Explain how long to keep something; nothing may be thrown away before the latest possible day."""
        day = retention.day
        return When(
            day=day.latest if day else None,
            earliest=day.earliest if day else None,
            latest=day.latest if day else None,
            opens=None,
            provisional=retention.provisional,
            recurs=False,
            explained=self._explained(retention, "keep"),
        )

    def _explained(self, deadline: Deadline, phrase: str) -> Bilingual:
        clock = deadline.clock
        known = phrase if deadline.anchor_date else f"{phrase}_unknown"
        if phrase == "every" and isinstance(clock.anchor, Address) and deadline.anchor_date:
            known = "every_chained"
        period = Bilingual(clock.period.text("zh"), clock.period.text("en")) if clock.period else same("")
        day = same("{:02d}-{:02d}".format(*clock.day)) if clock.day else same("")
        return say(known, date=deadline.anchor_date, event=self._event(clock.anchor), period=period, day=day)

    def _event(self, anchor: str | Address) -> Bilingual:
        if isinstance(anchor, Address):
            return say("end_of", cite=self._cite.short(anchor))
        return self._events[anchor].label


def distance(day: dt.date, today: dt.date, *, late: str = "days_over") -> Bilingual:
    """Say how far off a day is; `late` names the phrase for one that is past."""
    days = (day - today).days
    if days == 0:
        return say("due_today")
    return say("days_left", n=days) if days > 0 else say(late, n=-days)
