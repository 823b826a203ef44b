"""Personal data in events: only a salted commitment goes into the log, so that the data itself can be erased.

A commitment is SHA-256 over a fixed prefix, 32 random bytes of salt, and the canonical JSON of [name, value]. Without
the salt nobody can try out likely values; with salt and value everybody can check that this is what was committed to.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from guiju.ledger.canonical import canonical_json
from guiju.ledger.errors import EventError

SALT_SIZE = 32
MEMBER = "committed"
_PREFIX = b"guiju/ledger/commitment/v1\n"


@dataclass(frozen=True, slots=True)
class Opening:
    """What shows that a commitment stands for a value: name of the member, salt, canonical JSON of the value."""

    name: str
    salt: bytes
    value: bytes


@dataclass(frozen=True, slots=True)
class Draft:
    """An event to be appended; the named top-level members hold personal data and are replaced by commitments."""

    event: Mapping[str, object]
    personal: tuple[str, ...] = ()


def commitment(opening: Opening) -> str:
    """Return the commitment as it stands in an event."""
    named = b"[" + canonical_json(opening.name) + b"," + opening.value + b"]"
    return "sha256:" + sha256(_PREFIX + opening.salt + named).hexdigest()


def verify_opening(event: Mapping[str, object], opening: Opening) -> bool:
    """Check that this salt and value are what the event's member of that name was committed to."""
    return len(opening.salt) == SALT_SIZE and event.get(opening.name) == {MEMBER: commitment(opening)}


def withheld(draft: Draft) -> tuple[dict[str, object], list[Opening]]:
    """Replace the personal members by commitments with fresh salts; raises EventError if one is not there."""
    event = dict(draft.event)
    openings = []
    for name in draft.personal:
        if name not in event:
            raise EventError(
                "L108",
                f"{name!r} is to be kept beside the log, but the event has no such member",
                f"“{name}”应存于日志之外，但事件中没有该项",
            )
        opening = Opening(name, os.urandom(SALT_SIZE), canonical_json(event[name]))
        event[name] = {MEMBER: commitment(opening)}
        openings.append(opening)
    return event, openings
