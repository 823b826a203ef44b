"""The working-day calendar of the People's Republic of China.

A published year follows its arrangement day by day. Of an unpublished year the statute and the practice
of the arrangements say which days are certain; the others are open, and a count over them has an
earliest and a latest end. Nothing here guesses.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from guiju.calendar.arrangement import Arrangement, published_arrangements
from guiju.calendar.bounds import OPEN, WORK, CountBounds
from guiju.calendar.errors import CalendarError
from guiju.calendar.states import DayStates
from guiju.calendar.statute import extraordinary_days, last_year

_NEW_YEAR_BREAK = timedelta(days=10)
"""So far into January reach the days that may change places with the last days of December."""

DayKind = Literal["workday", "make_up_workday", "weekend", "holiday", "open"]


@dataclass(frozen=True, slots=True)
class Day:
    """What one day is, and by which order.

    ``kind`` is ``open`` where the year's arrangement, not published yet, may still decide either way.
    ``festivals`` are those of the break that the day belongs to or, for a make-up workday, is worked for.
    ``order`` is the number of the notice, of the decree for a statutory day of an unpublished year, or None.
    """

    date: date
    kind: DayKind
    published: bool
    festivals: tuple[str, ...] = ()
    order: str | None = None

    @property
    def arranged_in(self) -> int:
        """The year whose notice decides the day: New Year's break may reach into the December before."""
        return self.date.year + (self.festivals == ("new_year",) and self.date.month > 1)


class WorkCalendar:
    """Which days are worked, and counts of working days in constant time.

    ``published_through`` treats later years as not published, as they were before their notice came out;
    by default every year of the table is published. All methods raise ``CalendarError`` for a date
    outside ``first_day`` to ``last_day``.
    """

    def __init__(self, published_through: int | None = None) -> None:
        table = published_arrangements()
        first_year = min(table)
        self.published_through = max(table) if published_through is None else published_through
        if self.published_through not in table:
            raise CalendarError(
                f"{published_through} is not a published year ({first_year} to {max(table)})",
                f"{published_through}年不在已公布的年份（{first_year}至{max(table)}年）之内",
            )
        self.first_day = date(first_year, 1, 1)
        self.last_day = date(last_year(), 12, 31)
        self._day_zero = self.first_day.toordinal() - 1
        self._arrangements = {year: table[year] for year in table if year <= self.published_through}

        self._days = DayStates(self.first_day, self.last_day + _NEW_YEAR_BREAK)
        self._days.arrange(self._arrangements.values())
        self._days.leave_open(range(self.published_through + 1, self.last_day.year + 2))
        self._state = bytes(self._days.states)
        self.bounds = CountBounds(self._state, self._days.clusters)

        first_open = min(self._days.open_for, default=date.max)
        self.certain_through = min(date(self.published_through, 12, 31), first_open - timedelta(days=1))
        """The last day up to which every day is known; a count that ends by then is exact."""
        self.extraordinary_days = extraordinary_days()
        """Working days that one order outside the notices may take from a count over unpublished days."""
        self._last = self.last_day.toordinal() - self._day_zero
        self._certain = self.number(self.certain_through)

    def is_published(self, year: int) -> bool:
        """Say whether the State Council's arrangement of the year is in the table."""
        return year in self._arrangements

    def arrangements(self) -> list[Arrangement]:
        """List the published years in order, each with its notice."""
        return list(self._arrangements.values())

    def is_workday(self, day: date) -> bool | None:
        """Say whether the day is worked; None while the year's arrangement may still decide either way."""
        state = self._state[self.number(day) - 1]
        return None if state == OPEN else state == WORK

    def kind(self, day: date) -> DayKind:
        """Say in one word what the day is."""
        return self.day(day).kind

    def day(self, day: date) -> Day:
        """Say what the day is, with its festival and the order that says so."""
        state = self._state[self.number(day) - 1]
        if state == OPEN:
            return Day(day, "open", False, (self._days.open_for[day].name,))
        if pause := self._days.worked_for.get(day):
            return Day(day, "make_up_workday", True, pause.festivals, pause.order)
        if pause := self._days.off_for.get(day):
            return Day(day, "holiday", True, pause.festivals, pause.order)
        if festival := self._days.festival_of.get(day):
            return Day(day, "holiday", False, (festival.name,), festival.decree)
        return Day(day, "workday" if state == WORK else "weekend", self.is_published(day.year))

    def working_day_after(self, day: date, count: int) -> tuple[date, date]:
        """Find the earliest and latest day that can turn out to be the count-th working day after a day."""
        after = self.number(day)
        earliest = self.bounds.earliest_reaching(after, count)
        if earliest <= self._certain:
            found = self._date(earliest)
            return found, found
        latest = self.bounds.latest_reaching(after, count + self.extraordinary_days)
        self._within(latest)
        return self._date(earliest), self._date(latest)

    def working_day_before(self, day: date, count: int) -> tuple[date, date]:
        """Find the earliest and latest day that can turn out to be the count-th working day before a day."""
        through = self.number(day) - 1
        latest = self.bounds.latest_leaving(through, count)
        if through <= self._certain:
            self._within(latest)
            found = self._date(latest)
            return found, found
        earliest = self.bounds.earliest_leaving(through, count + self.extraordinary_days)
        self._within(earliest)
        return self._date(earliest), self._date(latest)

    def working_days_between(self, after: date, through: date) -> tuple[int, int]:
        """Count the fewest and the most working days that can turn out to lie after one day, through another."""
        start, end = self.number(after), self.number(through)
        fewest = self.bounds.fewest_between(start, end)
        if end > self._certain:
            fewest = max(fewest - self.extraordinary_days, self._certain_between(start))
        return fewest, self.bounds.most_between(start, end)

    def _certain_between(self, start: int) -> int:
        return self.bounds.fewest_between(start, self._certain) if start < self._certain else 0

    def number(self, day: date) -> int:
        """Count the days up to this one, from 1 at ``first_day``."""
        number = day.toordinal() - self._day_zero
        if 0 < number <= self._last:
            return number
        if number <= 0:
            raise CalendarError(
                f"{day} lies before {self.first_day}, where the table of published years begins; "
                "working days before it are not known here",
                f"{day}早于{self.first_day}，本日历的放假安排自该日开始，此前的工作日无从得知",
            )
        raise CalendarError(
            f"{day} lies beyond {self.last_day}, where this calendar ends",
            f"{day}晚于{self.last_day}，本日历到该日为止",
        )

    def _within(self, number: int) -> None:
        if number < 1:
            raise CalendarError(
                f"the count reaches back before {self.first_day}, where the table of published years begins",
                f"计算到了{self.first_day}之前，本日历的放假安排自该日开始",
            )
        if number > self._last:
            raise CalendarError(
                f"the count reaches beyond {self.last_day}, where this calendar ends",
                f"计算超出了{self.last_day}，本日历到该日为止",
            )

    def _date(self, number: int) -> date:
        return date.fromordinal(number + self._day_zero)


@cache
def prc_calendar() -> WorkCalendar:
    """Return the calendar with every published year, built once."""
    return WorkCalendar()
