"""Importing several files: all of them are read before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from guiju.law.compare import align, differing
from guiju.law.errors import ImportRefused, NumeralError
from guiju.law.importing.columns import ColumnsUnclear
from guiju.law.importing.editions import EDITIONS, Reading, recognise
from guiju.law.importing.files import read_lines
from guiju.law.provisions import Text
from guiju.law.store import QUOTED, Saved, TextStore

_PROBLEMS_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class Imported:
    """A text that was found in a file and kept, and whether that changed what was stored."""

    path: Path
    text: Text
    saved: Saved


def import_files(paths: Sequence[Path], store: TextStore) -> tuple[Imported, ...]:
    """Read published files and keep their texts.

    Raises ImportRefused for the first file that is not a whole law known here; then nothing is written.
    """
    found = [(path, reading.text) for path in paths for reading in read_file(path)]
    return tuple(Imported(path, text, store.save(text)) for path, text in found)


def read_file(path: Path) -> tuple[Reading, ...]:
    """Read the texts in one published file.

    Raises ImportRefused with everything that is wrong with the file.
    """
    lines = read_lines(path)
    edition = recognise(lines)
    if edition is None:
        known = "".join(f"\n  - {edition.description}" for edition in EDITIONS)
        raise ImportRefused(f"{path}: is none of the texts that are known here:{known}")
    try:
        readings = edition.read(lines)
    except (ColumnsUnclear, NumeralError) as error:
        raise ImportRefused(f"{path}: {error}; compare the file with its source") from error
    for reading in readings:
        if reading.problems:
            raise ImportRefused(_refusal(path, reading))
    return readings


def disagreements(imported: Sequence[Imported], store: TextStore) -> tuple[str, ...]:
    """Hold what was imported against the other stored texts that should agree with it.

    Two languages of one version must have the same structure; what a commentary quotes must be the law's words.
    """
    stored = store.all()
    found: dict[str, None] = {}
    for entry in imported:
        for other in stored:
            left, right = sorted((entry.text, other), key=lambda text: (text.language, text.version))
            if left.law == right.law and (said := _disagreement(left, right)):
                found[said] = None
    return tuple(found)


def _disagreement(left: Text, right: Text) -> str | None:
    alignment = align(left, right)
    if left.version == right.version and not alignment.one_to_one:
        return (
            f"{left.name} and {right.name} differ: only in the first {_list(alignment.only_left)}; "
            f"only in the second {_list(alignment.only_right)}; "
            f"in other chapters articles {_list(alignment.regrouped)}"
        )
    if left.language == right.language and {left.version, right.version} == {QUOTED, "final"}:
        places = (*alignment.only_left, *alignment.only_right, *differing(left, right))
        return f"{left.name} and {right.name} have other words at {_list(places)}" if places else None
    return None


def _refusal(path: Path, reading: Reading) -> str:
    shown = "".join(f"\n  - {problem}" for problem in reading.problems[:_PROBLEMS_SHOWN])
    more = len(reading.problems) - _PROBLEMS_SHOWN
    rest = f"\n  - and {more} more" if more > 0 else ""
    return f"{path}: is not a whole text of {reading.text.name}; get the file again:{shown}{rest}"


def _list(things: Sequence[object]) -> str:
    return ", ".join(map(str, things)) or "none"
