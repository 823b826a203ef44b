"""What can be appended: a JSON object of bounded length, in canonical form, its personal members withheld."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from guiju.ledger.canonical import canonical_json
from guiju.ledger.errors import EventError
from guiju.ledger.personal import Draft, Opening, withheld

LONGEST_EVENT = 0xFFFF
"""Bytes of canonical JSON; the bound of entry bundles in the tile layout."""


def prepared(event: Mapping[str, object] | Draft, number: int = 0) -> tuple[bytes, Sequence[Opening]]:
    """Return what would be appended and what would lie beside; raises EventError if the event cannot be written."""
    openings: Sequence[Opening] = ()
    if type(event) is not dict:
        if isinstance(event, Draft):
            event, openings = withheld(event)
        elif not isinstance(event, Mapping):
            raise EventError("L100", f"event {number} is not a JSON object", f"第 {number} 个事件不是 JSON 对象")
    data = canonical_json(event)
    if len(data) > LONGEST_EVENT:
        raise EventError(
            "L109",
            f"the event has {len(data):,} bytes; at most {LONGEST_EVENT:,}: keep the document elsewhere, log its hash",
            f"事件有 {len(data):,} 字节，最多 {LONGEST_EVENT:,}；请将文件存于别处，只记录其哈希",
        )
    return data, openings
