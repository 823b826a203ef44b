"""A chart that is a table: every bar stands in the row of its numbers, so that nobody needs another version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from guiju.portal.look.components.base import Component, Label

MOST_SERIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One row: its name and a number for each series, None where it is not known, words where it is not told."""

    label: Label
    values: tuple[float | Label | None, ...]
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart(Component):
    """Stacked bars to one scale. At most three series: solid, hatched and hollow are told apart without colour."""

    template: ClassVar[str] = "chart.html"
    id: str
    caption: Label
    series: tuple[Label, ...]
    bars: tuple[Bar, ...]
    heading: Label
    unit: Label | None = None
    note: Label | None = None

    def __post_init__(self) -> None:
        """Refuse more series than can be told apart, rows that do not fit, numbers below zero."""
        if not 1 <= len(self.series) <= MOST_SERIES:
            raise ValueError(f"a chart has 1 to {MOST_SERIES} series, not {len(self.series)}")
        for bar in self.bars:
            if len(bar.values) != len(self.series):
                raise ValueError(f"{len(bar.values)} values for {len(self.series)} series")
            if any(_length(value) < 0 for value in bar.values):
                raise ValueError("a bar cannot be shorter than nothing")

    @property
    def lines(self) -> tuple[tuple[Bar, tuple[Label | None, ...], tuple[tuple[int, str, str], ...]], ...]:
        """Each bar, its numbers as written, its segments: series, beginning and length in hundredths of the scale."""
        whole = max((sum(map(_length, bar.values)) for bar in self.bars), default=0) or 1
        lines = []
        for bar in self.bars:
            at, segments = 0.0, []
            for number, value in enumerate(map(_length, bar.values), start=1):
                if value:
                    length = 100 * value / whole
                    segments.append((number, f"{at:.2f}", f"{length:.2f}"))
                    at += length
            written = tuple(f"{value:,}" if isinstance(value, int | float) else value for value in bar.values)
            lines.append((bar, written, tuple(segments)))
        return tuple(lines)


def _length(value: float | Label | None) -> float:
    return value if isinstance(value, int | float) else 0
