"""Medians, and the one table that `make bench` prints."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
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


def median(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """Return the median time of some work, in seconds, after one run to warm up."""
    work()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


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
