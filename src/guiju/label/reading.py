"""Read whatever labels a file holds, from every place where one may stand."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from guiju.label.errors import LabelError
from guiju.label.fields import WRAPPER, Parsed, parse
from guiju.label.formats import MODULES, format_of, kind_of
from guiju.label.found import Found, Seal
from guiju.label.source import DEFAULT_LIMITS, Limits, Source


@dataclass(frozen=True)
class Occurrence:
    """One label in one place: where, its text as it stands there, and what was read from it."""

    place: str
    text: str
    parsed: Parsed
    named: bool = True


@dataclass(frozen=True)
class Reading:
    """All labels of a file, main place first, and the seals that a change would break."""

    kind: str
    occurrences: tuple[Occurrence, ...] = ()
    seals: tuple[Seal, ...] = ()

    @property
    def first(self) -> Parsed | None:
        """Return the label in the main place, or the first one found elsewhere."""
        return self.occurrences[0].parsed if self.occurrences else None


def read(path: str | os.PathLike[str], limits: Limits = DEFAULT_LIMITS) -> Reading:
    """Read the labels of a file.

    Raises DamagedError where the file's structure is broken, TooLargeError at the limits, OSError if it cannot be
    opened. A kind of file that has no place for a label reads as one without.
    """
    with Source.of_path(path, limits) as source:
        try:
            return read_source(source, Path(path).name)
        except LabelError as error:
            raise error.at(os.fspath(path)) from None


def read_source(source: Source, name: str = "") -> Reading:
    """Read the labels of an open source; `name` only helps to tell kinds of text files apart. Raises as `read`."""
    kind = kind_of(source, name)
    if kind not in MODULES:
        return Reading(kind)
    contents = format_of(kind).contents(source)
    candidates = (_occurrence(found, source.limits.label) for found in contents.found)
    return Reading(kind, tuple(one for one in candidates if one is not None), contents.seals)


def _occurrence(found: Found, limit: int) -> Occurrence | None:
    """Return the label, or None where a general slot holds something else."""
    parsed = parse(found.text) if len(found.text) <= limit else Parsed(not_json=True)
    if not found.named and not parsed.is_label:
        return None
    return Occurrence(found.place, found.text[:limit], parsed, found.named)


def is_wrapped(text: str) -> bool:
    """Tell whether a label's text has the outer object `{"AIGC": …}`."""
    return text.lstrip().removeprefix("{").lstrip().startswith(f'"{WRAPPER}"')
