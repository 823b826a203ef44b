"""Norms that share a subject: the same kind of act, asked of the same party, in the same article."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from guiju.check.world import World
from guiju.engine.candidates import thresholds
from guiju.engine.norms import Norm

Family = list[Norm]
Scale = tuple[str, list[int | Decimal]]
"""A numeric fact, with points on and around every line that a family draws by it, in rising order."""


def families(norms: Iterable[Norm]) -> list[Family]:
    """Group norms that divide one subject among them; a norm alone is no family."""
    groups: dict[tuple[object, ...], Family] = {}
    for norm in norms:
        if norm.condition is not None and (norm.procedure or norm.fulfilled_by):
            groups.setdefault(_act(norm), []).append(norm)
    return [family for family in groups.values() if len(family) > 1]


def _act(norm: Norm) -> tuple[object, ...]:
    done = norm.fulfilled_by
    deed = None if done is None else done.event or (done.condition.text if done.condition else None)
    return (norm.rulebook, norm.address.article, norm.kind, norm.subject, norm.bearer, norm.procedure, deed)


def scales(world: World, family: Family) -> list[Scale]:
    """List the numeric facts by which at least two norms of a family draw a line."""
    result = []
    nodes = [node for norm in family for node in norm.conditions]
    for fact in sorted({fact for node in nodes for fact in node.facts}):
        spec = world.books.facts[fact]
        if spec.type not in ("count", "number", "money"):
            continue
        if sum(bool(thresholds(fact, norm.conditions)) for norm in family) > 1:
            step: int | Decimal = 1 if spec.type == "count" else Decimal("0.01")
            around = {line + d for line in thresholds(fact, nodes) for d in (-step, 0, step)}
            result.append((fact, [point for point in sorted(around) if point >= 0]))
    return result
