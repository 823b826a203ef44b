"""Cases on the stage for tests of pages: those of the scenarios, put into the tables as if they had happened here."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from pathlib import Path

from guiju.portal.cases.keeping import Acting
from guiju.portal.cases.models import Case
from guiju.portal.numbers.check_character import plain
from guiju.portal.organisations.models import Organisation
from guiju.portal.registers.models import Entry
from guiju.procedures.case import Case as ProcedureCase
from guiju.procedures.case import Event
from guiju.procedures.catalogue import built_in_types
from guiju.procedures.model import CaseType
from guiju.procedures.running import play
from guiju.procedures.script import read_script
from tests.portal.people import ZHEJIANG, office, organisation

_SCENARIOS = Path(__file__).parents[1] / "procedures" / "scenarios"


@functools.cache
def states_reached() -> dict[tuple[str, str], ProcedureCase]:
    """Return for each case type and each state that a scenario reaches a case that stands in it."""
    found: dict[tuple[str, str], ProcedureCase] = {}
    for path in sorted(_SCENARIOS.rglob("*.yaml")):
        script = read_script(path)
        played = play(script, built_in_types().get(script.case_type))
        events: tuple[Event, ...] = ()
        for moment in played.moments:
            events += moment.events
            if events:
                case = ProcedureCase(played.case.pin, played.case.readings, events)
                # The one with most acts shows most.
                found[played.kind.key, moment.standing.state] = max(
                    case, found.get((played.kind.key, moment.standing.state), case), key=lambda one: len(one.events)
                )
    return found


def staged(happened: ProcedureCase, company: Organisation | None = None) -> Case:
    """Keep a case in the tables with all its events, without anybody in particular having acted."""
    kind = built_in_types().pinned(happened.pin)
    case = Case(
        kind=kind.key, version=kind.version, digest=kind.digest, readings=list(map(list, happened.readings)),
        organisation=company or organisation(), office=office(ZHEJIANG), revision=0,
    )  # fmt: skip
    _make_entries(kind, happened.events, case)
    opened = ProcedureCase(happened.pin, happened.readings)
    return Acting(None, case, kind, opened, happened.events[0].on).keep(happened.events).case


def _make_entries(kind: CaseType, events: Iterable[Event], case: Case) -> None:
    """Make the entries that other cases have written before."""
    written: set[tuple[str, str]] = set()
    for event in events:
        for change in event.entries:
            register = kind.registers[change.register]
            number = str(change.fields.get(register.key) or "")
            key = (change.register, number)
            if change.how != "write" and key not in written:
                other = Case.objects.create(
                    kind=kind.key, version=kind.version, digest=kind.digest, organisation=case.organisation,
                    office=case.office, revision=0, number=f"OTHER-{number}-{len(written)}", opened_on=event.on,
                )  # fmt: skip
                Entry.objects.create(
                    register=f"{kind.law}/{change.register}", number=number, plain=plain(number),
                    public=register.public, fields=change.fields, case=other, changed_on=event.on,
                )  # fmt: skip
            written.add(key)
