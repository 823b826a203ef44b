"""The items of one `meta` box with all that is said about them: the table that HEIF files are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guiju.label.errors import DamagedError, RefusedError
from guiju.label.formats.boxes import boxes, items
from guiju.label.formats.boxes.boxes import Box
from guiju.label.formats.boxes.items import Item, Location, Locations
from guiju.label.source import Source

RDF = "application/rdf+xml"


@dataclass(frozen=True)
class ItemTable:
    """A `meta` box, the last of `within`, taken apart; `described` has what each item describes, `used` all numbers."""

    within: tuple[Box, ...]
    inner: tuple[Box, ...]
    items: tuple[Item, ...]
    locations: Locations | None
    primary: int | None
    described: dict[int, tuple[int, ...]]
    used: frozenset[int]

    @property
    def meta(self) -> Box:
        """The `meta` box itself."""
        return self.within[-1]

    def box(self, kind: bytes) -> Box | None:
        """Return the first box of a type in the `meta` box."""
        return boxes.of_kind(self.inner, kind)

    def packets(self) -> tuple[Item, ...]:
        """Return the items that hold XMP in the clear, that of the primary image first."""
        found = [item for item in self.items if item.content_type.partition(";")[0].strip().lower() == RDF]
        return tuple(sorted((item for item in found if not item.protected), key=lambda item: not self.is_main(item)))

    def is_main(self, item: Item) -> bool:
        """Tell whether an item describes the primary image, or nothing in particular."""
        targets = self.described.get(item.number)
        return targets is None or self.primary in targets

    def stretch(self, source: Source, item: Item) -> tuple[int, int]:
        """Return where in the file (offset, length) an item lies in one piece.

        Raises RefusedError (`item_in_pieces`) where it does not, DamagedError where it has no place.
        """
        location = self._location(item)
        pieces = items.stretches(location, self.box(b"idat"))
        if pieces is None or len(pieces) != 1 or not pieces[0][1] or item.encoding:
            raise RefusedError.because(
                "item_in_pieces",
                f"条目 {item.number} 被压缩、分段或位于别处，无法读写",
                f"item {item.number} is compressed, in pieces or elsewhere: it can be neither read nor written",
            )
        if pieces[0][0] + pieces[0][1] > source.size:
            raise _outside(item.number)
        return pieces[0]

    def around(self, top: tuple[Box, ...], offset: int, length: int) -> tuple[Box, ...]:
        """Return the boxes around a stretch of an item; raises DamagedError if it lies in none."""
        idat = self.box(b"idat")
        for path in ((*self.within, idat), *((box,) for box in top if box.kind == b"mdat")):
            holder = path[-1]
            if holder and holder.body <= offset and offset + length <= holder.end:
                return tuple(box for box in path if box)
        raise DamagedError.because(
            "条目数据不在 mdat 或 idat 中", "the data of an item lie neither in mdat nor in idat"
        )

    def overlapping(self, offset: int, length: int) -> tuple[int, ...]:
        """Return the numbers of the items that have bytes in a stretch of the file."""
        idat = self.box(b"idat")
        entries = self.locations.entries if self.locations else ()
        pieces = ((entry.item, items.stretches(entry, idat) or ()) for entry in entries)
        return tuple(item for item, own in pieces if any(at < offset + length and offset < at + n for at, n in own))

    def at(self, source: Source, offset: int, length: int) -> Item | None:
        """Return the item of XMP that lies at exactly this stretch."""
        return next((item for item in self.packets() if self.stretch(source, item) == (offset, length)), None)

    def _location(self, item: Item) -> Location:
        entries = self.locations.entries if self.locations else ()
        location = next((entry for entry in entries if entry.item == item.number), None)
        if location is None:
            raise DamagedError.because(f"条目 {item.number} 没有位置", f"item {item.number} has no place in the file")
        return location


def table_of(source: Source, within: tuple[Box, ...]) -> ItemTable:
    """Read the table of a `meta` box; raises DamagedError if it is broken or leads behind the end of the file."""
    inner = boxes.meta_children(source, within[-1])
    iinf, iloc, iref, pitm = (boxes.of_kind(inner, kind) for kind in (b"iinf", b"iloc", b"iref", b"pitm"))
    listed = items.entries_of(source, iinf) if iinf else ()
    locations = items.locations_of(source, iloc) if iloc else None
    idat = boxes.of_kind(inner, b"idat")
    for entry in locations.entries if locations else ():
        for offset, length in items.stretches(entry, idat) or ():
            if offset + length > source.size:
                raise _outside(entry.item)
    width = (4 if boxes.number(source, pitm, 0, 1) else 2) if pitm else 0
    numbers = {item.number for item in listed} | {entry.item for entry in (locations.entries if locations else ())}
    return ItemTable(
        within,
        inner,
        listed,
        locations,
        boxes.number(source, pitm, 4, width) if pitm else None,
        dict(items.references(source, iref, b"cdsc")),
        frozenset(numbers | set(_groups(source, inner))),
    )


def _groups(source: Source, inner: tuple[Box, ...]) -> Iterator[int]:
    """Yield the numbers of groups, which share one space with those of items."""
    grpl = boxes.of_kind(inner, b"grpl")
    for group in boxes.children(source, grpl) if grpl else ():
        yield boxes.number(source, group, 4)


def _outside(number: int) -> DamagedError:
    return DamagedError.because(
        f"条目 {number} 的数据在文件末尾之后", f"the data of item {number} lie behind the end of the file"
    )
