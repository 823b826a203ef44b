"""Gaps: a case that two norms of one family leave to neither, though each governs the cases next to it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, permutations

import z3

from guiju.bilingual import Bilingual
from guiju.check.codes import G101, G102
from guiju.check.context import Context, Scope, diagnostic
from guiju.check.diagnostic import Diagnostic, cite
from guiju.check.families import Family, Scale, families, scales
from guiju.check.figures import figure
from guiju.check.world import Formula, questions_of
from guiju.engine.norms import Norm, Reading

Point = int | Decimal


def gaps_on_scales(context: Context) -> Iterator[Diagnostic]:
    """Find values of a number that fall between two norms: below it one binds, above it the other, at it neither."""
    for family in families(context.norms):
        for scale in scales(context.world, family):
            for lower, upper in permutations(family, 2):
                yield from _between(context, family, scale, (lower, upper))


def _between(context: Context, family: Family, scale: Scale, pair: tuple[Norm, Norm]) -> Iterator[Diagnostic]:
    """Report the first and the last point of each stretch that is free of the whole family."""
    stretch: list[tuple[Point, Formula, Scope]] = []
    fact, points = scale
    for number, point in enumerate(points):
        formula = _free_at(context, family, scale, number, pair)
        scope = context.scope(formula, questions_of(family))
        if scope is not None:
            stretch.append((point, formula, scope))
        if stretch and (scope is None or number == len(points) - 1):
            yield _gap(context, fact, pair, stretch)
            stretch = []


def _free_at(context: Context, family: Family, scale: Scale, number: int, pair: tuple[Norm, Norm]) -> Formula:
    """Say that nobody of the family binds at a point, while one binds at the nearest governed one on either side."""
    world = context.world
    fact, points = scale
    binding = [world.binds(norm) for norm in family]

    def free(point: Point) -> Formula:
        return z3.And(*(z3.Not(world.at(b, fact, point)) for b in binding))

    def reached(norm: Norm, way: list[Point]) -> Formula:
        own = world.binds(norm)
        return z3.Or(
            *(z3.And(world.at(own, fact, p), *(free(q) for q in way[:n])) for n, p in enumerate(way))
        )  # fmt: skip

    lower, upper = pair
    here = points[number]
    return z3.And(
        world.value(fact, here),
        *(z3.Not(b) for b in binding),
        reached(lower, points[:number][::-1]),
        reached(upper, points[number + 1 :]),
    )


def _gap(
    context: Context, fact: str, pair: tuple[Norm, Norm], stretch: list[tuple[Point, Formula, Scope]]
) -> Diagnostic:
    lower, upper = pair
    (first, formula, scope), last = stretch[0], stretch[-1][0]
    unit = context.books.facts[fact].unit
    at = figure(first, unit) if first == last else _from_to(first, last, unit)
    low, high = cite(lower.address), cite(upper.address)
    message = Bilingual(
        f"{fact} 为{at.zh}时，{low.zh}和{high.zh}都不适用；再少由前者管，再多由后者管。",
        f"With {fact} at {at.en} neither {low.en} nor {high.en} applies; below, the former does, above, the latter.",
    )
    claims = [(lower, "does_not_apply"), (upper, "does_not_apply")]
    example = context.shown(G101, formula, scope, claims)  # type: ignore[arg-type]
    return diagnostic(G101, [lower, upper], message, example, scope)


def _from_to(first: Point, last: Point, unit: Bilingual | None) -> Bilingual:
    one, other = figure(first, unit), figure(last, unit)
    return Bilingual(f"{one.zh}至{other.zh}", f"{one.en} to {other.en}")


def gaps_by_readings(context: Context) -> Iterator[Diagnostic]:
    """Find readings under which a case falls between two norms that exclude each other and meet under another."""
    for reading in context.books.readings.values():
        if reading.rulebook not in context.laws:
            continue
        cited = [norm for norm in context.bound() if norm.address in reading.cites and norm.kind == "duty"]
        for one, other in combinations(cited, 2):
            if one.address != other.address and one.bearer == other.bearer:
                yield from _opened(context, reading, one, other)


def _opened(context: Context, reading: Reading, one: Norm, other: Norm) -> Iterator[Diagnostic]:
    world = context.world
    a, b = world.binds(one), world.binds(other)
    if world.possible(a, b):
        return
    for candidate in reading.candidates:
        closed = [c for c in reading.candidates if c != candidate]
        left_out = z3.And(
            world.readings[reading.id] == world.candidate(reading.id, candidate),
            z3.Not(a),
            z3.Not(b),
            z3.Or(*(z3.Or(world.under(a, reading.id, c), world.under(b, reading.id, c)) for c in closed)),
            _one_fact_away(context, one, a),
            _one_fact_away(context, other, b),
        )
        scope = context.scope(left_out, questions_of([one, other]))
        if scope is not None:
            yield _opening(context, (reading, candidate), (one, other), left_out, scope)


def _one_fact_away(context: Context, norm: Norm, binds: Formula) -> Formula:
    assert norm.condition is not None
    facts = sorted(f for f in norm.condition.facts if context.books.facts[f].type == "bool")
    return z3.Or(*(context.world.flipped(binds, fact) for fact in facts))


def _opening(
    context: Context, read: tuple[Reading, str], pair: tuple[Norm, Norm], formula: Formula, scope: Scope
) -> Diagnostic:
    reading, candidate = read
    low, high = cite(pair[0].address), cite(pair[1].address)
    message = Bilingual(
        f"“{reading.question.zh}”若取读法 {candidate}，有的情形{low.zh}和{high.zh}都不管；换一种读法就有一项管。",
        f'If "{reading.question.en}" is read as {candidate}, some cases fall under neither {low.en} nor {high.en}; '
        f"under another reading one of them governs.",
    )
    claims = [(norm, "does_not_apply") for norm in pair]
    return diagnostic(G102, pair, message, context.shown(G102, formula, scope, claims), scope)  # type: ignore[arg-type]
