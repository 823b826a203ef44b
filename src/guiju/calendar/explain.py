"""A date that explains itself: every day of the count, whether it counted, and by which order it did not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from guiju.calendar.count import DueDate, before, due, nominal_end
from guiju.calendar.days import Day, WorkCalendar, prc_calendar
from guiju.calendar.period import Language, Period

Direction = Literal["after", "before"]

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Step:
    """One day of the count: what it is, and how many working days have passed with it.

    ``at_least`` and ``at_most`` differ only after the first day that is not certain.
    """

    day: Day
    at_least: int
    at_most: int

    @property
    def can_count(self) -> bool:
        """Say whether the day is, or may yet become, a working day."""
        return self.day.kind in ("workday", "make_up_workday", "open")


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a date came about.

    ``nominal`` is the corresponding day of a period in days, months or years, before any move;
    ``clamped`` says that it is the month's last day because there is no corresponding one.
    ``steps`` are the days counted or skipped: all days of a count in working days, else the days of
    rest at the end and the working day that follows. ``safe_day``: the working day before a backward
    period's day of rest. ``extraordinary_days``: the working days that a provisional result
    allows for an order outside the yearly notices.
    """

    start: date
    period: Period
    direction: Direction
    result: DueDate
    nominal: date | None
    clamped: bool
    steps: tuple[Step, ...]
    safe_day: date | None
    extraordinary_days: int

    def text(self, lang: Language = "en") -> str:
        """Write the explanation as lines of text, the result first."""
        from guiju.calendar.explain_text import render

        return render(self, lang)

    def orders(self) -> list[str]:
        """List the notices and decrees that decided a day, each once, in the order of the days."""
        return list(dict.fromkeys(step.day.order for step in self.steps if step.day.order))

    def unpublished_years(self) -> list[int]:
        """List the years whose arrangement is still missing."""
        return sorted({step.day.arranged_in for step in self.steps if not step.day.published})


def explain(
    start: date, period: Period, direction: Direction = "after", calendar: WorkCalendar | None = None
) -> Explanation:
    """Count a period day by day, after an event or back from a day.

    The result is that of ``due`` or ``before``; ``CalendarError`` as there. Without a calendar, that of
    every published year.
    """
    calendar = calendar or prc_calendar()
    result = (due if direction == "after" else before)(start, period, calendar)
    nominal, safe_day = None, None
    if period.unit != "working_day":
        nominal = nominal_end(start, period, backwards=direction == "before")
        safe_day = _safe_day(nominal, calendar) if direction == "before" else None
    return Explanation(
        start,
        period,
        direction,
        result,
        nominal=nominal,
        clamped=period.unit in ("month", "year") and nominal is not None and nominal.day != start.day,
        steps=tuple(_steps(start, nominal, direction, result, calendar)),
        safe_day=safe_day,
        extraordinary_days=calendar.extraordinary_days,
    )


def record(explanation: Explanation) -> dict[str, Any]:
    """Return the explanation as plain data for JSON; dates are written YYYY-MM-DD."""
    result = explanation.result
    return {
        "due": result.due.isoformat(),
        "earliest": result.earliest.isoformat(),
        "latest": result.latest.isoformat(),
        "provisional": result.provisional,
        "period": explanation.period.text(),
        "direction": explanation.direction,
        "from": explanation.start.isoformat(),
        "nominal": explanation.nominal.isoformat() if explanation.nominal else None,
        "safe_day": explanation.safe_day.isoformat() if explanation.safe_day else None,
        "days": [
            {
                "date": step.day.date.isoformat(),
                "kind": step.day.kind,
                "published": step.day.published,
                "festivals": list(step.day.festivals),
                "order": step.day.order,
                "counted": [step.at_least, step.at_most] if step.can_count else None,
            }
            for step in explanation.steps
        ],
    }


def _steps(
    start: date, nominal: date | None, direction: Direction, result: DueDate, calendar: WorkCalendar
) -> Iterator[Step]:
    if direction == "after":
        return _counted_after(nominal - _ONE_DAY if nominal else start, result, calendar)
    return iter(()) if nominal else _counted_back(start, result, calendar)


def _counted_after(start: date, result: DueDate, calendar: WorkCalendar) -> Iterator[Step]:
    for offset in range(1, (result.latest - start).days + 1):
        day = start + timedelta(days=offset)
        yield Step(calendar.day(day), *calendar.working_days_between(start, day))


def _counted_back(start: date, result: DueDate, calendar: WorkCalendar) -> Iterator[Step]:
    for offset in range(1, (start - result.earliest).days + 1):
        day = start - timedelta(days=offset)
        yield Step(calendar.day(day), *calendar.working_days_between(day - _ONE_DAY, start - _ONE_DAY))


def _safe_day(nominal: date, calendar: WorkCalendar) -> date | None:
    """Find the working day before a day that is, or may be, a day of rest; None where there is no need."""
    if not calendar.first_day < nominal < calendar.last_day or calendar.is_workday(nominal):
        return None
    return calendar.working_day_before(nominal, 1)[0]
