"""The calendar file (RFC 5545): one all-day event for each dated duty that is open, with reminders.

The same assessment gives the same bytes: identities are hashes of what an event is about, and the stamp is the
day of assessment.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING

from guiju.assess.assessment import Assessment
from guiju.assess.report.dates import When
from guiju.assess.report.lines import OWN, Line
from guiju.assess.report.view import View, view_of
from guiju.assess.report.words import say

if TYPE_CHECKING:
    from icalendar import Alarm, Calendar, Event

REMINDERS = (7, 1)
"""Days before the last safe day on which the calendar speaks up."""
_ONE_DAY = dt.timedelta(days=1)
_SUMMARY = 120


def render_ics(assessment: Assessment, lang: str) -> bytes:
    """Print the dates of an assessment as an iCalendar file.

    Events: the organisation's open duties, the next time of recurring ones, the ends of retention periods, and what
    authorities owe by a day (without reminder). What is undetermined is `TENTATIVE`; what is met is left out.
    """
    view = view_of(assessment, ())
    calendar = new_calendar(assessment.profile.organisation, lang)
    events = Events(view, lang)
    for line in view.dated:
        if line.when is not None:
            calendar.add_component(events.duty(line, line.when))
    for line in view.kept:
        if line.keep is not None:
            calendar.add_component(events.retention(line, line.keep))
    return bytes(calendar.to_ical())


def new_calendar(holder: str, lang: str) -> Calendar:
    """Return a calendar without events; `holder` is whose it is."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Guiju//assess//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{holder} · {say('made_by').get(lang)}")
    return calendar


class Events:
    """Writes the events of one assessment in one language."""

    def __init__(self, view: View, lang: str) -> None:
        self._view = view
        self._lang = lang
        self._stamp = dt.datetime.combine(view.assessment.as_of, dt.time(), dt.UTC)

    def duty(self, line: Line, when: When) -> Event:
        """One duty: the safe last day, a window as a span."""
        event = self._event(line, "due")
        assert when.day is not None
        event.add("dtstart", when.opens or when.day)
        event.add("dtend", when.day + _ONE_DAY)
        event.add("summary", self._summary(line, when))
        event.add("description", self._description(line, when))
        event.add("status", "TENTATIVE" if line.state == "open" else "CONFIRMED")
        event.add("categories", [self._word(line.norm.kind if line.part in OWN else "authorities_short")])
        if line.part in OWN and line.state != "overdue":
            for days in REMINDERS:
                event.add_component(self._alarm(event, when, days))
        return event

    def retention(self, line: Line, keep: When) -> Event:
        """The end of a period for which something is kept."""
        event = self._event(line, "keep")
        assert keep.day is not None
        event.add("dtstart", keep.day)
        event.add("dtend", keep.day + _ONE_DAY)
        event.add("summary", f"{self._word('retention_ends')}{self._word('colon')}{self._gist(line)}")
        event.add("description", self._description(line, keep))
        event.add("status", "CONFIRMED")
        event.add("categories", [self._word("retention")])
        return event

    def _event(self, line: Line, kind: str) -> Event:
        from icalendar import Event

        event = Event()
        about = (kind, line.norm.key, line.finding.subject.kind, line.finding.subject.name, str(_anchored(line, kind)))
        event.add("uid", hashlib.sha256("\0".join(about).encode()).hexdigest()[:32] + "@guiju")
        event.add("dtstamp", self._stamp)
        event.add("transp", "TRANSPARENT")
        return event

    def _summary(self, line: Line, when: When) -> str:
        marks = [self._word("provisional")] if when.provisional else []
        marks += [self._word(f"state_{line.state}")] if line.state in ("open", "overdue") else []
        who = self._authority(line)
        marked = f" ({', '.join(marks)})" if marks else ""
        return f"{who}{self._gist(line)} · {line.finding.subject.name}{marked}"

    def _gist(self, line: Line) -> str:
        gist = line.norm.gist.get(self._lang)
        return gist if len(gist) <= _SUMMARY else gist[: _SUMMARY - 1] + "…"

    def _authority(self, line: Line) -> str:
        party = self._view.assessment.books.parties.get(line.norm.bearer or "")
        return f"{party.label.get(self._lang)}{self._word('colon')}" if party and line.part not in OWN else ""

    def _description(self, line: Line, when: When) -> str:
        parts = [
            line.norm.gist.get(self._lang),
            self._view.cite.full(line.norm.address).get(self._lang),
            line.finding.subject.name,
            when.explained.get(self._lang),
        ]
        if when.provisional:
            parts.append(self._word("provisional_range", earliest=when.earliest, latest=when.latest))
        if line.state == "open":
            parts.append(f"{self._word('needs')}{self._word('colon')}{', '.join(line.finding.missing)}")
        return "\n".join(parts)

    def _alarm(self, event: Event, when: When, days: int) -> Alarm:
        from icalendar import Alarm

        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", str(event["summary"]))
        span = when.day - when.opens if when.day and when.opens else dt.timedelta()
        alarm.add("trigger", span - dt.timedelta(days=days))
        return alarm

    def _word(self, key: str, **values: object) -> str:
        return say(key, **values).get(self._lang)


def _anchored(line: Line, kind: str) -> tuple[object, ...]:
    """What the clock is counted from: the event, and its day unless that is a plan, which may move."""
    found = line.finding.deadline if kind == "due" else line.finding.retention
    if found is None:
        return ()
    return (found.clock.anchor,) if found.clock.backwards else (found.clock.anchor, found.anchor_date)
