"""Read the clocks of a case type, taking their periods from the norms that state them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import cast

from guiju.bilingual import Bilingual
from guiju.calendar.period import Period, PeriodError
from guiju.documents.marked import Map
from guiju.procedures.conditions import asks_clocks
from guiju.procedures.draft import Draft, exclude
from guiju.procedures.model import Clock, ClockForm, Extension, Hook, Side
from guiju.procedures.parts import Part

_FORMS: tuple[ClockForm, ...] = ("within", "at_once", "at_least", "from", "until")
_SIDES = ("applicant", "authority", "public")


def survey_clocks(whole: Part) -> tuple[str, ...]:
    """List the names of the clocks before any expression is read."""
    clocks = whole.raw.get("clocks")
    listed = clocks if isinstance(clocks, list) else [clocks]
    return tuple(str(one["clock"]) for one in listed if isinstance(one, Map) and one.get("clock"))


def read_clocks(draft: Draft, whole: Part) -> None:
    """Read every clock."""
    lines: dict[str, list[tuple[tuple[tuple[str, str], ...], int]]] = {}
    found = []
    for part in whole.parts("clocks", "clock"):
        clock = _read(draft, part)
        draft.unique("clock", lines, clock.name, part)
        found.append(clock)
    draft.kind.clocks = tuple(found)


def _read(draft: Draft, part: Part) -> Clock:
    cites, reading = draft.cites(part), draft.reading(part)
    given = [form for form in _FORMS if part.get(form) not in (None, False)]
    form = given[0] if len(given) == 1 else "within"
    after, before = _date_field(draft, part, "after"), _date_field(draft, part, "before")
    period, of = (None, None)
    if form == "until":
        before = _date_field(draft, part, "until")
    elif form != "at_once" and len(given) == 1:
        period, of = _Periods(draft, part, cites, reading).read(form, form)
    clock = Clock(
        name=part.name("clock"), label=part.label(), side=cast("Side", part.one_of("on", _SIDES)), form=form,
        period=period, of=of, after=after, before=before,
        starts=_hooks(draft, part, "starts"), pauses=_hooks(draft, part, "pauses"),
        resumes=_hooks(draft, part, "resumes"), stops=_hooks(draft, part, "stops"),
        ends=_hooks(draft, part, "ends"), corrects=_hooks(draft, part, "corrects"),
        extend=_extension(draft, part, period, cites), owed_when=draft.expression(part, "duty_when", cites),
        lapses=_lapse(draft, part), cites=cites, reading=reading, line=part.line, note=part.both("note", needed=False),
    )  # fmt: skip
    part.finish()
    if len(given) != 1 or not _complete(clock):
        part.fault("clock_form")
    elif clock.form != "within" and (clock.pauses or clock.resumes or clock.extend):
        part.fault("fixed_day", form)
    _check_ends(draft, part, clock)
    return clock


def _check_ends(draft: Draft, part: Part, clock: Clock) -> None:
    """Check that no act both performs a clock and makes it pointless, and that a duty does not turn on clocks."""
    for one, other in product(clock.ends, clock.stops):
        if one.on == other.on and not exclude(one.reading, other.reading):
            part.fault("stops_and_ends", "ends", act=one.on)
            break
    if clock.owed_when is not None and (clock.lapses or asks_clocks(draft.kind, clock.owed_when.node)):
        part.fault("duty_of_clocks", "duty_when", text=clock.owed_when.text)


def _complete(clock: Clock) -> bool:
    if clock.corrects and clock.anchor is None:
        return False
    if clock.form in ("within", "at_once"):
        return bool(clock.starts or clock.after) and clock.before is None
    return clock.before is not None and clock.after is None


def _date_field(draft: Draft, part: Part, key: str) -> str | None:
    name = part.name(key, needed=False)
    dates = [field.name for field in draft.kind.fields.values() if field.type == "date"]
    return "".join(draft.known(part, key, "date field", [name] if name else [], dates)) or None


def _lapse(draft: Draft, part: Part) -> str | None:
    name = part.name("lapses", needed=False)
    return "".join(draft.known(part, "lapses", "transition", [name] if name else [], draft.acts)) or None


def _hooks(draft: Draft, part: Part, key: str) -> tuple[Hook, ...]:
    value = part.get(key)
    listed = value if isinstance(value, list) else [] if value is None else [value]
    hooks: list[Hook] = []
    for one in listed:
        if not isinstance(one, Map):
            names = draft.known(part, key, "transition", [str(one)], draft.acts)
            hooks.extend(Hook(name, (), None) for name in names)
            continue
        hook = Part(one, part.report, f"{part.place} / {key}")
        cites = draft.cites(hook, draft.cites(part))
        names = draft.known(hook, "on", "transition", [hook.name("on")], draft.acts)
        when, reading = draft.expression(hook, "when", cites), draft.reading(hook)
        hook.finish()
        hooks.extend(Hook(name, reading, when) for name in names)
    return tuple(hooks)


def _extension(draft: Draft, whole: Part, base: Period | None, cites: tuple[str, ...]) -> Extension | None:
    part = whole.part("extend")
    if part is None:
        return None
    cites = draft.cites(part, cites)
    on = "".join(draft.known(part, "on", "transition", [part.name("on")], draft.acts))
    period, of = _Periods(draft, part, cites, ()).read("by", "by")
    times = part.whole("times", 1)
    part.finish()
    if period is None:
        return None
    if base is not None and period.unit != base.unit:
        part.fault("bad_period", "by", found=period.text())
        return None
    return Extension(on, period, of, times, cites)


class _Periods:
    """Takes a period from a norm, or holds one that is written in words against the norms that are cited."""

    def __init__(self, draft: Draft, part: Part, cites: tuple[str, ...], reading: tuple[tuple[str, str], ...]) -> None:
        self.draft = draft
        self.part = part
        self.cites = cites
        self.reading = reading

    def read(self, key: str, form: str) -> tuple[Period | None, str | None]:
        """Return the period of a key and the address of the norm it was taken from."""
        value = self.part.get(key, needed=True)
        if isinstance(value, Map):
            return self._of(key, form, value)
        period = self._parse(key, str(value)) if value is not None else None
        if period is not None and self.draft.book is not None:
            self._compare(key, form, period)
        return period, None

    def _of(self, key: str, form: str, value: Map) -> tuple[Period | None, str | None]:
        part = Part(value, self.part.report, f"{self.part.place} / {key}")
        address = part.text("of", needed=True)
        book = self.draft.book
        if book is None:
            return self._parse(key, part.text("is", needed=True)), address
        part.finish()
        if not book.norms_at(address):
            part.fault("no_such_address", "of", address=address)
            return None, address
        found = book.periods(address, form, self.reading)
        if not found:
            part.fault("no_period", "of", address=address, form=form)
            return None, address
        if len(found) > 1:
            part.fault("several_periods", "of", address=address, found=_said(found))
            return None, address
        (period,) = found
        value["is"] = period.text()
        return period, address

    def _parse(self, key: str, text: str) -> Period | None:
        try:
            return Period.parse(text)
        except PeriodError:
            self.part.fault("bad_period", key, found=text)
            return None

    def _compare(self, key: str, form: str, period: Period) -> None:
        book = self.draft.book
        assert book is not None
        stated = {address: book.periods(address, form, self.reading) for address in self.cites}
        stated = {address: periods for address, periods in stated.items() if periods}
        if stated and not any(period in periods for periods in stated.values()):
            address, periods = next(iter(stated.items()))
            self.part.fault("other_period", key, found=_said([period]), address=address, expected=_said(periods))


def _said(periods: Iterable[Period]) -> Bilingual:
    ordered = sorted(periods, key=lambda period: (period.unit, period.amount))
    return Bilingual(zh="、".join(one.text("zh") for one in ordered), en=", ".join(one.text() for one in ordered))
