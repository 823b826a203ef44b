"""ID3v2 tags (2.2, 2.3, 2.4): reading the frames that may hold a label, and writing the one that does.

The label stands in a TXXX frame with the description `AIGC` (practice guide for audio, C2). All other frames are kept
byte for byte, compressed and encrypted ones too; the version of the tag and its way of unsynchronisation stay.
"""

from __future__ import annotations

from guiju.label.errors import RefusedError
from guiju.label.fields import WRAPPER
from guiju.label.formats import xmp
from guiju.label.formats.slots import assert_only_label, candidate, is_named
from guiju.label.formats.sound.id3body import Body, Frame
from guiju.label.formats.sound.id3tag import Tag, appended_tag, tags_in_front
from guiju.label.formats.sound.id3write import frame_bytes, with_frames
from guiju.label.found import Contents, Found, Seal
from guiju.label.source import Source
from guiju.label.splice import Edit

__all__ = ["Tag", "appended_tag", "contents", "edits", "new_tag", "tags_in_front"]

MAIN_PLACE = "id3:TXXX"
_TEXT = {
    **{b"TXXX": MAIN_PLACE, b"TXX": MAIN_PLACE, b"COMM": "id3:COMM", b"COM": "id3:COMM"},
    **{b"USLT": "id3:USLT", b"ULT": "id3:USLT"},
}
_STARTS = {MAIN_PLACE: 1, "id3:WXXX": 1, "id3:COMM": 4, "id3:USLT": 4}
"""Bytes in front of the description: that of the encoding and, in comments and lyrics, three of the language."""
_CODECS = ("latin-1", "utf-16", "utf-16-be", "utf-8")
_XMP_OWNER, _XMP_PLACE = b"XMP\x00", "id3:PRIV-xmp"
_C2PA_HEAD = 256


def contents(source: Source, tags: tuple[Tag, ...]) -> Contents:
    """Return what the frames of these tags hold: labels called AIGC first, and C2PA manifests as seals."""
    found: list[Found] = []
    seals: list[Seal] = []
    for tag in tags:
        body = Body(source, tag)
        for frame in body.frames:
            if frame.id in {b"GEOB", b"GEO"} and b"c2pa" in body.payload(frame, _C2PA_HEAD).data.lower():
                seals.append(Seal("c2pa", "id3:GEOB"))
            found += _found(body, frame)
    return Contents(tuple(sorted(found, key=lambda one: (one.place != MAIN_PLACE, not one.named))), tuple(seals))


def edits(source: Source, tag: Tag, value: str | None) -> list[Edit]:
    """Return the changes that leave exactly one label in a tag, or none with None; no change where none is needed."""
    body = Body(source, tag)
    frames: list[bytes] = []
    touched = value is not None
    new = _label_frame(tag, body, value) if value is not None else b""
    for frame in body.frames:
        found = _found(body, frame)
        if not found:
            frames.append(body.raw(frame))
            continue
        touched = True
        for old in found:
            assert_only_label(old)
        if found[0].place.startswith(_XMP_PLACE):
            frames.append(_without_xmp_label(body, frame))
        elif new and frame.id in {b"TXXX", b"TXX"}:
            frames.append(new)
            new = b""
    if new:
        frames.append(new)
    return [Edit(tag.offset, tag.end - tag.offset, with_frames(tag, body, frames))] if touched else []


def new_tag(value: str) -> bytes:
    """Return a tag with nothing but the label: version 2.3, which more programs read than 2.4."""
    tag = Tag(0, 3, 0, 0)
    body = Body(Source.of_bytes(b"ID3\x03" + bytes(6)), tag)
    return with_frames(tag, body, [_label_frame(tag, body, value)])


def _label_frame(tag: Tag, body: Body, value: str) -> bytes:
    text = b"\x00" + WRAPPER.encode() + b"\x00" + value.encode("ascii")
    return frame_bytes(tag, b"TXX" if tag.version == 2 else b"TXXX", text, plain_size=body.plain_sizes)


