"""The INFO list of RIFF files: one text per four-letter chunk, the label's called `AIGC` (AVI: guide 20257A, C2)."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.label.errors import RefusedError, TooLargeError
from guiju.label.fields import WRAPPER
from guiju.label.formats import riff, slots, takeover
from guiju.label.formats.riff import Chunk, Order
from guiju.label.found import Found
from guiju.label.source import Source

_LIMIT = 2 * 2**20


def is_info(source: Source, chunk: Chunk) -> bool:
    """Tell whether a chunk is a list of type INFO."""
    return chunk.name == b"LIST" and chunk.size >= 4 and source.read(chunk.body, 4) == b"INFO"


def labels(source: Source, info: Chunk, place: str, order: Order = "little") -> list[Found]:
    """Return what may be a label in an INFO list, those called AIGC first."""
    found = [one for _, _, one in _entries(source, info, place, order) if one is not None]
    return sorted(found, key=lambda one: not one.named)


def rebuilt(source: Source, info: Chunk | None, place: str, value: str | None, order: Order = "little") -> bytes:
    """Return the list as a chunk with this label and no other one; without labels, if `value` is None.

    All other texts are kept as they are. Nothing is left of a list that held only labels. Raises RefusedError
    (`label_elsewhere`) if a text holds other data beside a label.
    """
    kept: list[bytes] = []
    for entry, raw, found in _entries(source, info, place, order) if info else ():
        if found is None:
            kept.append(riff.made(entry.name, raw, order))
        elif not found.named:
            takeover.assert_only_label(place, found.text)
    if value is not None:
        kept.append(riff.made(WRAPPER.encode(), value.encode("ascii") + b"\0", order))
    if sum(map(len, kept)) > _LIMIT - 4:
        raise RefusedError.because(
            "slot_full",
            "INFO 列表已近读取上限，放不下标识",
            "the list INFO is as large as readers accept and has no room for a label",
        )
    return riff.made(b"LIST", b"INFO" + b"".join(kept), order) if kept else b""


def text_of(data: bytes) -> str:
    """Return the text of a chunk, up to the zero bytes behind it."""
    return data.rstrip(b"\0").decode("utf-8", "replace")


def block(source: Source, chunk: Chunk) -> bytes:
    """Return the bytes of a chunk of metadata; raises TooLargeError where they are more than metadata ever are."""
    if chunk.size > _LIMIT:
        raise TooLargeError.because(
            f"第 {chunk.at} 字节处的元数据块有 {chunk.size} 字节",
            f"the metadata chunk at byte {chunk.at} has {chunk.size} bytes",
        )
    return source.read(chunk.body, chunk.size)


def _entries(source: Source, info: Chunk, place: str, order: Order) -> Iterator[tuple[Chunk, bytes, Found | None]]:
    body = Source.of_bytes(block(source, info), source.limits)
    for entry in riff.walk(body, 4, body.size, order=order):
        raw = body.read(entry.body, entry.size)
        name = entry.name.decode("latin-1").strip("\0 ")
        yield entry, raw, slots.candidate(place, name, text_of(raw), source.limits)
