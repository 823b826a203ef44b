"""Drive random acts on any case type, and hold on the way what must hold of every case."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
from hypothesis import strategies as st

from guiju.calendar.days import prc_calendar
from guiju.procedures.case import Actor, Case
from guiju.procedures.interpret import act, open_case, open_to, tick
from guiju.procedures.model import CLOCK, CaseType, Field, Transition
from guiju.procedures.refusals import Refusal
from guiju.procedures.standing import Standing, replay

FIRST_DAY = dt.date(2025, 6, 2)
CALENDAR = prc_calendar()
_STRANGER = "stranger"


def value_of(field: Field, today: dt.date) -> st.SearchStrategy[Any]:
    """A value that fits a field."""
    match field.type:
        case "bool":
            return st.booleans()
        case "count":
            return st.sampled_from((0, 1, 9_999, 10_001, 999_999, 1_000_000, 1_000_001))
        case "money":
            return st.decimals(0, 10**7, places=2).map(str)
        case "date":
            return st.integers(-30, 400).map(lambda days: (today + dt.timedelta(days=days)).isoformat())
        case "choice":
            return st.sampled_from(sorted(field.choices))
        case "set":
            return st.lists(st.sampled_from(sorted(field.choices)), unique=True)
        case "list":
            return st.lists(_entry_of(field, today), min_size=1, max_size=2)
    return st.sampled_from(("a", "一"))


def _entry_of(field: Field, today: dt.date) -> st.SearchStrategy[Any]:
    if field.plain is not None:
        return value_of(Field(field.name, field.plain, field.label, (), 0), today)
    return st.fixed_dictionaries({entry.name: value_of(entry, today) for entry in field.entries})


def drive(kind: CaseType, data: st.DataObject, acts: int = 12) -> Case:
    """Lead a case through random acts, possible and impossible ones; every step is checked."""
    readings = {q: data.draw(st.sampled_from(candidates), label=q) for q, candidates in kind.candidates.items()}
    case, today = open_case(kind, readings), FIRST_DAY
    for _ in range(data.draw(st.integers(1, acts), label="acts")):
        today += dt.timedelta(days=data.draw(st.sampled_from((0, 1, 3, 10, 20, 45, 200)), label="days"))
        case = _step(case, kind, today, data)
    return case


def _step(case: Case, kind: CaseType, today: dt.date, data: st.DataObject) -> Case:
    before = replay(case, kind)
    was = _plain(before)
    actor, name = _choose(case, kind, today, data)
    transition = before.active.transitions.get(name)
    values = _values(kind, transition, today, data) if transition else {}
    done = act(case, kind, name, actor, values, today=today, calendar=CALENDAR)
    assert _plain(replay(case, kind)) == was, "an act changes nothing but through its events"
    if isinstance(done, Refusal):
        assert done.reason.zh
        assert done.reason.en
        assert done.cites
        return case.with_events(*tick(case, kind, CALENDAR, today))
    for event in done:
        _hold_allowed(replay(case, kind), event.act, event.by)
        case = case.with_events(event)
    hold_invariants(case, kind, today)
    return case


def _choose(case: Case, kind: CaseType, today: dt.date, data: st.DataObject) -> tuple[Actor, str]:
    """Choose mostly what is possible, so that the drive gets somewhere."""
    roles = [role for party in kind.parties.values() for role in party.roles]
    later = case.with_events(*tick(case, kind, CALENDAR, today))
    standing = replay(later, kind)
    possible = [(role, name) for role in roles for name in open_to(standing, role, today, CALENDAR)]
    sensible = data.draw(st.integers(0, 9), label="sensible")
    if possible and sensible:
        role, name = data.draw(st.sampled_from(possible), label="act")
        return Actor(role), name
    role = data.draw(st.sampled_from([*roles, _STRANGER, CLOCK]), label="role")
    return Actor(role), data.draw(st.sampled_from([t.name for t in kind.transitions]), label="any act")


def _values(kind: CaseType, transition: Transition, today: dt.date, data: st.DataObject) -> dict[str, Any]:
    usable = {name: kind.fields[name] for name in transition.fills} | transition.inputs
    values = {name: value for name, value in kind.example.items() if name in usable}
    for name, field in usable.items():
        if name not in values or data.draw(st.integers(0, 3), label=f"change {name}") == 0:
            values[name] = data.draw(value_of(field, today), label=name)
    if values and data.draw(st.integers(0, 4), label="leave one out") == 0:
        del values[data.draw(st.sampled_from(sorted(values)), label="left out")]
    return values


def _hold_allowed(standing: Standing, name: str, by: str) -> None:
    transition = standing.active.transitions[name]
    assert standing.state in transition.sources
    assert by in transition.by or "anybody" in transition.by
    assert standing.kind.states[standing.state].kind != "final"


def hold_invariants(case: Case, kind: CaseType, today: dt.date) -> None:
    """Hold what must be true of every case, wherever it stands."""
    standing = replay(case, kind)
    assert standing.state in kind.states
    assert [event.seq for event in standing.events] == list(range(1, len(standing.events) + 1))
    assert [event.on for event in standing.events] == sorted(event.on for event in standing.events)
    back = msgspec.json.decode(msgspec.json.encode(case), type=Case)
    assert back == case, "events are plain data"
    reordered = msgspec.structs.replace(case, events=tuple(reversed(case.events)))
    assert _plain(replay(reordered, kind)) == _plain(standing), "kept in another order, it is the same case"
    # An act can name a day that is already past; what follows from it happens on the day of the act.
    waiting = tick(case, kind, CALENDAR, today)
    assert all(event.on == today for event in waiting), "what fell due before has happened"
    _hold_clocks(standing, today)
    if standing.final:
        _hold_closed(case, kind, today)


def _hold_clocks(standing: Standing, today: dt.date) -> None:
    for view in standing.clocks(CALENDAR, today).values():
        run = view.run
        assert (view.status == "waiting") == (run is None or run.start is None) or (run and run.ended)
        if view.due is not None:
            assert view.due.due == view.due.earliest <= view.due.latest
        if standing.final:
            assert run is None or run.ended
        if view.status in ("late", "in_time"):
            assert run is not None
            assert run.owed, "nobody is late or in time with what nobody had to do"
        if run is not None and run.pointless:
            assert view.status in ("moot", "late", "unsure"), "what was not performed is not in time"
        if run is not None and run.paused:
            assert view.status in (("paused",) if view.due is None else ("overdue", "over"))
            assert view.due is None or view.due.latest < run.pauses[-1][0], "it had run out before it was paused"


def _hold_closed(case: Case, kind: CaseType, today: dt.date) -> None:
    for transition in kind.under(case.readings).transitions.values():
        for role in transition.by:
            done = act(case, kind, transition.name, Actor(role), {}, today=today, calendar=CALENDAR)
            assert isinstance(done, Refusal)
            assert done.code in ("case_closed", "not_by_people")


def repeat(case: Case, kind: CaseType) -> Case:
    """Carry out a case's acts once more, from what its actors gave."""
    again = msgspec.structs.replace(case, events=())
    for event in case.history():
        if event.by == CLOCK:
            due = tick(again, kind, CALENDAR, event.on + dt.timedelta(days=1))
            again = again.with_events(due[0])
            continue
        actor = Actor(event.by, event.authority)
        done = act(again, kind, event.act, actor, event.values, today=event.on, calendar=CALENDAR)
        assert not isinstance(done, Refusal)
        again = again.with_events(*done)
    return again


def _plain(standing: Standing) -> Any:
    return (standing.state, standing.fields, standing.runs, standing.entries, standing.letters, standing.settled)
