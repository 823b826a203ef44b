"""Bearers whom the definitions exclude: a role read in such a way that its own duties miss those meant."""

from __future__ import annotations

from collections.abc import Iterator

import z3

from guiju.bilingual import Bilingual
from guiju.check.codes import G601, G602
from guiju.check.context import Context, Scope, diagnostic
from guiju.check.diagnostic import Diagnostic, cite
from guiju.check.relations import Presupposition
from guiju.check.world import Formula, questions_of
from guiju.engine.norms import Norm, Reading

_NAMED_AT_MOST = 8


def excluded(context: Context) -> Iterator[Diagnostic]:
    """Find readings of a role's definition under which its duties no longer reach somebody they otherwise bind."""
    for definition, reading, candidate in _narrow_readings(context):
        duties = [norm for norm in context.bound() if norm.bearer == definition.defines and norm.kind == "duty"]
        lost = [(norm, _lost(context, norm, reading, candidate)) for norm in duties]
        lost = [(norm, formula) for norm, formula in lost if _possible_under(context, formula, reading, candidate)]
        if lost:
            yield _exclusion(context, definition, reading, candidate, lost)


def _narrow_readings(context: Context) -> Iterator[tuple[Norm, Reading, str]]:
    """List definitions of roles with each reading under which they take in less than under another one."""
    world = context.world
    for definition in context.norms:
        if definition.kind != "definition" or definition.defines not in context.books.parties:
            continue
        assert definition.when is not None
        term = world.of(definition.when)
        for question in sorted(definition.when.readings):
            reading = context.books.readings[question]
            for candidate in reading.candidates:
                wider = [world.under(term, question, c) for c in reading.candidates if c != candidate]
                if world.possible(z3.Not(world.under(term, question, candidate)), z3.Or(*wider)):
                    yield definition, reading, candidate


def _lost(context: Context, norm: Norm, reading: Reading, candidate: str) -> Formula:
    """Say that a norm does not bind under one reading and does under another."""
    world = context.world
    binds = world.binds(norm)
    others = [world.under(binds, reading.id, c) for c in reading.candidates if c != candidate]
    return z3.And(z3.Not(world.under(binds, reading.id, candidate)), z3.Or(*others))


def _possible_under(context: Context, formula: Formula, reading: Reading, candidate: str) -> bool:
    return context.world.possible(formula, *_fixed(context, reading, candidate))


def _fixed(context: Context, reading: Reading, candidate: str) -> list[Formula]:
    """Fix one reading to a candidate and all others to their defaults."""
    defaults = {question: other.default for question, other in context.books.readings.items()}
    return context.world.fixed({**defaults, reading.id: candidate})


def _exclusion(
    context: Context, definition: Norm, reading: Reading, candidate: str, lost: list[tuple[Norm, Formula]]
) -> Diagnostic:
    where = cite(definition.address)
    norms = [norm for norm, _ in lost]
    named = ", ".join(norm.key for norm in norms[:_NAMED_AT_MOST])
    more = len(norms) - _NAMED_AT_MOST
    rest = Bilingual(f"等 {len(norms)} 项", f" and {more} more") if more > 0 else Bilingual("", "")
    message = Bilingual(
        f"{where.zh}若取读法 {candidate}，定义把本应负担义务的一部分人排除在外，这些义务够不着他们：{named}{rest.zh}。",
        f"Read as {candidate}, the definition in {where.en} leaves out some who would otherwise bear these duties: "
        f"{named}{rest.en}.",
    )
    choose = {} if candidate == reading.default else {reading.id: candidate}
    scope = Scope(choose, ((reading.id, (candidate,)),))
    first, formula = lost[0]
    example = context.shown(G601, formula, scope, [(first, "does_not_apply")])
    return diagnostic(G601, [definition, *norms], message, example, scope)


def presupposing(context: Context) -> Iterator[Diagnostic]:
    """Find duties whose wording takes for granted what the definition of their bearer rules out."""
    for presupposed in context.relations.presuppositions:
        if presupposed.fact not in context.world.facts:
            continue
        for norm in context.bound():
            if norm.kind == "duty" and _says(norm, presupposed):
                yield from _ruled_out(context, norm, presupposed)


def _says(norm: Norm, presupposed: Presupposition) -> bool:
    """Tell whether the words are in the gist, which says what this norm among several at its address is about."""
    return any(word in norm.gist.zh for word in presupposed.words)


def _ruled_out(context: Context, norm: Norm, presupposed: Presupposition) -> Iterator[Diagnostic]:
    world = context.world
    fact = world.facts[presupposed.fact]
    binds = world.binds(norm)
    for question in questions_of([norm]):
        reading = context.books.readings[question]
        for candidate in reading.candidates:
            if world.possible(binds, fact, *_fixed(context, reading, candidate)):
                continue
            unbound = z3.And(fact, _lost(context, norm, reading, candidate))
            if _possible_under(context, unbound, reading, candidate):
                yield _presupposition(context, norm, presupposed, (reading, candidate), unbound)


def _presupposition(
    context: Context, norm: Norm, presupposed: Presupposition, read: tuple[Reading, str], unbound: Formula
) -> Diagnostic:
    reading, candidate = read
    where = cite(norm.address)
    roles = [n for n in context.norms if n.kind == "definition" and n.defines == norm.bearer]
    message = Bilingual(
        f"{where.zh}以 {presupposed.fact} 为前提，但按读法 {candidate}，义务人的定义恰好排除了这种情形。"
        f"{presupposed.because.zh}",
        f"{where.en} takes {presupposed.fact} of its bearer for granted, but read as {candidate}, the definition of "
        f"the bearer rules just that out. {presupposed.because.en}",
    )
    choose = {} if candidate == reading.default else {reading.id: candidate}
    scope = Scope(choose, ((reading.id, (candidate,)),))
    example = context.shown(G602, unbound, scope, [(norm, "does_not_apply")])
    return diagnostic(G602, [norm, *roles], message, example, scope)
