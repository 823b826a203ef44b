"""Scripts: a list of acts with what is expected of each; the form of `guiju case run` and of the scenario tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from guiju.bilingual import Bilingual
from guiju.documents.document import decode, read_bytes, survey_document
from guiju.documents.marked import Map
from guiju.documents.unreadable import UnreadableError
from guiju.procedures.case import Actor
from guiju.procedures.loading import plain
from guiju.procedures.parts import Part
from guiju.procedures.problems import Report

_Shape = Callable[[Any], bool]


def _word(value: Any) -> bool:
    return value is None or isinstance(value, str)


def _words(value: Any) -> bool:
    return _word(value) or (isinstance(value, list) and all(isinstance(one, str) for one in value))


def _mapping(value: Any) -> bool:
    return isinstance(value, dict)


def _words_by_name(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_words, value.values()))


def _entries(value: Any) -> bool:
    """Entries are `{register: written}` or `{register: {written: {field: value}}}`, one or a list of them."""
    listed = value if isinstance(value, list) else [] if value is None else [value]
    return all(isinstance(one, dict) and all(map(_entry, one.values())) for one in listed)


def _entry(value: Any) -> bool:
    fields = isinstance(value, dict) and all(one is None or isinstance(one, dict) for one in value.values())
    return isinstance(value, str) or fields


_EXPECTATIONS: dict[str, _Shape] = {
    "state": _word, "refused": _word, "missing": _words, "clocks": _mapping, "opens": _mapping, "letters": _words,
    "register": _entries, "events": _words, "lapsed": _words, "fields": _mapping, "competent": _word,
    "missing_items": _words, "open_to": _words_by_name,
}  # fmt: skip
_AS_DESCRIBED = Bilingual(zh="docs/procedures.md 所列的形式", en="the form that docs/procedures.md lists")
_A_DATE = Bilingual(zh="日期，例如 2026-09-28", en="a date such as 2026-09-28")


@dataclass(frozen=True, slots=True)
class Expectation:
    """One thing that a script expects, as plain data, and the line on which it says so."""

    what: str
    value: Any
    line: int


@dataclass(frozen=True, slots=True)
class Step:
    """One act of a script; without `do`, time passes. With `use_example`, the example fills what `values` do not."""

    on: dt.date
    do: str | None
    by: Actor
    values: dict[str, Any]
    use_example: bool
    without: tuple[str, ...]
    expect: tuple[Expectation, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Script:
    """A run of one case, from its first act on."""

    title: Bilingual
    case_type: str
    cites: tuple[str, ...]
    readings: dict[str, str]
    published_through: int | None
    steps: tuple[Step, ...]
    file: str


def read_script(path: Path) -> Script:
    """Read a script. Raises ProcedureError with every fault of its form."""
    report = Report(str(path))
    try:
        text = decode(read_bytes(path), report.file)
    except UnreadableError as fault:
        report.add_unreadable(fault)
        report.raise_if_any()
    return parse_script(text, report.file)


def parse_script(text: str, file: str) -> Script:
    """Read a script from its text; see `read_script`."""
    report = Report(file)
    raw, faults = survey_document(text, file)
    for fault in faults:
        report.add_unreadable(fault)
    if not faults and not isinstance(raw, Map):
        report.add("not_a_mapping", 1)
    report.raise_if_any()
    script = _script(Part(raw, report), file)
    report.raise_if_any()
    return script


def _script(whole: Part, file: str) -> Script:
    readings = whole.get("readings")
    through = whole.get("published_through")
    if through is not None and not isinstance(through, int):
        whole.wrong("published_through", "2026")
    steps = [_step(part) for part in whole.parts("acts", "do")]
    whole.get("acts", needed=True)
    for earlier, later in pairwise(steps):
        if later.on < earlier.on:
            whole.report.add("script_order", later.line, found=str(later.on))
    script = Script(
        title=whole.both("run") or Bilingual("", ""),
        case_type=whole.text("case_type", needed=True),
        cites=whole.cites(),
        readings={str(k): str(v) for k, v in readings.items()} if isinstance(readings, Map) else {},
        published_through=through,
        steps=tuple(steps),
        file=file,
    )
    whole.finish()
    return script


def _step(part: Part) -> Step:
    on = part.get("on", needed=True)
    if on is not None and not isinstance(on, dt.date):
        part.wrong("on", _A_DATE)
    values = part.part("with")
    use = part.one_of("use", ("example",), "")
    step = Step(
        on=on if isinstance(on, dt.date) else dt.date.max,
        do=part.text("do") or None,
        by=_actor(part),
        values=plain(values.raw) if values else {},
        use_example=bool(use),
        without=part.names("without"),
        expect=_expectations(part),
        line=part.line,
    )
    part.finish()
    return step


def _actor(part: Part) -> Actor:
    by = part.get("by", needed="do" in part.raw)
    if isinstance(by, Map):
        inner = Part(by, part.report, f"{part.place} / by")
        actor = Actor(inner.text("role", needed=True), inner.text("authority") or None)
        inner.finish()
        return actor
    return Actor(part.text("by"))


def _expectations(part: Part) -> tuple[Expectation, ...]:
    expect = part.part("expect")
    if expect is None:
        return ()
    values = {what: plain(expect.get(what)) for what in _EXPECTATIONS}
    for what, value in values.items():
        if what in expect.raw and not _EXPECTATIONS[what](value):
            expect.wrong(what, _AS_DESCRIBED)
    found = tuple(
        Expectation(what, value, expect.line_of(what)) for what, value in values.items() if what in expect.raw
    )
    expect.finish()
    return found
