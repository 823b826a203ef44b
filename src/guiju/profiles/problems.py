"""What is wrong with a profile: every problem with its code, place, what was expected and how to fix it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from guiju.documents.messages import Detail, Message, fill
from guiju.documents.unreadable import REASONS, UnreadableError
from guiju.profiles.problem_texts import MESSAGES

MOST_REPORTED = 20

_EXPECTED = {"zh": "应为：", "en": "expected: "}
_FIX = {"zh": "改法：", "en": "fix: "}
_MORE = {
    "zh": "……问题较多，只列出前 {count} 个；改好后再试",
    "en": "… these are the first {count} problems; mend them and try again",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of one profile.

    `line` counts from 1, 0 is the whole file; `place` leads to the value: `systems / Xinghe Chat / registered_users`.
    """

    message: Message
    file: str
    line: int
    place: str = ""
    details: Mapping[str, Detail] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The stable code, explained in docs/profile.md."""
        return self.message.code

    @property
    def fact(self) -> str:
        """The fact or field that is wrong; empty for the file as a whole."""
        return self.place.rpartition(" / ")[2]

    def what(self, lang: str) -> str:
        """Say what is wrong."""
        return fill(self.message.what, self.details, lang)

    def expected(self, lang: str) -> str:
        """Say what was expected instead; empty where that is plain."""
        return fill(self.message.expected, self.details, lang)

    def fix(self, lang: str) -> str:
        """Say how to put it right; empty where no advice is better than what was expected."""
        return fill(self.message.fix, self.details, lang)

    def text(self, lang: str) -> str:
        """Say all of it, over at most three lines."""
        position = f"{self.file}:{self.line}" if self.line else self.file
        place = f" {self.place}:" if self.place else ""
        lines = [f"{position}: {self.code}{place} {self.what(lang)}"]
        for label, said in ((_EXPECTED, self.expected(lang)), (_FIX, self.fix(lang))):
            if said:
                lines.append(f"  {label[lang]}{said}")
        return "\n".join(lines)


class ProfileError(ValueError):
    """A profile cannot be assessed, or not be saved. `problems` holds all that was found, in the order of the file."""

    def __init__(self, problems: Sequence[Problem], *, more: bool = False) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        self.more = more
        super().__init__(self.text("en"))

    def text(self, lang: str) -> str:
        """Say every problem, in `zh` or `en`."""
        parts = [problem.text(lang) for problem in self.problems]
        if self.more:
            parts.append(_MORE[lang].format(count=len(parts)))
        return "\n".join(parts)


class TooManyProblemsError(Exception):
    """More problems than anybody mends in one go: the rest of the file need not be looked at."""


class Report:
    """Collects the problems of one file, up to `MOST_REPORTED`."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def add(self, kind: str, line: int, place: str = "", **details: Detail) -> None:
        """Report a problem of a kind (a key of `MESSAGES`); raises TooManyProblemsError when it is one too many."""
        self._take(Problem(MESSAGES[kind], self.file, line, place, details))

    def add_unreadable(self, fault: UnreadableError) -> None:
        """Report what the reader of documents found."""
        self._take(Problem(fault.message, self.file, fault.line, "", fault.details))

    def _take(self, problem: Problem) -> None:
        if len(self.problems) == MOST_REPORTED:
            raise TooManyProblemsError
        self.problems.append(problem)


def problem(kind: str, path: Path, **details: Detail) -> ProfileError:
    """Make the error of one problem with a whole file."""
    return ProfileError([Problem(MESSAGES[kind], str(path), 0, "", details)])


def all_messages() -> list[Message]:
    """List every message that a profile can cause, by code."""
    return sorted((*REASONS.values(), *MESSAGES.values()), key=lambda message: message.code)
