"""Every day of the calendar as off, worked or open: weekends first, then the arrangements, then the statute."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from guiju.calendar.arrangement import Arrangement, Break
from guiju.calendar.bounds import OFF, OPEN, WORK
from guiju.calendar.clusters import clusters_of
from guiju.calendar.statute import SATURDAY, Festival, festivals_of

_Reason = TypeVar("_Reason", Break, Festival)
_WEEK_FROM_MONDAY = bytes([WORK] * SATURDAY + [OFF] * 2)


@dataclass(slots=True)
class DayStates:
    """The state of each day from ``first_day`` to ``last_day``, and why it is not that of its weekday."""

    first_day: date
    last_day: date
    states: bytearray = field(init=False)
    off_for: dict[date, Break] = field(default_factory=dict)
    worked_for: dict[date, Break] = field(default_factory=dict)
    festival_of: dict[date, Festival] = field(default_factory=dict)
    open_for: dict[date, Festival] = field(default_factory=dict)
    clusters: list[tuple[int, int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        days = self.last_day.toordinal() - self.first_day.toordinal() + 1
        monday = self.first_day.weekday()
        self.states = bytearray((_WEEK_FROM_MONDAY * (days // 7 + 2))[monday : monday + days])

    def arrange(self, arrangements: Iterable[Arrangement]) -> None:
        """Follow the notices of published years."""
        for arrangement in arrangements:
            for pause in arrangement.breaks:
                for day in pause.days_off():
                    self._mark(day, OFF, self.off_for, pause)
                for day in pause.make_up:
                    self._mark(day, WORK, self.worked_for, pause)

    def leave_open(self, years: Iterable[int]) -> None:
        """Keep, of years without a notice, what the statute fixes, and leave open what a notice may move."""
        festivals = [festival for year in years for festival in festivals_of(year)]
        for festival in festivals:
            for day in festival.open_days:
                self._mark(day, OPEN, self.open_for, festival)
        for festival in festivals:
            for day in festival.days_off:
                self._mark(day, OFF, self.festival_of, festival)
        self.clusters = [
            (self.number(cluster.first), self.number(cluster.last), cluster.workdays)
            for cluster in clusters_of(festivals)
            if cluster.last <= self.last_day
        ]

    def number(self, day: date) -> int:
        """Count the days from ``first_day``, which is 1; not checked against the ends."""
        return day.toordinal() - self.first_day.toordinal() + 1

    def _mark(self, day: date, state: int, why: dict[date, _Reason], reason: _Reason) -> None:
        if self.first_day <= day <= self.last_day:
            self.states[self.number(day) - 1] = state
            why[day] = reason
