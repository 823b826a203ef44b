"""Counts over events: what any such counts must satisfy, and dates of events that have given counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import z3

from guiju.calendar.period import Period
from guiju.engine.events import most_per_year, most_within, total
from guiju.engine.values import Event

MONTHS_IN_YEAR = 12
FIRST_DAY = dt.date(2024, 1, 2)
"""Around this day the events of a case are laid out: past, and the same whenever the check is run."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One count over events that conditions ask for: the function, the event, an attribute, a span in months."""

    function: str
    event: str
    attribute: str | None
    months: int | None


def months_of(span: Period) -> int:
    """Return the length of a span that conditions can ask for, in months."""
    return span.amount * (MONTHS_IN_YEAR if span.unit == "year" else 1)


def laws_of_counting(measures: Mapping[Measure, Any]) -> Iterator[Any]:
    """Say what holds between counts of the same event, whatever the events are."""
    for event in sorted({m.event for m in measures}):
        all_ = z3.Int(f"number of {event}")
        own = {m: v for m, v in measures.items() if m.event == event}
        yield all_ >= 0
        for measure, variable in own.items():
            if measure.function == "happened":
                some = all_ >= 1
                yield z3.Implies(variable, some) if measure.attribute else variable == some
            elif measure.function == "total":
                yield variable == all_
            else:
                yield z3.And(variable >= 0, variable <= all_, z3.Implies(all_ >= 1, variable >= 1))
        yield from _between_spans(own)


def _between_spans(own: Mapping[Measure, Any]) -> Iterator[Any]:
    spans = sorted(((m.months or 0, v) for m, v in own.items() if m.function == "most_within"), key=lambda s: s[0])
    years = [v for m, v in own.items() if m.function == "most_per_year"]
    for (_, shorter), (_, longer) in pairwise(spans):
        yield shorter <= longer
    for months, within in spans:
        for per_year in years:
            if months >= MONTHS_IN_YEAR:
                yield per_year <= within
            if months <= MONTHS_IN_YEAR:
                # A span of a year touches at most two calendar years.
                yield within <= 2 * per_year


def events_with(counts: Mapping[Measure, Any], system: str) -> tuple[Event, ...] | None:
    """List dated events that have these counts; None where no plain layout of days has them."""
    listed: list[Event] = []
    for name in sorted({m.event for m in counts}):
        own = {m: v for m, v in counts.items() if m.event == name}
        events = _layout(name, own, system)
        if not _has(events, own):
            return None
        listed.extend(events)
    return tuple(listed)


def _layout(name: str, own: Mapping[Measure, Any], system: str) -> list[Event]:
    """Put the densest year first, around the turn of a year where that is asked for, and the rest years apart."""
    numbers = [int(v) for m, v in own.items() if m.function != "happened"]
    happened = any(v for m, v in own.items() if m.function == "happened")
    in_all = max([*numbers, int(happened)])
    within = max((int(v) for m, v in own.items() if m.function == "most_within"), default=None)
    per_year = max((int(v) for m, v in own.items() if m.function == "most_per_year"), default=None)
    dense = next(n for n in (within, per_year, in_all) if n is not None)
    same_year = dense if per_year is None else min(per_year, dense)
    days = [FIRST_DAY + dt.timedelta(days=n) for n in range(same_year)]
    days += [FIRST_DAY - dt.timedelta(days=2 + n) for n in range(dense - same_year)]
    days += [FIRST_DAY.replace(year=FIRST_DAY.year - 3 * (n + 1)) for n in range(in_all - dense)]
    attributes = {m.attribute: bool(v) for m, v in own.items() if m.attribute}
    return [
        Event(day, name, system, tuple((a, value and n == 0) for a, value in attributes.items() if a))
        for n, day in enumerate(sorted(days))
    ]


def _has(events: list[Event], own: Mapping[Measure, Any]) -> bool:
    for measure, wanted in own.items():
        match measure.function:
            case "total":
                found: object = total(events, complete=True)
            case "most_per_year":
                found = most_per_year(events, complete=True)
            case "most_within":
                assert measure.months is not None
                found = most_within(events, Period.parse(f"{measure.months} months"), complete=True)
            case _:
                attribute = measure.attribute
                found = any(event.attribute(attribute) if attribute else True for event in events)
        if found != wanted:
            return False
    return True
