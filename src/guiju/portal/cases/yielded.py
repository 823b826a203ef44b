"""What the acts in an organisation's cases mean as events of the law's vocabulary: filed, registered, licensed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass

from guiju.portal.cases.models import CaseEvent
from guiju.portal.evidence.models import Beside
from guiju.portal.organisations.models import Organisation

_CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Yielded:
    """An event that an act in a case meant; `system` is the one that the case is about, if it names one."""

    number: str
    system: int | None
    on: dt.date
    event: str
    attributes: Mapping[str, bool]


def yielded_by_cases_of(organisation: Organisation) -> list[Yielded]:
    """List the events that an organisation's cases yielded, in the order of the log (two queries).

    Content is taken as it lies in the table: nothing is decided by it, and `verify` is where tampering is found.
    """
    rows = CaseEvent.objects.filter(case__organisation=organisation).order_by("idx")
    cases = {idx: (number, system) for idx, number, system in rows.values_list("idx", "case__number", "case__system")}
    contents = Beside.objects.filter(name=_CONTENT, idx__in=rows.order_by().values("idx")).order_by("idx")
    found = []
    for idx, value in contents.values_list("idx", "value"):
        content = json.loads(bytes(value))
        for one in content.get("yields", ()):
            attributes = {name: known for name, known in one.get("attributes", {}).items() if isinstance(known, bool)}
            found.append(Yielded(*cases[idx], dt.date.fromisoformat(content["on"]), one["event"], attributes))
    return found
