"""The geometry of the timeline: where each date, bar and label goes so that nothing collides.

Labels stand above the axis, each to the right of a line that rises from its mark. Going from the last mark to
the first, a label is put one lane above every later mark whose line would cross it; so neither labels nor lines meet.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from guiju.assess.report.lines import OWN, Line
from guiju.calendar.count import months_after

HORIZONS = (3, 6, 12, 18, 24)
"""Lengths of the picture in months, the shortest that shows all; what lies beyond the longest is listed as later."""
_LANES = 9
_TICK_STEPS = (1, 2, 3, 6, 12)
_TICK_ROOM = 44
_BAR_LANES = 5
_WIDE_CHARACTERS = "WFA"
_NARROW = 0.58
"""Width of a Latin character in parts of its height, on the generous side."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The sizes of one picture, in units of its viewBox."""

    width: int
    label: int
    """Widest label."""
    size: int = 12
    lane: int = 36
    overdue_beside: bool = True


WIDE = Frame(width=1000, label=230)
NARROW = Frame(width=330, label=190, overdue_beside=False)


@dataclass(slots=True)
class Mark:
    """One day of the picture with all that falls on it. `y` is the top of its label, None where there is no room."""

    day: dt.date
    lines: list[Line]
    x: float = 0.0
    lane: int | None = 0

    @property
    def kind(self) -> str:
        """What the mark looks like: that of the most binding line."""
        for line in self.lines:
            if line.part in OWN and line.state != "open":
                return "provisional" if line.when and line.when.provisional else "due"
        return "open" if self.lines[0].state == "open" else "authority"


@dataclass(frozen=True, slots=True)
class Bar:
    """A span of days: a window, or the range of a provisional date."""

    line: Line
    x: float
    width: float
    lane: int


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a month on the axis."""

    day: dt.date
    x: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A timeline, laid out."""

    frame: Frame
    start: dt.date
    end: dt.date
    left: float
    right: float
    today: float
    marks: tuple[Mark, ...]
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    overdue: tuple[Line, ...]
    later: tuple[Mark, ...]

    @property
    def lanes(self) -> int:
        """How many lanes of labels there are."""
        return 1 + max((mark.lane for mark in self.marks if mark.lane is not None), default=-1)

    @property
    def bar_lanes(self) -> int:
        """How many lanes of bars there are."""
        return 1 + max((bar.lane for bar in self.bars), default=-1)


def lay_out(lines: Sequence[Line], today: dt.date, frame: Frame) -> Picture:
    """Lay out dated lines. Those overdue are listed, not placed: they may lie years back."""
    overdue = tuple(line for line in lines if line.state == "overdue")
    ahead = _by_day([line for line in lines if line.day and line.day >= today])
    end = _horizon(today, [mark.day for mark in ahead])
    left = 12.0 + (frame.label + 30 if overdue and frame.overdue_beside else 0)
    right = float(frame.width - frame.label)
    scale = _Scale(today, end, left, right)
    marks = [mark for mark in ahead if mark.day <= end]
    for mark in marks:
        mark.x = scale.x(mark.day)
    _assign_lanes(marks, frame.label)
    return Picture(
        frame=frame, start=scale.start, end=end, left=left, right=right, today=scale.x(today),
        marks=tuple(marks), bars=_bars(lines, scale), ticks=_ticks(scale), overdue=overdue,
        later=tuple(mark for mark in ahead if mark.day > end),
    )  # fmt: skip


class _Scale:
    """Days to units; a little of the past is shown so that today has room."""

    def __init__(self, today: dt.date, end: dt.date, left: float, right: float) -> None:
        self.start = today - (end - today) / 16
        self.end = end
        self.left = left
        self._unit = (right - left) / (end - self.start).days

    def x(self, day: dt.date) -> float:
        """Place a day; days outside are put on the edge."""
        inside = min(max(day, self.start), self.end)
        return round(self.left + (inside - self.start).days * self._unit, 1)


def _by_day(lines: list[Line]) -> list[Mark]:
    days: dict[dt.date, Mark] = {}
    for line in lines:
        assert line.day is not None
        days.setdefault(line.day, Mark(line.day, [])).lines.append(line)
    return [days[day] for day in sorted(days)]


def _horizon(today: dt.date, days: list[dt.date]) -> dt.date:
    ends = [months_after(today, months) for months in HORIZONS]
    within = [day for day in days if day <= ends[-1]]
    last = max(within, default=today)
    return next(end for end in ends if last <= end)


def _assign_lanes(marks: list[Mark], label: float) -> None:
    """Label as many marks as fit, what binds and comes first before the rest; the others go without."""
    labelled: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.kind in ("open", "authority"), mark.day)):
        tried = sorted([*labelled, mark], key=lambda mark: mark.day)
        if max(_lanes(tried, label)) < _LANES:
            labelled = tried
    for mark in marks:
        mark.lane = None
    for mark, lane in zip(labelled, _lanes(labelled, label), strict=True):
        mark.lane = lane


def _lanes(marks: list[Mark], label: float) -> list[int]:
    """Give each label its lane, from the last to the first: one above all whose line it would cross."""
    lanes = [0] * len(marks)
    for index in reversed(range(len(marks))):
        after = range(index + 1, len(marks))
        crossed = [lanes[other] for other in after if marks[other].x <= marks[index].x + label]
        lanes[index] = 1 + max(crossed, default=-1)
    return lanes


def _bars(lines: Sequence[Line], scale: _Scale) -> tuple[Bar, ...]:
    """Stack the spans below the axis; where there are more than fit, the later ones are left to the table."""
    free = [0.0] * _BAR_LANES
    bars = []
    for line in lines:
        when = line.when
        if when is None or when.first is None or when.last is None or line.state == "overdue":
            continue
        x, end = scale.x(when.first), scale.x(when.last)
        lane = next((i for i, taken in enumerate(free) if taken < x), None)
        if when.last < scale.start or when.first > scale.end or lane is None:
            continue
        width = max(end - x, 3.0)
        free[lane] = x + width + 4
        bars.append(Bar(line, x, round(width, 1), lane))
    return tuple(bars)


def _ticks(scale: _Scale) -> tuple[Tick, ...]:
    """Mark every month, or every second, third, … so that their names have room."""
    first = months_after(scale.start.replace(day=1), 1)
    months: list[dt.date] = []
    while not months or months[-1] < scale.end:
        months.append(months_after(first, len(months)))
    months = [month for month in months if month <= scale.end]
    if not months:
        return ()
    room = (scale.x(scale.end) - scale.left) / len(months)
    step = next((s for s in _TICK_STEPS if room * s >= _TICK_ROOM), _TICK_STEPS[-1])
    shown = [month for month in months if (month.month - 1) % step == 0]
    return tuple(Tick(month, scale.x(month)) for month in shown)


def width(text: str, size: float) -> float:
    """Estimate the width of a text: a Chinese character is as wide as high, others a good half."""
    wide = sum(unicodedata.east_asian_width(character) in _WIDE_CHARACTERS for character in text)
    return size * (wide + _NARROW * (len(text) - wide))


def cut(text: str, room: float, size: float) -> str:
    """Cut a text to an estimated width, with an ellipsis where something is left out."""
    if width(text, size) <= room:
        return text
    while text and width(text, size) > room - size:
        text = text[:-1]
    return text.rstrip(" ,，、") + "…"
