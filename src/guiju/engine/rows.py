"""One case as one row: what the fast executions (`decide`, `tables`) read instead of a profile.

A row holds the facts under their own names and, for each thing that conditions ask of events, a prepared measure.
What a row lacks is unknown. Prepared measures are counted as if the record of events were complete; the executions
themselves then apply `event_record_is_complete`, exactly as `guiju.engine.events` does for one case.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from guiju.engine.evaluation import Evaluation
from guiju.engine.events import COMPLETE
from guiju.engine.expression import EventMeasure, Node
from guiju.engine.values import Event, Value

Row = Mapping[str, Value]


def measure_name(measure: Node) -> str:
    """Return the column of an event measure: its function, event and argument, joined by two underscores.

    So `happened__incident_discovered__is_major`, `most_within__penalty_imposed__1_year`, `total__penalty_imposed`.
    """
    function, event, argument = measure.own
    parts = [function, event]
    if argument is not None:
        parts.append(argument if isinstance(argument, str) else f"{argument.amount}_{argument.unit}")
    return "__".join(parts)


def measures(nodes: Iterable[Node]) -> dict[str, EventMeasure]:
    """Return the event measures among nodes (those of a pool, for all of a collection) by the name of their column."""
    return {measure_name(node): node for node in nodes if isinstance(node, EventMeasure)}


def row_of(
    nodes: Iterable[Node], facts: Mapping[str, Value], events: Mapping[str, Sequence[Event]], as_of: dt.date
) -> dict[str, Value]:
    """Turn a case into its row: facts, and the measures of events up to the day of assessment."""
    counted = Evaluation({COMPLETE: True}, events, {}, as_of, 0)
    row = dict(facts)
    for name, measure in measures(nodes).items():
        row[name] = counted.measure(*measure.own)
    return row
