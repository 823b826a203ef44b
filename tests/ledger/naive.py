"""RFC 9162 as it is written, recursively: slow, and easy to compare with the text."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256


def mth(data: Sequence[bytes]) -> bytes:
    if not data:
        return sha256(b"").digest()
    if len(data) == 1:
        return sha256(b"\x00" + data[0]).digest()
    k = split(len(data))
    return sha256(b"\x01" + mth(data[:k]) + mth(data[k:])).digest()


def split(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def path(m: int, data: Sequence[bytes]) -> list[bytes]:
    if len(data) == 1:
        return []
    k = split(len(data))
    if m < k:
        return [*path(m, data[:k]), mth(data[k:])]
    return [*path(m - k, data[k:]), mth(data[:k])]


def proof(m: int, data: Sequence[bytes]) -> list[bytes]:
    return [] if m == 0 else subproof(m, data, complete=True)


def subproof(m: int, data: Sequence[bytes], *, complete: bool) -> list[bytes]:
    if m == len(data):
        return [] if complete else [mth(data)]
    k = split(len(data))
    if m <= k:
        return [*subproof(m, data[:k], complete=complete), mth(data[k:])]
    return [*subproof(m - k, data[k:], complete=False), mth(data[:k])]
