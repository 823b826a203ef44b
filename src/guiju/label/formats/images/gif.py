"""GIF: the label stands in the XMP packet, in the application extension `XMP DataXMP` (guide 20259A, grade C2).

The packet is not cut into sub-blocks: 258 bytes behind it (the magic trailer) lead any reader out of it (ISO 16684-3).
A comment extension with a wrapped label is read too (T).
"""

from __future__ import annotations

from guiju.label.errors import RefusedError
from guiju.label.fields import Label
from guiju.label.formats import takeover, xmp
from guiju.label.formats.images.gif_blocks import APPLICATION, EXTENSION, Block, parts_of
from guiju.label.found import Contents, Found, Seal
from guiju.label.source import Source
from guiju.label.splice import Edit, Plan

_XMP = b"XMP DataXMP"
_C2PA = b"C2PA_GIF"
_TRAILER = b"\x01" + bytes(range(0xFF, -1, -1)) + b"\x00"


def contents(source: Source) -> Contents:
    """Return the labels and C2PA seals of a GIF file; see `Format.contents`."""
    parts = parts_of(source)
    packets = xmp.bounded([_packet(source, block) for block in parts.applications if block.name == _XMP])
    found = [one for packet in packets for one in xmp.found(packet)]
    found += [text for block in parts.comments if (text := _comment(source, block)) is not None]
    seals = [Seal("c2pa", "gif:C2PA_GIF")] if any(one.name.startswith(_C2PA) for one in parts.applications) else []
    if any(xmp.names_remote_manifest(packet) for packet in packets):
        seals.append(Seal("c2pa", "xmp dcterms:provenance"))
    return Contents(tuple(found), tuple(seals))


def plan(source: Source, label: Label) -> Plan:
    """Return the file with the label in its XMP, as GIF89a, which extensions need; see `Format.plan`.

    Refused: `xmp_encoding` for XMP that is not UTF-8, which the magic trailer does not work with.
    """
    parts = parts_of(source)
    mine = [block for block in parts.applications if block.name == _XMP]
    xmp.bounded([_packet(source, block) for block in mine])
    edits = [] if source.read(3, 3) == b"89a" else [Edit(3, 3, b"89a")]
    if not mine:
        edits.append(Edit(parts.first_graphic, 0, _extension(xmp.merged(None, label.bare()))))
    for index, block in enumerate(mine):
        old = _packet(source, block)
        new = xmp.without(old) if index else xmp.merged(old, label.bare())
        if new != old:
            edits.append(Edit(block.at, block.end - block.at, _extension(new)))
    for block in parts.comments:
        text = _comment(source, block)
        if text is not None and takeover.is_label(text.text):
            takeover.assert_only_label(text.place, text.text)
            edits.append(Edit(block.at, block.end - block.at, b""))
    return takeover.planned(source.size, edits)


def _extension(packet: bytes) -> bytes:
    packet = packet.rstrip(b"\x00")
    if b"\x00" in packet or packet.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise RefusedError.because(
            "xmp_encoding", "GIF 中的 XMP 须为 UTF-8", "the XMP in a GIF file must be UTF-8, and this one is not"
        )
    return bytes([EXTENSION, APPLICATION, len(_XMP)]) + _XMP + packet + _TRAILER


def _packet(source: Source, block: Block) -> bytes:
    """Return the packet, raw in front of the magic trailer, or from sub-blocks as some writers make it."""
    raw = source.read(block.body, block.end - block.body)
    return raw[: -len(_TRAILER)] if raw.endswith(_TRAILER) else _joined(raw)


def _comment(source: Source, block: Block) -> Found | None:
    if block.end - block.body > source.limits.label:
        return None
    text = _joined(source.read(block.body, block.end - block.body)).decode("utf-8", "replace")
    return Found("gif:comment", text, named=False) if takeover.may_be_label(text) else None


def _joined(raw: bytes) -> bytes:
    pieces, at = [], 0
    while raw[at]:
        pieces.append(raw[at + 1 : at + 1 + raw[at]])
        at += 1 + raw[at]
    return b"".join(pieces)
