"""Which fine, and whose: what the user named, or an error that says what could have been named."""

from __future__ import annotations

from collections.abc import Iterable

from guiju.assess.assessment import Assessment
from guiju.assess.report.words import say
from guiju.assess.worksheet.errors import NoWorksheetError
from guiju.documents.errors import nearest
from guiju.engine.collection import UnknownNameError
from guiju.engine.findings import SubjectCase
from guiju.engine.norms import Norm
from guiju.law.address import Address


def paragraph_of(address: Address, norms: Iterable[Norm]) -> Address:
    """Return the one paragraph with fines at an address; raises NoWorksheetError where there is none, or several."""
    known = list(norms)
    fined = sorted({norm.address for norm in known if norm.fines})
    here = [one for one in fined if address.contains(one)]
    if len(here) == 1:
        return here[0]
    if here:
        raise NoWorksheetError(say("several_fines", address=address, fines=_listed(here)))
    breached = {breach for norm in known if address.contains(norm.address) for breach in norm.breach}
    led_to = [one for one in fined if any(breach.contains(one) for breach in breached)]
    if led_to:
        raise NoWorksheetError(say("fined_elsewhere", address=address, fines=_listed(led_to)))
    if fined:
        raise NoWorksheetError(say("no_fine_here", address=address, fines=_listed(fined)))
    raise NoWorksheetError(say("no_fine_at_all", address=address, law=address.law))


def chosen_cases(assessment: Assessment, system: str | None) -> list[SubjectCase]:
    """Return the case of the system named, or of all; raises UnknownNameError."""
    cases = [case for case in assessment.cases if case.subject.kind == "system"]
    if system is None:
        return cases
    chosen = [case for case in cases if case.subject.name == system]
    if not chosen:
        names = [case.subject.name for case in cases]
        hint = nearest(system, names) or "there are: " + ", ".join(names)
        raise UnknownNameError(f"there is no system `{system}` in the profile; {hint}")
    return chosen


def _listed(addresses: Iterable[Address]) -> str:
    return ", ".join(str(address) for address in addresses)
