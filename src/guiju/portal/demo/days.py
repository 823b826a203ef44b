"""Days of a demo: counted from the day on which it is laid, so that some cases are always late and some never."""

from __future__ import annotations

import calendar
import datetime as dt

from guiju.calendar.days import WorkCalendar


def working_day(today: dt.date, count: int, days: WorkCalendar) -> dt.date:
    """Return the day so many working days from today, before it where `count` is negative."""
    if count < 0:
        return days.working_day_before(today, -count)[1]
    return days.working_day_after(today, count)[0] if count else today


def in_months(today: dt.date, count: int) -> dt.date:
    """Return the day so many months from today; the last of the month where it has no such day."""
    month = today.month - 1 + count
    year, month = today.year + month // 12, month % 12 + 1
    return dt.date(year, month, min(today.day, calendar.monthrange(year, month)[1]))
