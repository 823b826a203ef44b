"""What a person has answered so far, as a part of the address of a page and nowhere else.

`law=genai&name=Chat&a=develops-y~registered_users-37000~modalities-text.image&d=audit_completed-2026-03-01`: laws,
name, answers in the order given, days of events, readings chosen. The site keeps nothing: whoever has the address has
the answers, and the way back through the browser takes them back. What an address says wrongly is left out and counted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from guiju.engine.collection import Rulebooks
from guiju.engine.complete import complete, contradiction
from guiju.engine.values import Event, Value
from guiju.engine.vocabulary import EventSpec, FactSpec
from guiju.portal.forms.facts import NONE_OF_THEM, read_fact
from guiju.portal.look.language import PARAMETER
from guiju.profiles.dates import read_date
from guiju.profiles.intake import read_name
from guiju.profiles.profile import Profile, SystemProfile
from guiju.profiles.refusal import RefusedError

BETWEEN: Final = "~"
_PUT_OFF, _UNKNOWN, _NONE = "s", "u", "none"
_BOOLS: dict[str, Value] = {"y": True, "n": False}
_SIGNS = {True: "y", False: "n", None: "u"}
_LONGEST: Final = 8000
LONGEST_NAME: Final = 80
"""In characters; a name stands in every address, where one Chinese character takes nine."""
_FILE: Final = "self-check.yaml"
_DAY: Final = len("2026-11-22")


@dataclass(frozen=True, slots=True)
class Answers:
    """The state of a check. In `given` None says that the person does not know; what is `put_off` was only skipped.

    `days` are the events with a day, each once. `left_out` counts what the address said and could not be meant.
    """

    laws: tuple[str, ...]
    name: str = ""
    given: Mapping[str, Value] = field(default_factory=dict)
    put_off: frozenset[str] = frozenset()
    days: Mapping[str, Event] = field(default_factory=dict)
    readings: Mapping[str, str] = field(default_factory=dict)
    lang: str = ""
    left_out: int = 0

    @property
    def facts(self) -> dict[str, Value]:
        """What is known."""
        return {fact: value for fact, value in self.given.items() if value is not None}

    @property
    def last(self) -> str:
        """The fact answered last; empty where nothing was."""
        return [*self.given][-1] if self.given else ""

    def query(self, **more: str) -> str:
        """Return the part of an address that says all this, with `more` added."""
        parts = [("law", law) for law in self.laws]
        parts += [("name", self.name)] if self.name else []
        answers = (f"{fact}-{self._written(fact)}" for fact in self.given)
        days = (_written_day(name, event) for name, event in self.days.items())
        readings = (f"{question}-{candidate}" for question, candidate in self.readings.items())
        for name, listed in (("a", answers), ("d", days), ("r", readings)):
            text = BETWEEN.join(listed)
            parts += [(name, text)] if text else []
        parts += [(PARAMETER, self.lang)] if self.lang else []
        return urlencode([*parts, *more.items()])

    def hidden(self) -> list[tuple[str, str]]:
        """Return names and values of the hidden inputs by which a form carries all this on."""
        return parse_qsl(self.query())

    def answering(self, fact: str, value: Value, *, put_off: bool = False) -> Answers:
        """Return the state after an answer; one that was given before keeps its place."""
        others = self.put_off - {fact}
        return replace(self, given={**self.given, fact: value}, put_off=others | {fact} if put_off else others)

    def named(self, name: str) -> Answers:
        """Return the state with a name for the system; one that cannot be a name is none."""
        return replace(self, name=_name(name))

    def without(self, fact: str) -> Answers:
        """Return the state before a fact was answered."""
        given = {name: value for name, value in self.given.items() if name != fact}
        return replace(self, given=given, put_off=self.put_off - {fact})

    def reading(self, question: str, candidate: str) -> Answers:
        """Return the state with an open question of the law read in this way."""
        return replace(self, readings={**self.readings, question: candidate})

    def profile(self, books: Rulebooks, nameless: str) -> Profile:
        """Turn the answers into a profile with one system; without a name it is called `nameless`."""
        name = self.name or nameless
        of_system = {fact: value for fact, value in self.facts.items() if books.facts[fact].of == "system"}
        of_organisation = {fact: value for fact, value in self.facts.items() if fact not in of_system}
        days = sorted(self.days.values())
        events = tuple(replace(one, system=name if books.events[one.name].of == "system" else None) for one in days)
        return Profile(_FILE, "", of_organisation, (SystemProfile(name, of_system),), events)

    def _written(self, fact: str) -> str:
        value = self.given[fact]
        if fact in self.put_off:
            return _PUT_OFF
        if value is None or isinstance(value, bool):
            return _SIGNS[value]
        if isinstance(value, frozenset):
            return ".".join(sorted(value)) or _NONE
        return f"{value:f}" if isinstance(value, Decimal) else str(value)


def read_answers(data: Any, books: Rulebooks) -> Answers:
    """Read the state from the query of an address. Nothing that an address can say raises an exception."""
    laws = tuple(dict.fromkeys(law for law in data.getlist("law") if law in {book.key for book in books.books}))
    lang = data.get(PARAMETER, "")
    answers = Answers(laws, lang=lang if lang in ("zh-hans", "en") else "").named(data.get("name", ""))
    answers = _with_facts(answers, data.get("a", ""), books)
    answers = _with_days(answers, data.get("d", ""), books)
    return _with_readings(answers, data.get("r", ""), books)


def can_be_true(facts: Mapping[str, Value], books: Rulebooks) -> bool:
    """Tell whether facts can be true together, with all that follows from them."""
    return contradiction(books, complete(books, facts)[0]) is None


def _with_facts(answers: Answers, text: str, books: Rulebooks) -> Answers:
    given: dict[str, Value] = {}
    put_off: set[str] = set()
    left_out = 0
    for fact, said in _entries(text):
        spec = books.facts.get(fact)
        found = None if spec is None else _read(spec, said)
        if found is None:
            left_out += 1
            continue
        given[fact] = found[0]
        if said == _PUT_OFF:
            put_off.add(fact)
    if not can_be_true(given, books):
        given, dropped = _consistent(given, books)
        left_out += dropped
    return replace(answers, given=given, put_off=frozenset(put_off), left_out=answers.left_out + left_out)


def _consistent(given: dict[str, Value], books: Rulebooks) -> tuple[dict[str, Value], int]:
    """Keep, in the order of the answers, those that do not contradict what was said before them."""
    kept: dict[str, Value] = {}
    for fact, value in given.items():
        if can_be_true({**kept, fact: value}, books):
            kept[fact] = value
    return kept, len(given) - len(kept)


def _read(spec: FactSpec, said: str) -> tuple[Value] | None:
    """Return the answer that the address gives, None where it is no answer to this question."""
    if said in (_UNKNOWN, _PUT_OFF):
        return (None,)
    if spec.type == "bool":
        return (_BOOLS[said],) if said in _BOOLS else None
    sent: Any = said
    if spec.type == "set":
        sent = [NONE_OF_THEM] if said == _NONE else said.split(".")
    value, error = read_fact(spec, {spec.fact: sent})
    return None if error is not None or value is None else (value,)


def _with_days(answers: Answers, text: str, books: Rulebooks) -> Answers:
    days: dict[str, Event] = {}
    left_out = 0
    for name, said in _entries(text):
        spec = books.events.get(name)
        event = None if spec is None else _read_day(spec, said)
        if event is None:
            left_out += 1
        else:
            days[name] = event
    return replace(answers, days=days, left_out=answers.left_out + left_out)


def _with_readings(answers: Answers, text: str, books: Rulebooks) -> Answers:
    said = dict(_entries(text))
    found = {q: c for q, c in said.items() if q in books.readings and c in books.readings[q].candidates}
    return replace(answers, readings=found, left_out=answers.left_out + len(said) - len(found))


def _entries(text: str) -> Iterator[tuple[str, str]]:
    for part in text[:_LONGEST].split(BETWEEN):
        name, sign, said = part.partition("-")
        if name or sign:
            yield name, said


def _read_day(spec: EventSpec, said: str) -> Event | None:
    """Read `2026-10-09-is_major.y`; None where it is no day that can be meant."""
    written, _, more = said[:_DAY], *said[_DAY:].partition("-")[1:]
    try:
        day: dt.date = read_date(written, written)
    except RefusedError:
        return None
    words = more.split(".")
    marks = dict(zip(words[::2], words[1::2], strict=False))
    known = ((name, marks[name] == "y") for name in spec.attributes or {} if marks.get(name) in _BOOLS)
    return Event(day, spec.event, None, tuple(known))


def _written_day(name: str, event: Event) -> str:
    marks = ".".join(f"{one}.{_SIGNS[value]}" for one, value in event.attributes)
    return f"{name}-{event.date}" + (f"-{marks}" if marks else "")


def _name(sent: str) -> str:
    try:
        return read_name(sent, sent)[:LONGEST_NAME].strip()
    except RefusedError:
        return ""
