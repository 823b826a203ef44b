"""Which passages changed their place among the others.

A passage keeps its place if it belongs to the longest sequence that stands in the same order in both texts. New
numbers alone, because something was put in before, move nothing.
"""

from bisect import bisect_left
from collections.abc import Collection

from guiju.law.address import Address


def out_of_order(pairs: Collection[tuple[Address, Address]]) -> set[Address]:
    """Give the new addresses of passages that moved; a merged passage stands where its first part did."""
    first: dict[Address, Address] = {}
    for old, new in sorted(pairs):
        first.setdefault(new, old)
    in_new_order = sorted(first)
    kept = _longest_increasing([first[new] for new in in_new_order])
    return {new for position, new in enumerate(in_new_order) if position not in kept}


def _longest_increasing(values: list[Address]) -> set[int]:
    """Give the positions of a longest sequence that never falls (patience sorting)."""
    tails: list[tuple[Address, int]] = []
    previous: list[int | None] = []
    for position, value in enumerate(values):
        pile = bisect_left(tails, (value, position))
        previous.append(tails[pile - 1][1] if pile else None)
        tails[pile : pile + 1] = [(value, position)]
    kept: set[int] = set()
    position = tails[-1][1] if tails else None
    while position is not None:
        kept.add(position)
        position = previous[position]
    return kept
