"""Conditions that can never be true, or always are, and norms from which everybody they reach is exempt."""

from __future__ import annotations

from collections.abc import Iterator

import z3

from guiju.bilingual import Bilingual
from guiju.check.codes import G201, G202, G203
from guiju.check.context import Context, diagnostic
from guiju.check.diagnostic import Diagnostic, cite
from guiju.engine.expression import And, Const, Defined, Node, Or
from guiju.engine.norms import Norm


def unreachable(context: Context) -> Iterator[Diagnostic]:
    """Find conditions, and branches of them, that no case can meet under any reading."""
    world = context.world
    for norm in context.bound():
        assert norm.condition is not None
        where = cite(norm.address)
        condition = world.of(norm.condition)
        if not world.possible(condition):
            yield diagnostic(
                G201,
                [norm],
                Bilingual(
                    f"{where.zh}的条件在任何情形下都不成立：{norm.when_text}",
                    f"The condition of {where.en} holds in no case: {norm.when_text}",
                ),
            )
            continue
        for branch in _branches(_body(norm)):
            if not world.possible(condition, world.of(branch)):
                yield diagnostic(
                    G201,
                    [norm],
                    Bilingual(
                        f"{where.zh}的条件中有一支永远用不上：{branch.text}",
                        f"One branch of the condition of {where.en} is never reached: {branch.text}",
                    ),
                )


def _body(norm: Norm) -> Node:
    assert norm.when is not None
    return norm.when.children[0] if norm.defines else norm.when


def _branches(node: Node) -> Iterator[Node]:
    """Walk the alternatives of a condition; what lies under a `not` or within a defined term is not its own."""
    if isinstance(node, And | Or):
        for child in node.children:
            if isinstance(node, Or):
                yield child
            yield from _branches(child)


def always_true(context: Context) -> Iterator[Diagnostic]:
    """Find conditions that look like a test and are none: every case within the law's scope meets them."""
    world = context.world
    for norm in context.bound():
        if norm.when is None or isinstance(_body(norm), Const) or _draws_scope(context, norm):
            continue
        scope = [world.of(context.books.book(norm.rulebook).scope)] if norm.subject == "system" else []
        fails = z3.Not(world.of(norm.when))
        if not world.possible(fails, *scope):
            where = cite(norm.address)
            yield diagnostic(
                G202,
                [norm],
                Bilingual(
                    f"{where.zh}的条件不起作用，适用范围内的一切情形都符合：{norm.when_text}",
                    f"The condition of {where.en} tests nothing; every case in scope meets it: {norm.when_text}",
                ),
            )


def _draws_scope(context: Context, norm: Norm) -> bool:
    """Tell whether a norm is part of the scope itself, within which it is always true, as it should be."""
    book = context.books.book(norm.rulebook)
    stack, terms = [book.scope], set()
    while stack:
        node = stack.pop()
        if isinstance(node, Defined):
            terms.add(node.own[0])
        stack.extend(node.children)
    return norm.address in book.scope_cites or norm.defines in terms


def always_exempt(context: Context) -> Iterator[Diagnostic]:
    """Find norms that apply to some cases, from all of which an exemption frees them."""
    world = context.world
    for norm in context.bound():
        assert norm.condition is not None
        condition = world.of(norm.condition)
        if not norm.exempted_by or world.possible(world.binds(norm)) or not world.possible(condition):
            continue
        scope = context.scope(condition, norm.readings)
        if scope is None:
            continue
        where, by = cite(norm.address), cite(norm.exempted_by[0].address)
        yield diagnostic(
            G203,
            [norm, *(n for n in context.norms if n.kind == "exemption" and n.address == norm.exempted_by[0].address)],
            Bilingual(
                f"{where.zh}适用的一切情形都被{by.zh}等豁免，因此对谁都没有约束力。",
                f"Every case to which {where.en} applies is exempt under {by.en} or others, so that it binds nobody.",
            ),
            context.shown(G203, condition, scope, [(norm, "exempt")]),
            scope,
        )
