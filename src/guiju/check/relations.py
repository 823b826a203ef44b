"""Relations between events, acts and words that no condition of a rulebook states (`relations.yaml`)."""

from __future__ import annotations

import functools
from pathlib import Path

import msgspec

from guiju.bilingual import Bilingual
from guiju.documents.document import read_document
from guiju.engine.schema import convert

BUILT_IN = Path(__file__).with_name("relations.yaml")


class Happening(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Events that are one happening, and the provisions under which it comes at once."""

    name: str
    events: tuple[str, ...]
    cites: tuple[str, ...]
    because: Bilingual
    forced_by: tuple[str, ...] = ()
    forced_because: Bilingual | None = None


class Remedy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A provision that opens a way against acts of certain parties; `final` are acts beyond it."""

    at: str
    against: tuple[str, ...]
    final: tuple[str, ...] = ()


class Presupposition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that take a fact for granted."""

    fact: str
    words: tuple[str, ...]
    because: Bilingual


class Elsewhere(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A term that another statute defines."""

    term: str
    law: Bilingual


class Relations(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything in the file."""

    happenings: tuple[Happening, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    challenged_elsewhere: tuple[str, ...] = ()
    presuppositions: tuple[Presupposition, ...] = ()
    defined_elsewhere: tuple[Elsewhere, ...] = ()


@functools.cache
def load_relations(path: Path = BUILT_IN) -> Relations:
    """Read the file; raises DocumentError with line and field for what has another form."""
    return convert(read_document(path), Relations, path.name, 1)
