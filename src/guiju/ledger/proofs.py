"""Inclusion and consistency proofs of RFC 9162: made from the nodes of perfect subtrees, checked by pure functions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from guiju.ledger.tree import EMPTY_ROOT, node_hash

Node = Callable[[int, int], bytes]
"""(height, number) -> hash of that perfect subtree: the leaves from number * 2**height, 2**height of them."""


def range_hash(node: Node, start: int, stop: int) -> bytes:
    """Hash the leaves from start to stop as a tree of their own; start is a multiple of the power of two above."""
    found = None
    width = stop - start
    for height in range(width.bit_length()):
        if width >> height & 1:
            stop -= 1 << height
            left = node(height, stop >> height)
            found = left if found is None else node_hash(left, found)
    return EMPTY_ROOT if found is None else found


def inclusion_proof(node: Node, index: int, size: int) -> list[bytes]:
    """Make the proof (RFC 9162, 2.1.3.1) that leaf `index` is in the tree of `size` leaves: lowest sibling first."""
    start, stop = 0, size
    path: list[bytes] = []
    while stop - start > 1:
        middle = start + _split(stop - start)
        if index < middle:
            path.append(range_hash(node, middle, stop))
            stop = middle
        else:
            path.append(range_hash(node, start, middle))
            start = middle
    return path[::-1]


def consistency_proof(node: Node, old: int, new: int) -> list[bytes]:
    """Make the proof (RFC 9162, 2.1.4.1) that the tree of `new` leaves begins with that of `old`; 0 <= old <= new."""
    if old in {0, new}:
        return []
    start, stop = 0, new
    path: list[bytes] = []
    while stop != old:
        middle = start + _split(stop - start)
        if old <= middle:
            path.append(range_hash(node, middle, stop))
            stop = middle
        else:
            path.append(range_hash(node, start, middle))
            start = middle
    if start:
        path.append(range_hash(node, start, stop))
    return path[::-1]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Check (RFC 9162, 2.1.3.2) that the leaf hash stands at `index` in the tree of `size` leaves with this root."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(sibling, found)
            place, last = _climbed(place, last)
        else:
            found = node_hash(found, sibling)
        place >>= 1
        last >>= 1
    return last == 0 and found == root


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Check (RFC 9162, 2.1.4.2) that the tree with the new root begins with that of the old root."""
    if not 0 <= old <= new:
        return False
    if old == new:
        return not proof and old_root == new_root
    if old == 0:
        return not proof and old_root == EMPTY_ROOT
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not path:
        return False
    place, last = old - 1, new - 1
    while place & 1:
        place >>= 1
        last >>= 1
    before = after = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            place, last = _climbed(place, last)
        else:
            after = node_hash(after, sibling)
        place >>= 1
        last >>= 1
    return last == 0 and before == old_root and after == new_root


def _split(width: int) -> int:
    """The largest power of two smaller than width."""
    return 1 << ((width - 1).bit_length() - 1)


def _climbed(place: int, last: int) -> tuple[int, int]:
    """Skip the levels at which the right-most node has no sibling."""
    while place and not place & 1:
        place >>= 1
        last >>= 1
    return place, last
