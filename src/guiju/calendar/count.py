"""The last day of a legal period, forwards and backwards.

Civil Code (民法典) art. 201: the day of the event does not count, the period starts on the next day.
Art. 202: a period in months or years ends on the corresponding day, or on the month's last day where
there is none. Art. 203: a last day that is a day of rest moves to the next working day. Working days
are those of the State Council's yearly arrangement.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from guiju.calendar.days import WorkCalendar
from guiju.calendar.errors import CalendarError
from guiju.calendar.period import Period

_ONE_DAY = timedelta(days=1)
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class DueDate:
    """The last day of a period.

    ``provisional`` where it depends on a year whose arrangement is not published: it can then turn out
    to be any day from ``earliest`` to ``latest``, and ``due`` is the earliest, the safe one for whoever
    must act. Otherwise all three are the same day.
    """

    due: date
    earliest: date
    latest: date
    provisional: bool


def due(start: date, period: Period, calendar: WorkCalendar) -> DueDate:
    """Find the last day of a period that an event on ``start`` sets running.

    A period in days, months or years that ends on a day of rest ends on the next working day (art. 203).
    ``CalendarError`` where the calendar does not reach that far.
    """
    if period.unit == "working_day":
        return _due_date(*calendar.working_day_after(start, period.amount))
    return _due_date(*calendar.working_day_after(nominal_end(start, period) - _ONE_DAY, 1))


def before(day: date, period: Period, calendar: WorkCalendar) -> DueDate:
    """Find the last day on which an act that must come a period before ``day`` is still in time.

    Working days are counted back from the day before ``day``. Days, months and years give the
    corresponding earlier day, or the month's last day where there is none; the law moves no such day, so
    it stays even on a day of rest. ``CalendarError`` where the calendar does not reach back.
    """
    if period.unit == "working_day":
        return _due_date(*calendar.working_day_before(day, period.amount))
    found = nominal_end(day, period, backwards=True)
    return DueDate(found, found, found, False)


def due_between(earliest_start: date, latest_start: date, period: Period, calendar: WorkCalendar) -> DueDate:
    """Find the last day of a period whose event falls between two days, as a provisional date does."""
    if latest_start < earliest_start:
        raise CalendarError(
            f"the latest start {latest_start} lies before the earliest, {earliest_start}",
            f"最晚起算日{latest_start}早于最早起算日{earliest_start}",
        )
    first = due(earliest_start, period, calendar)
    if latest_start == earliest_start:
        return first
    return _due_date(first.earliest, due(latest_start, period, calendar).latest)


def nominal_end(start: date, period: Period, *, backwards: bool = False) -> date:
    """Find where a period in days, months or years ends before any day of rest is considered."""
    amount = -period.amount if backwards else period.amount
    match period.unit:
        case "day":
            try:
                return start + timedelta(days=amount)
            except OverflowError:
                raise _out_of_range(start, f"{amount:+} days", f"{amount:+}日") from None
        case "month":
            return months_after(start, amount)
        case "year":
            return years_after(start, amount)
        case "working_day":
            raise CalendarError(
                "a period in working days ends by counting, not on a corresponding day",
                "以工作日计算的期间没有对应日",
            )


def months_after(start: date, months: int) -> date:
    """Find the corresponding day so many months later (negative: earlier), or the month's last (art. 202)."""
    month_number = start.year * _MONTHS + start.month - 1 + months
    year, month = divmod(month_number, _MONTHS)
    if not date.min.year <= year <= date.max.year:
        raise _out_of_range(start, f"{months:+} months", f"{months:+}个月")
    return date(year, month + 1, min(start.day, _days_in_month(year, month + 1)))


def years_after(start: date, years: int) -> date:
    """Find the corresponding day so many years later (negative: earlier), or 28 February (art. 202)."""
    return months_after(start, years * _MONTHS)


def _days_in_month(year: int, month: int) -> int:
    if month == _MONTHS:
        return 31
    return (date(year, month + 1, 1) - _ONE_DAY).day


def _out_of_range(start: date, en: str, zh: str) -> CalendarError:
    return CalendarError(f"{start} {en} leads out of the years 1 to 9999", f"{start}{zh}超出公元1至9999年")


def _due_date(earliest: date, latest: date) -> DueDate:
    return DueDate(earliest, earliest, latest, earliest != latest)
