"""What the laws contain: chapters, sections and articles, and every address that can be read or is cited."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import yaml

from guiju.bilingual import Bilingual
from guiju.engine.norms import Norm, Rulebook
from guiju.law.address import Address
from guiju.portal.faces.books import rulebooks
from guiju.portal.reader.texts import Texts, headings

_FILE = re.compile(r"ch(\d+)(?:_s(\d+))?_")
_TITLES = Path(__file__).with_name("contents.yaml")


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """An article in the contents: its number, the publisher's heading if any, and what it says in our own words."""

    law: str
    number: int
    heading: Bilingual | None
    gist: Bilingual


@dataclass(slots=True)
class Section:
    """A section of a chapter with its articles; a chapter without sections is one without a number."""

    number: int | None
    about: Bilingual
    articles: list[ArticleLine]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: its number, what it is about in our own words, its sections."""

    number: int
    about: Bilingual
    sections: list[Section]


def law_named(key: str) -> Rulebook | None:
    """Return a law by its key; None if there is none."""
    return next((book for book in rulebooks().books if book.key == key), None)


@functools.cache
def norms_of(law: str, article: int) -> tuple[Norm, ...]:
    """Return the norms of an article in the order of the law: by address, and under one address as they are encoded."""
    found = (one for one in rulebooks().of([law]) if one.address.article == article)
    return tuple(sorted(found, key=lambda one: (one.address, one.line)))


@functools.cache
def own_gist(law: str, article: int) -> Bilingual:
    """Say in our own words what an article says: the gist of its first entry that is more than an element."""
    norms = norms_of(law, article)
    return next((norm for norm in norms if norm.kind != "element"), norms[0]).gist


def chapters_of(law: str, shelf: Texts) -> list[Chapter]:
    """Return the chapters of a law with their articles, in order."""
    chapters: list[Chapter] = []
    for article in range(1, rulebooks().book(law).articles + 1):
        chapter, section = _place(law, article)
        if not chapters or chapters[-1].number != chapter:
            chapters.append(Chapter(chapter, _about(law, chapter, None), []))
        sections = chapters[-1].sections
        if not sections or sections[-1].number != section:
            sections.append(Section(section, _about(law, chapter, section), []))
        line = ArticleLine(law, article, headings(shelf, law, article), own_gist(law, article))
        sections[-1].articles.append(line)
    return chapters


def addresses_of(law: str, article: int, shelf: Texts) -> list[Address]:
    """List the paragraphs and items of an article, in order: those of the texts, those encoded, and their parents."""
    found = {norm.address for norm in norms_of(law, article)}
    for language in shelf.languages_of(law):
        text = shelf.article(law, language, article)
        for number, paragraph in enumerate(text.paragraphs if text else (), start=1):
            found.add(Address(law, article, number))
            found.update(Address(law, article, number, item) for item in range(1, len(paragraph.items) + 1))
    return sorted(set(_with_parents(found)))


def _with_parents(found: set[Address]) -> Iterator[Address]:
    for one in found:
        at: Address | None = one
        while at is not None and at.paragraph is not None:
            yield at
            at = at.parent


@functools.cache
def _titles() -> dict[str, dict[str, Bilingual]]:
    return msgspec.convert(yaml.safe_load(_TITLES.read_text("utf-8")), dict[str, dict[str, Bilingual]])


@functools.cache
def _place(law: str, article: int) -> tuple[int, int | None]:
    """Tell chapter and section from the file in which the article is encoded."""
    name = norms_of(law, article)[0].file.rpartition("/")[2]
    match = _FILE.match(name)
    assert match, name
    chapter, section = match.groups()
    return int(chapter), int(section) if section else None


def _about(law: str, chapter: int, section: int | None) -> Bilingual:
    return _titles()[law][f"{chapter}.{section}" if section else str(chapter)]
