"""Overlaps: one case that two norms of one family govern differently, and sums that lie in two ranges of fines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations

import z3

from guiju.bilingual import Bilingual
from guiju.check.codes import G103, G104, G105
from guiju.check.context import Context, Scope, diagnostic
from guiju.check.diagnostic import Diagnostic, cite
from guiju.check.families import families, scales
from guiju.check.figures import figure
from guiju.check.world import questions_of
from guiju.engine.norms import Fine, Norm

YUAN = Bilingual("元", "yuan")


def overlaps(context: Context) -> Iterator[Diagnostic]:
    """Find cases in which two norms of a family bind and send the same party to different authorities or clocks."""
    for family in families(norm for norm in context.norms if norm.fulfilled_by and norm.kind != "sanction"):
        graded = {norm for fact, _ in scales(context.world, family) for norm in family if fact in _facts(norm)}
        for one, other in combinations(family, 2):
            if one.address != other.address and _differ(one, other) and (_same_start(one, other) or one in graded):
                yield from _both(context, one, other, fined=False)


def double_fines(context: Context) -> Iterator[Diagnostic]:
    """Find cases in which two articles fine the same party, and none gives way to the other."""
    fining = [norm for norm in context.bound() if norm.fines]
    for one, other in combinations(fining, 2):
        same_party = {fine.on for fine in one.fines} & {fine.on for fine in other.fines}
        same_law = (one.rulebook, one.subject) == (other.rulebook, other.subject)
        if same_law and one.address.article != other.address.article and same_party:
            yield from _both(context, one, other, fined=True)


def _both(context: Context, one: Norm, other: Norm, *, fined: bool) -> Iterator[Diagnostic]:
    both = z3.And(context.world.binds(one), context.world.binds(other))
    scope = context.scope(both, questions_of([one, other]))
    if scope is None:
        return
    first, second = cite(one.address), cite(other.address)
    message = Bilingual(
        f"同一情形可以同时落入{first.zh}和{second.zh}，法律没有写明以哪一项为准。",
        f"One case can fall under both {first.en} and {second.en}; the law does not say which prevails.",
    )
    if fined:
        message = Bilingual(
            f"同一组织可以同时依{first.zh}和{second.zh}被罚款，法律没有写明特别规定是否排除一般规定。",
            f"One organisation can be fined under both {first.en} and {second.en}; the law does not say whether the "
            f"special provision excludes the general one.",
        )
    example = context.shown(G103, both, scope, [(one, "applies"), (other, "applies")])
    yield diagnostic(G103, [one, other], message, example, scope)


def _facts(norm: Norm) -> frozenset[str]:
    return frozenset() if norm.condition is None else norm.condition.facts


def _differ(one: Norm, other: Norm) -> bool:
    return one.toward != other.toward or one.deadline_text != other.deadline_text


def _same_start(one: Norm, other: Norm) -> bool:
    return [clock.anchor for clock in one.deadlines] == [clock.anchor for clock in other.deadlines]


def touching_ranges(context: Context) -> Iterator[Diagnostic]:
    """Find sums that belong to two grades of a fine, of which one case can only be in one."""
    for lighter, graver, low, high in _grades(context):
        if low.most < high.least or high.most <= low.most:
            continue
        first, second = cite(lighter.address), cite(graver.address)
        shared = figure(low.most, YUAN)
        text = Bilingual(
            f"罚款{shared.zh}既在{first.zh}的幅度之内，也在{second.zh}的幅度之内，从数额看不出按哪一档处罚。",
            f"A fine of {shared.en} lies in the range of {first.en} and in that of {second.en}; "
            f"the sum does not tell which grade was applied.",
        )
        if low.most > high.least:
            start = figure(high.least, YUAN)
            text = Bilingual(
                f"{start.zh}至{shared.zh}的罚款，在{first.zh}和{second.zh}的幅度之内都有。",
                f"Fines of {start.en} to {shared.en} lie in the ranges of both {first.en} and {second.en}.",
            )
        yield from _two_cases(context, lighter, graver, text)


def _grades(context: Context) -> Iterator[tuple[Norm, Norm, Fine, Fine]]:
    fining = [norm for norm in context.bound() if norm.fines and norm.kind == "sanction"]
    for lighter, graver in permutations(fining, 2):
        near = lighter.subject == graver.subject and lighter.address.article == graver.address.article
        if near and lighter.rulebook == graver.rulebook and lighter.address != graver.address:
            for low in lighter.fines:
                for high in graver.fines:
                    if low.on == high.on and low.least < high.least and not _ever_both(context, lighter, graver):
                        yield lighter, graver, low, high


def _ever_both(context: Context, one: Norm, other: Norm) -> bool:
    return context.world.possible(context.world.binds(one), context.world.binds(other))


def _two_cases(context: Context, lighter: Norm, graver: Norm, text: Bilingual) -> Iterator[Diagnostic]:
    """Show two systems of one organisation, one in either grade."""
    world = context.world
    scope = context.scope(world.binds(lighter), questions_of([lighter]))
    if scope is None or not world.possible(world.binds(graver), *world.fixed(scope.choose)):
        return
    one = context.found(world.binds(lighter), scope, [lighter, graver])
    if one is None:
        return
    shared = {fact: value for fact, value in one.facts.items() if context.books.facts[fact].of == "organisation"}
    two = context.found(world.binds(graver), scope, [lighter, graver], number=2, given=shared)
    if two is None:
        return
    seen_one = [(lighter, "applies"), (graver, "does_not_apply")]
    seen_two = [(lighter, "does_not_apply"), (graver, "applies")]
    example = context.example(G104, scope, [(one, seen_one), (two, seen_two)])  # type: ignore[list-item]
    yield diagnostic(G104, [lighter, graver], text, example, Scope(scope.choose, ()))


def shares_without_floor(context: Context) -> Iterator[Diagnostic]:
    """Find graver fines whose share of turnover starts at nothing, so that they can be below the lighter grade."""
    for lighter, graver, low, high in _grades(context):
        if high.share is None or high.share_of is None:
            continue
        world = context.world
        small = world.facts[high.share_of] * world.number(high.share_of, high.share) < world.number(
            high.share_of, low.least
        )
        formula = z3.And(world.binds(graver), small)
        scope = context.scope(formula, questions_of([graver]))
        if scope is None:
            continue
        first, second, least = cite(lighter.address), cite(graver.address), figure(low.least, YUAN)
        text = Bilingual(
            f"{second.zh}按 {high.share_of} 比例计算的一支没有下限：基数小的，其上限低于较轻一档（{first.zh}）的起点"
            f"{least.zh}。",
            f"The branch of {second.en} that is a share of {high.share_of} has no lower end: where that is small, even "
            f"the upper end is below {least.en}, where the lighter grade ({first.en}) begins.",
        )
        found = context.found(formula, scope, [graver, lighter])
        example = None
        if found is not None:
            # No turnover at all makes the point as well as any small one.
            facts = {**found.facts, high.share_of: 0}
            found = type(found)(facts, found.events)
            example = context.example(G105, scope, [(found, [(graver, "applies"), (lighter, "does_not_apply")])])
        yield diagnostic(G105, [graver, lighter], text, example, scope)
