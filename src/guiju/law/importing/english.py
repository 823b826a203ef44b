"""English law texts: CHAPTER I, SECTION 1: …, ARTICLE 1 – …, numbered items, points within items."""

import re
from collections.abc import Iterable, Iterator
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
    in_table_of_contents,
    plain,
    without_heading_prefix,
)

_CHAPTER: Final = re.compile(r"CHAPTER ([IVXL]+)\s*(.*)")
_SECTION: Final = re.compile(r"SECTION ([0-9]+)\s*:\s*(.+)")
# Capitals tell an article's own heading from its line in the table of contents.
_ARTICLE: Final = re.compile(r"ARTICLE ([0-9]+)\s*[–—-]\s*(.+)")
_ITEM: Final = re.compile(r"(?:-\s*)?([0-9]+)\.\s+(.*)")
_POINT: Final = re.compile(r"-\s+(.*)")
_ROMAN: Final = {"I": 1, "V": 5, "X": 10, "L": 50}


def read_blocks(lines: Iterable[str]) -> Iterator[Block]:
    """Turn the lines of an English text into blocks; blank lines and the table of contents fall away."""
    for line in lines:
        text, is_heading = without_heading_prefix(plain(line))
        if text and not in_table_of_contents(text):
            yield _block(text, is_heading=is_heading)


def _block(text: str, *, is_heading: bool) -> Block:
    mark = _mark(text)
    if mark:
        return mark
    if is_heading:
        return HeadingLine(text)
    if item := _ITEM.fullmatch(text):
        return ItemMark(int(item[1]), item[2])
    if point := _POINT.fullmatch(text):
        return Continuation(point[1])
    return Prose(text)


def _mark(text: str) -> ChapterMark | SectionMark | ArticleMark | None:
    if chapter := _CHAPTER.fullmatch(text):
        return ChapterMark(_roman(chapter[1]), chapter[2])
    if section := _SECTION.fullmatch(text):
        return SectionMark(int(section[1]), section[2])
    if article := _ARTICLE.fullmatch(text):
        return ArticleMark(int(article[1]), article[2], "")
    return None


def _roman(written: str) -> int:
    values = [_ROMAN[letter] for letter in written]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))
