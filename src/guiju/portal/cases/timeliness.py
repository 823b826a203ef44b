"""Whether the authority kept to its clocks up to a day: for counting, not for the file of the case."""

from __future__ import annotations

import datetime as dt

from guiju.calendar.days import WorkCalendar
from guiju.procedures.clocks import Run, last_day, move, status_of
from guiju.procedures.standing import Standing

_AUTHORITY = "authority"


def was_late(standing: Standing, calendar: WorkCalendar, until: dt.date) -> bool | None:
    """Tell whether any clock of the authority that ended by a day ended late; None while that cannot be said."""
    runs: dict[str, Run] = {}
    unsure = False
    for event in standing.events:
        if event.on > until:
            break
        move(runs, event)
        for step in event.clocks:
            clock, run = standing.active.clocks[step.clock], runs[step.clock]
            if clock.side != _AUTHORITY or not run.ended:
                continue
            status = status_of(run, last_day(clock, run, calendar), event.on)
            if status in ("late", "lapsed"):
                return True
            unsure = unsure or status == "unsure"
    return None if unsure else False
