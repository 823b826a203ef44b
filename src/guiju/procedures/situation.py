"""A case as its conditions see it: fields, inputs and what can be asked of clocks and earlier acts; three-valued."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from guiju.calendar.count import nominal_end
from guiju.calendar.days import WorkCalendar
from guiju.calendar.period import Period
from guiju.engine.evaluation import Evaluation
from guiju.engine.expression import Node
from guiju.procedures.case import Event
from guiju.procedures.clocks import passed
from guiju.procedures.model import CaseType, Clock, Condition, Field
from guiju.procedures.standing import ClockView, Standing
from guiju.procedures.values import seen


class Situation(Evaluation):
    """The values of conditions for one act, on one day. `before` is the standing before the act."""

    __slots__ = ("_before", "_views", "calendar", "kind")

    def __init__(
        self,
        kind: CaseType,
        before: Standing | None,
        fields: Mapping[str, Any],
        inputs: Mapping[str, tuple[Field, Any]],
        *,
        today: dt.date,
        calendar: WorkCalendar | None,
        readings: Mapping[str, str],
    ) -> None:
        known = {name: seen(field, fields.get(name)) for name, field in kind.fields.items()}
        known |= {name: seen(field, value) for name, (field, value) in inputs.items()}
        facts = {name: value for name, value in known.items() if value is not None}
        super().__init__(facts, {}, readings, today, len(kind.nodes))
        self.kind = kind
        self._before = before
        self.calendar = calendar
        self._views: dict[str, ClockView] = {}

    def true(self, condition: Condition | bool) -> bool | None:
        """Tell whether a condition holds; None is unknown."""
        if isinstance(condition, bool):
            return condition
        value: bool | None = self.value(condition.node)
        return value

    def ask(self, word: str, *arguments: Any) -> Any:
        """Answer what a condition asks of the case itself; see docs/procedures.md."""
        match word:
            case "today":
                return self.as_of
            case "state":
                return self._before.state if self._before else self.kind.initial
            case "complete":
                return self._complete()
            case "competent":
                return competent(self.kind, self, self._before)
            case "given":
                return arguments[0] in self.facts
            case "happened" | "times" | "times_within" | "times_this_year":
                return self._acts(word, *arguments)
        return self._clock(word, arguments[0])

    def _complete(self) -> bool | None:
        result: bool | None = True
        for field in self.kind.form.values():
            if field.name in self.facts:
                continue
            required = self.true(field.required)
            if required:
                return False
            if required is None:
                result = None
        return result

    def _acts(self, word: str, act: str, span: Period | None, mark: str) -> bool | int | None:
        events = self._before.events if self._before else []
        found = [event for event in events if event.act == act]
        unknown = 0
        if mark:
            unknown = sum(mark not in event.values for event in self._counted(found, word, span))
            found = [event for event in found if event.values.get(mark) is True]
        found = self._counted(found, word, span)
        if word == "happened":
            return True if found else None if unknown else False
        return None if unknown else len(found)

    def _counted(self, events: list[Event], word: str, span: Period | None) -> list[Event]:
        if word == "times_this_year":
            return [event for event in events if event.on.year == self.as_of.year]
        if span is not None:
            # A span that ends today has begun on the day whose period ends today; both ends belong to it.
            return [event for event in events if nominal_end(event.on, span) >= self.as_of]
        return events

    def view(self, name: str) -> ClockView:
        """Return a clock as it stood before the act, on the day of the act."""
        assert self._before is not None
        assert self.calendar is not None
        if name not in self._views:
            self._views[name] = self._before.clock(name, self.calendar, self.as_of)
        return self._views[name]

    def _clock(self, word: str, name: str) -> Any:
        if self._before is None or name not in self._before.active.clocks:
            return 0 if word == "extensions" else False
        view = self.view(name)
        run = view.run
        if word == "extensions":
            return run.extensions if run else 0
        if word == "started":
            return run is not None
        if word == "running":
            return run is not None and not run.ended and not run.paused
        if word == "paused":
            return view.status == "paused"
        if (run is None or run.start is None) and view.clock.anchor and self._unanchored(view):
            return None
        if run is None or view.due is None:
            return False
        if word == "late":
            return True if run.lapsed else _both(self._owed(view), passed(view.due, run.stopped or self.as_of))
        if word in ("overdue", "over"):
            over = False if run.ended else passed(view.due, self.as_of)
            return _both(self._owed(view), over) if word == "overdue" else over
        return self._open(view)

    def _owed(self, view: ClockView) -> bool | None:
        """Tell whether anybody had to act; whoever performed it had to."""
        if view.run is not None and view.run.ended:
            return view.run.owed
        assert self._before is not None
        return owes(view.clock, self._before, self.as_of, self.calendar)

    def _unanchored(self, view: ClockView) -> bool:
        """Tell whether a clock waits for nothing but a date that is not known."""
        return not view.clock.starts or view.run is not None

    def _open(self, view: ClockView) -> bool | None:
        run, day = view.run, view.due
        if run is None or day is None or run.ended or run.paused:
            return False
        over = passed(day, self.as_of)
        if over or view.opens is None:
            return None if over is None else not over
        begun = True if self.as_of >= view.opens.latest else None if self.as_of >= view.opens.earliest else False
        return begun if over is False else (False if begun is False else None)


@dataclass(frozen=True, slots=True)
class Unknowns:
    """Collects the names on which an unknown condition turns."""

    situation: Situation

    def of(self, node: Node) -> list[str]:
        """Return the fields, inputs and clocks that would have to be known, each once."""
        return list(dict.fromkeys(self._walk(node)))

    def _walk(self, node: Node) -> Iterable[str]:
        if self.situation.value(node) is not None:
            return
        if node.kind == "fact":
            yield node.own[0]
        elif node.kind == "asked":
            yield from self._asked(node)
        for child in node.children:
            yield from self._walk(child)

    def _asked(self, node: Node) -> Iterable[str]:
        kind = self.situation.kind
        match node.own[0]:
            case "complete":
                for field in kind.form.values():
                    if field.name not in self.situation.facts and isinstance(field.required, Condition):
                        yield from self._walk(field.required.node)
            case "competent":
                for rule in kind.rules:
                    yield from self._walk(rule.when.node)
            case "happened" | "times" | "times_within" | "times_this_year":
                yield node.own[3]
            case word:
                yield from self._clock(word, self.situation.view(node.own[1]))

    def _clock(self, word: str, view: ClockView) -> Iterable[str]:
        """Name the facts on which it turns whether somebody has to act; else the date, or the clock itself."""
        duty = view.clock.owed_when if word in ("overdue", "late") else None
        facts = [] if duty is None else list(self._walk(duty.node))
        unanchored = view.run is None or view.run.start is None
        yield from facts or [(view.clock.anchor or view.clock.name) if unanchored else view.clock.name]


def competent(kind: CaseType, situation: Situation, before: Standing | None) -> str | None:
    """Find the competent authority: the settled one, else the first whose rule is true; None while that is unknown."""
    if before is not None and before.settled is not None:
        return before.settled
    for rule in kind.rules:
        holds = situation.true(rule.when)
        if holds:
            return rule.authority
        if holds is None:
            return None
    return None


def owes(clock: Clock, standing: Standing, today: dt.date, calendar: WorkCalendar | None) -> bool | None:
    """Tell whether somebody has to act by the last day of a clock, as the case stands; None is unknown."""
    if clock.owed_when is None:
        return True
    situation = Situation(
        standing.kind, standing, standing.fields, {},
        today=today, calendar=calendar, readings=standing.active.readings,
    )  # fmt: skip
    return situation.true(clock.owed_when)


def _both(one: bool | None, other: bool | None) -> bool | None:
    """Join two answers: false as soon as one of them is."""
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def missing_items(
    kind: CaseType,
    fields: Mapping[str, Any],
    readings: Mapping[str, str] | None = None,
    *,
    before: Standing | None = None,
    today: dt.date = dt.date.max,
    calendar: WorkCalendar | None = None,
) -> list[str]:
    """List the required fields that are not given. One whose requirement is unknown is not listed.

    With `before`, `today` and `calendar`, requirements may also turn on clocks and earlier acts.
    """
    situation = Situation(kind, before, fields, {}, today=today, calendar=calendar, readings=readings or kind.readings)
    return [f.name for f in kind.form.values() if f.name not in situation.facts and situation.true(f.required)]
