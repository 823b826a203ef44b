"""Clocks: repeated duties that never begin, and clocks about one happening that cannot be kept together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import z3

from guiju.bilingual import Bilingual
from guiju.check.codes import G304, G305, G306
from guiju.check.context import Context, diagnostic
from guiju.check.diagnostic import Diagnostic, cite, cite_all
from guiju.check.relations import Happening
from guiju.check.world import questions_of
from guiju.engine.norms import Clock, Norm
from guiju.law.address import Address

HAPPENS_ON = "2025-06-30"
"""The day of the happening in shown cases; any past day will do."""


def no_first_time(context: Context) -> Iterator[Diagnostic]:
    """Find repeated duties counted only from the last time they were performed: nothing says when to begin."""
    for norm in context.bound():
        if not norm.deadlines or any(not _from_itself(norm, clock) for clock in norm.deadlines):
            continue
        where, every = cite(norm.address), _length(norm.deadlines[0])
        message = Bilingual(
            f"{where.zh}规定每{every.zh}一次，但没有规定第一次从何时算起；从未做过的，没有到期日。",
            f"{where.en} asks for it every {every.en} but does not say from when the first time is counted; for "
            f"whoever has never done it there is no due date.",
        )
        scope = context.scope(context.world.binds(norm), questions_of([norm]))
        if scope is not None:
            example = context.shown(G304, context.world.binds(norm), scope, [(norm, "applies")])
            yield diagnostic(G304, [norm], message, example, scope)


def _from_itself(norm: Norm, clock: Clock) -> bool:
    done = norm.fulfilled_by
    return clock.form == "every" and done is not None and done.event == clock.anchor


def conflicting(context: Context) -> Iterator[Diagnostic]:
    """Find articles that time the same dealing with the same authority differently, around one happening."""
    for happening in context.relations.happenings:
        timed = list(_timed(context, happening))
        for (one, first), (other, second) in combinations(timed, 2):
            if one.address.article == other.address.article or not _same_dealing(one, other):
                continue
            if (first.backwards, first.period) == (second.backwards, second.period):
                continue
            both = z3.And(context.world.binds(one), context.world.binds(other))
            scope = context.scope(both, questions_of([one, other]))
            if scope is not None:
                events = [(event, HAPPENS_ON) for event in dict.fromkeys((str(first.anchor), str(second.anchor)))]
                claims = [(one, "applies"), (other, "applies")]
                example = context.shown(G305, both, scope, claims, events=events)  # type: ignore[arg-type]
                message = _conflict(happening, (one, first), (other, second))
                yield diagnostic(G305, [one, other], message, example, scope)


def _timed(context: Context, happening: Happening) -> Iterator[tuple[Norm, Clock]]:
    for norm in context.bound():
        for clock in norm.deadlines:
            if clock.anchor in happening.events:
                yield norm, clock


def _same_dealing(one: Norm, other: Norm) -> bool:
    """Tell whether two duties are towards the same one about the same thing; duties to users are another matter."""
    same = (one.rulebook, one.subject, one.kind, one.toward) == (
        other.rulebook,
        other.subject,
        other.kind,
        other.toward,
    )
    return same and one.toward is not None


def _conflict(happening: Happening, one: tuple[Norm, Clock], other: tuple[Norm, Clock]) -> Bilingual:
    first, second = cite(one[0].address), cite(other[0].address)
    one_says, other_says = _says(one[1]), _says(other[1])
    return Bilingual(
        f"就同一件事，{first.zh}规定{one_says.zh}，{second.zh}规定{other_says.zh}，法律没有说明两者的关系。{happening.because.zh}",
        f"About one happening {first.en} says {one_says.en} and {second.en} says {other_says.en}; the law does not say "
        f"how the two go together. {happening.because.en}",
    )


def _says(clock: Clock) -> Bilingual:
    length = _length(clock)
    if clock.form == "at_once":
        return Bilingual("立即", "at once")
    if clock.backwards:
        return Bilingual(f"提前{length.zh}", f"{length.en} before")
    return Bilingual(f"事后{length.zh}内", f"within {length.en} after")


def _length(clock: Clock) -> Bilingual:
    if clock.period is None:
        return Bilingual("立即", "at once")
    return Bilingual(clock.period.text("zh"), clock.period.text("en"))


def impossible_notice(context: Context) -> Iterator[Diagnostic]:
    """Find advance notices that cannot be given where another provision makes the same thing happen at once."""
    for happening in context.relations.happenings:
        ahead = {norm: clock for norm, clock in _timed(context, happening) if clock.form == "at_least"}
        for address in happening.forced_by:
            for force in _forcing(context, Address.parse(address)):
                caught = [norm for norm in ahead if _meet(context, [norm], force)]
                together = [caught] if _meet(context, caught, force) else [[norm] for norm in caught]
                for norms in together:
                    if norms:
                        yield _caught(context, happening, norms, ahead[norms[0]], force)
                if caught:
                    break


def _forcing(context: Context, address: Address) -> list[Norm]:
    """Return the norms at an address that stop somebody: a duty to stop, or the power to order it."""
    at = [norm for norm in context.bound() if address.contains(norm.address)]
    powers = [norm for norm in at if norm.kind == "power"]
    duties = [norm for norm in at if norm.kind in ("duty", "prohibition") and norm.stage == "on_incident"]
    return [*powers, *duties]


def _meet(context: Context, norms: list[Norm], force: Norm) -> bool:
    if any((norm.rulebook, norm.subject) != (force.rulebook, force.subject) for norm in norms):
        return False
    return context.world.possible(*(context.world.binds(norm) for norm in (*norms, force)))


def _caught(context: Context, happening: Happening, norms: list[Norm], clock: Clock, force: Norm) -> Diagnostic:
    every = [*norms, force]
    formula = z3.And(*(context.world.binds(norm) for norm in every))
    scope = context.scope(formula, questions_of(every))
    assert scope is not None
    notice, end, length = cite_all([norm.address for norm in norms]), cite(force.address), _length(clock)
    why = happening.forced_because or happening.because
    message = Bilingual(
        f"{notice.zh}要求提前{length.zh}，而依{end.zh}立即终止的，无法提前；法律没有规定例外。{why.zh}",
        f"Where {end.en} brings the end at once, the {length.en} ahead of {notice.en} are impossible; the law makes "
        f"no exception. {why.en}",
    )
    example = context.shown(G306, formula, scope, [(norm, "applies") for norm in every])
    return diagnostic(G306, every, message, example, scope)
