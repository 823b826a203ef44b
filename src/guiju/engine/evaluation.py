"""One case: facts and events of one subject under chosen readings, and the value of every condition in it."""

from __future__ import annotations

import datetime as dt
import heapq
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

    def under(self, question: str, candidate: str, web: Web) -> tuple[Evaluation, set[int]]:
        """Return the same case with one question read otherwise, and the indices of conditions that then differ.

        Starts from the reading and follows only what changes, from parts to wholes; a condition that was never
        asked for counts as different, because nobody knows.
        """
        other = Evaluation.__new__(Evaluation)
        other.facts = self.facts
        other.events = self.events
        other.readings = {**self.readings, question: candidate}
        other.as_of = self.as_of
        memo = other._memo = self._memo.copy()
        differing: set[int] = set()
        waiting = [node.index for node in web.readings.get(question, ())]
        queued = set(waiting)
        heapq.heapify(waiting)
        while waiting:
            index = heapq.heappop(waiting)
            before = memo[index]
            if before is not _OPEN:
                now = web.nodes[index].compute(other)
                if now == before:
                    continue
                memo[index] = now
            differing.add(index)
            for parent in web.wholes[index]:
                if parent not in queued:
                    queued.add(parent)
                    heapq.heappush(waiting, parent)
        return other, differing


class Web:
    """How conditions hang together: for each the wholes of which it is a part, and where readings enter."""

    __slots__ = ("nodes", "readings", "wholes")

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = nodes
        self.wholes: list[list[int]] = [[] for _ in nodes]
        self.readings: dict[str, list[Node]] = {}
        for node in nodes:
            for child in node.children:
                self.wholes[child.index].append(node.index)
            if node.kind == "reading":
                self.readings.setdefault(node.own[0], []).append(node)
