"""What a letter is about: the case right before and right after the act that sends it, and what that act gave."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import msgspec

from guiju.bilingual import Bilingual
from guiju.calendar.days import WorkCalendar
from guiju.engine.norms import Rulebook
from guiju.letters.model import ACT
from guiju.letters.saying import both, plain_day, said
from guiju.letters.shelf import Shelf
from guiju.procedures.case import Case, Event, LetterSent
from guiju.procedures.model import CLOCK, CaseType, Field, Transition
from guiju.procedures.situation import Situation, competent, missing_items
from guiju.procedures.standing import ClockView, Standing, replay

_MARKS = ("bool", "count")


class Matter:
    """One event of a case, seen by the letter that it sends. `kind` is the version that the case pins."""

    def __init__(
        self,
        case: Case,
        kind: CaseType,
        event: Event,
        sent: LetterSent,
        *,
        shelf: Shelf,
        calendar: WorkCalendar,
        number: str,
        named: Mapping[str, Bilingual] = MappingProxyType({}),
    ) -> None:
        self.kind = kind
        self.event = event
        self.sent = sent
        self.shelf = shelf
        self.calendar = calendar
        self.named = named
        self.before = _up_to(case, kind, event.seq - 1)
        self.standing = _up_to(case, kind, event.seq)
        self.transition: Transition = self.standing.active.transitions[event.act]
        self.fields: dict[str, Field] = {**kind.fields, **self.transition.inputs}
        own = self.standing.fields.get("case_number")
        self.case_number: str = own if isinstance(own, str) else number
        place = f"-{event.letters.index(sent) + 1}" if len(event.letters) > 1 else ""
        self.letter_number = f"{self.case_number}-{event.seq}{place}"

    @property
    def law(self) -> Rulebook:
        """The law under which the case runs."""
        return self.shelf.law(self.kind.law)

    def value(self, name: str) -> Any:
        """Return a value of the case after the act, or an input of the act; None where there is none."""
        if name in self.transition.inputs:
            return self.event.values.get(name)
        return self.standing.fields.get(name)

    def addresses(self, cites: Iterable[str]) -> tuple[str, ...]:
        """Return addresses, with those of the act in place of the word `act`."""
        found = [address for one in cites for address in (self.transition.cites if one == ACT else (one,))]
        return tuple(dict.fromkeys(found))

    # ---- Who

    @functools.cached_property
    def authority(self) -> Bilingual:
        """Whoever sends the letter: the authority that acted, else the competent one."""
        actor = next((party for party in self.kind.parties.values() if self.event.by in party.roles), None)
        acted = actor is not None and actor.side == "authority"
        name = self.event.authority
        if name is None and acted and actor is not None and actor.name in self.shelf.book.parties:
            name = actor.name
        # An authority that hands a case over still signs the letter that says so.
        return self._named(name or (self._competent_before if acted else self._competent_now))

    @functools.cached_property
    def recipient(self) -> tuple[Field | None, Bilingual]:
        """The recipient's name with the field that holds it, or the label of the party."""
        party = self.kind.parties[self.sent.to]
        for name in self.shelf.addressees.get(party.name, ()):
            value = self.standing.fields.get(name)
            if value is not None and name in self.kind.fields:
                return self.kind.fields[name], said(self.kind.fields[name], value)
        return None, party.label

    @functools.cached_property
    def _competent_before(self) -> str | None:
        return _competent(self.before, self.event.on, self.calendar)

    @functools.cached_property
    def _competent_now(self) -> str | None:
        return _competent(self.standing, self.event.on, self.calendar)

    def _named(self, authority: str | None) -> Bilingual:
        if authority is not None and authority in self.named:
            return self.named[authority]
        if authority is not None and authority in self.shelf.book.parties:
            return self.shelf.book.parties[authority].label
        return next(party.label for party in self.kind.parties.values() if party.side == "authority")

    # ---- What texts and conditions speak of

    def texts(self) -> dict[str, Bilingual]:
        """Return what every text may speak of, apart from the provisions of its own part."""
        law = self.law.title
        return {
            "procedure": self.kind.title,
            "act": self.transition.label,
            "case_number": both(self.case_number),
            "letter_number": both(self.letter_number),
            "authority": self.authority,
            "competent": self._named(self._competent_now),
            "recipient": self.recipient[1],
            "date": plain_day(self.event.on),
            "state": self.kind.states[self.standing.state].label,
            "law": Bilingual(zh=f"《{law.zh}》", en=law.en),
        }

    def facts(self) -> dict[str, Any]:
        """Return what every condition may ask."""
        return {
            "case_type": self.kind.name,
            "act_name": self.event.act,
            "to_side": self.kind.parties[self.sent.to].side,
            "is_final": self.standing.final,
            "by_itself": self.event.by == CLOCK,
            "changes_authority": self._competent_before != self._competent_now,
        }

    def changed(self, group: str) -> list[str]:
        """List what the act gave or set: its inputs, what is on record, the form, or all of it (`act`).

        Marks and counters that an act sets by itself are the bookkeeping of its case type, often reset by the very act
        that rests on them; a letter that repeated them would say something false.
        """
        event, kind = self.event, self.kind
        there = {name for name, value in event.values.items() if value is not None}
        there |= {n for n, value in event.sets.items() if value is not None and self.fields[n].type not in _MARKS}
        groups = {
            "inputs": (*self.transition.inputs,),
            "record": (*kind.record,),
            "form": (*kind.form,),
            "act": (*self.transition.inputs, *kind.record, *kind.form),
        }
        return [name for name in groups[group] if name in there]

    def missing(self) -> list[Field]:
        """List the required fields of the form that are not given."""
        names = missing_items(self.kind, self.standing.fields, self.standing.active.readings)
        return [self.kind.fields[name] for name in names]

    def clocks(self, of: str) -> Iterator[ClockView]:
        """Yield the clocks of the recipient or of the authority that run, or those that this act has ended."""
        for view in self.standing.clocks(self.calendar, self.event.on).values():
            if self._concerns(view, of):
                yield view

    def _concerns(self, view: ClockView, of: str) -> bool:
        run = view.run
        if run is None or run.start is None:
            return False
        if of.startswith("act"):
            moves = {move.how for move in self.event.clocks if move.clock == view.clock.name}
            aimed = any(hook.on == self.event.act for hook in self.standing.active.hooks(view.clock, "stops"))
            # Only what the act performed is worth a word, not what it made pointless.
            return "lapse" in moves or ("stop" in moves and aimed)
        side = self.kind.parties[self.sent.to].side if of == "recipient" else "authority"
        # Where the time is over and nobody owes anything, there is nothing left to keep.
        return not run.ended and view.status != "over" and view.clock.side == side


def _up_to(case: Case, kind: CaseType, seq: int) -> Standing:
    return replay(msgspec.structs.replace(case, events=tuple(e for e in case.events if e.seq <= seq)), kind)


def _competent(standing: Standing, day: dt.date, calendar: WorkCalendar) -> str | None:
    situation = Situation(
        standing.kind, standing, standing.fields, {},
        today=day, calendar=calendar, readings=standing.active.readings,
    )  # fmt: skip
    return competent(standing.kind, situation, standing)
