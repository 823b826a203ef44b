"""A small rulebook of the tests' own, with one fact of every type."""

from __future__ import annotations

from pathlib import Path

from guiju.engine.collection import Rulebooks
from guiju.engine.rulebook import load_rulebooks

FOLDER = Path(__file__).parent / "rulebooks"


def small() -> Rulebooks:
    """Load the small rulebook."""
    return load_rulebooks(FOLDER)
