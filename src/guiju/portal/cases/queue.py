"""The derived row of a case: made from its events with every act, and by `rebuild` from all of them."""

from __future__ import annotations

from guiju.calendar.days import WorkCalendar, prc_calendar
from guiju.portal.cases.evidence import load, pin_of
from guiju.portal.cases.models import Case, QueueRow
from guiju.procedures.case import Case as ProcedureCase
from guiju.procedures.catalogue import built_in_types
from guiju.procedures.due_dates import due_dates
from guiju.procedures.standing import Standing, replay

_BATCH = 500


def refresh(case: Case, procedure: ProcedureCase, standing: Standing, calendar: WorkCalendar) -> None:
    """Write the row of one case."""
    row = derived(case, procedure, standing, calendar)
    values = {field.attname: getattr(row, field.attname) for field in QueueRow._meta.concrete_fields}
    del values["case_id"]
    QueueRow.objects.update_or_create(case_id=case.pk, defaults=values)


def derived(case: Case, procedure: ProcedureCase, standing: Standing, calendar: WorkCalendar) -> QueueRow:
    """Return the row as it follows from the events."""
    running = {} if standing.final else due_dates(procedure, standing.kind, calendar)
    name = min(running, key=lambda one: (running[one].earliest, one), default="")
    due = running.get(name)
    clocks = standing.active.clocks
    return QueueRow(
        case_id=case.pk,
        kind=case.kind,
        office_id=case.office_id,
        state=standing.state,
        final=standing.final,
        next_clock=name,
        next_side=clocks[name].side if name else "",
        next_due=due.earliest if due else None,
        next_due_latest=due.latest if due else None,
        lapse_after=min(
            # The act may exist under another reading only; then nothing happens by itself.
            (day.latest for one, day in running.items() if clocks[one].lapses in standing.active.transitions),
            default=None,
        ),
        last_on=standing.last_on or case.opened_on,
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
