"""All places of an ISO media file where a label may stand, apart from the items of HEIF.

Beside the guide's (C2) those seen in public files (T): iTunes lists, comments with wrapped JSON, keys at `moov.meta`,
lists without names, QuickTime texts, XMP boxes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guiju.label.errors import DamagedError, RefusedError
from guiju.label.formats import takeover, xmp
from guiju.label.formats.boxes import box_lists, box_offsets, box_xmp, boxes
from guiju.label.formats.boxes.box_changes import Changes
from guiju.label.formats.boxes.box_lists import MetaList
from guiju.label.formats.boxes.boxes import Box
from guiju.label.found import Found, Seal
from guiju.label.source import Source

_COMMENT = "\xa9cmt"
_TEXT_START = 0xA9


@dataclass(frozen=True)
class Text:
    """A QuickTime text in `udta`, or a box that is itself called AIGC."""

    within: tuple[Box, ...]
    box: Box
    found: Found


@dataclass(frozen=True)
class Places:
    """What was found; `udta` are the boxes around user data, the one to write to last, or only `moov`."""

    lists: tuple[MetaList, ...]
    texts: tuple[Text, ...]
    packets: tuple[box_xmp.Packet, ...]

    def found(self, source: Source) -> tuple[Found, ...]:
        """Return all candidates, those in the main place first."""
        named = [_found(each, entry) for each in self.lists for entry in each.entries if entry.is_label]
        texts = [text.found for text in self.texts]
        values = [Found(packet.place, value) for packet in self.packets for value in _values(source, packet)]
        return tuple(sorted([*named, *texts, *values], key=lambda found: found.place != "mp4:keys"))

    def clear(self, source: Source, changes: Changes, main: MetaList | None = None) -> None:
        """Take the labels out of all places but the main list; raises RefusedError (`label_elsewhere`) if it cannot."""
        for each in self.lists:
            if each is not main:
                box_lists.clear(changes, each)
        for text in self.texts:
            if not text.found.named:
                takeover.assert_only_label(text.found.place, text.found.text)
            changes.put(text.within, text.box.offset, text.box.size, b"")
        for packet in self.packets:
            box_xmp.clear(source, changes, packet)


def places_of(source: Source, top: tuple[Box, ...]) -> Places:
    """Look through the boxes at the top, in `moov` and in its user data."""
    lists: list[MetaList] = []
    texts: list[Text] = []
    for box in top:
        if box.kind == b"meta":
            lists.append(box_lists.list_of(source, (box,)))
        for within in _metadata(source, box) if box.kind == b"moov" else ():
            if within[-1].kind == b"meta":
                lists.append(box_lists.list_of(source, within))
            else:
                texts += _texts(source, within)
    return Places(tuple(lists), tuple(texts), tuple(box_xmp.boxed_packets(source, top)))


def top_boxes(source: Source) -> tuple[Box, ...]:
    """Return the boxes of a file at its top level; raises DamagedError if the file ends early."""
    top = tuple(boxes.walk(source, 0, source.size))
    if boxes.child(source, boxes.of_kind(top, b"moov"), b"cmov"):
        raise RefusedError.because(
            "compressed_header",
            "QuickTime 文件头（moov）经过压缩，无法读取。",
            "the QuickTime header (moov) is compressed: it cannot be read",
        )
    if not box_offsets.check_chunks(source, top):
        raise DamagedError.because("媒体数据在文件末尾之后", "media data lie behind the end of the file")
    return top


def seals_of(source: Source, top: tuple[Box, ...], places: Places) -> tuple[Seal, ...]:
    """Return C2PA manifests; encrypted samples (`encv`, `pssh`) are no seal: a label does not touch them."""
    seals = [Seal("c2pa", "iso:uuid")] if any(box.uuid == boxes.C2PA for box in top) else []
    packets = [packet.data(source) for packet in places.packets]
    if any(packet.strip(b"\x00 \t\r\n") and xmp.names_remote_manifest(packet) for packet in packets):
        seals.append(Seal("c2pa", "xmp dcterms:provenance"))
    return tuple(seals)


def _metadata(source: Source, moov: Box) -> Iterator[tuple[Box, ...]]:
    """Yield the paths to `udta`, `udta.meta` and `meta` of a movie."""
    for inner in boxes.children(source, moov):
        if inner.kind == b"meta":
            yield (moov, inner)
        elif inner.kind == b"udta":
            yield (moov, inner)
            yield from ((moov, inner, deep) for deep in boxes.children(source, inner) if deep.kind == b"meta")


def _texts(source: Source, within: tuple[Box, ...]) -> Iterator[Text]:
    for box in boxes.children(source, within[-1]):
        length = box.end - box.body
        if length > 4 * source.limits.label:
            continue
        if box.kind.upper() == b"AIGC":
            text = boxes.fields(source, box, length).decode("utf-8", "replace").strip("\x00")
            yield Text(within, box, Found("mp4:udta", text))
        elif box.kind[0] == _TEXT_START and length > 4:
            text = boxes.fields(source, box, length - 4, 4).decode("utf-8", "replace")
            if takeover.is_label(text):
                yield Text(within, box, Found(_place_of_text(box), text, named=False))


def _place_of_text(box: Box) -> str:
    return "mp4:comment" if box.name == _COMMENT else "mp4:udta"


def _found(where: MetaList, entry: box_lists.Entry) -> Found:
    if entry.name.casefold() in {_COMMENT, "comment"} or entry.name.casefold().endswith(".comment"):
        return Found("mp4:comment", entry.text, named=False)
    if not where.is_keyed:
        return Found("mp4:itunes" if entry.is_named else "mp4:list", entry.text, named=entry.is_named)
    around = {b"udta": "mp4:keys", b"moov": "mp4:moov-keys"}
    place = around.get(where.within[-2].kind, "mp4:file-keys") if len(where.within) > 1 else "mp4:file-keys"
    if place == "mp4:keys" and not box_lists.is_key(entry.name):
        place = "mp4:other-keys"
    return Found(place, entry.text, named=entry.is_named)


def _values(source: Source, packet: box_xmp.Packet) -> tuple[str, ...]:
    data = packet.data(source)
    return xmp.values(data) if data.strip(b"\x00 \t\r\n") else ()
