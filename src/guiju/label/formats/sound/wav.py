"""WAV: the label is a chunk `AIGC` at the top level (practice guide 202510A, C2; ExifTool -U shows it, T).

Also read, and cleared when the label moves to its place: the INFO list, an ID3 tag, XMP, and the description in `bext`.
"""

from __future__ import annotations

from guiju.label.fields import WRAPPER, Label
from guiju.label.formats import riff, riff_info, slots, takeover, xmp
from guiju.label.formats.riff import Chunk
from guiju.label.formats.sound import id3
from guiju.label.formats.sound.wav_outline import Outline
from guiju.label.found import Contents, Found, Seal
from guiju.label.source import Source
from guiju.label.splice import Edit, Plan

_PLACE, _INFO_PLACE, _BEXT_PLACE = "wav:AIGC", "wav:INFO", "wav:bext"
_NAME = WRAPPER.encode()
_DESCRIPTION = 256


def contents(source: Source) -> Contents:
    """Return every chunk that may hold a label, `AIGC` first, and C2PA manifests; sound is not read.

    Raises DamagedError for a file that ends early; one that never knew its length is read up to its sound.
    """
    outline = Outline.of(source)
    found = [one for chunk in outline.chunks for one in _found(source, outline, chunk)]
    seals = [seal for chunk in outline.chunks for seal in _seals(source, chunk)]
    return Contents(tuple(sorted(found, key=lambda one: one.place != _PLACE)), tuple(seals))


def plan(source: Source, label: Label) -> Plan:
    """Return the file with the label's chunk at its end: before the sound in streams without a length.

    Raises RefusedError: `riff_full` where 32 bits cannot count more bytes, `label_elsewhere` where a label stands
    together with other data.
    """
    outline = Outline.of(source)
    chunk = riff.made(_NAME, label.bare().encode("ascii"), outline.order)
    own = [one for one in outline.chunks if one.name.upper() == _NAME]
    edits = [Edit(one.at, _length(one, outline), b"" if at else chunk) for at, one in enumerate(own)]
    if not own:
        edits.append(_insertion(outline, chunk))
    for one in outline.chunks:
        if one not in own and _found(source, outline, one):
            edits.append(Edit(one.at, _length(one, outline), _cleared(source, outline, one)))
    growth = sum(len(edit.data) - edit.removed for edit in edits)
    return Plan.of_edits(source.size, [*edits, *outline.size_edits(growth)])


def _insertion(outline: Outline, chunk: bytes) -> Edit:
    if outline.is_open:
        return Edit(next(one.at for one in outline.chunks if one.name == b"data"), 0, chunk)
    return riff.behind(outline.chunks, outline.end, chunk)


def _length(chunk: Chunk, outline: Outline) -> int:
    """Return how many bytes a chunk takes in the file: the last one may lack its pad."""
    return min(chunk.end, outline.end) - chunk.at


def _found(source: Source, outline: Outline, chunk: Chunk) -> list[Found]:
    name = chunk.name.upper()
    if name == _NAME:
        one = slots.candidate(_PLACE, WRAPPER, riff_info.text_of(riff_info.block(source, chunk)), source.limits)
    elif name == b"ID3 ":
        tag = Source.of_bytes(riff_info.block(source, chunk), source.limits)
        return list(id3.contents(tag, id3.tags_in_front(tag)).found)
    elif name == b"_PMX":
        return xmp.found(riff_info.block(source, chunk))
    elif name == b"BEXT":
        description = riff_info.text_of(source.read(chunk.body, min(chunk.size, _DESCRIPTION)).split(b"\0")[0])
        one = slots.candidate(_BEXT_PLACE, "Description", description, source.limits)
    elif riff_info.is_info(source, chunk):
        return riff_info.labels(source, chunk, _INFO_PLACE, outline.order)
    else:
        return []
    return [one] if one else []


def _seals(source: Source, chunk: Chunk) -> tuple[Seal, ...]:
    if chunk.name.upper() == b"ID3 ":
        tag = Source.of_bytes(riff_info.block(source, chunk), source.limits)
        return id3.contents(tag, id3.tags_in_front(tag)).seals
    return (Seal("c2pa", "wav:C2PA"),) if chunk.name == b"C2PA" else ()


def _cleared(source: Source, outline: Outline, chunk: Chunk) -> bytes:
    """Return a chunk without the label that it holds."""
    name = chunk.name.upper()
    if name == b"LIST":
        return riff_info.rebuilt(source, chunk, _INFO_PLACE, None, outline.order)
    body = riff_info.block(source, chunk)
    if name == b"_PMX":
        body = xmp.without(body)
    elif name == b"BEXT":
        takeover.assert_only_label(_BEXT_PLACE, riff_info.text_of(body[:_DESCRIPTION].split(b"\0")[0]))
        body = bytes(_DESCRIPTION) + body[_DESCRIPTION:]
    else:
        tag = Source.of_bytes(body, source.limits)
        edits = [edit for one in id3.tags_in_front(tag) for edit in id3.edits(tag, one, None)]
        body = b"".join(Plan.of_edits(tag.size, edits).blocks(tag))
    return riff.made(chunk.name, body, outline.order)
