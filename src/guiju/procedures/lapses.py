"""What happens by itself when a clock runs out: lapses, in the order of their days."""

from __future__ import annotations

import datetime as dt

from guiju.calendar.days import WorkCalendar
from guiju.procedures.case import Actor, Event
from guiju.procedures.effects import consequences
from guiju.procedures.model import CLOCK, Transition, agrees
from guiju.procedures.situation import Situation
from guiju.procedures.standing import Standing

_MOST = 1000
"""More lapses in a row than any real case has: a case type whose clocks restart each other without end."""


class EndlessLapsesError(ValueError):
    """The clocks of a case type set each other off without end."""

    def text(self, lang: str) -> str:
        """Say what is wrong, in `zh` or `en`."""
        if lang == "zh":
            return "期限届满的后果没有尽头：检查各期限的 `lapses` 与 `starts`"
        return "lapses set each other off without end: look at `lapses` and `starts` of the clocks"


def due_events(standing: Standing, calendar: WorkCalendar, today: dt.date) -> list[Event]:
    """Let everything happen that has fallen due before today; the standing moves on with it.

    A clock lapses at the end of its last day, the latest that this can turn out to be; on one day
    in the order of names.
    """
    events: list[Event] = []
    while len(events) < _MOST:
        event = _next(standing, calendar, today)
        if event is None:
            return events
        standing.apply(event)
        events.append(event)
    raise EndlessLapsesError


def _next(standing: Standing, calendar: WorkCalendar, today: dt.date) -> Event | None:
    if standing.final:
        return None
    waiting = []
    for name, clock in standing.active.clocks.items():
        run = standing.runs.get(name)
        if clock.lapses is None or run is None or run.ended:
            continue
        view = standing.clock(name, calendar, today)
        if view.due is not None and view.due.latest < today:
            waiting.append((max(view.due.latest, standing.last_on or view.due.latest), name, clock.lapses))
    for on, _, lapse in sorted(waiting):
        transition = standing.active.transitions.get(lapse)
        event = None if transition is None else _lapse(standing, transition, on, calendar)
        if event is not None:
            return event
    return None


def _lapse(standing: Standing, transition: Transition, on: dt.date, calendar: WorkCalendar) -> Event | None:
    """Make the event of a lapse, unless the case stands elsewhere or its conditions do not certainly hold."""
    if standing.state not in transition.sources:
        return None
    readings = standing.active.readings
    situation = Situation(standing.kind, standing, standing.fields, {}, today=on, calendar=calendar, readings=readings)
    wanted = [one for one in transition.requires if agrees(one.reading, readings)]
    if not all(situation.true(one.that) is True for one in wanted):
        return None
    return consequences(standing, transition, Actor(CLOCK), taken={}, fields=standing.fields, situation=situation)
