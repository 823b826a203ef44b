"""Changes inside of nested boxes: the sizes of the boxes around follow, and every old offset finds its new one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from guiju.label.errors import RefusedError
from guiju.label.formats.boxes.boxes import Box
from guiju.label.source import Source
from guiju.label.splice import Edit, Plan

_MAX_32 = 2**32 - 1


class Shift:
    """Where a byte of the old file stands in the new one."""

    def __init__(self, lengths: Sequence[tuple[int, int, int]]) -> None:
        """Take (offset, bytes removed, bytes put there) for each change."""
        self._ends: list[int] = []
        self._moved: list[int] = [0]
        for offset, removed, added in sorted(lengths):
            if added != removed:
                self._ends.append(offset + removed)
                self._moved.append(self._moved[-1] + added - removed)

    def by(self, offset: int) -> int:
        """Return by how many bytes this offset moves."""
        return self._moved[bisect_right(self._ends, offset)]

    def __call__(self, offset: int) -> int:
        """Return the offset in the new file."""
        return offset + self.by(offset)

    def is_uniform(self, low: int, high: int) -> bool:
        """Tell whether all offsets from `low` to `high` move by the same number of bytes."""
        return bisect_right(self._ends, low) == bisect_right(self._ends, high)


@dataclass(frozen=True)
class _Change:
    within: tuple[Box, ...]
    offset: int
    removed: int
    length: int
    fill: Callable[[Shift], bytes]


@dataclass
class Changes:
    """Changes collected for one file; they must not overlap."""

    _changes: list[_Change] = field(default_factory=list)

    def put(self, within: tuple[Box, ...], offset: int, removed: int, data: bytes) -> None:
        """Replace `removed` bytes at `offset` by `data`; the sizes of the boxes `within` follow."""
        self._changes.append(_Change(within, offset, removed, len(data), lambda _: data))

    def put_later(
        self, within: tuple[Box, ...], offset: int, removed: int, length: int, fill: Callable[[Shift], bytes]
    ) -> None:
        """Replace bytes by `length` others that can only be known when all shifts are."""
        self._changes.append(_Change(within, offset, removed, length, fill))

    def growth(self, box: Box) -> int:
        """Return by how many bytes a box grows."""
        return sum(change.length - change.removed for change in self._changes if box in change.within)

    def shift(self) -> Shift:
        """Return where old offsets go."""
        return Shift([(change.offset, change.removed, change.length) for change in self._changes])

    def moves_media(self, top: Sequence[Box]) -> bool:
        """Tell whether anything but the inside of a movie header that stands last may move."""
        sized = [change for change in self._changes if change.length != change.removed]
        inside = all(change.within and change.within[0].kind == b"moov" for change in sized)
        return not inside or any(map(self.shift().by, (box.offset for box in top)))

    def edits(self) -> list[Edit]:
        """Return all edits, sizes of the boxes around included.

        Raises RefusedError (`box_too_large`) where a size of 32 bits would overflow.
        """
        shift = self.shift()
        edits = [Edit(change.offset, change.removed, change.fill(shift)) for change in self._changes]
        for box in dict.fromkeys(box for change in self._changes for box in change.within):
            edits += _resized(box, self.growth(box))
        return edits

    def plan(self, source: Source, more: Sequence[Edit] = ()) -> Plan:
        """Return the plan for the new file, with further edits that change no length."""
        # An insertion comes before a replacement at the same offset.
        edits = sorted([*self.edits(), *more], key=lambda edit: (edit.offset, edit.removed > 0))
        return Plan.of_edits(source.size, edits)


def absorb(source: Source, changes: Changes, top: Sequence[Box], grown: Box) -> None:
    """Let an empty `free` box right behind take up the growth, so that nothing behind it moves."""
    growth = changes.growth(grown)
    free = next((box for box in top if box.offset == grown.end), None)
    if not growth or free is None or free.kind not in {b"free", b"skip"} or free.long or free.open_ended:
        return
    left = free.size - growth
    if growth > source.limits.block or left < 8 or left > _MAX_32:
        return
    dropped = min(max(growth, 0), free.end - free.body)
    if any(source.read(free.body, dropped)):
        return  # some cameras keep data in such boxes
    header = left.to_bytes(4, "big") + free.kind
    changes.put((), free.offset, 8 + max(growth, 0), header + bytes(max(-growth, 0)))


def _resized(box: Box, growth: int) -> list[Edit]:
    size = box.size + growth
    if growth == 0 or box.open_ended:
        return []
    if box.long:
        return [Edit(box.offset + 8, 8, size.to_bytes(8, "big"))]
    if size > _MAX_32:
        raise RefusedError.because(
            "box_too_large",
            f"盒 {box.name} 将超过 4 GiB，无法写入标识",
            f"the box {box.name} would grow beyond 4 GiB: no label was written",
        )
    return [Edit(box.offset, 4, size.to_bytes(4, "big"))]
