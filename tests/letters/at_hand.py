"""Letters that tests look at: those of a case type that sends each one, and those of every scenario."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
from pathlib import Path
from typing import Any

from guiju.calendar.days import prc_calendar
from guiju.engine.rulebook import load_rulebooks
from guiju.letters.composing import compose
from guiju.letters.model import Letter
from guiju.letters.sending import Outgoing, outgoing
from guiju.letters.shelf import Shelf, built_in_shelf
from guiju.procedures.case import Actor, Case, Event
from guiju.procedures.catalogue import Catalogue, built_in_types
from guiju.procedures.interpret import act, open_case, tick
from guiju.procedures.lawbook import LawBook, letter_names
from guiju.procedures.refusals import Refusal
from guiju.procedures.running import Play, play
from guiju.procedures.script import read_script

HERE = Path(__file__).parent
SCENARIOS = sorted((HERE.parent / "procedures" / "scenarios").rglob("*.yaml"))
SHELF: Shelf = built_in_shelf()
CALENDAR = prc_calendar()
PARADE = Catalogue(HERE / "types", LawBook(load_rulebooks(), letter_names(HERE / "types"))).get("parade")
SUBMITTED = "2026-09-15"
REASON = "The staff lacks a person for human oversight."
GIVEN: dict[str, Any] = {
    "missing": ["proof of the premises", "qualifications of the staff"],
    "supply_by": "2026-10-20",
    "reasons": REASON,
    "findings": "An incident of 3 September was not reported.",
    "facts": "The filing names a service that does not exist.",
    "what_changed": "The service now also works by telephone.",
    "answer_given": "The product is licensed for image diagnosis only.",
    "comment_by": "2026-10-12",
    "correct_by": "2026-10-13",
    "file_by": "2026-10-14",
    "correction_due": "2026-10-15",
    "licence_number": "ML-2026-0007",
    "licence_expires": "2029-09-30",
}


class Parade:
    """One case of the parade under way."""

    def __init__(self, on: str = SUBMITTED, /, **form: Any) -> None:
        self.case: Case = open_case(PARADE)
        self.does(on, "submit", **{**PARADE.example, **form})

    def does(self, on: str, name: str, /, **values: Any) -> Parade:
        """Carry out an act with its usual values, or with these; None takes one out."""
        transition = next(t for t in PARADE.transitions if t.name == name)
        takes = {*transition.inputs, *transition.fills}
        given = {**{key: value for key, value in GIVEN.items() if key in takes}, **values}
        given = {key: value for key, value in given.items() if value is not None}
        role = transition.by[0]
        done = act(self.case, PARADE, name, Actor(role), given, today=dt.date.fromisoformat(on), calendar=CALENDAR)
        assert not isinstance(done, Refusal), done
        self.case = self.case.with_events(*done)
        return self

    def waits(self, until: str) -> Parade:
        """Let time pass."""
        self.case = self.case.with_events(*tick(self.case, PARADE, CALENDAR, dt.date.fromisoformat(until)))
        return self

    @property
    def event(self) -> Event:
        """The latest event."""
        return self.case.history()[-1]

    def letter(self) -> Letter:
        """The letter of the latest event."""
        event = self.event
        sent = event.letters[0]
        return compose(self.case, PARADE, event, sent, shelf=SHELF, calendar=CALENDAR, number="A-1")


def letter_of(name: str) -> Letter:
    """A letter of the parade, by its name."""
    if name == "receipt":
        return Parade(proof=None).letter()
    if name == "deemed_withdrawal":
        return Parade().does("2026-09-29", "ask").waits("2026-11-01").letter()
    if name == "supplement_request":
        return Parade(proof=None).does("2026-09-29", "ask").letter()
    sends = next(t.name for t in PARADE.transitions if any(s.name == name for s in t.letters) and "reviewer" in t.by)
    if name == "refusal":
        sends = "refuse"
    if name == "transfer":
        sends = "hand_over"
    return Parade().does("2026-09-30", sends).letter()


LETTERS = sorted({sent.name for t in PARADE.transitions for sent in t.letters})


@functools.cache
def plays() -> tuple[Play, ...]:
    """Every scenario, run to its end. One that cannot be run fails in tests/procedures, where it belongs."""
    found = []
    for path in SCENARIOS:
        with contextlib.suppress(ValueError):
            script = read_script(path)
            found.append(play(script, built_in_types().get(script.case_type)))
    return tuple(found)


@functools.cache
def sent_in_scenarios() -> tuple[tuple[Play, Outgoing], ...]:
    """Every letter of every scenario, one for each case type, act and letter."""
    found: dict[tuple[str, str, str, str], tuple[Play, Outgoing]] = {}
    for played in plays():
        if any(event.letters for event in played.case.events):
            for one in outgoing(played, SHELF):
                found.setdefault((played.kind.key, one.event.act, one.letter.name, one.to), (played, one))
    return tuple(found.values())
