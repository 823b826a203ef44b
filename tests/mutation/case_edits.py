"""Which single edits a mutation plants in a case type: in its clocks, its acts, and the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from guiju.documents.marked import Map
from guiju.procedures.model import SAME, CaseType
from tests.mutation.mutants import conditions, periods

Path = tuple[Any, ...]
_PERIODS = ("within", "at_least", "from")
_DAYS = ("after", "before", "until")
_HOOKS = ("starts", "pauses", "resumes", "stops", "ends", "corrects")


@dataclass(frozen=True)
class Edit:
    """A new value at a place of the document; None takes away what stands there."""

    path: Path
    what: str
    value: Any = None
    acts: frozenset[str] = frozenset()


def clocks(document: Map, kind: CaseType) -> Iterator[Edit]:
    """Periods, what moves each clock, extensions, lapses."""
    dates = [one.name for one in kind.fields.values() if one.type == "date"]
    people = [t.name for t in kind.transitions if not t.automatic]
    closing = {t.name for t in kind.transitions if t.to != SAME and kind.states[t.to].kind == "final"}
    written = document.get("clocks") or []
    for n, part in enumerate(written):
        path, clock = ("clocks", n), kind.clocks[n]
        about = frozenset(hook.on for hook in (*clock.starts, *clock.pauses, *clock.resumes, *clock.stops, *clock.ends))
        for key in _PERIODS:
            if key in part and clock.period is not None:
                yield from (Edit((*path, key), what, new, about) for what, new in periods(clock.period.text()))
        for key in _DAYS:
            other = next((name for name in dates if name != part.get(key)), None)
            if key in part and other is not None:
                yield Edit((*path, key), f"{key}: {part[key]} changed to {other}", other, about)
        for key in _HOOKS:
            for edit in _hooks((*path, key), part.get(key), people, about):
                # An act that closes the case ends every clock anyhow.
                if key != "ends" or edit.what.partition(" ")[0] not in closing:
                    yield edit
        yield from _condition((*path, "duty_when"), part.get("duty_when"), about)
        if "extend" in part and clock.extend is not None:
            inner = (*path, "extend")
            yield Edit(inner, "extension dropped", None, frozenset([clock.extend.on]))
            yield Edit((*inner, "times"), "one more extension", clock.extend.times + 1, frozenset([clock.extend.on]))
            for what, new in periods(clock.extend.by.text()):
                yield Edit((*inner, "by"), what, new, frozenset([clock.extend.on]))
        # Whether a clock exists at all can be seen without any act that moves it.
        yield from (Edit((*path, key), f"{key} dropped") for key in ("lapses", "reading", "duty_when") if key in part)


def _hooks(path: Path, value: Any, people: list[str], about: frozenset[str]) -> Iterator[Edit]:
    listed = value if isinstance(value, list) else [] if value is None else [value]
    names = [one["on"] if isinstance(one, Map) else one for one in listed]
    for n, one in enumerate(listed):
        here = (*path, n) if isinstance(value, list) else path
        name = names[n]
        yield Edit(here if len(listed) > 1 else path, f"{name} dropped", None, about)
        later = people[people.index(name) + 1 :] if name in people else []
        other = next((act for act in [*later, *people] if act not in names), None)
        if other is not None:
            moved = (*here, "on") if isinstance(one, Map) else here
            yield Edit(moved, f"{name} moved to {other}", other, about | {other})
        if isinstance(one, Map):
            yield from _condition((*here, "when"), one.get("when"), about)
            for key in ("when", "reading"):
                if key in one:
                    yield Edit((*here, key), f"{key} of {name} dropped", None, about)


def acts(document: Map, kind: CaseType) -> Iterator[Edit]:
    """Roles, states, guards, values, letters, register entries, events."""
    for n, part in enumerate(document["transitions"]):
        path, about = ("transitions", n), frozenset([part["name"]])
        found = [
            *_who(path, part, kind), *_where(path, part, kind), *_guards(path, part), *_given(path, part),
            *_followed(path, part, kind),
        ]  # fmt: skip
        yield from (Edit(edit.path, edit.what, edit.value, about) for edit in found)


def _who(path: Path, part: Map, kind: CaseType) -> Iterator[Edit]:
    by = part["by"] if isinstance(part["by"], list) else [part["by"]]
    if by in (["clock"], ["anybody"]):
        return
    here = (*path, "by")
    others = [role for party in kind.parties.values() for role in party.roles if role not in by]
    sides = {kind.side_of(role) for role in by}
    for role in sorted(others, key=lambda role: kind.side_of(role) in sides)[:1]:
        yield Edit(here, f"role {role} added", [*by, role])
        yield Edit(here, f"role {by[0]} changed to {role}", [role, *by[1:]])
    if len(by) > 1:
        yield from (Edit(here, f"role {r} dropped", [o for o in by if o != r]) for r in by)


def _where(path: Path, part: Map, kind: CaseType) -> Iterator[Edit]:
    states = [state for state in kind.states.values() if state.kind != "final"]
    known = next(t for t in kind.transitions if t.line == part.line)
    here = (*path, "from")
    for state in known.sources:
        if len(known.sources) > 1:
            yield Edit(here, f"from: {state} dropped", [one for one in known.sources if one != state])
    for state in [one.name for one in states if one.name not in known.sources][:1]:
        yield Edit(here, f"from: {state} added", [*known.sources, state])
    for target in (SAME, *kind.states):
        same = target == known.to or (target in known.sources and known.to == SAME)
        if not same and (target == SAME or kind.states[target].kind == kind.states.get(known.to, states[0]).kind):
            yield Edit((*path, "to"), f"to: {part['to']} changed to {target}", target)
            if target != SAME:
                return


def _guards(path: Path, part: Map) -> Iterator[Edit]:
    value = part.get("requires")
    listed = value if isinstance(value, list) else [] if value is None else [value]
    for n, one in enumerate(listed):
        here = (*path, "requires", n) if isinstance(value, list) else (*path, "requires")
        text = one["that"] if isinstance(one, Map) else one
        yield Edit(here if len(listed) > 1 else (*path, "requires"), f"guard `{_short(text)}` dropped")
        yield from _condition((*here, "that") if isinstance(one, Map) else here, text)
        if isinstance(one, Map) and "reading" in one:
            yield Edit((*here, "reading"), "reading of a guard dropped")


def _given(path: Path, part: Map) -> Iterator[Edit]:
    for n, one in enumerate(part.get("inputs") or []):
        here = (*path, "inputs", n, "required")
        if one.get("required", True) is True:
            yield Edit(here, "no longer required", False)
        else:
            yield Edit(here, "required always", True)
            yield from _condition(here, one["required"])
    for key in ("needs", "fills"):
        value = part.get(key)
        names = value if isinstance(value, list) else [] if value in (None, "form") else [value]
        for n, name in enumerate(names):
            whole_ = len(names) == 1
            yield Edit((*path, key) if whole_ else (*path, key, n), f"{key}: {name} dropped")
    for name in part.get("sets") or ():
        yield Edit((*path, "sets", name) if len(part["sets"]) > 1 else (*path, "sets"), f"sets: {name} dropped")


def _followed(path: Path, part: Map, kind: CaseType) -> Iterator[Edit]:
    for key in ("letter", "register", "yields"):
        value = part.get(key)
        listed = value if isinstance(value, list) else [] if value is None else [value]
        for n, one in enumerate(listed):
            here = (*path, key, n) if isinstance(value, list) else (*path, key)
            yield Edit(here if len(listed) > 1 else (*path, key), f"{key} {_short(one)} dropped")
            if not isinstance(one, Map):
                continue
            yield from _condition((*here, "when"), one.get("when"))
            if key == "register" and "status" in one:
                register = next(str(one[way]) for way in ("write", "update", "withdraw") if way in one)
                others = [s for s in kind.registers[register].statuses if s != one["status"]]
                yield from (Edit((*here, "status"), f"status changed to {other}", other) for other in others[:1])
    if "reading" in part:
        yield Edit((*path, "reading"), "reading dropped")


def whole(document: Map, kind: CaseType) -> Iterator[Edit]:
    """Required and confidential fields, terms, the competent authority, who may see a case."""
    for key in ("form", "record"):
        for n, part in enumerate(document.get(key) or []):
            path: Path = (key, n)
            if part.get("confidential"):
                yield Edit((*path, "confidential"), "no longer confidential")
            if part.get("required"):
                yield Edit((*path, "required"), "no longer required")
                yield from _condition((*path, "required"), part["required"])
    for n, part in enumerate(document.get("terms") or []):
        yield from _condition(("terms", n, "when"), part["when"])
    competent = document.get("competent") or {}
    rules = competent.get("rules") or []
    for n, part in enumerate(rules):
        place: Path = ("competent", "rules", n)
        yield from _condition((*place, "when"), part["when"])
        other = next((one["authority"] for one in rules if one["authority"] != part["authority"]), None)
        if other is not None:
            yield Edit((*place, "authority"), f"authority changed to {other}", other)
    settled = competent.get("settled_by")
    if isinstance(settled, list):
        yield from (Edit(("competent", "settled_by", n), f"settled_by: {one} dropped") for n, one in enumerate(settled))
    seen = list(kind.visible_to)
    others = [role for party in kind.parties.values() for role in party.roles if role not in seen]
    for role in ("anybody", *others):
        if "visible_to" in document and role not in seen:
            yield Edit(("visible_to",), f"visible to {role}", [*seen, role])


def _condition(path: Path, text: Any, about: frozenset[str] = frozenset()) -> Iterator[Edit]:
    if isinstance(text, str):
        yield from (Edit(path, what, new, about) for what, new in conditions(text))


def _short(value: Any) -> str:
    text = " ".join(str(part) for part in value.values()) if isinstance(value, dict) else str(value)
    return text if len(text) < 60 else text[:59] + "…"
