"""A comparison printed in two columns, draft left and final right, that was saved as one stream of lines.

The stream runs row by row; in a row come the lines of the left cell, then those of the right one; a row that
a page break cuts goes on in the same order on the next page. No mark says which column a line belongs to.
``columns`` finds out, this module cuts the stream into pieces before and puts the articles together after.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from guiju.law.importing.blocks import ArticleMark, Block, ChapterMark, Prose, plain
from guiju.law.importing.chinese import read_blocks
from guiju.law.importing.columns import Piece, tell_apart
from guiju.law.importing.layout import paragraphs
from guiju.law.numerals import NUMERAL_CHARACTERS, parse_numeral

TITLE: Final = re.compile(r"《.+》与征求意见稿对比汇总")

_NUMERAL: Final = f"[{NUMERAL_CHARACTERS}]+"
_CELL_START: Final = re.compile(rf"第({_NUMERAL})条\s+(?:（第({_NUMERAL})款）)?\s*")
_TWO_CELLS: Final = re.compile(rf"(?<=[。；])\s+(?=第{_NUMERAL}条\s)")
_CHAPTER: Final = re.compile(rf"第({_NUMERAL})章\s+(.+)")
_DELETED: Final = re.compile("《.+》删除条款")
_LEGEND: Final = re.compile("图例|.*征求意见稿）")
_BLANKS_AT_PAGE_BREAK: Final = 2


@dataclass(frozen=True, slots=True)
class Columns:
    """The blocks of the draft and of the final text, each in the order of its own articles."""

    draft: tuple[Block, ...]
    final: tuple[Block, ...]


def read_columns(lines: Sequence[str]) -> Columns:
    """Read the comparison at the end of a commentary.

    Raises ColumnsUnclear if any line cannot be given to one column with certainty.
    """
    start = next(number for number, line in enumerate(lines) if TITLE.fullmatch(plain(line)))
    draft: dict[tuple[int, int], list[str]] = {}
    final: list[Block] = []
    for cell in tell_apart(list(_pieces(lines[start + 1 :]))):
        if isinstance(cell, ChapterMark):
            final.append(cell)
        elif cell.is_final:
            final.extend(_cell_blocks(cell.number, cell.lines))
        else:
            place = (cell.number, cell.paragraph or 1)
            # A provision that is set beside two others is printed twice, once perhaps in part.
            draft[place] = max(draft.get(place, []), list(cell.lines), key=len)
    return Columns(tuple(_draft_blocks(draft)), tuple(final))


def _pieces(lines: Iterable[str]) -> Iterator[Piece | ChapterMark]:
    """Cut the stream where a cell, a chapter, or a page begins."""
    page, deleted, open_piece = 0, False, None
    for on_new_page, line in _table_lines(lines):
        cell, chapter = _CELL_START.match(line), _CHAPTER.fullmatch(line)
        page += on_new_page
        if open_piece and (cell or chapter or on_new_page or _DELETED.fullmatch(line)):
            yield open_piece
            open_piece = None
        if _DELETED.fullmatch(line):
            deleted = True
        elif chapter:
            yield ChapterMark(parse_numeral(chapter[1]), chapter[2])
        elif cell:
            paragraph = parse_numeral(cell[2]) if cell[2] else None
            open_piece = Piece(page, parse_numeral(cell[1]), paragraph, deleted, [line])
        elif open_piece:
            open_piece.lines.append(line)
        else:
            open_piece = Piece(page, None, None, deleted, [line])
    if open_piece:
        yield open_piece


def _table_lines(lines: Iterable[str]) -> Iterator[tuple[bool, str]]:
    """Give each line, and whether a page begins with it; a line with two cells becomes two."""
    blanks = 0
    for line in lines:
        text = line.strip()
        if not text:
            blanks += 1
        elif not _LEGEND.match(text):
            for position, part in enumerate(_TWO_CELLS.split(text)):
                yield blanks > _BLANKS_AT_PAGE_BREAK and position == 0, part
            blanks = 0


def _draft_blocks(cells: dict[tuple[int, int], list[str]]) -> Iterator[Block]:
    for (number, paragraph), lines in sorted(cells.items()):
        first, *others = _cell_blocks(number, lines)
        # The second paragraph of an article may be printed in another row than the first.
        yield first if paragraph == 1 or not isinstance(first, ArticleMark) else Prose(first.rest)
        yield from others


def _cell_blocks(number: int, lines: Sequence[str]) -> Iterator[Block]:
    first, *others = paragraphs(lines)
    yield ArticleMark(number, None, _CELL_START.sub("", first))
    yield from read_blocks(others)
