"""Fewest and most working days between two days, and the day on which a count is reached.

Days are numbered from 1; day 0 is the day before the first. Four counts run along the days:

- ``fewest`` and ``most``: working days since day 0. Where every day is known they are the same number.
  In a cluster they part, and since a cluster's total is known they meet again at its end.
- ``sure`` and ``possible``: days that are certainly working days, and those that can be, without regard
  to totals. They bound spans that begin and end inside one cluster more closely.

Each count grows by at most one a day, so "when is it n?" is one look into the list of days on which it
grew: a deadline costs a few list accesses, however long its period.
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate, compress, pairwise

OFF, WORK, OPEN = 0, 1, 2

_IS_WORK = bytes.maketrans(bytes([OFF, WORK, OPEN]), bytes([0, 1, 0]))
_CAN_BE_WORK = bytes.maketrans(bytes([OFF, WORK, OPEN]), bytes([0, 1, 1]))


class _Count:
    """A count that grows by nought or one each day."""

    __slots__ = ("_grew", "at")

    def __init__(self, steps: Sequence[int]) -> None:
        self.at = list(accumulate(steps, initial=0))
        self._grew = list(compress(range(1, len(steps) + 1), steps))

    def day(self, count: int) -> int:
        """Find the day on which the count becomes this; 0 if from the start, one past the end if never."""
        if count < 1:
            return 0
        return self._grew[count - 1] if count <= len(self._grew) else len(self.at)


class CountBounds:
    """Working-day counts over days that are each OFF, WORK or OPEN.

    A cluster ``(first, last, workdays)`` is a stretch whose total is known; open days lie in clusters only.
    """

    def __init__(self, days: bytes, clusters: Iterable[tuple[int, int, int]]) -> None:
        self._sure = _Count(days.translate(_IS_WORK))
        self._possible = _Count(days.translate(_CAN_BE_WORK))
        fewest = bytearray(days.translate(_IS_WORK))
        most = bytearray(fewest)
        for first, last, workdays in clusters:
            low, high = self._inside(first, last, workdays)
            fewest[first - 1 : last] = bytes(after - before for before, after in pairwise(low))
            most[first - 1 : last] = bytes(after - before for before, after in pairwise(high))
        self._fewest, self._most = _Count(fewest), _Count(most)

    def _inside(self, first: int, last: int, workdays: int) -> tuple[list[int], list[int]]:
        """Fewest and most working days from the start of a cluster through each of its days."""
        days = range(first - 1, last + 1)
        sure = [self._sure.at[day] - self._sure.at[first - 1] for day in days]
        possible = [self._possible.at[day] - self._possible.at[first - 1] for day in days]
        low = [max(now, workdays - possible[-1] + can) for now, can in zip(sure, possible, strict=True)]
        high = [min(can, workdays - sure[-1] + now) for now, can in zip(sure, possible, strict=True)]
        if low[0] or low[-1] != high[-1]:
            raise AssertionError(f"{workdays} working days do not fit into days {first} to {last}")
        return low, high

    def fewest_between(self, after: int, through: int) -> int:
        """Count the working days that are certain after one day, through another."""
        totals = self._fewest.at[through] - self._most.at[after]
        return max(totals, self._sure.at[through] - self._sure.at[after])

    def most_between(self, after: int, through: int) -> int:
        """Count the working days that are possible after one day, through another."""
        totals = self._most.at[through] - self._fewest.at[after]
        return min(totals, self._possible.at[through] - self._possible.at[after])

    def through(self, day: int) -> tuple[int, int]:
        """Count the fewest and most working days from day 1 through a day."""
        return self._fewest.at[day], self._most.at[day]

    def earliest_reaching(self, after: int, count: int) -> int:
        """Find the first day through which ``count`` working days are possible; past the end if none is."""
        totals = self._most.day(count + self._fewest.at[after])
        return max(totals, self._possible.day(count + self._possible.at[after]))

    def latest_reaching(self, after: int, count: int) -> int:
        """Find the first day through which ``count`` working days are certain; past the end if none is."""
        totals = self._fewest.day(count + self._most.at[after])
        return min(totals, self._sure.day(count + self._sure.at[after]))

    def latest_leaving(self, through: int, count: int) -> int:
        """Find the last day from which ``count`` working days are possible through another; 0 if none is."""
        totals = self._fewest.day(self._most.at[through] - count + 1)
        return min(totals, self._possible.day(self._possible.at[through] - count + 1))

    def earliest_leaving(self, through: int, count: int) -> int:
        """Find the last day from which ``count`` working days are certain through another; 0 if none is."""
        totals = self._most.day(self._fewest.at[through] - count + 1)
        return max(totals, self._sure.day(self._sure.at[through] - count + 1))
