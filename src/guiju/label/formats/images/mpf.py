"""Several images in one JPEG file (CIPA DC-007, MPF): an index in APP2 tells where the other images stand.

Its offsets count from its own header, so bytes that come between the two must be added.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

from guiju.label.errors import DamagedError, LabelError, RefusedError
from guiju.label.formats.images import ifd
from guiju.label.source import DEFAULT_LIMITS, Source
from guiju.label.splice import Edit

MARK = b"MPF\x00"
_IMAGES = 0xB002
_END_OF_IMAGE = b"\xff\xd9"
_Row = tuple[bytes, int, int, int]


def moved(index: bytes, at: int, edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return the edits that keep an index right, which stands at byte `at` of the file, when `edits` are made.

    The size of the first image grows, the offsets of the others move. Raises RefusedError (`multi_image_index`) if
    the index cannot be read: other images would be lost.
    """
    try:
        table_at, code, rows = _rows(index)
    except (LabelError, struct.error) as error:
        raise RefusedError.because(
            "multi_image_index",
            "文件含多幅图像（MPF），其索引无法读取，写入标识会使其他图像丢失",
            "the file holds several images (MPF) and their index cannot be read: a label would lose the other images",
        ) from error
    changed = [_row(row, at, edits) for row in rows]
    if changed == rows:
        return ()
    table = b"".join(struct.pack(code, *row) for row in changed)
    return (Edit(at + table_at, len(table), table),)


def assert_whole(index: bytes, at: int, source: Source) -> None:
    """Raise DamagedError if an image of the index reaches behind the end of a file that does not end with an image.

    Pillow writes too great sizes for the third image and those behind it (T): a file that ends as JPEG does is whole.
    """
    try:
        _, _, rows = _rows(index)
    except (LabelError, struct.error):
        return  # an index that cannot be read says nothing about the file
    starts = [at + offset if offset else 0 for _, _, offset, _ in rows]
    ends = [start + row[1] for start, row in zip(starts, rows, strict=True)]
    is_closed = source.peek(source.size - 2, 2) == _END_OF_IMAGE
    if source.size in starts or (max(ends, default=0) > source.size and not is_closed):
        raise DamagedError.because("多图像文件中的其他图像不完整", "another image of the file is cut off")


def _rows(index: bytes) -> tuple[int, str, list[_Row]]:
    """Return where the list of images stands, the struct code of a row, and the rows."""
    block = Source.of_bytes(index, DEFAULT_LIMITS)
    layout = ifd.layout_of(block)
    if layout is None:
        raise DamagedError.because("MPF 文件头不符", "the MPF header is wrong")
    entry = ifd.directory(block, layout, layout.first).entry(_IMAGES)
    code = layout.mark + "4sIII"
    return (entry.value_at, code, list(struct.iter_unpack(code, ifd.value(block, entry)))) if entry else (0, code, [])


def _row(row: _Row, at: int, edits: Sequence[Edit]) -> _Row:
    kind, size, offset, dependent = row
    if offset == 0:
        return kind, size + _shift(size, edits), offset, dependent
    return kind, size, offset + _shift(at + offset, edits) - _shift(at, edits), dependent


def _shift(position: int, edits: Sequence[Edit]) -> int:
    return sum(len(edit.data) - edit.removed for edit in edits if edit.offset + edit.removed <= position)
