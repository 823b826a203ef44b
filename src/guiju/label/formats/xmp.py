"""The label inside an XMP packet: the property AIGC of the TC260 namespace (practice guides of 2025-08-28, grade C2).

XMP is RDF in XML (ISO 16684-1). The packet is read by expat, which refuses document types and entities here, and is
changed at the byte offsets that expat reports, so that everything else stays as it was.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from guiju.label.errors import DamagedError, RefusedError
from guiju.label.formats import takeover
from guiju.label.formats.xmp_reader import NAMESPACE, RDF, Reading, assert_bounded, read
from guiju.label.found import Found

_HEAD = b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
_TAIL = b'\n<?xpacket end="w"?>'
_OTHER_PLACE = ":other"
_HINTS = (b"aigc", b"contentproducer")
_ENCODINGS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)


def found(packet: bytes, place: str = "xmp") -> list[Found]:
    """Return what may be a label: the AIGC properties, then other properties whose text is one; raises as `values`."""
    text, _ = _as_utf8(packet)
    others = any(hint in text.lower() for hint in _HINTS)
    reading = read(text, others=others)
    named = [Found(place, one.value) for one in reading.places]
    return named + [Found(place + _OTHER_PLACE, one, named=False) for one in reading.others if takeover.is_label(one)]


def values(packet: bytes) -> tuple[str, ...]:
    """Return the value of every AIGC property, as element or attribute, under any prefix, in any letter case.

    Raises DamagedError if the packet is no well-formed XML or has a document type or entities, TooLargeError if it is
    nested too deeply.
    """
    text, _ = _as_utf8(packet)
    return tuple(place.value for place in read(text).places)


def bounded(packets: list[bytes]) -> list[bytes]:
    """Return the packets of a file; raises TooLargeError if they are too much to read in all."""
    assert_bounded(packets)
    return packets


def merged(packet: bytes | None, value: str) -> bytes:
    """Return the packet with exactly one AIGC property of this value; None makes a new packet.

    Every other byte is kept, and so is the encoding; a packet that is right already comes back unchanged.
    Raises RefusedError: `xmp_without_rdf` for XML that is no XMP, `label_elsewhere` for a label in another property;
    else as `values`.
    """
    if packet is None or not packet.strip(b"\x00 \t\r\n"):
        return _HEAD + _wrapped(_description(value, b"", with_rdf=False)) + _TAIL
    text, encoding = _as_utf8(packet)
    _assert_no_other(packet)
    reading = read(text)
    kept = next((place for place in reading.places if place.value_at), None)
    if [place.value for place in reading.places] == [value] and kept:
        return packet
    edits = [(place.start, place.end, b"") for place in reading.places if place is not kept and place.end > place.start]
    if kept and kept.value_at:
        edits.append((*kept.value_at, _escaped(value)))
    else:
        edits.append(_insertion(text, reading, value))
    return _encoded(_edited(text, edits), encoding)


def without(packet: bytes) -> bytes:
    """Return the packet without any AIGC property, for a label that moves to another place.

    Raises RefusedError (`label_elsewhere`) for a label in another property; else as `values`.
    """
    text, encoding = _as_utf8(packet)
    _assert_no_other(packet)
    places = [place for place in read(text).places if place.end > place.start]
    if not places:
        return packet
    return _encoded(_edited(text, [(place.start, place.end, b"") for place in places]), encoding)


def names_remote_manifest(packet: bytes) -> bool:
    """Tell whether `dcterms:provenance` points to a C2PA manifest outside of the file; raises as `values`."""
    text, _ = _as_utf8(packet)
    return b"provenance" in text and read(text).provenance


def _assert_no_other(packet: bytes) -> None:
    if any(not one.named for one in found(packet)):
        takeover.refuse("xmp" + _OTHER_PLACE)


def _insertion(text: bytes, reading: Reading, value: str) -> tuple[int, int, bytes]:
    """Return the edit that adds a description of its own at the end of the RDF, about the same thing as the others."""
    rdf = reading.rdf
    if rdf is None:
        raise RefusedError.because(
            "xmp_without_rdf",
            "已有的 XMP 中没有 rdf:RDF，无法并入标识",
            "the XMP there has no rdf:RDF to merge the label into",
        )
    tag = text[rdf.start : rdf.tag_end]
    spelled = tag[1:].split(None, 1)[0].rstrip(b"/>")
    new = _description(value, _escaped(reading.about or ""), with_rdf=not spelled.startswith(b"rdf:"))
    if rdf.closed:
        return rdf.tag_end - 2, rdf.tag_end, b">" + new + b"</" + spelled + b">"
    return reading.rdf_end, reading.rdf_end, new


def _description(value: str, about: bytes, *, with_rdf: bool) -> bytes:
    declared = b'xmlns:rdf="' + RDF.encode() + b'" ' if with_rdf else b""
    opening = b"<rdf:Description " + declared + b'rdf:about="' + about + b'" xmlns:TC260="' + NAMESPACE.encode() + b'">'
    return opening + b"<TC260:AIGC>" + _escaped(value) + b"</TC260:AIGC></rdf:Description>"


def _wrapped(description: bytes) -> bytes:
    opening = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="' + RDF.encode() + b'">'
    return opening + description + b"</rdf:RDF></x:xmpmeta>"


def _escaped(value: str) -> bytes:
    return escape(value, {'"': "&quot;", "'": "&apos;"}).encode()


def _edited(text: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    pieces = []
    at = 0
    for start, end, data in sorted(edits):
        pieces += [text[at:start], data]
        at = end
    return b"".join([*pieces, text[at:]])


def _as_utf8(packet: bytes) -> tuple[bytes, str]:
    """Return the packet in UTF-8, and the encoding that it came in."""
    encoding = next((name for start, name in _ENCODINGS if packet.startswith(start)), "utf-8")
    try:
        return packet.decode(encoding).encode(), encoding
    except UnicodeDecodeError as error:
        raise DamagedError.because(f"XMP 不是 {encoding} 文本", f"the XMP is not {encoding} text") from error


def _encoded(text: bytes, encoding: str) -> bytes:
    return text if encoding == "utf-8" else text.decode().encode(encoding)
