"""Medians, and the one table that `make bench` prints."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

REPEATS = 15


@dataclass(frozen=True)
class Line:
    """One measured thing: what, how long (seconds), and beside which line of its section it is judged."""

    what: str
    seconds: float
    note: str = ""


@dataclass(frozen=True)
class Section:
    title: str
    lines: list[Line]
    beside: str
    """The line that the others are a ratio of."""


def medians(
    works: Mapping[str, Callable[[], object]], repeats: int = REPEATS, before: Callable[[], object] = lambda: None
) -> dict[str, float]:
    """Return the median seconds of each piece of work, all taking turns, so that a busy moment hits them alike.

    `before` runs before each piece, outside of its time.
    """
    times: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        work()
    for _ in range(repeats):
        for name, work in works.items():
            before()
            start = time.perf_counter()
            work()
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(some) for name, some in times.items()}


def shown(seconds: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.2f} {unit}"
    return f"{seconds / 1e-6:.2f} µs"


def print_section(section: Section) -> None:
    base = next(line.seconds for line in section.lines if line.what == section.beside)
    width = max(len(line.what) for line in section.lines)
    print(f"\n{section.title}")
    for line in section.lines:
        ratio = f"{line.seconds / base:.2f}x"
        print(f"  {line.what:<{width}}  {shown(line.seconds):>10}  {ratio:>9}  {line.note}".rstrip())
