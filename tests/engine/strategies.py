"""Random small rulebooks, written as the YAML that a lawyer would write, and random partial cases for them."""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, cast

import yaml
from hypothesis import strategies as st

from guiju.bilingual import Bilingual
from guiju.engine.collection import Rulebooks
from guiju.engine.link import link
from guiju.engine.sources import gather
from guiju.engine.values import Event, Value
from guiju.engine.vocabulary import FactSpec, FactType

AS_OF = dt.date(2026, 6, 30)

BOOLS = ("has_a", "has_b", "has_c", "has_d", "is_e")
CHOICES = {"tier": ("low", "middle", "high"), "media": ("image", "audio", "text")}
TYPES = {**dict.fromkeys(BOOLS, "bool"), "event_record_is_complete": "bool", "users": "count", "years": "number",
         "revenue": "money", "tier": "choice", "media": "set"}  # fmt: skip
EVENTS = {"outage": {"is_major": "bool"}, "warning": None}

_BOTH = {"zh": "测试", "en": "test"}


@dataclass(frozen=True)
class Case:
    """One case of a rulebook: what is known (the rest is unknown) and what happened."""

    facts: dict[str, Value]
    events: dict[str, list[Event]]


def linked_from(files: dict[str, Any], folder: Path) -> Rulebooks:
    """Write files (as they are, or plain values as YAML) and link the rulebooks in them."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
        path.write_text(text, "utf-8")
    return link(gather(folder))


def linked(files: dict[str, Any]) -> Rulebooks:
    with tempfile.TemporaryDirectory() as folder:
        return linked_from(files, Path(folder))


_NUMBER = st.sampled_from(
    (
        "users",
        "years",
        "revenue",
        "users + 1",
        "revenue * 2",
        "years - users",
        "min(users, years)",
        "max(users, revenue)",
    )
)
_COUNT = st.sampled_from(
    ('most_within(outage, "1 year")', 'most_within(outage, "6 months")', "most_per_year(warning)", "total(outage)")
)
_SYMBOL = st.sampled_from(("<", "<=", "==", "!=", ">", ">="))
_CONSTANT = st.sampled_from(("0", "1", "2", "3", "2.5", "0.5"))
_MEMBERS = (
    '"image" in media',
    '"text" not in media',
    'tier == "low"',
    'tier != "high"',
    'tier in ("middle", "high")',
    'tier not in ("low", "high")',
)


@cache
def _atoms() -> st.SearchStrategy[str]:
    """Conditions of one part: each kind that the language has, with numbers close enough to meet."""
    return st.one_of(
        st.sampled_from(BOOLS),
        st.sampled_from(BOOLS),
        st.sampled_from(("true", "false", "happened(outage)", "happened(outage, is_major)", "happened(warning)")),
        st.sampled_from(('reading("how") == "wide"', 'reading("how") != "wide"')),
        st.sampled_from(_MEMBERS),
        st.builds("{} {} {}".format, _NUMBER, _SYMBOL, _CONSTANT),
        st.builds("{} {} {}".format, _CONSTANT, _SYMBOL, _NUMBER),
        st.builds("{} < users <= {}".format, _CONSTANT, _CONSTANT),
        st.builds("{} {} {}".format, _COUNT, _SYMBOL, st.sampled_from(("0", "1", "2", "users"))),
    )


@cache
def conditions(terms: tuple[str, ...] = ()) -> st.SearchStrategy[str]:
    """Draw a condition over the facts, and over the terms that earlier definitions define."""
    leaf = st.one_of(_atoms(), st.sampled_from(terms)) if terms else _atoms()
    return st.recursive(
        leaf,
        lambda part: st.one_of(
            st.builds("({} and {})".format, part, part),
            st.builds("({} or {})".format, part, part),
            st.builds("(not {})".format, part),
        ),
        max_leaves=6,
    )


@cache
def _impossible() -> st.SearchStrategy[str]:
    """Combinations of facts alone: what is impossible turns neither on events nor on readings."""
    part = st.one_of(
        st.sampled_from(BOOLS),
        st.sampled_from([f"not {name}" for name in BOOLS]),
        st.sampled_from(["users > 1", 'tier == "low"', "(has_a or has_b)"]),
    )
    return st.builds(" and ".join, st.lists(part, min_size=2, max_size=3, unique=True))


def _vocabulary() -> dict[str, Any]:
    facts = [
        {"fact": name, "of": "system", "type": type_, "question": _BOTH}
        | ({"choices": list(CHOICES[name])} if name in CHOICES else {})
        for name, type_ in TYPES.items()
    ]
    events = [
        {"event": name, "of": "system", "label": _BOTH, "question": _BOTH} | ({"attributes": a} if a else {})
        for name, a in EVENTS.items()
    ]
    return {
        "common/facts.yaml": facts,
        "common/events.yaml": events,
        "common/parties.yaml": [{"party": "provider", "label": _BOTH}],
    }


def _law(key: str, scope: str, in_force_from: dt.date | None) -> dict[str, Any]:
    return {
        "key": key, "title": _BOTH, "short": _BOTH, "version": "1", "status": "model",
        "in_force_from": in_force_from, "scope": scope, "scope_cites": [f"{key}:1.1"],
        "articles": 30, "encoded": [],
    }  # fmt: skip


@st.composite
def rulebooks(draw: st.DrawFn) -> dict[str, Any]:
    """Draw the files of a collection: definitions that build on each other, norms, exemptions, a reading, two laws."""
    files = _vocabulary()
    files["common/contradictions.yaml"] = [
        {"never": text, "because": _BOTH} for text in draw(st.lists(_impossible(), max_size=4))
    ]
    terms: tuple[str, ...] = ()
    norms: list[dict[str, Any]] = []
    for number in range(draw(st.integers(0, 3))):
        norms.append({"address": f"first:1.{number + 1}", "norm": "definition", "gist": _BOTH,
                      "defines": f"term_{number}", "when": draw(conditions(terms))})  # fmt: skip
        terms = (*terms, f"term_{number}")
    for number in range(draw(st.integers(1, 4))):
        norms.append(_duty(draw, f"first:{number + 2}.1", terms))
    for number in range(draw(st.integers(0, 3))):
        reach = draw(st.sampled_from(["first", "first:2-3", "first:3", "first:4.1", "second", "second:1"]))
        norms.append({"address": f"first:2{number}.1", "norm": "exemption", "gist": _BOTH,
                      "exempts": [reach], "when": draw(conditions(terms))})  # fmt: skip
    files["first/law.yaml"] = _law("first", draw(conditions(terms)), None)
    files["first/norms.yaml"] = norms
    files["first/readings.yaml"] = [{
        "reading": "how", "question": _BOTH, "cites": ["first:1.1"],
        "default": draw(st.sampled_from(["wide", "narrow"])),
        "candidates": [{"id": "wide", "reason": _BOTH}, {"id": "narrow", "reason": _BOTH}],
    }]  # fmt: skip
    start = draw(st.sampled_from([None, AS_OF, AS_OF + dt.timedelta(days=1)]))
    files["second/law.yaml"] = _law("second", draw(conditions(terms)), start)
    files["second/norms.yaml"] = [_duty(draw, "second:1.1", terms)]
    return files


@st.composite
def chained_contradictions(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a collection with many impossible combinations over the same few facts, and hardly anything else."""
    literal = st.sampled_from([*BOOLS, *(f"not {name}" for name in BOOLS)])
    rule = st.lists(literal, min_size=2, max_size=3, unique=True).map(" and ".join)
    files = _vocabulary()
    files["common/contradictions.yaml"] = [
        {"never": text, "because": _BOTH} for text in draw(st.lists(rule, min_size=3, max_size=7))
    ]
    files["first/law.yaml"] = _law("first", "true", None)
    return files