def _found(body: Body, frame: Frame) -> list[Found]:
    place = _TEXT.get(frame.id)
    if place is not None:
        return _text_candidates(body, frame, place)
    if frame.id.startswith(b"T"):
        return _plain_candidates(body, frame)
    if frame.id in {b"WXXX", b"WXX"}:
        return [found for found in _text_candidates(body, frame, "id3:WXXX") if found.named]
    if frame.id == b"PRIV":
        packet = _xmp_packet(body, frame)
        return xmp.found(packet, _XMP_PLACE) if packet else _private_candidates(body, frame)
    return []


def _private_candidates(body: Body, frame: Frame) -> list[Found]:
    """Read the owner and the data of a private frame whose owner is called AIGC."""
    payload = body.payload(frame, 4 * body.limits.label + 4096)
    owner, _, data = payload.data.partition(b"\x00")
    name = owner.decode("latin-1")
    found = candidate("id3:PRIV", name, data.decode("utf-8", "replace").strip("\x00"), body.limits)
    return [found] if found and found.named else []


def _text_candidates(body: Body, frame: Frame, place: str) -> list[Found]:
    """Read encoding byte, language (comments only), description and text; each text of several is a candidate."""
    limits = body.limits
    payload = body.payload(frame, 4 * limits.label + 4096)
    start = _STARTS[place]
    if len(payload.data) <= start or payload.data[0] >= len(_CODECS):
        return []
    name, text = _description_and_text(payload.data[0], payload.data[start:])
    if place in {"id3:COMM", "id3:USLT"}:
        name = ""
    elif payload.cut and is_named(name):
        text += " " * (limits.label + 1)  # so that the candidate is refused as longer than any label
    texts = text.rstrip("\x00").split("\x00") if not payload.cut else [text]
    return [found for one in texts if (found := candidate(place, name, one, limits)) is not None]


def _plain_candidates(body: Body, frame: Frame) -> list[Found]:
    """Read encoding byte and text of a title, a subtitle and so on."""
    payload = body.payload(frame, 4 * body.limits.label + 1)
    if payload.cut or not payload.data or payload.data[0] >= len(_CODECS):
        return []
    text = payload.data[1:].decode(_CODECS[payload.data[0]], "replace").lstrip("\ufeff").rstrip("\x00")
    found = candidate("id3:text", "", text, body.limits)
    return [found] if found else []


def _description_and_text(encoding: int, data: bytes) -> tuple[str, str]:
    wide = encoding in {1, 2}
    end = _terminator(data, 2 if wide else 1)
    name, text = data[:end], data[end + (2 if wide else 1) :]
    if encoding == 1 and text[:2] not in {b"\xff\xfe", b"\xfe\xff"} and name[:2] == b"\xfe\xff":
        text = b"\xfe\xff" + text  # the mark of the description is meant for both
    codec = _CODECS[encoding]
    return name.decode(codec, "replace"), text.decode(codec, "replace").lstrip("\ufeff")


def _terminator(data: bytes, width: int) -> int:
    at = data.find(bytes(width))
    while at >= 0 and at % width:
        at = data.find(bytes(width), at + 1)
    return at if at >= 0 else len(data)


def _xmp_packet(body: Body, frame: Frame) -> bytes:
    if body.payload(frame, len(_XMP_OWNER)).data != _XMP_OWNER:
        return b""
    return body.payload(frame, body.limits.block).data[len(_XMP_OWNER) :]


def _without_xmp_label(body: Body, frame: Frame) -> bytes:
    if frame.is_transformed:
        raise RefusedError.because(
            "label_elsewhere",
            "标识还在压缩过的 ID3 PRIV（XMP）帧中，无法安全移出",
            "a label also stands in a compressed ID3 PRIV (XMP) frame and cannot be taken out safely",
        )
    data = _XMP_OWNER + xmp.without(_xmp_packet(body, frame))
    return frame_bytes(body.tag, frame.id, data, plain_size=body.plain_sizes)
