"""What can be wrong with a document that a person wrote: always said with its file, line and field."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class DocumentError(ValueError):
    """A document (rulebook, profile, scenario) is wrong; the message says what, where and how to fix it.

    `line` counts from 1; 0 stands for the file as a whole.
    """

    def __init__(self, file: str, line: int, problem: str, *, field: str = "", fix: str = "") -> None:
        self.file = file
        self.line = line
        self.problem = problem
        self.field = field
        self.fix = fix
        super().__init__(self._text())

    def _text(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        field = f" {self.field}:" if self.field else ""
        fix = f"\n  fix: {self.fix}" if self.fix else ""
        return f"{place}:{field} {self.problem}{fix}"


def nearest(word: str, known: Iterable[str]) -> str:
    """Return a suggestion for a misspelt name, ready to be put behind an error message, or nothing."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"did you mean `{close[0]}`?" if close else ""
