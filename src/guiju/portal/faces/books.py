"""The rulebooks of this site, read once a process."""

from __future__ import annotations

import functools

from guiju.engine.collection import Rulebooks
from guiju.engine.rulebook import load_rulebooks


@functools.cache
def rulebooks() -> Rulebooks:
    """Return the rulebooks that come with the program."""
    return load_rulebooks()