def _duty(draw: st.DrawFn, address: str, terms: tuple[str, ...]) -> dict[str, Any]:
    norm = {"address": address, "norm": "duty", "bearer": "provider", "stage": "running", "gist": _BOTH,
            "when": draw(conditions(terms))}  # fmt: skip
    if draw(st.booleans()):
        norm["unless"] = draw(conditions(terms))
    return norm


_SMALL = st.integers(0, 4)
_EXACT = st.builds(lambda halves: Decimal(halves) / 2, st.integers(0, 8))
_BY_TYPE: dict[str, st.SearchStrategy[Any]] = {
    "bool": st.booleans(), "count": _SMALL, "number": _EXACT, "money": st.one_of(_SMALL, _EXACT),
}  # fmt: skip


def values(spec: FactSpec) -> st.SearchStrategy[Any]:
    """Draw a known value of a fact."""
    if spec.type == "choice":
        return st.sampled_from(spec.choices)
    if spec.type == "set":
        return st.frozensets(st.sampled_from(spec.choices))
    return _BY_TYPE[spec.type]


def partial_facts(facts: dict[str, FactSpec]) -> st.SearchStrategy[dict[str, Value]]:
    """Draw a case's facts, each known or unknown."""
    return st.fixed_dictionaries({}, optional={name: values(spec) for name, spec in facts.items()})


