"""What a reader makes of the lines of a file: marks that begin something, and prose."""

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class ChapterMark:
    """The beginning of a chapter."""

    number: int
    title: str


@dataclass(frozen=True, slots=True)
class SectionMark:
    """The beginning of a section within a chapter."""

    number: int
    title: str


@dataclass(frozen=True, slots=True)
class ArticleMark:
    """The beginning of an article; ``rest`` is the text on the same line."""

    number: int
    heading: str | None
    rest: str


@dataclass(frozen=True, slots=True)
class ItemMark:
    """The beginning of an item of a list."""

    number: int
    rest: str


@dataclass(frozen=True, slots=True)
class HeadingLine:
    """A line set as a heading that names no division: the rest of a long heading."""

    text: str


@dataclass(frozen=True, slots=True)
class Prose:
    """A line of text: a new paragraph, or the rest of one that a page break cut."""

    text: str


@dataclass(frozen=True, slots=True)
class Continuation:
    """A line that can only belong to what stands before it, such as a point within an item."""

    text: str


Block = ChapterMark | SectionMark | ArticleMark | ItemMark | HeadingLine | Prose | Continuation

_EMPHASIS: Final = re.compile(r"\*+|</?[bi]>")
_HEADING_PREFIX: Final = re.compile(r"#+\s*")
_CONTENTS_LINE: Final = re.compile(r"\.{4,}\s*[0-9]*\s*$")


def plain(line: str) -> str:
    """Take bold and italic marks from a line, and the blanks around it."""
    return re.sub(r"\s+", " ", _EMPHASIS.sub("", line)).strip()


def without_heading_prefix(line: str) -> tuple[str, bool]:
    """Take the ``#`` marks from a plain line, and tell whether there were any."""
    stripped = _HEADING_PREFIX.sub("", line, count=1) if line.startswith("#") else line
    return plain(stripped), stripped != line


def in_table_of_contents(line: str) -> bool:
    """Whether a plain line ends with leader dots and a page number."""
    return bool(_CONTENTS_LINE.search(line))
