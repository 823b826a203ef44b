"""What is wrong with a letter: every problem with its code, file, line and remedy, as for case types."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.documents.messages import Detail, shown
from guiju.letters.problem_texts import MESSAGES
from guiju.procedures.problems import Problem, Report

_AS_THEY_ARE = ("hint", "known", "characters", "detail", "why", "where", "names")


class LetterError(ValueError):
    """A letter cannot be read, composed or set. `problems` holds all that was found, in the order of the file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.file, p.line, p.code)))
        super().__init__(self.text("en"))

    def text(self, lang: str) -> str:
        """Say every problem, in `zh` or `en`."""
        return "\n".join(problem.text(lang) for problem in self.problems)


class LetterReport(Report):
    """Collects the problems of one letter."""

    def add(self, kind: str, line: int, place: str = "", **details: Detail) -> None:
        """Report a problem of a kind (a key of `MESSAGES`)."""
        quoted = {k: shown(v) if isinstance(v, str) and k not in _AS_THEY_ARE else v for k, v in details.items()}
        problem = Problem(MESSAGES[kind], self.file, line, place, quoted)
        if problem not in self.problems:
            self.problems.append(problem)

    def raise_if_any(self) -> None:
        """Raise LetterError if something was found."""
        if self.problems:
            raise LetterError(self.problems)


def one_problem(kind: str, file: str = "", line: int = 0, **details: Detail) -> LetterError:
    """Make the error of a single problem."""
    report = LetterReport(file)
    report.add(kind, line, "", **details)
    return LetterError(report.problems)
