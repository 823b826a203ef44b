"""Blocks to articles: joins what page breaks cut, and refuses what is not a whole law."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from guiju.law.importing.blocks import (
    ArticleMark,
    Block,
    ChapterMark,
    Continuation,
    HeadingLine,
    ItemMark,
    Prose,
    SectionMark,
)
from guiju.law.provisions import Article, Division, Item, Paragraph


@dataclass(frozen=True, slots=True)
class Script:
    """How a language joins lines and ends sentences.

    ``in_force`` is found in the last article of a whole law and in no other place that a cut file ends with.
    """

    joiner: str
    paragraph_end: re.Pattern[str]
    item_end: re.Pattern[str]
    in_force: re.Pattern[str]


SCRIPTS: Final = {
    "zh": Script("", re.compile("[。：:]$"), re.compile("[。；;]$"), re.compile("起(施行|实施)。$")),
    "en": Script(" ", re.compile(r"[.:]$"), re.compile(r"(\.|;|; (and|or))$"), re.compile(r"come into force on .*\.$")),
}


@dataclass(slots=True)
class _Passage:
    """A paragraph or item that is being read, with the rule by which it ends."""

    text: str
    end: re.Pattern[str]
    items: list["_Passage"] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return bool(self.end.search(self.text))


@dataclass(slots=True)
class _OpenArticle:
    number: int
    heading: str | None
    chapter: Division | None
    section: Division | None
    paragraphs: list[_Passage] = field(default_factory=list)

    @property
    def last(self) -> _Passage | None:
        """The paragraph or item that was read last."""
        if not self.paragraphs:
            return None
        paragraph = self.paragraphs[-1]
        return paragraph.items[-1] if paragraph.items else paragraph

    def close(self) -> Article:
        paragraphs = (
            Paragraph(paragraph.text, tuple(Item(item.text) for item in paragraph.items))
            for paragraph in self.paragraphs
        )
        return Article(self.number, self.heading, self.chapter, self.section, tuple(paragraphs))


class Assembler:
    """Takes blocks in the order of the file; everything before article 1 is front matter."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._articles: list[_OpenArticle] = []
        self._chapter: Division | None = None
        self._section: Division | None = None
        self._before: Block | None = None
        self.problems: list[str] = []
        """What keeps the blocks from being a law, in the order of the file."""

    def finish(self) -> tuple[Article, ...]:
        """Give the articles, after checking what only the end shows."""
        for article in self._articles:
            self._check(article)
        last = self._articles[-1].last if self._articles else None
        if last is None:
            self.problems.append("no article was found")
        elif not self._script.in_force.search(last.text):
            self.problems.append(
                f"article {len(self._articles)} is the last, but does not say when the law takes effect: "
                f"the file seems to be cut off"
            )
        return tuple(article.close() for article in self._articles)

    def take(self, block: Block) -> None:
        """Add one block."""
        if isinstance(block, ChapterMark):
            self._chapter, self._section = Division(block.number, block.title), None
        elif isinstance(block, SectionMark):
            self._section = Division(block.number, block.title)
        elif isinstance(block, ArticleMark):
            self._take_article(block)
        elif isinstance(block, HeadingLine):
            self._take_heading(block.text)
        elif self._articles:
            self._take_text(block, self._articles[-1])
        if not isinstance(block, HeadingLine):
            self._before = block

    def _take_article(self, mark: ArticleMark) -> None:
        expected = len(self._articles) + 1
        if mark.number != expected:
            if not self._articles:
                return
            self.problems.append(f"article {mark.number} stands where article {expected} is due")
        self._articles.append(_OpenArticle(mark.number, mark.heading, self._chapter, self._section))
        if mark.rest:
            self._articles[-1].paragraphs.append(_Passage(mark.rest, self._script.paragraph_end))

    def _take_heading(self, text: str) -> None:
        """Add the next line of a heading that runs over several."""
        if isinstance(self._before, ChapterMark) and self._chapter:
            self._chapter = Division(self._chapter.number, f"{self._chapter.title} {text}".strip())
        elif isinstance(self._before, SectionMark) and self._section:
            self._section = Division(self._section.number, f"{self._section.title} {text}".strip())
        elif self._articles and isinstance(self._before, ArticleMark) and not self._before.rest:
            self._articles[-1].heading = f"{self._articles[-1].heading or ''} {text}".strip()
        elif self._articles:
            self._take_text(Prose(text), self._articles[-1])

    def _take_text(self, block: Prose | ItemMark | Continuation, article: _OpenArticle) -> None:
        if isinstance(self._before, ChapterMark | SectionMark):
            self.problems.append(f"text stands between a heading and the article after {article.number}")
        last = article.last
        if isinstance(block, ItemMark):
            self._take_item(block, article)
        elif last is not None and (isinstance(block, Continuation) or not last.is_whole):
            last.text += self._script.joiner + block.text
        else:
            article.paragraphs.append(_Passage(block.text, self._script.paragraph_end))

    def _take_item(self, mark: ItemMark, article: _OpenArticle) -> None:
        if not article.paragraphs:
            self.problems.append(f"article {article.number} begins with an item")
            return
        items = article.paragraphs[-1].items
        if mark.number != len(items) + 1:
            place = f"article {article.number}, paragraph {len(article.paragraphs)}"
            self.problems.append(f"item {mark.number} of {place} stands where item {len(items) + 1} is due")
        items.append(_Passage(mark.rest, self._script.item_end))

    def _check(self, article: _OpenArticle) -> None:
        if not article.paragraphs:
            self.problems.append(f"article {article.number} has no text")
        for number, paragraph in enumerate(article.paragraphs, start=1):
            place = f"article {article.number}, paragraph {number}"
            if not paragraph.is_whole:
                self.problems.append(f"{place} ends in the middle of a sentence")
            if bool(paragraph.items) != paragraph.text.endswith(("：", ":")):
                has = "has items but does not introduce them" if paragraph.items else "introduces no items"
                self.problems.append(f"{place} {has}")
            self.problems.extend(
                f"{place}, item {position} ends in the middle of a sentence"
                for position, item in enumerate(paragraph.items, start=1)
                if not item.is_whole
            )


def assemble(blocks: Iterable[Block], language: str) -> tuple[tuple[Article, ...], list[str]]:
    """Put the blocks of a file together; give the articles, and what keeps them from being a whole law."""
    assembler = Assembler(SCRIPTS[language])
    for block in blocks:
        assembler.take(block)
    articles = assembler.finish()
    return articles, assembler.problems
