"""What conditions may ask of the listed events: whether one happened, and how many in a span of time.

A profile seldom lists everything. Unless `event_record_is_complete` is true, counts are lower bounds and
"it did not happen" is unknown: a missing event must never make a duty or a sanction silently vanish.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from guiju.calendar.count import months_after
from guiju.calendar.period import Period
from guiju.engine.values import AtLeast, Event

COMPLETE = "event_record_is_complete"
"""The fact that says that every incident and penalty is listed."""

FUNCTIONS = ("happened", "most_within", "most_per_year", "total")


def happened(events: Sequence[Event], attribute: str | None, complete: bool) -> bool | None:
    """Tell whether an event (with the attribute, if one is named) happened; false only on a complete record."""
    unsure = False
    for event in events:
        value = True if attribute is None else event.attribute(attribute)
        if value:
            return True
        unsure = unsure or value is None
    return False if complete and not unsure else None


def most_within(events: Sequence[Event], span: Period, complete: bool) -> int | AtLeast:
    """Count the largest number of events in any span of that length; both ends of a span belong to it."""
    dates = sorted(event.date for event in events)
    most = max((_count_until(dates[i:], months_after(d, _months(span))) for i, d in enumerate(dates)), default=0)
    return most if complete else AtLeast(most)


def most_per_year(events: Sequence[Event], complete: bool) -> int | AtLeast:
    """Count the largest number of events in any calendar year."""
    years = [event.date.year for event in events]
    most = max((years.count(year) for year in set(years)), default=0)
    return most if complete else AtLeast(most)


def total(events: Sequence[Event], complete: bool) -> int | AtLeast:
    """Count all events."""
    return len(events) if complete else AtLeast(len(events))


def _count_until(dates: list[dt.date], end: dt.date) -> int:
    return sum(1 for date in dates if date <= end)


def _months(span: Period) -> int:
    return span.amount * (12 if span.unit == "year" else 1)
