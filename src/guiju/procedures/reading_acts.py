"""Read the transitions of a case type: who may act, what must hold, and what follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from guiju.documents.marked import Map, Seq
from guiju.procedures.draft import ANOTHER, Draft
from guiju.procedures.model import (
    ANYBODY,
    CLOCK,
    SAME,
    Condition,
    Field,
    Requirement,
    Sending,
    Transition,
    Writing,
    Yield,
)
from guiju.procedures.parts import Part, hint_for
from guiju.procedures.reading_fields import read_field, with_required

_EVERY_OPEN = "every_open_state"
_WAYS: tuple[Literal["write", "update", "withdraw"], ...] = ("write", "update", "withdraw")
_NOT_ALLOWED = "not_allowed"
_RESULT_TYPES = {
    "text": "text", "file": "text", "choice": "text", "bool": "bool", "count": "number", "money": "number",
    "date": "date", "set": "set", "list": "list",
}  # fmt: skip


def survey_acts(whole: Part) -> dict[str, frozenset[str]]:
    """List the transitions, each with its true/false inputs, before any expression is read."""
    acts: dict[str, set[str]] = {}
    for one in _listed(whole.raw.get("transitions")):
        if isinstance(one, Map) and isinstance(one.get("name"), str):
            inputs = one.get("inputs")
            marks = {str(i.get("input")) for i in _listed(inputs) if isinstance(i, Map) and i.get("type") == "bool"}
            acts.setdefault(one["name"], set()).update(marks)
    return {name: frozenset(marks) for name, marks in acts.items()}


def _listed(value: object) -> list[object]:
    return value if isinstance(value, Seq) else [value]


def read_transitions(draft: Draft, whole: Part) -> None:
    """Read every transition."""
    lines: dict[str, list[tuple[tuple[tuple[str, str], ...], int]]] = {}
    found = []
    for part in whole.parts("transitions", "name"):
        transition = _Act(draft, part).read()
        draft.unique("name", lines, transition.name, part)
        found.append(transition)
    draft.kind.transitions = tuple(found)


class _Act:
    """One transition while it is being read."""

    def __init__(self, draft: Draft, part: Part) -> None:
        self.draft = draft
        self.part = part
        self.cites = draft.cites(part)
        self.inputs = self._inputs()

    def read(self) -> Transition:
        part, draft = self.part, self.draft
        fields = draft.kind.fields
        states = draft.kind.states
        fills = part.names("fills")
        filled = tuple(draft.kind.form) if fills == ("form",) else draft.known(part, "fills", "field", fills, fields)
        self._no_clash(filled)
        target = part.name("to")
        if target and target != SAME:
            draft.known(part, "to", "state", [target], states)
        transition = Transition(
            name=part.name("name"),
            label=part.label(),
            sources=self._sources(),
            to=target,
            by=draft.held(part, "by", part.names("by", needed=True), (ANYBODY, CLOCK)),
            requires=tuple(self._requirements()),
            inputs=self.inputs,
            fills=filled,
            needs=draft.known(part, "needs", "field", part.names("needs"), fields),
            sets=self._sets(),
            letters=tuple(self._letters()),
            writings=tuple(self._writings()),
            yields=tuple(self._yields(filled)),
            cites=self.cites,
            reading=draft.reading(part),
            line=part.line,
            gist=part.both("gist", needed=False),
        )
        part.finish()
        return transition

    def _inputs(self) -> dict[str, Field]:
        parts = self.part.parts("inputs", "input")
        found: dict[str, Field] = {}
        for one in parts:
            field = read_field(self.draft, one, "input", self.cites)
            if field.name in found:
                one.fault("written_twice", "input", name=field.name, first=found[field.name].line)
            if field.name in self.draft.kind.fields or field.name in self.draft.terms:
                one.fault("name_clash", "input", name=field.name, other=ANOTHER)
            found[field.name] = field
        return {
            field.name: with_required(self.draft, one, field, found, default=True)
            for one, field in zip(parts, found.values(), strict=False)
        }

    def _no_clash(self, filled: Iterable[str]) -> None:
        for name in filled:
            if name in self.inputs:
                self.part.fault("name_clash", "fills", name=name, other=ANOTHER)

    def _sources(self) -> tuple[str, ...]:
        states = self.draft.kind.states
        written = self.part.names("from", needed=True)
        if written == (_EVERY_OPEN,):
            return tuple(state.name for state in states.values() if state.kind == "open")
        return self.draft.known(self.part, "from", "state", written, states)

    def _expression(self, part: Part, key: str, cites: tuple[str, ...] | None = None) -> Condition | None:
        return self.draft.expression(part, key, cites or self.cites, scope=self.inputs)

    def _requirements(self) -> Iterable[Requirement]:
        value = self.part.get("requires")
        listed = value if isinstance(value, Seq) else [] if value is None else [value]
        for one in listed:
            if isinstance(one, Map):
                part = Part(one, self.part.report, f"{self.part.place} / requires")
                cites = self.draft.cites(part, self.cites)
                part.get("that", needed=True)
                that = self._expression(part, "that", cites)
                code = part.name("code", needed=False) or _NOT_ALLOWED
                otherwise, reading = part.both("otherwise", needed=False), self.draft.reading(part)
                part.finish()
                if that is not None:
                    yield Requirement(that, otherwise, code, cites, reading)
                continue
            text = str(one).lower() if isinstance(one, bool) else str(one)
            plain = self.draft.expression(self.part, "requires", self.cites, text=text, scope=self.inputs)
            if plain is not None:
                yield Requirement(plain, None, _NOT_ALLOWED, self.cites, ())

    def _sets(self) -> dict[str, Condition | None]:
        part = self.part.part("sets")
        found: dict[str, Condition | None] = {}
        for name in part.raw if part else ():
            assert part is not None
            if not self.draft.known(part, name, "field", [name], self.draft.kind.fields):
                continue
            text = part.text(name)
            if text == "unknown":
                found[name] = None
                continue
            type_ = _RESULT_TYPES[self.draft.kind.fields[name].type]
            condition = self.draft.expression(part, name, self.cites, scope=self.inputs, type_=type_)
            if condition is not None:
                found[name] = condition
        return found

    def _letters(self) -> Iterable[Sending]:
        for part in self.part.parts("letter", "name"):
            name = part.name("name")
            book = self.draft.book
            if name and book is not None and name not in book.letters:
                known = ", ".join(sorted(book.letters)) or "-"
                part.fault("unknown_letter", "name", name=name, hint=hint_for(name, book.letters), known=known)
            to = "".join(self.draft.known(part, "to", "party", part.names("to", needed=True), self.draft.kind.parties))
            when = self._expression(part, "when")
            part.finish()
            yield Sending(name, to, when)

    def _writings(self) -> Iterable[Writing]:
        registers = self.draft.kind.registers
        for part in self.part.parts("register"):
            given = [way for way in _WAYS if part.get(way) is not None]
            if len(given) != 1:
                part.fault("missing_key", "", name=" / ".join(_WAYS))
                continue
            name = "".join(self.draft.known(part, given[0], "register", [part.name(given[0])], registers))
            status = part.name("status", needed=False) or None
            if name and status is not None:
                self.draft.known(part, "status", "status", [status], registers[name].statuses)
            when = self._expression(part, "when")
            part.finish()
            if name:
                yield Writing(given[0], name, status, when)

    def _yields(self, filled: tuple[str, ...]) -> Iterable[Yield]:
        value = self.part.get("yields")
        if value is None:
            return
        for one in value if isinstance(value, Seq) else [value]:
            if not isinstance(one, Map):
                yield self._yield(self.part, "yields", str(one), {})
                continue
            part = Part(one, self.part.report, f"{self.part.place} / yields")
            given = part.part("with")
            attributes = {str(k): str(v) for k, v in given.raw.items()} if given else {}
            usable: Mapping[str, Field] = {**self.inputs, **{name: self.draft.kind.fields[name] for name in filled}}
            self.draft.known(part, "with", "field", attributes.values(), {**usable, **self.draft.kind.fields})
            found = self._yield(part, "event", part.name("event"), attributes)
            part.finish()
            yield found

    def _yield(self, part: Part, key: str, event: str, attributes: dict[str, str]) -> Yield:
        book = self.draft.book
        if book is not None and event not in book.events:
            part.fault("unknown_event", key, name=event, hint=hint_for(event, book.events))
        return Yield(event, attributes)
