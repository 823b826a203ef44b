"""FLV: the label is the property AIGC of the script tag onMetaData (practice guide 20257A, C2; read back, T).

Positions of key frames stand in the same tag and count from the start of the file: they move with what is inserted.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass

from guiju.label.errors import RefusedError, TooLargeError
from guiju.label.fields import WRAPPER, Label
from guiju.label.formats import slots, takeover, xmp
from guiju.label.formats.film import amf
from guiju.label.formats.film.amf import Block, Property
from guiju.label.formats.film.flv_tags import SCRIPT, Tag, assert_whole, first_tags, made
from guiju.label.found import Contents, Found, Seal
from guiju.label.source import Source
from guiju.label.splice import Edit, Plan

_PLACE = "flv:onMetaData"
_META, _XMP, _SET_FRAME = "onMetaData", "onXMPData", "@setDataFrame"
_LIMIT = 2 * 2**20
_POSITIONS = {"filepositions", "lastkeyframelocation"}


@dataclass(frozen=True)
class _Script:
    """A script tag that may hold a label: its data and its properties."""

    tag: Tag
    name: str
    data: bytes
    block: Block


def contents(source: Source) -> Contents:
    """Return the texts of onMetaData that may be a label, and XMP; only the first tags are read, and the last.

    Raises DamagedError for a file that ends early.
    """
    tags = first_tags(source)
    found: list[Found] = []
    for script in _scripts(source, tags):
        for one in script.block.properties:
            found += _found(source, script, one)
    assert_whole(source)
    encrypted = any(tag.is_encrypted for tag in tags)
    seals = (Seal("encryption", "flv:tag"),) if encrypted else ()
    return Contents(tuple(sorted(found, key=lambda one: (one.place != _PLACE, not one.named))), seals)


def plan(source: Source, label: Label) -> Plan:
    """Return the file with the label in its onMetaData, which is added if there is none.

    Raises RefusedError: `slot_full` where the tag cannot grow, `label_elsewhere` for a label in XMP or beside other
    data.
    """
    tags = first_tags(source)
    assert_whole(source)
    scripts = _scripts(source, tags)
    for script in scripts:
        if script.name == _XMP and any(_found(source, script, one) for one in script.block.properties):
            takeover.refuse("xmp")
    metas = [script for script in scripts if script.name == _META]
    if not metas:
        first = tags[0].at if tags else source.size
        data = amf.text_value(_META.encode()) + amf.array(amf.named_text(WRAPPER, label.bare()), 1)
        return Plan.of_edits(source.size, [Edit(first, 0, made(SCRIPT, data))])
    main = next((script for script in metas if _has_label(source, script)), metas[0])
    changed = {script: _with(source, script, label if script is main else None) for script in metas}
    growth = [(script.tag.end, len(data) - script.tag.size) for script, data in changed.items()]
    edits: list[Edit] = []
    for script in metas:
        moved = _moved(script, growth, source)
        data = _with(source, moved, label if script is main else None)
        edits += script.tag.edits(data, script.data)
    return Plan.of_edits(source.size, edits)


def _scripts(source: Source, tags: tuple[Tag, ...]) -> list[_Script]:
    found: list[_Script] = []
    size = 0
    for tag in tags:
        if tag.kind != SCRIPT or tag.is_encrypted or tag.size == 0:
            continue
        size += tag.size
        if size > _LIMIT:
            raise TooLargeError.because("脚本标签过大", "the script tags are too large")
        data = source.read(tag.body, tag.size)
        name = amf.text(data, 0)
        if name and name[0] == _SET_FRAME:
            name = amf.text(data, name[1])
        if name and name[0] in {_META, _XMP} and name[1] < len(data):
            block = amf.block(data, name[1], source.limits.depth)
            found += [_Script(tag, name[0], data, block)] if block else []
    return found


def _found(source: Source, script: _Script, one: Property) -> list[Found]:
    text = amf.text(script.data, one.value)
    if script.name == _XMP:
        return xmp.found(text[0].encode()) if text and "<" in text[0] else []
    candidate = slots.candidate(_PLACE, one.name, text[0] if text else "", source.limits)
    return [candidate] if candidate else []


def _has_label(source: Source, script: _Script) -> bool:
    return any(_found(source, script, one) for one in script.block.properties)


def _with(source: Source, script: _Script, label: Label | None) -> bytes:
    """Return the data of a script tag with this label and no other one; with none, if there is no label to write."""
    data, block = script.data, script.block
    new = amf.named_text(WRAPPER, label.bare()) if label else b""
    parts: list[bytes] = []
    at = count = 0
    for one in block.properties:
        found = _found(source, script, one)
        if not found:
            count += 1
            continue
        if not found[0].named:
            takeover.assert_only_label(_PLACE, found[0].text)
        parts.append(data[at : one.at])
        at = one.end
        if one.name == WRAPPER and new:
            parts.append(new)
            new, count = b"", count + 1
    parts += [data[at : block.end], new]
    result = bytearray(b"".join(parts) + data[block.end :])
    if block.count_at is not None and block.count == len(block.properties):
        result[block.count_at : block.count_at + 4] = (count + bool(new)).to_bytes(4, "big")
    if len(result) > _LIMIT:
        raise RefusedError.because(
            "slot_full",
            "onMetaData 已近读取上限，放不下标识",
            "onMetaData is as large as readers accept and has no room for a label",
        )
    return bytes(result)


def _moved(script: _Script, growth: list[tuple[int, int]], source: Source) -> _Script:
    """Return the script with every position in the file moved by what grows in front of it."""
    data = bytearray(script.data)
    total = sum(by for _, by in growth)
    for one in _flat(script.data, script.block, source.limits.depth):
        for at in amf.numbers(script.data, one.value) if one.name in {*_POSITIONS, "filesize"} else ():
            (value,) = struct.unpack_from(">d", data, at)
            if not math.isfinite(value) or value < 0:
                continue
            if one.name == "filesize":
                value += total if value == source.size else 0
            else:
                value += sum(by for end, by in growth if value >= end)
            struct.pack_into(">d", data, at, value)
    return _Script(script.tag, script.name, bytes(data), script.block)


def _flat(data: bytes, block: Block, depth: int) -> list[Property]:
    """Return the properties, those of `keyframes` too."""
    found = list(block.properties)
    for one in block.properties:
        if one.name == "keyframes" and (inner := amf.block(data, one.value, depth)):
            found += inner.properties
    return found