@st.composite
def listed_events(draw: st.DrawFn) -> dict[str, list[Event]]:
    """Draw the events of a case: some past, some still to come, attributes known or not."""
    result: dict[str, list[Event]] = {}
    day = st.dates(AS_OF - dt.timedelta(days=800), AS_OF + dt.timedelta(days=2))
    for name, attributes in EVENTS.items():
        for date in draw(st.lists(day, max_size=3)):
            said = {a: draw(st.sampled_from([True, False, None])) for a in attributes or {}}
            given = tuple((a, value) for a, value in said.items() if value is not None)
            result.setdefault(name, []).append(Event(date, name, None, given))
    return {name: sorted(events) for name, events in result.items()}


@cache
def cases() -> st.SearchStrategy[Case]:
    """Draw a partial case of the vocabulary of `rulebooks`."""
    return st.builds(Case, partial_facts({name: _spec(name, type_) for name, type_ in TYPES.items()}), listed_events())


def _spec(name: str, type_: str) -> FactSpec:
    return FactSpec(name, "system", cast(FactType, type_), Bilingual(**_BOTH), choices=CHOICES.get(name, ()))


_COUNTS = (0, 1, 2, 10_000, 10_001, 999_999, 1_000_000, 1_000_001, 50_000_000)


def random_case(books: Rulebooks, seed: int) -> Case:
    """Make a partial case of any rulebooks. By seed, because the built-in ones have more facts than are well drawn."""
    rng = Random(seed)
    unknown = rng.choice((0.05, 0.3, 0.7))
    known = {name: spec for name, spec in books.facts.items() if rng.random() >= unknown}
    asked = sorted({event for norm in books.norms for node in norm.conditions for event in node.events})
    events = {name: [_random_event(books, name, rng) for _ in range(rng.randrange(4))] for name in asked}
    return Case(
        {name: _random_value(spec, rng) for name, spec in known.items()}, {n: sorted(e) for n, e in events.items()}
    )


def _random_value(spec: FactSpec, rng: Random) -> Value:
    match spec.type:
        case "bool":
            return rng.random() < 0.6
        case "choice":
            return rng.choice(spec.choices)
        case "set":
            return frozenset(choice for choice in spec.choices if rng.random() < 0.5)
        case "count":
            return rng.choice(_COUNTS)
    return rng.choice(_COUNTS) if rng.random() < 0.5 else Decimal(rng.randrange(400)) / 4


def _random_event(books: Rulebooks, name: str, rng: Random) -> Event:
    said = {a: rng.choice((True, False, None)) for a in books.events[name].attributes or {}}
    attributes = tuple((a, value) for a, value in said.items() if value is not None)
    return Event(AS_OF - dt.timedelta(days=rng.randrange(-2, 800)), name, None, attributes)
