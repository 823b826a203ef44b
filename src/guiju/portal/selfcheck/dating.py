"""The days from which duties are counted: on one page, since most of them have not come and none must be known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse

from guiju.bilingual import Bilingual
from guiju.engine.values import Event
from guiju.engine.vocabulary import EventSpec
from guiju.law.address import Address
from guiju.portal.faces.provisions import provision
from guiju.portal.faces.showing import mistakes_of, show
from guiju.portal.look.components import ChoiceField, DateField, Field, Option, ProvisionLink
from guiju.portal.selfcheck.checking import Check
from guiju.portal.selfcheck.journey import CRUMB, Ways, about_left_out, answers_in, go, unlisted, way
from guiju.profiles.dates import FIRST, LAST, read_date
from guiju.profiles.refusal import RefusedError

_TITLE = Bilingual(zh="日期", en="Dates")
_NO_DAY = Bilingual(
    zh=f"请写一个真实的日期，例如 2026 9 28（{FIRST.year} 至 {LAST.year} 年）",
    en=f"Write a real day, such as 2026 9 28 (years {FIRST.year} to {LAST.year})",
)
_PARTS = ("year", "month", "day")
_MARKS = {"y": True, "n": False}
_MAJOR = {
    "is_major": Bilingual(zh="是否重大？", en="Is it a major one?"),
}
_OPTIONS = (
    Option(value="y", label=Bilingual(zh="是", en="Yes")),
    Option(value="n", label=Bilingual(zh="否", en="No")),
    Option(value="u", label=Bilingual(zh="不知道", en="Not known")),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One event with the inputs for it, and the duties whose day is counted from it."""

    fields: tuple[Field, ...]
    duties: tuple[ProvisionLink, ...]


def dates(request: HttpRequest) -> HttpResponse:
    """Ask for the days of events; `do=save` takes those that were given and leads to the result."""
    given = answers_in(request)
    if not given.laws:
        return go("check", given)
    checking = Check(given)
    wanted = dict.fromkeys([*given.days, *(spec.event for spec in checking.open_events)])
    specs = [checking.books.events[name] for name in wanted]
    if request.GET.get("do") != "save":
        asked = [_asked(checking, spec, given.days.get(spec.event)) for spec in specs]
        return _page(request, checking, asked)
    days: dict[str, Event] = {}
    asked, wrong = [], False
    for spec in specs:
        event, error = _read(spec, request.GET)
        wrong = wrong or error is not None
        if event is not None:
            days[spec.event] = event
        asked.append(_asked(checking, spec, event, error=error, entered=request.GET))
    if wrong:
        return _page(request, checking, asked)
    return go("check_result", replace(given, days=days))


def _page(request: HttpRequest, checking: Check, asked: list[Asked]) -> HttpResponse:
    given = checking.answers
    context = {
        "asked": asked,
        "hidden": [(name, value) for name, value in given.hidden() if name != "d"],
        "ways": Ways(given),
        "left_out": about_left_out(given),
    }
    wrong = mistakes_of(field for one in asked for field in one.fields)
    crumbs = [(CRUMB, way("check", given))]
    page = show(
        request, "selfcheck/dates.html", context, title=_TITLE, current="check", crumbs=crumbs, mistakes=wrong
    )  # fmt: skip
    return unlisted(page)


def _asked(
    checking: Check,
    spec: EventSpec,
    event: Event | None,
    *,
    error: Bilingual | None = None,
    entered: Mapping[str, Any] | None = None,
) -> Asked:
    name = spec.event
    parts: dict[str, Any]
    if entered is not None:
        parts = {part: str(entered.get(f"{name}-{part}", ""))[:10] for part in _PARTS}
    else:
        day = event.date if event else None
        parts = {part: str(getattr(day, part)) if day else "" for part in _PARTS}
    hint = Bilingual(zh="没有发生或者不知道的，留空。", en="Leave it empty if it has not happened or is not known.")
    if spec.planned:
        hint = Bilingual(
            zh="没有计划或者不知道的，留空。", en="Leave it empty if nothing is planned or it is not known."
        )
    fields: list[Field] = [DateField(name=name, label=spec.question, hint=hint, error=error, **parts)]
    for mark in spec.attributes or {}:
        known = event.attribute(mark) if event else None
        value = next((sign for sign, meant in _MARKS.items() if meant is known), "u")
        label = _MAJOR.get(mark, Bilingual(mark, mark))
        fields.append(ChoiceField(name=f"{name}-{mark}", label=label, options=_OPTIONS, value=value, inline=True))
    return Asked(tuple(fields), _counted_from(checking, spec))


def _read(spec: EventSpec, data: Mapping[str, Any]) -> tuple[Event | None, Bilingual | None]:
    parts = [str(data.get(f"{spec.event}-{part}", "")).strip()[:10] for part in _PARTS]
    if not any(parts):
        return None, None
    if not all(part.isascii() and part.isdigit() for part in parts):
        return None, _NO_DAY
    year, month, day = (int(part) for part in parts)
    written = f"{year:04}-{month:02}-{day:02}"
    try:
        found = read_date(written, written)
    except RefusedError:
        return None, _NO_DAY
    marks = {mark: data.get(f"{spec.event}-{mark}", "") for mark in spec.attributes or {}}
    known = tuple((mark, _MARKS[sign]) for mark, sign in marks.items() if sign in _MARKS)
    return Event(found, spec.event, None, known), None


def _counted_from(checking: Check, spec: EventSpec) -> tuple[ProvisionLink, ...]:
    found: dict[Address, ProvisionLink] = {}
    for line in checking.binding:
        clocks = [one.clock for one in (line.finding.deadline, line.finding.retention) if one is not None]
        if any(spec.event in (clock.anchor, clock.announced_by) for clock in clocks):
            found[line.norm.address] = provision(line.norm.address, gist=line.norm.gist)
    return tuple(found.values())
