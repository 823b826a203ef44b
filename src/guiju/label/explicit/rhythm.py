"""The audible label that needs no words: Morse A, I (GB 5.3: short long, short short; grade C2).

Dots last one unit, dashes three, gaps inside a letter one, the gap between the letters three (grade M): with equal gaps
the same sounds would read as another letter, L.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from guiju.label.explicit.demands import demands

UNIT: Final = 0.12  # seconds; ten words a minute
PITCH: Final = 800  # hertz, within what a telephone carries
LEAD_IN, PAUSE = 2, 7  # units of silence outside of the rhythm, and between it and the content
LOWEST_RATE: Final = 4000  # samples a second that still carry the pitch
ZONE: Final = 8.0  # seconds at either end in which the rhythm is looked for
_RAMP: Final = 0.006  # seconds of rise and fall, against clicks
_WINDOW: Final = 0.01  # seconds
_LETTER_GAP, _DASH = 3, 3
_TOLERANCE: Final = 0.35  # of a length
_THRESHOLDS: Final = (0.6, 0.4, 0.25, 0.12, 0.06)
_FULL_SCALE_16: Final = 32768


@dataclass(frozen=True)
class Heard:
    """A rhythm that was found: where it begins (seconds), its unit (seconds), its level (of full scale, RMS)."""

    begins: float
    unit: float
    level: float

    @property
    def ends(self) -> float:
        """When its last sign is over (seconds)."""
        return self.begins + sum(units for _, units in signs()) * self.unit


def signs() -> list[tuple[bool, int]]:
    """Return the rhythm as (sounding, units)."""
    result: list[tuple[bool, int]] = []
    for number, letter in enumerate(demands().rhythm.split()):
        if number:
            result.append((False, _LETTER_GAP))
        for place, sign in enumerate(letter):
            if place:
                result.append((False, 1))
            result.append((True, _DASH if sign == "-" else 1))
    return result


@lru_cache(maxsize=8)
def rhythm(rate: int, level: float, *, before_content: bool) -> array[float]:
    """Return samples (-1 to 1) of the rhythm with its silences, at a level given as RMS of full scale."""
    around = (LEAD_IN, PAUSE) if before_content else (PAUSE, LEAD_IN)
    parts = [(False, around[0]), *signs(), (False, around[1])]
    samples: array[float] = array("f")
    for sounding, units in parts:
        count = round(units * UNIT * rate)
        samples.extend(_tone(count, rate, level * math.sqrt(2)) if sounding else array("f", bytes(4 * count)))
    return samples


def find_rhythms(samples: Sequence[float], rate: int) -> list[Heard]:
    """Look for the rhythm in one channel of samples (-1 to 1): by the strength of its pitch, window by window."""
    width = max(1, round(_WINDOW * rate))
    strengths = [_at_pitch(samples[at : at + width], rate) for at in range(0, len(samples) - width + 1, width)]
    loudest = max(strengths, default=0.0)
    if loudest <= 1 / _FULL_SCALE_16:
        return []
    for threshold in _THRESHOLDS:
        found = []
        runs = list(_runs([strength > threshold * loudest for strength in strengths]))
        begins = 0
        for first, (_, length) in enumerate(runs):
            unit = _unit_of(runs[first : first + len(signs()) + 1])
            if unit:
                whole = strengths[begins : begins + round(sum(units for _, units in signs()) * unit)]
                sounding = [at for at in whole if at > threshold * loudest]
                level = sum(sounding) / len(sounding) / math.sqrt(2)
                found.append(Heard(begins * width / rate, unit * width / rate, level))
            begins += length
        if found:
            return found
    return []


def loudness(samples: Sequence[float], rate: int) -> float:
    """Return how loud the loud parts are: RMS of full scale, exceeded by a twentieth of the tenths of seconds."""
    width = max(1, rate // 10)
    levels = sorted(
        math.sqrt(sum(at * at for at in samples[start : start + width]) / width)
        for start in range(0, max(1, len(samples) - width + 1), width)
    )
    return levels[int(0.95 * (len(levels) - 1))]


def _tone(count: int, rate: int, peak: float) -> array[float]:
    ramp = max(1, round(_RAMP * rate))
    step = 2 * math.pi * PITCH / rate
    return array(
        "f",
        (
            peak * math.sin(step * at) * (1 - math.cos(math.pi * min(1, (at + 1) / ramp, (count - at) / ramp))) / 2
            for at in range(count)
        ),
    )


def _at_pitch(samples: Sequence[float], rate: int) -> float:
    """Return the amplitude at the pitch within a window (Goertzel's recurrence)."""
    coefficient = 2 * math.cos(2 * math.pi * PITCH / rate)
    one = two = 0.0
    for sample in samples:
        one, two = sample + coefficient * one - two, one
    power = one * one + two * two - coefficient * one * two
    return 2 * math.sqrt(max(0.0, power)) / len(samples)


def _runs(states: list[bool]) -> Iterator[tuple[bool, int]]:
    start = 0
    for at in range(1, len(states) + 1):
        if at == len(states) or states[at] != states[start]:
            yield states[start], at - start
            start = at


def _unit_of(runs: list[tuple[bool, int]]) -> float:
    """Return the unit (in windows) if the runs begin with the rhythm and a silence behind it, else 0."""
    pattern = signs()
    if len(runs) < len(pattern) or not runs[0][0]:
        return 0.0
    unit = sum(length for _, length in runs[: len(pattern)]) / sum(units for _, units in pattern)
    fits = all(
        sounding == wanted and abs(length - units * unit) <= max(_TOLERANCE * units * unit, 1.5)
        for (sounding, length), (wanted, units) in zip(runs, pattern, strict=False)
    )
    behind = runs[len(pattern)][1] if len(runs) > len(pattern) else _LETTER_GAP * unit
    # Shorter units would leave dots of a few windows, which noise makes too.
    return unit if fits and unit >= 0.04 / _WINDOW and behind >= LEAD_IN * unit * 0.6 else 0.0
