"""Duties that nothing follows from, and consequences that cannot reach whoever bears the duty."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import z3

from guiju.bilingual import Bilingual
from guiju.check.codes import G401, G402
from guiju.check.context import Context, diagnostic
from guiju.check.diagnostic import Diagnostic, cite, cite_all
from guiju.check.world import Formula, questions_of
from guiju.engine.norms import Norm
from guiju.law.address import Address

_BINDING = ("duty", "prohibition")
_CONSEQUENCES = ("sanction", "power", "duty", "definition")
"""What can follow from a breach: a penalty, a measure that an authority may or must take, an effect by law."""

_MOST_OPEN = 10
"""With more facts than this that only proceedings establish, all ways in which they can turn out are not tried."""


def without_consequence(context: Context) -> Iterator[Diagnostic]:
    """Find duties and prohibitions for whose breach the law provides nothing."""
    for norm in context.norms:
        if norm.kind not in _BINDING:
            continue
        where = cite(norm.address)
        if not norm.breach:
            message = Bilingual(
                f"违反{where.zh}，法律没有规定后果。", f"The law provides no consequence for a breach of {where.en}."
            )
            yield diagnostic(G401, [norm], message)
        elif all(_is_empty(context, address) for address in norm.breach):
            target = cite_all(list(norm.breach))
            message = Bilingual(
                f"违反{where.zh}，应由{target.zh}规定后果，但那里没有制裁或者措施。",
                f"For a breach of {where.en}, {target.en} should provide a consequence, but no sanction or measure "
                f"stands there.",
            )
            yield diagnostic(G401, [norm], message)


def _is_empty(context: Context, address: Address) -> bool:
    """Tell whether an encoded provision holds no consequence; one that is not encoded yet is not judged."""
    encoded = context.books.book(address.law).articles_encoded
    if encoded is not None and address.article not in encoded:
        return False
    at = [norm for norm in context.books.norms if address.contains(norm.address)]
    return not any(norm.kind in _CONSEQUENCES for norm in at)


def missed(context: Context) -> Iterator[Diagnostic]:
    """Find duties that bind in cases in which no sanction for their breach can apply, whatever proceedings show."""
    world = context.world
    for norm in context.bound():
        sanctions = _sanctions(context, norm)
        if norm.kind not in _BINDING or not sanctions:
            continue
        open_facts = _open_facts(context, sanctions)
        if len(open_facts) > _MOST_OPEN:
            continue
        unreached = z3.And(world.binds(norm), z3.Not(_can_follow(context, sanctions, open_facts)))
        scope = context.scope(unreached, questions_of([norm, *sanctions]))
        if scope is None:
            continue
        where, target = cite(norm.address), cite_all([sanction.address for sanction in sanctions])
        message = Bilingual(
            f"{where.zh}约束的对象中，有的不是{target.zh}所能制裁的，违反了也没有后果。",
            f"Some of those whom {where.en} binds cannot be reached by {target.en}; their breach has no consequence.",
        )
        claims = [(norm, "applies"), *((sanction, "does_not_apply") for sanction in sanctions)]
        example = context.shown(G402, unreached, scope, claims, rather_true=frozenset(open_facts))  # type: ignore[arg-type]
        yield diagnostic(G402, [norm, *sanctions[:1]], message, example, scope)


def _sanctions(context: Context, norm: Norm) -> list[Norm]:
    """Return the sanctions for a breach that concern the same kind of subject; none where something else follows."""
    at = [n for address in norm.breach for n in context.bound() if address.contains(n.address)]
    if any(n.subject != norm.subject or n.kind not in ("sanction", "power") for n in at):
        return []
    return [n for n in at if n.kind == "sanction"]


def _open_facts(context: Context, sanctions: list[Norm]) -> list[str]:
    """List the facts that only proceedings establish; in theory each may turn out either way."""
    asked = {fact for sanction in sanctions for node in sanction.conditions[:1] for fact in node.facts}
    specs = context.books.facts
    return sorted(fact for fact in asked if not specs[fact].asked and specs[fact].type == "bool")


def _can_follow(context: Context, sanctions: list[Norm], open_facts: list[str]) -> Formula:
    world = context.world
    some = z3.Or(*(world.of(s.condition) for s in sanctions if s.condition is not None))
    variables = [world.facts[fact] for fact in open_facts]
    outcomes = product((z3.BoolVal(True), z3.BoolVal(False)), repeat=len(variables))
    return z3.Or(*(z3.simplify(z3.substitute(some, *zip(variables, o, strict=True))) for o in outcomes))
