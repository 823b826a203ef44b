"""What is wrong with a case type or a script: every problem with its code, file, line and remedy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from guiju.documents.messages import Detail, Message, fill, shown
from guiju.documents.unreadable import UnreadableError
from guiju.procedures.problem_texts import MESSAGES

_FIX = {"zh": "改法：", "en": "fix: "}


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem; `line` counts from 1, 0 is the whole file; `place` names the part: `transitions / submit`."""

    message: Message
    file: str
    line: int
    place: str = ""
    details: Mapping[str, Detail] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The stable code, explained in docs/procedures.md."""
        return self.message.code

    def text(self, lang: str) -> str:
        """Say what is wrong, where, and how to put it right."""
        position = f"{self.file}:{self.line}" if self.line else self.file
        place = f" {self.place}:" if self.place else ""
        told = f"{position}: {self.code}{place} {fill(self.message.what, self.details, lang)}"
        fix = fill(self.message.fix, self.details, lang)
        return f"{told}\n  {_FIX[lang]}{fix}" if fix else told


class ProcedureError(ValueError):
    """A case type or a script cannot be used. `problems` holds all that was found, in the order of the file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.file, p.line, p.code)))
        super().__init__(self.text("en"))

    def text(self, lang: str) -> str:
        """Say every problem, in `zh` or `en`."""
        return "\n".join(problem.text(lang) for problem in self.problems)


class Report:
    """Collects the problems of one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def add(self, kind: str, line: int, place: str = "", **details: Detail) -> None:
        """Report a problem of a kind (a key of `MESSAGES`)."""
        quoted = {k: shown(v) if isinstance(v, str) and k not in ("hint", "known") else v for k, v in details.items()}
        problem = Problem(MESSAGES[kind], self.file, line, place, quoted)
        if problem not in self.problems:
            self.problems.append(problem)

    def add_unreadable(self, fault: UnreadableError) -> None:
        """Report what the reader of documents found."""
        self.problems.append(Problem(fault.message, self.file, fault.line, "", fault.details))

    def raise_if_any(self) -> None:
        """Raise ProcedureError if something was found."""
        if self.problems:
            raise ProcedureError(self.problems)


def one_problem(kind: str, file: str = "", line: int = 0, **details: Detail) -> ProcedureError:
    """Make the error of a single problem."""
    report = Report(file)
    report.add(kind, line, "", **details)
    return ProcedureError(report.problems)
