"""One case: facts and events of one subject under chosen readings, and the value of every condition in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from guiju.engine import events as listed
from guiju.engine.expression import Node
from guiju.engine.values import Event, Value

_OPEN = object()


class Evaluation:
    """Works conditions out, each at most once. `facts` lacks what is unknown."""

    __slots__ = ("_memo", "as_of", "events", "facts", "readings")

    def __init__(
        self,
        facts: Mapping[str, Value],
        events: Mapping[str, Sequence[Event]],
        readings: Mapping[str, str],
        as_of: dt.date,
        size: int,
    ) -> None:
        self.facts = facts
        self.events = events
        self.readings = readings
        self.as_of = as_of
        self._memo: list[Any] = [_OPEN] * size

    def value(self, node: Node) -> Any:
        """Return the node's value: true, false, a number, a text, a set, or None for unknown."""
        known = self._memo[node.index]
        if known is _OPEN:
            known = self._memo[node.index] = node.compute(self)
        return known

    def measure(self, function: str, event: str, argument: Any) -> Any:
        """Count events up to the day of assessment; see `guiju.engine.events`."""
        complete = self.facts.get(listed.COMPLETE) is True
        past = [e for e in self.events.get(event, ()) if e.date <= self.as_of]
        if function == "happened":
            return listed.happened(past, argument, complete)
        if function == "most_within":
            return listed.most_within(past, argument, complete)
        if function == "most_per_year":
            return listed.most_per_year(past, complete)
        return listed.total(past, complete)

    def under(self, question: str, candidate: str, affected: Sequence[int]) -> Evaluation:
        """Return the same case with one question read otherwise; only what depends on it is worked out anew."""
        other = Evaluation.__new__(Evaluation)
        other.facts = self.facts
        other.events = self.events
        other.readings = {**self.readings, question: candidate}
        other.as_of = self.as_of
        other._memo = self._memo.copy()
        for index in affected:
            other._memo[index] = _OPEN
        return other
