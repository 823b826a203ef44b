"""ISO base media boxes (ISO/IEC 14496-12 as commonly described, grade T): headers only, one read each.

Nothing here is recursive: callers walk along fixed paths, so nesting cannot exhaust anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guiju.label.errors import DamagedError, RefusedError
from guiju.label.source import Source

C2PA = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_LONGEST_HEADER = 32
_MOST_PADDING = 2**20


@dataclass(frozen=True)
class Box:
    """Where a box stands: from `offset` to `end`, its contents from `body`; `uuid` is the type behind `uuid`.

    `long` says that the size has 64 bits, `open_ended` that it is 0: up to the end of the file.
    """

    kind: bytes
    offset: int
    body: int
    end: int
    uuid: bytes = b""
    long: bool = False
    open_ended: bool = False

    @property
    def size(self) -> int:
        """Bytes of the whole box."""
        return self.end - self.offset

    @property
    def name(self) -> str:
        """The type as text for messages."""
        return _printable(self.kind)


def walk(source: Source, start: int, end: int) -> Iterator[Box]:
    """Yield the boxes from `start` to `end`, one level; zero bytes behind the last one are padding (QuickTime).

    Raises DamagedError where a box reaches beyond `end` or is shorter than its own header.
    """
    at = start
    while at < end:
        head = source.peek(at, min(_LONGEST_HEADER, end - at))
        if len(head) < 8 or not any(head[:8]):
            _expect_padding(source, at, end)
            return
        box = _box(head, at, end, source.size)
        yield box
        at = box.end


def children(source: Source, box: Box, skip: int = 0) -> tuple[Box, ...]:
    """Return the boxes inside of a box, behind `skip` bytes of fields (4 for version and flags)."""
    return tuple(walk(source, box.body + skip, box.end))


def child(source: Source, box: Box | None, *kinds: bytes) -> Box | None:
    """Return the first box along a path of plain containers, or None where the path ends before."""
    for kind in kinds:
        if box is None:
            return None
        box = next((inner for inner in walk(source, box.body, box.end) if inner.kind == kind), None)
    return box


def of_kind(boxes: tuple[Box, ...], kind: bytes) -> Box | None:
    """Return the first box of a type."""
    return next((box for box in boxes if box.kind == kind), None)


def meta_children(source: Source, meta: Box) -> tuple[Box, ...]:
    """Return what is in a `meta` box, be it a full box (ISO) or a plain one (QuickTime)."""
    head = source.peek(meta.body, min(8, meta.end - meta.body))
    if not head:
        return ()
    return children(source, meta, 0 if head[4:8] == b"hdlr" else 4)


def fields(source: Source, box: Box, length: int, at: int = 0) -> bytes:
    """Return `length` bytes of a box's contents; raises DamagedError if the box is shorter."""
    if box.body + at + length > box.end:
        raise too_short(box)
    return source.read(box.body + at, length)


def number(source: Source, box: Box, at: int, length: int = 4) -> int:
    """Return a big-endian number of a box's contents."""
    return int.from_bytes(fields(source, box, length, at), "big")


def boxed(kind: bytes, *parts: bytes) -> bytes:
    """Return a new box around its parts."""
    return (8 + sum(map(len, parts))).to_bytes(4, "big") + kind + b"".join(parts)


def too_short(box: Box) -> DamagedError:
    """Return the error for a box that ends before its fields do."""
    return DamagedError.because(
        f"第 {box.offset} 字节处的 {box.name} 盒过短",
        f"the box {box.name} at byte {box.offset} is too short",
    )


def too_far() -> RefusedError:
    """Return the refusal for an offset that would no longer fit its field."""
    return RefusedError.because(
        "offset_overflow",
        "写入标识会使文件内的偏移量超出其字段宽度，未写入",
        "the label would push an offset in the file beyond the width of its field: nothing was written",
    )


def _printable(kind: bytes) -> str:
    name = kind.decode("latin-1")
    return name if name.isprintable() else kind.hex()


def _box(head: bytes, at: int, end: int, file_size: int) -> Box:
    size, kind, header = int.from_bytes(head[:4], "big"), head[4:8], 8
    long, open_ended = size == 1, size == 0
    if long:
        header, size = 16, int.from_bytes(head[8:16], "big")
    if open_ended:
        if end != file_size:
            raise _broken(kind, at)
        size = end - at
    if kind == b"uuid":
        header += 16
    if size < header or size > end - at or len(head) < header:
        raise _broken(kind, at)
    uuid = head[header - 16 : header] if kind == b"uuid" else b""
    return Box(kind, at, at + header, at + size, uuid, long, open_ended)


def _broken(kind: bytes, at: int) -> DamagedError:
    name = _printable(kind)
    return DamagedError.because(
        f"第 {at} 字节处的 {name} 盒的长度与文件不符", f"the size of the box {name} at byte {at} does not fit the file"
    )


def _expect_padding(source: Source, at: int, end: int) -> None:
    if end - at > _MOST_PADDING or any(source.read(at, end - at)):
        raise DamagedError.because(f"第 {at} 字节处应为一个盒", f"a box should stand at byte {at}")
