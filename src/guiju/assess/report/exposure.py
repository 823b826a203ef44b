"""What breaking a duty threatens: the sanctions at its breach addresses, with fines as ranges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from guiju.assess.report.words import say
from guiju.bilingual import Bilingual
from guiju.engine.norms import Fine, Norm
from guiju.engine.values import Value
from guiju.law.address import Address


@dataclass(frozen=True, slots=True)
class Range:
    """A fine in yuan, both ends included. `most` is None while the turnover that could raise it is unknown."""

    on: str
    least: Decimal
    most: Decimal | None
    words: Bilingual
    note: Bilingual | None = None
    """How the upper end was found."""
    missing: str | None = None
    """The fact on which the upper end waits."""


@dataclass(slots=True)
class Threat:
    """One sanction or measure, and the norms whose breach leads to it."""

    norm: Norm
    ranges: tuple[Range, ...]
    breached: dict[Address, None] = field(default_factory=dict)


def threats(
    binding: Iterable[Norm], norms: Iterable[Norm], facts: Mapping[str, Value], readings: Mapping[str, str]
) -> list[Threat]:
    """Collect what threatens for the binding norms, in the order of the law.

    `facts` are the organisation's; a share of its revenue is computed where the revenue is known.
    """
    measures = [norm for norm in norms if norm.kind in ("sanction", "power")]
    found: dict[str, Threat] = {}
    for norm in binding:
        for measure in measures:
            if any(address.contains(measure.address) for address in norm.breach):
                threat = found.get(measure.key)
                if threat is None:
                    threat = found[measure.key] = Threat(measure, ranges_of(measure, facts, readings))
                threat.breached[norm.address] = None
    return sorted(found.values(), key=lambda threat: (threat.norm.address, threat.norm.id))


def ranges_of(norm: Norm, facts: Mapping[str, Value], readings: Mapping[str, str]) -> tuple[Range, ...]:
    """Give the ranges of a sanction's fines under the readings taken."""
    chosen = [fine for fine in norm.fines if all(readings.get(q) == c for q, c in fine.reading)]
    return tuple(_range(fine, facts) for fine in chosen)


def _range(fine: Fine, facts: Mapping[str, Value]) -> Range:
    ends = {"least": yuan(fine.least), "most": yuan(fine.most)}
    if fine.share_of is None or fine.share is None:
        return Range(fine.on, fine.least, fine.most, say("fine", **ends))
    share = f"{fine.share * 100:f}".rstrip("0").rstrip(".") + " %"
    base = facts.get(fine.share_of)
    if not isinstance(base, int | Decimal):
        words = say("fine_open", share=share, **ends)
        return Range(fine.on, fine.least, None, words, say("revenue_unknown"), fine.share_of)
    branch = base * fine.share
    top = max(fine.most, branch)
    note = say("fine_computed", share=share, most=ends["most"], base=yuan(Decimal(base)), branch=yuan(branch))
    return Range(fine.on, fine.least, top, say("fine", least=ends["least"], most=yuan(top)), note)


def yuan(amount: Decimal) -> str:
    """Write an amount: ¥10,000, with two decimals only where there are any."""
    whole = amount == amount.to_integral_value()
    return f"¥{amount:,.0f}" if whole else f"¥{amount:,.2f}"
