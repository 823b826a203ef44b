"""The State Council's yearly arrangements: which days are off, which weekend days are worked.

Our own table, ``published.yaml``, decides which years count as published.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from guiju.calendar.datafile import read_data


@dataclass(frozen=True, slots=True)
class Break:
    """One break of a year: days off in a row, and the weekend days worked for it.

    ``order`` is the number of the notice, or of the later order that set or changed this break.
    """

    festivals: tuple[str, ...]
    first: date
    last: date
    make_up: tuple[date, ...]
    order: str

    def days_off(self) -> list[date]:
        """Every day off of the break, its weekends included."""
        return [self.first + timedelta(days=offset) for offset in range((self.last - self.first).days + 1)]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The arrangement of one year, with the number of its notice and where it was published."""

    year: int
    notice: str
    source: str
    breaks: tuple[Break, ...]

    def title(self) -> str:
        """Name the notice by its official title."""
        return f"国务院办公厅关于{self.year}年部分节假日安排的通知"

    def later_orders(self) -> list[str]:
        """List the orders after the notice that set or changed a break."""
        return [pause.order for pause in self.breaks if pause.order != self.notice]


@cache
def published_arrangements() -> dict[int, Arrangement]:
    """Year -> arrangement, for every published year, in order and without gaps."""
    return {year: _arrangement(year, entry) for year, entry in read_data("published.yaml").items()}


def _arrangement(year: int, entry: dict[str, Any]) -> Arrangement:
    changed = entry.get("changed", {})
    breaks = tuple(
        _break(year, festivals, days, changed.get(festivals, entry["notice"]))
        for festivals, days in entry["breaks"].items()
    )
    return Arrangement(year, entry["notice"], entry["source"], breaks)


def _break(year: int, festivals: str, days: str, order: str) -> Break:
    off, _, worked = days.partition(", work ")
    first, _, last = off.partition("..")
    return Break(
        tuple(festivals.split("+")),
        _date(year, first),
        _date(year, last or first),
        tuple(_date(year, day) for day in worked.split()),
        order,
    )


def _date(year: int, written: str) -> date:
    return date.fromisoformat(written if len(written) == len("YYYY-MM-DD") else f"{year}-{written}")
