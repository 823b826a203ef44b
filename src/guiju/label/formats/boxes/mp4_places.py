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
_MAIN_DEPTH = 3
"""Boxes from `moov` to the `meta` of its user data; in tracks there are more."""
_MOST_BEFORE_TEXT = 16
"""Version, flags, length and language that stand in front of a text in user data, at most (QuickTime, 3GPP)."""


@dataclass(frozen=True)
class Text:
    """A text in `udta` (QuickTime, 3GPP), or a box that is itself called AIGC."""

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
        values = [one for packet in self.packets for one in _in_packet(source, packet)]
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
            "QuickTime 文件头（moov）经过压缩，无法读取",
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
    """Yield the paths to `udta`, `udta.meta` and `meta` of a movie, then those of its tracks."""
    inner = boxes.children(source, moov)
    tracks = [(moov, box) for box in inner if box.kind == b"trak"]
    for around in ((moov,), *tracks):
        for box in inner if len(around) == 1 else boxes.children(source, around[-1]):
            if box.kind == b"meta":
                yield (*around, box)
            elif box.kind == b"udta":
                yield (*around, box)
                deeper = boxes.children(source, box)
                yield from ((*around, box, deep) for deep in deeper if deep.kind == b"meta")


def _texts(source: Source, within: tuple[Box, ...]) -> Iterator[Text]:
    for box in boxes.children(source, within[-1]):
        length = box.end - box.body
        if length > 4 * source.limits.label:
            continue
        if box.kind.upper() == b"AIGC":
            text = boxes.fields(source, box, length).decode("utf-8", "replace").strip("\x00")
            yield Text(within, box, Found("mp4:udta", text))
        elif box.kind not in {b"meta", b"XMP_"}:
            text = _behind_fields(boxes.fields(source, box, length))
            if takeover.is_label(text):
                yield Text(within, box, Found(_place_of_text(box), text, named=False))


def _behind_fields(data: bytes) -> str:
    """Return the text behind the few bytes of fields that may stand in front of one; nothing where there is none."""
    starts = [data.find(mark, 0, _MOST_BEFORE_TEXT) for mark in (b"{", b"AIGC", b"aigc")]
    start = min((start for start in starts if start >= 0), default=0)
    return data[start:].decode("utf-8", "replace").strip("\x00")


def _place_of_text(box: Box) -> str:
    return "mp4:comment" if box.name == _COMMENT else "mp4:udta"


def _found(where: MetaList, entry: box_lists.Entry) -> Found:
    if entry.name.casefold() in {_COMMENT, "comment"} or entry.name.casefold().endswith(".comment"):
        return Found("mp4:comment", entry.text, named=False)
    if not where.is_keyed:
        return Found("mp4:itunes" if entry.is_named else "mp4:list", entry.text, named=entry.is_named)
    around = {b"udta": "mp4:keys", b"moov": "mp4:moov-keys", b"trak": "mp4:track-keys"}
    place = around.get(where.within[-2].kind, "mp4:file-keys") if len(where.within) > 1 else "mp4:file-keys"
    if place == "mp4:keys" and len(where.within) > _MAIN_DEPTH:
        place = "mp4:track-keys"
    if place == "mp4:keys" and not box_lists.is_key(entry.name):
        place = "mp4:other-keys"
    return Found(place, entry.text, named=entry.is_named)


def _in_packet(source: Source, packet: box_xmp.Packet) -> list[Found]:
    data = packet.data(source)
    return xmp.found(data, packet.place) if data.strip(b"\x00 \t\r\n") else []
