"""Chinese law texts: 第一章, 第一节, 第一条（标题）, （一）."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from guiju.law.importing.blocks import (
    ArticleMark,
    Block,
    ChapterMark,
    HeadingLine,
    ItemMark,
    Prose,
    SectionMark,
    in_table_of_contents,
    plain,
    without_heading_prefix,
)
from guiju.law.numerals import NUMERAL_CHARACTERS, parse_numeral

_NUMERAL: Final = f"[{NUMERAL_CHARACTERS}]+"
_DIVISION: Final = re.compile(rf"第({_NUMERAL})([章节])\s+(.+)")
_ARTICLE: Final = re.compile(rf"第({_NUMERAL})条(?=[\s（(])\s*(?:[（(]([^（）()]+)[）)])?\s*(.*)")
_ITEM: Final = re.compile(rf"(?:-\s*)?[（(]({_NUMERAL})[）)]\s*(.*)")


def read_blocks(lines: Iterable[str]) -> Iterator[Block]:
    """Turn the lines of a Chinese text into blocks; blank lines and the table of contents fall away."""
    for line in lines:
        text, is_heading = without_heading_prefix(plain(line))
        if text and not in_table_of_contents(text):
            yield _block(text, is_heading=is_heading)


def _block(text: str, *, is_heading: bool) -> Block:
    division = _DIVISION.fullmatch(text)
    if division:
        number, kind, title = division.groups()
        mark = ChapterMark if kind == "章" else SectionMark
        return mark(parse_numeral(number), title)
    article = _ARTICLE.fullmatch(text)
    if article:
        number, heading, rest = article.groups()
        return ArticleMark(parse_numeral(number), heading, rest)
    item = _ITEM.fullmatch(text)
    if item:
        return ItemMark(parse_numeral(item[1]), item[2])
    return HeadingLine(text) if is_heading else Prose(text)
