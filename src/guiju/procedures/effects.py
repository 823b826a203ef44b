"""What follows from an act: fields set, clocks moved, letters, register entries, events of the engine's vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from guiju.procedures.case import Actor, ClockMove, EntryChange, Event, How, LetterSent, Yielded
from guiju.procedures.model import SAME, Clock, Hook, Transition, Writing
from guiju.procedures.situation import Situation, competent
from guiju.procedures.standing import Standing
from guiju.procedures.values import seen, unseen


def consequences(
    standing: Standing,
    transition: Transition,
    actor: Actor,
    *,
    taken: Mapping[str, Any],
    fields: Mapping[str, Any],
    situation: Situation,
) -> Event:
    """Make the event of an act whose conditions hold. `fields` are those after what the act fills."""
    kind = standing.kind
    sets = {
        name: None if condition is None else unseen(kind.fields[name], situation.value(condition.node))
        for name, condition in transition.sets.items()
    }
    after = {name: value for name, value in {**fields, **sets}.items() if value is not None}
    later = Situation(
        kind, standing, after, _inputs(transition, taken),
        today=situation.as_of, calendar=situation.calendar, readings=situation.readings,
    )  # fmt: skip
    settles = transition.name in kind.settled_by
    authority = competent(kind, later, None) if settles else None
    return Event(
        seq=len(standing.events) + 1,
        on=situation.as_of,
        act=transition.name,
        by=actor.role,
        authority=actor.authority,
        values={name: value for name, value in taken.items() if value is not None or name in standing.fields},
        sets=sets,
        clocks=tuple(_Moves(standing, transition, after, later).all()),
        letters=tuple(LetterSent(one.name, one.to) for one in transition.letters if _holds(later, one.when)),
        entries=tuple(_entry(standing, one, after) for one in transition.writings if _holds(later, one.when)),
        yields=tuple(
            Yielded(one.event, {key: _value(name, after, taken) for key, name in one.attributes.items()})
            for one in transition.yields
        ),
        competent=authority,
    )


def _inputs(transition: Transition, taken: Mapping[str, Any]) -> dict[str, Any]:
    return {name: (field, taken.get(name)) for name, field in transition.inputs.items()}


def _holds(situation: Situation, when: Any) -> bool:
    return when is None or situation.true(when) is True


def _value(name: str, after: Mapping[str, Any], taken: Mapping[str, Any]) -> Any:
    return taken[name] if name in taken else after.get(name)


def _entry(standing: Standing, writing: Writing, after: Mapping[str, Any]) -> EntryChange:
    register = standing.kind.registers[writing.register]
    before = standing.entries.get(register.name)
    status = writing.status or (before.status if before and writing.how != "write" else None)
    if status is None:
        status = next(iter(register.statuses), None)
    names = dict.fromkeys((register.key, *register.fields))
    return EntryChange(register.name, writing.how, status, {name: after[name] for name in names if name in after})


class _Moves:
    """What an act does to the clocks, in an order that does not depend on how they are written."""

    def __init__(self, standing: Standing, transition: Transition, after: Mapping[str, Any], later: Situation) -> None:
        self.standing = standing
        self.active = standing.active
        self.act = transition.name
        self.target = standing.state if transition.to == SAME else transition.to
        self.after = after
        self.later = later

    def all(self) -> Iterable[ClockMove]:
        closes = self.standing.kind.states[self.target].kind == "final"
        for clock in self.active.clocks.values():
            moves = list(self._of(clock))
            if closes:
                moves = [move for move in moves if move.how != "start"]
                if self._running(clock, moves):
                    moves.append(ClockMove(self._unperformed(clock), clock.name))
            yield from moves

    def _running(self, clock: Clock, moves: list[ClockMove]) -> bool:
        run = self.standing.runs.get(clock.name)
        ends = any(move.how not in ("start", "anchor", "extend", "resume", "pause") for move in moves)
        return run is not None and not run.ended and not ends

    def _of(self, clock: Clock) -> Iterable[ClockMove]:
        run = self.standing.runs.get(clock.name)
        running, paused = run is not None and not run.ended, run is not None and run.paused
        moved = self._anchored(clock)
        if moved is not None:
            yield moved
            running = running or moved.how == "start"
        if clock.extend is not None and clock.extend.on == self.act:
            yield ClockMove("extend", clock.name)
        if paused and self._hooked(clock, "resumes"):
            yield ClockMove("resume", clock.name)
            paused = False
        if clock.lapses == self.act and self.active.transitions[self.act].automatic and running:
            yield ClockMove("lapse", clock.name)
            running = False
        if running and self._hooked(clock, "stops"):
            yield ClockMove("stop", clock.name)
            running = False
        elif running and self._hooked(clock, "ends"):
            yield ClockMove(self._unperformed(clock), clock.name)
            running = False
        elif running and not paused and self._hooked(clock, "pauses"):
            yield ClockMove("pause", clock.name)
        if self._hooked(clock, "starts"):
            yield from self._started(clock)
        elif running and run is not None and run.start is not None and self._emptied(clock):
            yield ClockMove("anchor", clock.name)

    def _unperformed(self, clock: Clock) -> How:
        """Say how a clock ends that was not performed: whether it was owed, by the facts as they are after the act."""
        owed = clock.owed_when is None or self.later.true(clock.owed_when)
        return "doubt" if owed is None else "end" if owed else "void"

    def _emptied(self, clock: Clock) -> bool:
        """Tell whether the act takes the date away on which a clock turns: from when it counts is then unknown."""
        return clock.anchor in self.standing.fields and clock.anchor not in self.after

    def _started(self, clock: Clock) -> Iterable[ClockMove]:
        """Start a clock anew: from today, or from the day in its field, which may still be unknown."""
        day = self._anchor(clock) if clock.anchor else None
        yield ClockMove("start", clock.name, day)
        if clock.anchor and day is None:
            yield ClockMove("anchor", clock.name)

    def _hooked(self, clock: Clock, what: Any) -> bool:
        hooks: list[Hook] = self.active.hooks(clock, what)
        return any(hook.on == self.act and _holds(self.later, hook.when) for hook in hooks)

    def _anchor(self, clock: Clock) -> Any:
        assert clock.anchor is not None
        field = self.standing.kind.fields[clock.anchor]
        return seen(field, self.after.get(clock.anchor))

    def _anchored(self, clock: Clock) -> ClockMove | None:
        """Start a clock whose date has become known, or count it anew from another date."""
        if clock.anchor is None or self.standing.fields.get(clock.anchor) == self.after.get(clock.anchor):
            return None
        day = self._anchor(clock)
        if day is None:
            return None
        run = self.standing.runs.get(clock.name)
        if run is not None and self._hooked(clock, "corrects"):
            return ClockMove("anchor", clock.name, day)
        if not clock.starts:
            return ClockMove("start", clock.name, day)
        return ClockMove("anchor", clock.name, day) if run is not None and not run.ended else None
