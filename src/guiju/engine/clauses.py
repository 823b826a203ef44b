"""The clauses of a norm that count or compute: clocks, retention, fulfilment, fines, sums."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from guiju.calendar.period import Period, PeriodError
from guiju.documents.errors import nearest
from guiju.engine.errors import ExpressionError
from guiju.engine.expression import Node
from guiju.engine.norms import Amount, Clock, ClockForm, Fine, Fulfilment
from guiju.engine.parse import Parser
from guiju.engine.schema import AmountForm, DeadlineForm, FineForm, NormForm, RetentionForm
from guiju.engine.sources import Entry
from guiju.engine.vocabulary import EventSpec, FactSpec, ReadingSpec
from guiju.law.address import Address


class Clauses:
    """Reads clauses over one vocabulary; whatever does not fit is a DocumentError with its line."""

    def __init__(
        self,
        *,
        facts: Mapping[str, FactSpec],
        events: Mapping[str, EventSpec],
        readings: Mapping[str, Entry[ReadingSpec]],
        parser: Parser,
        condition: Callable[[Entry[NormForm], str, Any], Node],
        address: Callable[[Entry[NormForm], str, str], Address],
    ) -> None:
        self.facts = facts
        self.events = events
        self.readings = readings
        self.parser = parser
        self.condition = condition
        self.address = address

    def clock(self, entry: Entry[NormForm], field: str, form: DeadlineForm) -> Clock:
        """Read one deadline of a norm."""
        forms: dict[ClockForm, str | bool | None] = {
            "within": form.within, "at_least": form.at_least, "from": form.from_,
            "every": form.every, "each_year": form.each_year, "at_once": form.at_once,
        }  # fmt: skip
        given = [name for name, value in forms.items() if value]
        if len(given) != 1:
            raise entry.error(field, "needs exactly one of within, at_least, from, every, each_year, at_once")
        name = given[0]
        backwards = name in ("at_least", "from")
        anchor = form.before if backwards else form.after
        if anchor is None or (form.before and form.after):
            raise entry.error(field, f"`{name}` counts {'before' if backwards else 'after'} exactly one event")
        period = None if name in ("at_once", "each_year") else self._period(entry, field, str(forms[name]))
        return Clock(
            name,
            period,
            self._anchor(entry, field, anchor),
            self._chosen(entry, field, form.reading),
            self._announcement(anchor),
            None if form.each_year is None else self._day(entry, field, form.each_year),
        )

    def _day(self, entry: Entry[NormForm], field: str, text: str) -> tuple[int, int]:
        """Read month and day of a clock that runs out on the same day each year; 29 February comes too seldom."""
        try:
            date = dt.datetime.strptime(f"2001-{text}", "%Y-%m-%d").replace(tzinfo=dt.UTC)
        except ValueError:
            raise entry.error(field, f"`{text}` is no day of each year", "write month and day: 03-31") from None
        return date.month, date.day

    def retention(self, entry: Entry[NormForm], form: RetentionForm) -> Clock:
        """Read one period for which something is kept."""
        period = self._period(entry, "retention", form.at_least)
        anchor = self._anchor(entry, "retention", form.after)
        return Clock("within", period, anchor, self._chosen(entry, "retention", form.reading))

    def _period(self, entry: Entry[NormForm], field: str, text: str) -> Period:
        try:
            return Period.parse(text)
        except PeriodError as error:
            raise entry.error(field, str(error)) from None

    def _anchor(self, entry: Entry[NormForm], field: str, text: str) -> str | Address:
        if ":" in text:
            return self.address(entry, field, text)
        if text not in self.events:
            raise entry.error(field, f"`{text}` is no known event", nearest(text, self.events))
        return text

    def _announcement(self, anchor: str) -> str | None:
        """Return the planned event that announces an event, if the vocabulary names one."""
        event = self.events.get(anchor)
        return event.announced_by if event is not None else None

    def _chosen(
        self, entry: Entry[NormForm], field: str, reading: dict[str, str] | None
    ) -> tuple[tuple[str, str], ...]:
        for question, candidate in (reading or {}).items():
            known = self.readings.get(question)
            if known is None or candidate not in {c.id for c in known.value.candidates}:
                raise entry.error(field, f"`{question}: {candidate}` is no known reading")
        return tuple((reading or {}).items())

    def fulfilment(self, entry: Entry[NormForm]) -> Fulfilment | None:
        """Read what tells whether a duty has been performed."""
        form = entry.value.fulfilled_by
        if form is None:
            return None
        if sum(x is not None for x in (form.event, form.fact, form.when)) != 1:
            raise entry.error("fulfilled_by", "needs exactly one of event, fact, when")
        if form.event is not None:
            if form.event not in self.events:
                raise entry.error("fulfilled_by", f"`{form.event}` is no known event", nearest(form.event, self.events))
            return Fulfilment(form.event, None)
        return Fulfilment(None, self.condition(entry, "fulfilled_by", form.fact or form.when))

    def fine(self, entry: Entry[NormForm], form: FineForm) -> Fine:
        """Read one fine."""
        share = None
        if form.share is not None:
            try:
                share = Decimal(form.share.replace("%", "").strip()) / 100
            except InvalidOperation:
                raise entry.error("fines", f"`{form.share}` is not a percentage", "write `4 %`") from None
        if form.or_share_of is not None and form.or_share_of not in self.facts:
            raise entry.error("fines", f"`{form.or_share_of}` is no known fact", nearest(form.or_share_of, self.facts))
        if form.min > form.max:
            raise entry.error("fines", f"the range is empty: {form.min} is more than {form.max}")
        reading = self._chosen(entry, "fines", form.reading)
        return Fine(form.on, Decimal(form.min), Decimal(form.max), form.or_share_of, share, reading)

    def amount(self, entry: Entry[NormForm], form: AmountForm) -> Amount:
        """Read one computed sum."""
        least, most, floor = (self._sum(entry, end) for end in (form.least, form.most, form.floor))
        return Amount(form.what, least, most, floor, self._chosen(entry, "amounts", form.reading))

    def _sum(self, entry: Entry[NormForm], text: str | int | None) -> Node | None:
        if text is None:
            return None
        try:
            return self.parser.number(str(text))
        except ExpressionError as error:
            raise entry.error("amounts", str(error)) from None
