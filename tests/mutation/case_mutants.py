"""Small mistakes in a case type, one at a time: what a tired encoder could have written instead."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from guiju.documents.marked import Map, Seq
from guiju.procedures.model import CaseType
from tests.mutation.case_edits import Edit, acts, clocks, whole


@dataclass(frozen=True)
class CaseMutant:
    """One mistake in a case type: where it stands and what it is.

    `default` is another candidate of an open question, taken as if the law's readings named it first.
    """

    key: str
    line: int
    place: str
    what: str
    path: tuple[Any, ...] = ()
    value: Any = None
    default: tuple[str, str] | None = None
    acts: frozenset[str] = field(default=frozenset())
    """Acts that the mistake is about: only scenarios with one of them can notice it; without any, all can."""

    def document(self, good: Map) -> Map:
        """Return the document with the mistake in it."""
        changed = copy.deepcopy(good)
        if not self.path:
            return changed
        inner: Any = changed
        for step in self.path[:-1]:
            inner = inner[step]
        last = self.path[-1]
        if self.value is None:
            del inner[last]
            if isinstance(inner, Seq):
                del inner.lines[last]
        else:
            inner[last] = self.value
        return changed


def case_mutants(key: str, document: Map, kind: CaseType) -> Iterator[CaseMutant]:
    """Yield every mutant of a case type, in the order of the file."""
    found = [*whole(document, kind), *clocks(document, kind), *acts(document, kind)]
    for edit in found:
        yield CaseMutant(key, *_place(document, edit), edit.what, edit.path, edit.value, acts=edit.acts)
    for question, candidates in kind.candidates.items():
        for other in candidates[1:]:
            what = f"default of {question} changed to {other}"
            yield CaseMutant(key, document.key_lines["readings"], "readings", what, default=(question, other))


def _place(document: Map, edit: Edit) -> tuple[int, str]:
    """Find the line of an edit, and the names of the parts that hold it."""
    line, names = 1, []
    inner: Any = document
    for step in edit.path:
        if isinstance(inner, Map):
            line = inner.key_lines.get(step, line)
            names.append(str(step))
        else:
            line = inner.lines[step]
            names[-1] = _named(inner[step]) or names[-1]
        inner = inner[step] if isinstance(inner, list) or step in inner else None
    return line, " / ".join(names)


def _named(part: Any) -> str:
    keys = ("name", "clock", "field", "input", "term", "state", "register", "authority")
    return next((str(part[key]) for key in keys if isinstance(part, Map) and isinstance(part.get(key), str)), "")
