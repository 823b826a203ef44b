"""The working-day calendar of the People's Republic of China.

A published year follows its arrangement day by day. Of an unpublished year the statute and the practice
of the arrangements say which days are certain; the others are open, and a count over them has an
earliest and a latest end. Nothing here guesses.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from guiju.calendar.arrangement import Arrangement, Break, published_arrangements
from guiju.calendar.bounds import OFF, OPEN, WORK, CountBounds
from guiju.calendar.clusters import clusters_of
from guiju.calendar.errors import CalendarError
from guiju.calendar.statute import SATURDAY, Festival, extraordinary_days, festivals_of, last_year

DayKind = Literal["workday", "make_up_workday", "weekend", "holiday", "open"]

_WEEK_FROM_MONDAY = bytes([WORK] * SATURDAY + [OFF] * 2)


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

        self._off_for: dict[date, Break] = {}
        self._worked_for: dict[date, Break] = {}
        self._festival_of: dict[date, Festival] = {}
        self._open_for: dict[date, Festival] = {}
        self._state = self._weekdays_and_weekends()
        self._apply_arrangements()
        clusters = self._apply_statute()
        self.bounds = CountBounds(bytes(self._state), clusters)

        self.certain_through = min([date(self.published_through, 12, 31), *self._before_first_open_day()])
        """The last day up to which every day is known; a count that ends by then is exact."""
        self.extraordinary_days = extraordinary_days()
        """Working days that orders outside the notices may take from each unpublished year."""
        self._certain = self.certain_through.toordinal() - self._day_zero

    def _weekdays_and_weekends(self) -> bytearray:
        days = self.last_day.toordinal() - self._day_zero
        monday = self.first_day.weekday()
        return bytearray((_WEEK_FROM_MONDAY * (days // 7 + 2))[monday : monday + days])

    def _apply_arrangements(self) -> None:
        for arrangement in self._arrangements.values():
            for pause in arrangement.breaks:
                for days, state, label in (
                    (pause.days_off(), OFF, self._off_for),
                    (pause.make_up, WORK, self._worked_for),
                ):
                    for day in days:
                        if day >= self.first_day:
                            self._state[day.toordinal() - self._day_zero - 1] = state
                            label[day] = pause

    def _apply_statute(self) -> list[tuple[int, int, int]]:
        festivals = [
            festival
            for year in range(self.published_through + 1, self.last_day.year + 2)
            for festival in festivals_of(year)
        ]
        for festival in festivals:
            for day in festival.open_days:
                self._mark(day, OPEN, festival, self._open_for)
        for festival in festivals:
            for day in festival.days_off:
                self._mark(day, OFF, festival, self._festival_of)
        zero = self._day_zero
        return [
            (cluster.first.toordinal() - zero, cluster.last.toordinal() - zero, cluster.workdays)
            for cluster in clusters_of(festivals)
            if cluster.last <= self.last_day
        ]

    def _mark(self, day: date, state: int, festival: Festival, label: dict[date, Festival]) -> None:
        if day <= self.last_day:
            self._state[day.toordinal() - self._day_zero - 1] = state
            label[day] = festival

    def _before_first_open_day(self) -> list[date]:
        return [min(self._open_for) - timedelta(days=1)] if self._open_for else []

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
            return Day(day, "open", False, (self._open_for[day].name,))
        if pause := self._worked_for.get(day):
            return Day(day, "make_up_workday", True, pause.festivals, pause.order)
        if pause := self._off_for.get(day):
            return Day(day, "holiday", True, pause.festivals, pause.order)
        if festival := self._festival_of.get(day):
            return Day(day, "holiday", False, (festival.name,), festival.decree)
        return Day(day, "workday" if state == WORK else "weekend", self.is_published(day.year))

    def working_day_after(self, day: date, count: int) -> tuple[date, date]:
        """Find the earliest and latest day that can turn out to be the count-th working day after a day."""
        after = self.number(day)
        earliest = self.bounds.earliest_reaching(after, count)
        if earliest <= self._certain:
            found = self._date(earliest)
            return found, found
        self._within(earliest)
        slack, touched = 0, self.slack(after, earliest)
        while slack < touched:
            slack = touched
            latest = self.bounds.latest_reaching(after, count + slack)
            self._within(latest)
            touched = self.slack(after, latest)
        return self._date(earliest), self._date(latest)

    def working_day_before(self, day: date, count: int) -> tuple[date, date]:
        """Find the earliest and latest day that can turn out to be the count-th working day before a day."""
        through = self.number(day) - 1
        latest = self.bounds.latest_leaving(through, count)
        self._within(latest)
        if through <= self._certain:
            found = self._date(latest)
            return found, found
        slack, touched = 0, self.slack(latest, through)
        while slack < touched:
            slack = touched
            earliest = self.bounds.earliest_leaving(through, count + slack)
            self._within(earliest)
            touched = self.slack(earliest, through)
        return self._date(earliest), self._date(latest)

    def slack(self, first: int, last: int) -> int:
        """Count the working days that orders outside the yearly notices may yet take between two day numbers.

        Such an order may come in every year not published; a stretch of known days has none.
        """
        if last <= self._certain:
            return 0
        first_year = max(self._date(first).year, self.published_through + 1)
        return self.extraordinary_days * max(1, self._date(last).year - first_year + 1)

    def number(self, day: date) -> int:
        """Count the days up to this one, from 1 at ``first_day``."""
        number = day.toordinal() - self._day_zero
        if 0 < number <= len(self._state):
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
        if number > len(self._state):
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
