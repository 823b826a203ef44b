"""The derived row of a case: made from its events with every act, and by `rebuild` from all of them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from guiju.calendar.count import DueDate
from guiju.calendar.days import WorkCalendar, prc_calendar
from guiju.portal.authorities.models import Office
from guiju.portal.cases.evidence import load, pin_of
from guiju.portal.cases.models import Case, CaseEvent, QueueRow
from guiju.portal.cases.timeliness import was_late
from guiju.portal.evidence.models import Event as LogEvent
from guiju.portal.numbers.check_character import plain
from guiju.procedures.case import Case as ProcedureCase
from guiju.procedures.catalogue import built_in_types
from guiju.procedures.clocks import Run, move
from guiju.procedures.due_dates import due_dates
from guiju.procedures.model import Active
from guiju.procedures.situation import owes
from guiju.procedures.standing import Standing, replay

_BATCH = 500
_AUTHORITY = "authority"
_ONE_DAY = dt.timedelta(days=1)
Turn = QueueRow.Turn


def refresh(case: Case, procedure: ProcedureCase, standing: Standing, calendar: WorkCalendar) -> None:
    """Write the row of one case."""
    row = derived(case, procedure, standing, calendar)
    values = {field.attname: getattr(row, field.attname) for field in QueueRow._meta.concrete_fields}
    del values["case_id"]
    QueueRow.objects.update_or_create(case_id=case.pk, defaults=values)


def derived(case: Case, procedure: ProcedureCase, standing: Standing, calendar: WorkCalendar) -> QueueRow:
    """Return the row as it follows from the events."""
    running = {} if standing.final else due_dates(procedure, standing.kind, calendar)
    clocks = standing.active.clocks
    owed = {name: due for name, due in running.items() if _must_act(name, due, standing, calendar)}
    desk = {name: due for name, due in owed.items() if clocks[name].side == _AUTHORITY}
    first, first_at_desk = _first(owed), _first(desk)
    opened = standing.events[0].on if standing.events else case.opened_on
    arrival = _arrival(case, standing)
    settled = _settled_on(standing)
    return QueueRow(
        case_id=case.pk,
        plain=plain(case.number),
        kind=case.kind,
        office_id=case.office_id,
        organisation_id=case.organisation_id,
        person_id=case.person_id,
        state=standing.state,
        final=standing.final,
        turn=_turn(standing, owed, desk),
        next_clock=first.clock,
        next_side=clocks[first.clock].side if first.clock else "",
        next_due=first.earliest,
        next_due_latest=first.latest,
        desk_clock=first_at_desk.clock,
        desk_due=first_at_desk.earliest,
        desk_due_latest=first_at_desk.latest,
        lapse_after=min(
            # The act may exist under another reading only; then nothing happens by itself.
            (day.latest for one, day in running.items() if clocks[one].lapses in standing.active.transitions),
            default=None,
        ),
        opened_on=opened,
        last_on=standing.last_on or case.opened_on,
        arrived_on=arrival.on,
        left_office_id=arrival.left,
        settled_on=settled,
        settled_days=(settled - opened).days if settled else None,
        settled_late=was_late(standing, calendar, settled) if settled else None,
    )


def rebuild(calendar: WorkCalendar | None = None) -> int:
    """Make all rows anew; returns how many. Goes on beside the running site: each batch is written as it was read."""
    calendar, types, count = calendar or prc_calendar(), built_in_types(), 0
    for case in Case.objects.order_by("pk").iterator(chunk_size=_BATCH):
        procedure = load(case)
        standing = replay(procedure, types.pinned(pin_of(case)))
        refresh(case, procedure, standing, calendar)
        count += 1
    return count


@dataclass(frozen=True, slots=True)
class _Due:
    """A clock and its last day; nothing where no clock runs."""

    clock: str = ""
    earliest: dt.date | None = None
    latest: dt.date | None = None


def _first(running: Mapping[str, DueDate]) -> _Due:
    name = min(running, key=lambda one: (running[one].earliest, one), default="")
    return _Due(name, running[name].earliest, running[name].latest) if name else _Due()


def _must_act(name: str, due: DueDate, standing: Standing, calendar: WorkCalendar) -> bool:
    """Whether somebody is late once this clock is over, as far as the events go; where unknown, nobody is."""
    clock = standing.active.clocks[name]
    return clock.owed_when is None or owes(clock, standing, due.latest + _ONE_DAY, calendar) is True


def _turn(standing: Standing, owed: Mapping[str, DueDate], desk: Mapping[str, DueDate]) -> str:
    if standing.final:
        return Turn.CLOSED
    if desk:
        return Turn.AUTHORITY
    return (
        Turn.APPLICANT if owed or any(run.paused and not run.ended for run in standing.runs.values()) else Turn.NOBODY
    )


def _settled_on(standing: Standing) -> dt.date | None:
    """Find the first day on which no clock of the authority ran or stood still, and no paper was awaited any more."""
    runs: dict[str, Run] = {}
    bound = False
    for event in standing.events:
        move(runs, event)
        pending = any(not run.ended and _binds(standing.active, name) for name, run in runs.items())
        bound = bound or pending
        if bound and not pending:
            return event.on
    return standing.last_on if bound and standing.final else None


def _binds(active: Active, name: str) -> bool:
    """Whether a clock is the authority's, or one of the applicant's that ends the case if nothing comes."""
    return active.clocks[name].side == _AUTHORITY or active.clocks[name].lapses is not None


@dataclass(frozen=True, slots=True)
class _Arrival:
    """The day on which a case came to its present office, and the office that it came from, if any."""

    on: dt.date
    left: int | None = None


def _arrival(case: Case, standing: Standing) -> _Arrival:
    """Follow the offices that the log names with each event; the latest events may not be logged yet."""
    days = [event.on for event in standing.events] or [case.opened_on]
    if len(days) == 1:
        return _Arrival(days[0])
    logged = _logged_offices(case)
    present = case.office.code
    offices = [logged.get(event.seq, present) for event in standing.events]
    arrival = _Arrival(days[0])
    for (before, after), day in zip(pairwise(offices), days[1:], strict=True):
        if before != after:
            arrival = _Arrival(day, Office.objects.values_list("pk", flat=True).get(code=before))
    return arrival


def _logged_offices(case: Case) -> dict[int, str]:
    places = dict(CaseEvent.objects.filter(case_id=case.pk).values_list("idx", "seq"))
    rows = LogEvent.objects.filter(idx__in=places).values_list("idx", "data")
    return {places[idx]: json.loads(bytes(data))["office"] for idx, data in rows}
