"""Which column of a two-column comparison each piece of text belongs to.

What is certain: the right column numbers its articles 1, 2, 3 …; the left column has each article once,
unless it says which paragraph is printed or prints the same words again; left cells come before the right
cell of their row; a cell ends with a full stop, and one that does not goes on at the top of the next page.
Of the readings that keep to this, the one that sets most articles side by side is taken, which is what a
comparison is printed for; if two do so equally well, or a page's first lines can be split in two ways, the
table is refused.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from guiju.law.errors import LawError
from guiju.law.importing.blocks import ChapterMark
from guiju.law.importing.layout import begins_paragraph, item_number
from guiju.law.numerals import format_numeral, parse_numeral

_STOP = "。"


class ColumnsUnclear(LawError):  # noqa: N818 - a finding about the file
    """A piece of the table fits both columns, or none."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Consecutive lines of one cell; without a number, whatever stands at the top of a page.

    ``paragraph`` is set where the cell says that it prints one paragraph only; ``deleted`` where the piece
    stands among the provisions of the draft that the final text dropped.
    """

    page: int
    number: int | None
    paragraph: int | None
    deleted: bool
    lines: list[str]


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece whose column is known, with the lines that follow on the next page."""

    number: int
    paragraph: int | None
    is_final: bool
    lines: list[str]

    @property
    def is_cut(self) -> bool:
        """Whether its text goes on, on the next page."""
        return not self.lines[-1].endswith(_STOP)


@dataclass(slots=True)
class _Row:
    """The row that is being read: the draft's last cell and the final text's only one.

    A ``deleted`` row stands among the provisions that the final text dropped, and has no right cell.
    """

    draft: Cell | None = None
    final: Cell | None = None
    deleted: bool = False

    @property
    def may_end(self) -> bool:
        """Whether nothing is cut, and the draft's cell has its counterpart beside it."""
        return not self.cut_cells() and bool(self.final or not self.draft or self.deleted)

    def cut_cells(self) -> list[Cell]:
        return [cell for cell in (self.draft, self.final) if cell and cell.is_cut]


@dataclass(slots=True)
class _Reading:
    """One way to give the pieces read so far to the columns."""

    done: list[Cell | ChapterMark] = field(default_factory=list)
    row: _Row = field(default_factory=_Row)
    finals: int = 0
    alone: int = 0

    def copy(self) -> "_Reading":
        """Copy so deeply that adding lines to a cell leaves the original alone."""
        copies = {
            id(cell): Cell(cell.number, cell.paragraph, cell.is_final, list(cell.lines))
            for cell in self.done
            if isinstance(cell, Cell)
        }
        row = _Row(
            copies[id(self.row.draft)] if self.row.draft else None,
            copies[id(self.row.final)] if self.row.final else None,
            self.row.deleted,
        )
        return _Reading([copies.get(id(cell), cell) for cell in self.done], row, self.finals, self.alone)


def tell_apart(pieces: Sequence[Piece | ChapterMark]) -> list[Cell | ChapterMark]:
    """Give each piece to its column.

    Raises ColumnsUnclear if there is no way to do so, or more than one.
    """
    readings = [_Reading()]
    for piece in pieces:
        readings = [after for reading in readings for after in _steps(reading, piece)]
        if not readings:
            raise ColumnsUnclear(f"the columns of the comparison cannot be told apart at {_place(piece)}")
    whole = [reading for reading in readings if reading.row.may_end and _has_whole_draft(reading)]
    fewest = min((reading.alone for reading in whole), default=0)
    best = [reading for reading in whole if reading.alone == fewest]
    if len(best) != 1:
        raise ColumnsUnclear(f"the columns of the comparison can be told apart in {len(best)} ways")
    return best[0].done


def _steps(reading: _Reading, piece: Piece | ChapterMark) -> Iterator[_Reading]:
    """Give every way to go on with a piece."""
    if isinstance(piece, ChapterMark):
        if reading.row.may_end:
            yield _in_new_row(reading, piece)
    elif piece.number is None:
        yield from _continue(reading, piece.lines)
    else:
        cell = Cell(piece.number, piece.paragraph, False, list(piece.lines))
        if _may_be_draft(reading, cell, deleted=piece.deleted):
            yield _with_draft(reading, cell, deleted=piece.deleted)
        if not (piece.deleted or piece.paragraph) and piece.number == reading.finals + 1:
            yield from _with_final(reading, Cell(piece.number, None, True, list(piece.lines)))


def _in_new_row(reading: _Reading, mark: ChapterMark) -> _Reading:
    after = reading.copy()
    after.done.append(mark)
    after.row = _Row()
    return after


def _may_be_draft(reading: _Reading, cell: Cell, *, deleted: bool) -> bool:
    row = reading.row
    if row.cut_cells() or (deleted and not row.may_end):
        return False
    earlier = (other for other in reading.done if isinstance(other, Cell) and not other.is_final)
    return all(
        other.number != cell.number
        or (other.paragraph and cell.paragraph and other.paragraph != cell.paragraph)
        or _repeats(other, cell)
        for other in earlier
    )


def _repeats(one: Cell, other: Cell) -> bool:
    shorter, longer = sorted(("".join(one.lines), "".join(other.lines)), key=len)
    return longer.startswith(shorter)


def _with_draft(reading: _Reading, cell: Cell, *, deleted: bool) -> _Reading:
    after = reading.copy()
    after.done.append(cell)
    after.row = _Row(draft=cell, deleted=deleted)
    return after


def _with_final(reading: _Reading, cell: Cell) -> Iterator[_Reading]:
    begins_row = reading.row.final is not None or reading.row.draft is None
    if begins_row and not reading.row.may_end:
        return
    after = reading.copy()
    after.done.append(cell)
    after.finals += 1
    after.alone += begins_row
    after.row = _Row(None if begins_row else after.row.draft, cell)
    yield after


def _continue(reading: _Reading, lines: list[str]) -> Iterator[_Reading]:
    """Give the first lines of a page to the cells that the page break cut."""
    draft, final = reading.row.draft, reading.row.final
    draft_is_cut, final_is_cut = bool(draft and draft.is_cut), bool(final and final.is_cut)
    for split in range(len(lines) + 1):
        left, right = lines[:split], lines[split:]
        if bool(left) != draft_is_cut or bool(right) != final_is_cut:
            continue
        if (draft and left and not _goes_on(draft, left)) or (final and right and not _goes_on(final, right)):
            continue
        after = reading.copy()
        if after.row.draft:
            after.row.draft.lines.extend(left)
        if after.row.final:
            after.row.final.lines.extend(right)
        yield after


def _goes_on(cell: Cell, lines: list[str]) -> bool:
    """Whether lines can be the rest of a cell: its sentence first, then its next item, up to a full stop."""
    if not lines[-1].endswith(_STOP):
        return False
    items = [number for line in cell.lines if (number := item_number(line))]
    if cell.lines[-1].endswith("；"):
        next_item = format_numeral(parse_numeral(items[-1]) + 1) if items else None
        return item_number(lines[0]) == next_item
    return not begins_paragraph(lines[0])


def _has_whole_draft(reading: _Reading) -> bool:
    numbers = {cell.number for cell in reading.done if isinstance(cell, Cell) and not cell.is_final}
    return numbers == set(range(1, len(numbers) + 1))


def _place(piece: Piece | ChapterMark) -> str:
    if isinstance(piece, ChapterMark):
        return f"chapter {piece.number}"
    return f"the top of its page {piece.page + 1}" if piece.number is None else f"article {piece.number}"
