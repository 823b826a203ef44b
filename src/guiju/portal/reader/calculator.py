"""When a period ends if something happens on a day: every clock that it starts, counted day by day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from guiju.bilingual import Bilingual
from guiju.calendar.days import prc_calendar
from guiju.calendar.errors import CalendarError
from guiju.calendar.explain import Explanation, explain
from guiju.calendar.period import Period
from guiju.portal.faces.provisions import provisions
from guiju.portal.look.components import ChoiceField, DateField, Option, ProvisionLink
from guiju.portal.reader.procedure_words import act_label, length, usual
from guiju.procedures.model import Active, CaseType, Clock

_NAME = "day"
_COUNTED = ("within", "at_least")


@dataclass(frozen=True, slots=True)
class Counted:
    """A clock with its last day, and how that was counted, line by line."""

    label: Bilingual
    length: Bilingual
    day: dt.date
    latest: dt.date
    extended: dt.date | None
    how: tuple[Bilingual, ...]
    cites: tuple[ProvisionLink, ...]
    applicant: bool

    @property
    def provisional(self) -> bool:
        """Whether it may still turn out later."""
        return self.day != self.latest


@dataclass(frozen=True, slots=True)
class Calculation:
    """The form as it was filled in, and what follows; `counted` is None while nothing was asked."""

    event: ChoiceField
    day: DateField
    counted: tuple[Counted, ...] | None

    @property
    def fields(self) -> tuple[ChoiceField | DateField, ...]:
        """The fields, in order."""
        return self.event, self.day


def calculate(kind: CaseType, data: Mapping[str, str], today: dt.date) -> Calculation | None:
    """Read the form and count; None where the case type has no clock that can be counted."""
    active = usual(kind)
    events = occasions(active)
    if not events:
        return None
    asked = any(f"{_NAME}-{part}" in data for part in ("year", "month", "day"))
    chosen = data.get("event", "") if data.get("event", "") in events else next(iter(events))
    day, wrong = _read(data) if asked else (today, None)
    counted = None
    if asked and day is not None:
        try:
            counted = tuple(_count(clock, day) for clock in _started_by(active, chosen))
        except CalendarError as error:
            wrong = Bilingual(zh=error.text("zh"), en=error.text("en"))
    year, month, on = (data.get(f"{_NAME}-{part}", "")[:4] for part in ("year", "month", "day"))
    if not asked:
        year, month, on = str(today.year), str(today.month), str(today.day)
    event = ChoiceField(
        name="event",
        label=Bilingual(zh="发生了什么", en="What happens"),
        options=tuple(Option(value=name, label=label) for name, label in events.items()),
        value=chosen,
        listed=True,
    )
    field = DateField(
        name=_NAME, label=Bilingual(zh="哪一天", en="On which day"), error=wrong, year=year, month=month, day=on
    )
    return Calculation(event, field, counted)


def occasions(active: Active) -> dict[str, Bilingual]:
    """List what starts a clock with a period: acts, and days that the form asks for (`field:…`)."""
    found: dict[str, Bilingual] = {}
    for clock in _countable(active):
        for hook in active.hooks(clock, "starts"):
            if not clock.anchor and hook.on in active.transitions:
                found[hook.on] = act_label(active, hook.on)
    for clock in _countable(active):
        if clock.anchor:
            found[f"field:{clock.anchor}"] = active.kind.fields[clock.anchor].label
    return found


def _countable(active: Active) -> list[Clock]:
    return [clock for clock in active.clocks.values() if clock.form in _COUNTED and clock.period is not None]


def _started_by(active: Active, event: str) -> list[Clock]:
    field = event.removeprefix("field:") if event.startswith("field:") else None
    if field is not None:
        return [clock for clock in _countable(active) if clock.anchor == field]
    return [
        clock
        for clock in _countable(active)
        if not clock.anchor and any(hook.on == event for hook in active.hooks(clock, "starts"))
    ]


def _count(clock: Clock, day: dt.date) -> Counted:
    period = clock.period
    assert period is not None
    explanation = explain(day, period, "before" if clock.form == "at_least" else "after", prc_calendar())
    extended = None
    if clock.extend is not None and clock.extend.by.unit == period.unit:
        whole = Period(period.amount + clock.extend.by.amount, period.unit)
        extended = explain(day, whole, "after", prc_calendar()).result.due
    return Counted(
        label=clock.label,
        length=length(clock),
        day=explanation.result.due,
        latest=explanation.result.latest,
        extended=extended,
        how=_lines(explanation),
        cites=provisions(clock.cites),
        applicant=clock.side == "applicant",
    )


def _lines(explanation: Explanation) -> tuple[Bilingual, ...]:
    """Tell the count line by line; both languages have the same lines."""
    zh, en = (explanation.text(language).splitlines() for language in ("zh", "en"))
    return tuple(Bilingual(zh=one, en=other) for one, other in zip(zh, en, strict=True) if one.strip())


def _read(data: Mapping[str, str]) -> tuple[dt.date | None, Bilingual | None]:
    try:
        year, month, day = (_number(data.get(f"{_NAME}-{part}", "")) for part in ("year", "month", "day"))
        return dt.date(year, month, day), None
    except (ValueError, OverflowError):
        return None, Bilingual(zh="没有这一天，请写年、月、日。", en="There is no such day: give year, month and day.")


def _number(text: str) -> int:
    written = text.strip()
    if not (written.isascii() and written.isdecimal()):
        raise ValueError(text)
    return int(written)
