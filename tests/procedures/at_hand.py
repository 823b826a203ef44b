"""The case types that tests run: those of Guiju, and two that show everything the format can say."""

from __future__ import annotations

from pathlib import Path

from guiju.engine.rulebook import load_rulebooks
from guiju.procedures.catalogue import Catalogue, built_in_types
from guiju.procedures.lawbook import LawBook, letter_names
from guiju.procedures.model import CaseType

HERE = Path(__file__).parent
TYPES_FOLDER = HERE / "types"


def lawbook() -> LawBook:
    """The law of today, with the letters of the tests."""
    return LawBook(load_rulebooks(), letter_names(TYPES_FOLDER))


TYPES = Catalogue(TYPES_FOLDER, lawbook())
PERMIT = TYPES.get("permit")


def every_key() -> list[str]:
    """The keys of all case types at hand; a faulty one then fails alone."""
    return [*TYPES.keys(), *built_in_types().keys()]


def loaded(key: str) -> CaseType:
    """The case type of a key."""
    return (TYPES if key in TYPES.keys() else built_in_types()).get(key)  # noqa: SIM118 - a catalogue is no mapping
