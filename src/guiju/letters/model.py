"""A letter as it is written in a rulebook, and a letter as it goes out; docs/letters.md explains the words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from guiju.bilingual import Bilingual
from guiju.engine.expression import Node

ACT = "act"
"""As a citation: the provisions on which the act rests that sends the letter."""
Content = Literal["paragraph", "prose", "values", "missing_items", "dates", "remedy"]
ValuesOf = Literal["inputs", "record", "form", "act"]
DatesOf = Literal["recipient", "authority", "act", "act_for_now"]
RemedyTone = Literal["decision", "notice"]


@dataclass(frozen=True, slots=True)
class WrittenPart:
    """One part of a letter's body as written. Which of the other values it has depends on `content`.

    `names`: the fields and inputs that it shows. `of`: which group of values or clocks, or the tone of the remedy.
    `needed`: whether the letter cannot go out without it.
    """

    content: Content
    cites: tuple[str, ...]
    line: int
    heading: Bilingual | None = None
    text: Bilingual | None = None
    names: tuple[str, ...] = ()
    of: str = ""
    when: Node | None = None
    needed: bool = False


@dataclass(frozen=True, slots=True)
class WrittenLetter:
    """A letter as written. `mentions`: the fields and inputs that its texts and conditions speak of, with their types.

    `size` is the number of nodes in its conditions.
    """

    name: str
    law: str
    title: Bilingual
    mark: Bilingual
    cites: tuple[str, ...]
    mentions: dict[str, str]
    body: tuple[WrittenPart, ...]
    file: str
    size: int


@dataclass(frozen=True, slots=True)
class Remedy:
    """What stands open against an act, or that nothing does. `acts_under`: only acts that rest on one of these."""

    name: str
    acts_under: tuple[str, ...]
    decision: Bilingual
    notice: Bilingual
    cites: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Row:
    """A label, and what is said under it, line by line."""

    label: Bilingual
    lines: tuple[Bilingual, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a letter that goes out: paragraphs, numbered items or rows, under a heading or none."""

    heading: Bilingual | None
    paragraphs: tuple[Bilingual, ...] = ()
    items: tuple[Bilingual, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """A value of the case that stands in the letter: the field that it comes from, and its text."""

    field: str
    label: Bilingual
    text: Bilingual


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that goes out, in both languages.

    `number` is its own; `check` is derived from the event, so that whoever holds the case can verify the paper.
    `notice` is said of a law that is not in force.
    """

    name: str
    number: str
    mark: Bilingual
    case_number: str
    procedure: Bilingual
    check: str
    title: Bilingual
    authority: Bilingual
    recipient: Bilingual
    date: dt.date
    sections: tuple[Section, ...]
    provisions: Bilingual
    notice: Bilingual | None
    given: tuple[Given, ...]
