"""A case: the case type that it follows, and the events so far. Everything else is derived from them.

Events are plain data (msgspec structs that encode to JSON), fit for a ledger: each says what was given and what
followed, so that nothing has to be worked out again to know what happened.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

import msgspec

from guiju.procedures.model import Chosen

How = Literal["start", "anchor", "extend", "resume", "pause", "stop", "lapse", "end", "void", "doubt"]
"""The last three end a clock without its being performed: while it was owed, was not, or nobody could tell."""


class ClockMove(msgspec.Struct, frozen=True, array_like=True):
    """What an event did to a clock. `day`: the day from which it is counted, where that is not the event's own."""

    how: How
    clock: str
    day: dt.date | None = None


class LetterSent(msgspec.Struct, frozen=True):
    """A letter that went out, and to which party."""

    name: str
    to: str


class EntryChange(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an event did to the case's entry in a register; `fields` is the entry as it then stands."""

    register: str
    how: Literal["write", "update", "withdraw"]
    status: str | None = None
    fields: dict[str, Any] = {}


class Yielded(msgspec.Struct, frozen=True, omit_defaults=True):
    """The event of the engine's vocabulary that an act means for a profile."""

    event: str
    attributes: dict[str, Any] = {}


class Event(msgspec.Struct, frozen=True, omit_defaults=True):
    """One act of a case, on a day. `seq` counts from 1 within the case and is the canonical order of its events.

    `by` is a role, or `clock` for what happened by itself. `values` is what the actor gave; `sets` what the act set;
    `competent` the authority, where the act settled it.
    """

    seq: int
    on: dt.date
    act: str
    by: str
    authority: str | None = None
    values: dict[str, Any] = {}
    sets: dict[str, Any] = {}
    clocks: tuple[ClockMove, ...] = ()
    letters: tuple[LetterSent, ...] = ()
    entries: tuple[EntryChange, ...] = ()
    yields: tuple[Yielded, ...] = ()
    competent: str | None = None


class Pin(msgspec.Struct, frozen=True):
    """The version of a case type that a case follows from its first day to its last."""

    law: str
    name: str
    version: int
    digest: str

    @property
    def key(self) -> str:
        """Law and name."""
        return f"{self.law}/{self.name}"


class Case(msgspec.Struct, frozen=True):
    """A case: its pinned type, the readings chosen when it was opened, and its events in any order."""

    pin: Pin
    readings: Chosen = ()
    events: tuple[Event, ...] = ()

    def with_events(self, *events: Event) -> Case:
        """Return the case with further events."""
        return msgspec.structs.replace(self, events=(*self.events, *events))

    def history(self) -> list[Event]:
        """Return the events in their canonical order; raises BrokenCaseError if one is missing or there twice."""
        if all(event.seq == number for number, event in enumerate(self.events, 1)):
            return list(self.events)
        found = sorted(self.events, key=_by_number)
        for number, event in enumerate(found, 1):
            if event.seq != number:
                raise BrokenCaseError(number)
        return found


class Actor(msgspec.Struct, frozen=True):
    """Who acts: a role of the case type and, on the authority's side, which authority they belong to."""

    role: str
    authority: str | None = None


class BrokenCaseError(ValueError):
    """The events of a case are not complete: event `number` is missing, or is there twice."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(self.text("en"))

    def text(self, lang: str) -> str:
        """Say what is wrong, in `zh` or `en`."""
        if lang == "zh":
            return f"案件记录不完整：第 {self.number} 个事件缺失或者重复。请从存证中恢复全部事件"
        return f"the case is not complete: event {self.number} is missing or there twice. Restore it from the ledger"


def _by_number(event: Event) -> int:
    return event.seq
