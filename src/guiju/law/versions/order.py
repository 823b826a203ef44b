"""Which passages changed their place among the others.

A passage keeps its place if it belongs to the longest sequence that stands in the same order in both texts; of two
that are as long, to the one whose passages are more alike. New numbers alone, because something was put in before,
move nothing.
"""

from collections.abc import Sequence

from guiju.law.address import Address

Step = tuple[Address, Address, float]
"""An old address, the new one, and how alike the passages are."""


def out_of_order(steps: Sequence[Step]) -> set[Address]:
    """Give the new addresses of the passages that moved."""
    in_new_order = sorted(steps, key=lambda step: step[1])
    kept = _longest_in_order([(old, weight) for old, _, weight in in_new_order])
    return {new for position, (_, new, _) in enumerate(in_new_order) if position not in kept}


def _longest_in_order(steps: Sequence[tuple[Address, float]]) -> set[int]:
    """Give the positions of the longest sequence whose old addresses never go back."""
    total: list[float] = []
    previous: list[int | None] = []
    for position, (address, weight) in enumerate(steps):
        earlier = [other for other in range(position) if steps[other][0] <= address]
        best = max(earlier, key=lambda other: total[other], default=None)
        previous.append(best)
        total.append(1 + weight + (total[best] if best is not None else 0.0))
    kept: set[int] = set()
    last = max(range(len(total)), key=lambda position: total[position], default=None)
    while last is not None:
        kept.add(last)
        last = previous[last]
    return kept
