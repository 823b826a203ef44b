"""The numbers that the law fixes, one by one: thresholds, periods, fines, computed sums."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from guiju.bilingual import Bilingual
from guiju.calendar.period import Period
from guiju.engine.collection import Rulebooks
from guiju.engine.expression import Compare, Const, Defined, EventMeasure, Node
from guiju.engine.norms import Clock, Norm, clock_text
from guiju.export.wording import kept_text, share_text, unfolded

Kind = Literal["threshold", "window", "deadline", "retention", "fine", "amount"]
YUAN: Final = Bilingual("元", "yuan")


@dataclass(frozen=True, slots=True)
class Number:
    """One number: `label` says what it limits, `test` the comparison or formula in which it stands.

    `about` is the fact's question or the event's name; `reading` the answers to open questions under which it holds.
    """

    kind: Kind
    label: str
    value: str
    test: str | None = None
    unit: Bilingual | None = None
    about: Bilingual | None = None
    reading: tuple[tuple[str, str], ...] = ()


def numbers_of(norm: Norm, books: Rulebooks) -> list[Number]:
    """List the numbers of a norm in the order condition, deadlines, retention, fines, sums; each once.

    Zero is left out: a comparison with it asks whether there is anything at all. Numbers of a defined term belong to
    its definition.
    """
    found: list[Number] = []
    if norm.when is not None:
        found.extend(_in_condition(norm.when, norm, books))
    for clock in norm.deadlines:
        found.extend(_period("deadline", clock_text(clock), clock, books))
    for clock in norm.retentions:
        found.extend(_period("retention", kept_text(clock), clock, books))
    found.extend(_fines(norm))
    found.extend(_amounts(norm))
    return list(dict.fromkeys(found))


def _in_condition(node: Node, norm: Norm, books: Rulebooks) -> Iterator[Number]:
    node = unfolded(node, norm)
    if isinstance(node, Defined):
        return
    if isinstance(node, Compare):
        yield from _thresholds(node, books)
    if isinstance(node, EventMeasure) and isinstance(node.own[2], Period):
        label = books.events[node.own[1]].label
        yield Number("window", node.text, node.own[2].text("en"), about=label)
    for child in node.children:
        yield from _in_condition(child, norm, books)


def _thresholds(compare: Compare, books: Rulebooks) -> Iterator[Number]:
    left, right = compare.children
    limited = right if isinstance(left, Const) else left
    for const in (*_constants(left), *_constants(right)):
        unit, about = _measured(limited, books)
        yield Number("threshold", limited.text, str(const.own[0]), compare.text, unit, about)


def _constants(node: Node) -> Iterator[Const]:
    if isinstance(node, Const) and node.type == "number" and node.own[0] != 0:
        yield node
    for child in node.children if not isinstance(node, Defined) else ():
        yield from _constants(child)


def _measured(node: Node, books: Rulebooks) -> tuple[Bilingual | None, Bilingual | None]:
    """Return unit and meaning of what a threshold limits, where it is one fact or one kind of event."""
    if isinstance(node, EventMeasure):
        return None, books.events[node.own[1]].label
    if len(node.facts) != 1 or node.events:
        return None, None
    fact = books.facts[next(iter(node.facts))]
    return fact.unit, fact.question


def _period(kind: Kind, label: str, clock: Clock, books: Rulebooks) -> Iterator[Number]:
    event = books.events.get(clock.anchor) if isinstance(clock.anchor, str) else None
    about = None if event is None else event.label
    if clock.day is not None:
        yield Number(kind, label, "{:02d}-{:02d}".format(*clock.day), about=about, reading=clock.reading)
    elif clock.period is not None:
        yield Number(kind, label, clock.period.text("en"), about=about, reading=clock.reading)


def _fines(norm: Norm) -> Iterator[Number]:
    for fine in norm.fines:
        who = f"fine on {fine.on}"
        yield Number("fine", f"{who}: least", f"{fine.least:f}", unit=YUAN, reading=fine.reading)
        yield Number("fine", f"{who}: most", f"{fine.most:f}", unit=YUAN, reading=fine.reading)
        if fine.share is not None:
            label = f"{who}: most, as a share of {fine.share_of}"
            yield Number("fine", label, share_text(fine), reading=fine.reading)


def _amounts(norm: Norm) -> Iterator[Number]:
    for amount in norm.amounts:
        for end, node in (("least", amount.least), ("most", amount.most), ("floor", amount.floor)):
            if node is None:
                continue
            for const in _constants(node):
                label, unit = f"{amount.what.en}: {end}", YUAN if const is node else None
                yield Number("amount", label, str(const.own[0]), node.text, unit, amount.what, amount.reading)
