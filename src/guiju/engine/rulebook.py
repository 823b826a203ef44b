"""Load the rulebooks: the one way from the YAML files to norms that can be asked."""

from __future__ import annotations

import functools
from pathlib import Path

from guiju.engine.collection import Rulebooks
from guiju.engine.link import link
from guiju.engine.snapshot import keep, recall, snapshot_path
from guiju.engine.sources import BUILT_IN, gather


@functools.cache
def load_rulebooks(root: Path = BUILT_IN) -> Rulebooks:
    """Load and link all rulebooks under a folder (those of Guiju by default), once a process.

    Raises DocumentError with file, line and field for whatever is wrong: a cycle of definitions, an unknown
    fact, types that do not fit, a bad address.
    """
    if root != BUILT_IN:
        return link(gather(root))
    path = snapshot_path(root)
    kept = recall(path)
    if kept is not None:
        return link(kept)
    sources = gather(root)
    books = link(sources)
    keep(path, sources)
    return books
