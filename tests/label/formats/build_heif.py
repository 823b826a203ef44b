"""Small HEIF files: AVIF coded by Pillow, and files put together by hand in every version of their boxes."""

from __future__ import annotations

import hashlib
import io
import struct
from dataclasses import dataclass
from functools import cache

from PIL import Image

from tests.label.formats.build_mp4 import body_of, box, full

XMP = (
    b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
    b' xmlns:dc="http://purl.org/dc/elements/1.1/" dc:format="image/heif"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)
PIXELS, THUMBNAIL = b"pixels of the primary image", b"pixels of the thumbnail"


def labelled_xmp(value: str) -> bytes:
    """Return an XMP packet with a label and something else."""
    attribute = value.replace('"', "&quot;")
    space = b' xmlns:T="http://www.tc260.org.cn/ns/AIGC/1.0/" T:AIGC="' + attribute.encode() + b'"'
    return XMP.replace(b' dc:format="image/heif"', b' dc:format="image/heif"' + space)


@cache
def avif(*, xmp: bytes = b"", description: str = "", alpha: bool = False, frames: int = 1) -> bytes:
    """Return an AVIF picture or, with more than one frame, a sequence."""
    picture = Image.radial_gradient("L").resize((32, 24)).convert("RGBA" if alpha else "RGB")
    exif = Image.Exif()
    if description:
        exif[0x010E] = description
    out = io.BytesIO()
    picture.save(
        out,
        "AVIF",
        save_all=frames > 1,
        append_images=[picture.rotate(30 * at) for at in range(1, frames)],
        **({"xmp": xmp} if xmp else {}),
        **({"exif": exif.tobytes()} if description else {}),
    )
    return out.getvalue()


def pixels(data: bytes) -> list[str]:
    """Return a hash of each decoded frame."""
    with Image.open(io.BytesIO(data)) as picture:
        hashes = []
        for at in range(getattr(picture, "n_frames", 1)):
            picture.seek(at)
            hashes.append(hashlib.sha256(picture.convert("RGBA").tobytes()).hexdigest())
        return hashes


def xmp_of(data: bytes) -> bytes:
    """Return the XMP that Pillow reads."""
    with Image.open(io.BytesIO(data)) as picture:
        return bytes(picture.info.get("xmp") or b"")


def description_of(data: bytes) -> str:
    """Return the Exif description that Pillow reads."""
    with Image.open(io.BytesIO(data)) as picture:
        return str(picture.getexif().get(0x010E, ""))


@dataclass(frozen=True)
class Shape:
    """How a handmade file is put together: versions of boxes, widths of fields, where the data lie."""

    iloc: int = 1
    iinf: int = 0
    infe: int = 2
    iref: int | None = 0
    pitm: int = 0
    widths: tuple[int, int, int] = (4, 4, 0)
    in_idat: bool = False
    meta_last: bool = False
    order: tuple[bytes, ...] = (b"pitm", b"iloc", b"iinf", b"iref", b"idat")


@dataclass(frozen=True)
class Thing:
    """An item: number, type, bytes; content type of a `mime` item; what it describes; protected or not."""

    number: int
    kind: bytes
    data: bytes
    content_type: bytes = b""
    describes: int = 0
    protected: bool = False
    encoding: bytes = b""


IMAGES = (Thing(1, b"hvc1", PIXELS), Thing(2, b"hvc1", THUMBNAIL))
RDF = b"application/rdf+xml"


def handmade(*more: Thing, shape: Shape = Shape(), images: tuple[Thing, ...] = IMAGES, extra: bytes = b"") -> bytes:
    """Return a HEIF file with two images, the first one primary, and more items in front of their data."""
    things = (*more, *images)
    ftyp = box(b"ftyp", b"heic", bytes(4), b"mif1heic")
    data = b"".join(thing.data for thing in things)

    def meta(start: int) -> bytes:
        parts = {
            b"pitm": full(b"pitm", struct.pack(">I" if shape.pitm else ">H", 1), version=shape.pitm),
            b"iloc": _iloc(things, shape, 0 if shape.in_idat else start),
            b"iinf": _iinf(things, shape),
            b"iref": _iref(things, shape) if shape.iref is not None else b"",
            b"idat": box(b"idat", data) if shape.in_idat else b"",
        }
        head = full(b"hdlr", bytes(4), b"pict", bytes(13))
        return full(b"meta", head, *(parts[kind] for kind in shape.order)) + extra

    mdat = b"" if shape.in_idat else box(b"mdat", data)
    if shape.meta_last:
        return ftyp + mdat + meta(len(ftyp) + 8)
    return ftyp + meta(len(ftyp) + len(meta(0)) + 8) + mdat


def _iloc(things: tuple[Thing, ...], shape: Shape, start: int) -> bytes:
    offset, length, base = shape.widths
    head = bytes([offset << 4 | length, base << 4])
    wide = ">I" if shape.iloc == 2 else ">H"
    parts = [head, struct.pack(wide, len(things))]
    at = start
    for thing in things:
        parts.append(struct.pack(wide, thing.number))
        if shape.iloc:
            parts.append(struct.pack(">H", shape.in_idat))
        outer = start if base and offset else at
        parts += [bytes(2), outer.to_bytes(base, "big") if base else b"", struct.pack(">H", 1)]
        inner = at - outer if base else at
        parts += [inner.to_bytes(offset, "big") if offset else b"", len(thing.data).to_bytes(length, "big")]
        at += len(thing.data)
    return full(b"iloc", *parts, version=shape.iloc)


def _iinf(things: tuple[Thing, ...], shape: Shape) -> bytes:
    entries = []
    for thing in things:
        number = struct.pack(">I" if shape.infe == 3 else ">H", thing.number)
        texts = b"\0" + thing.content_type + b"\0" + (thing.encoding + b"\0" if thing.encoding else b"")
        kind = thing.kind if shape.infe >= 2 else b""
        texts = texts if thing.kind == b"mime" or shape.infe < 2 else b"\0"
        entries.append(full(b"infe", number, struct.pack(">H", thing.protected), kind, texts, version=shape.infe))
    return full(b"iinf", struct.pack(">I" if shape.iinf else ">H", len(things)), *entries, version=shape.iinf)


def _iref(things: tuple[Thing, ...], shape: Shape) -> bytes:
    code = ">IHI" if shape.iref else ">HHH"
    thumbnail = box(b"thmb", struct.pack(code, 2, 1, 1))
    described = [
        box(b"cdsc", struct.pack(code, thing.number, 1, thing.describes)) for thing in things if thing.describes
    ]
    return full(b"iref", thumbnail, *described, version=shape.iref or 0)


def items_of(data: bytes) -> dict[int, bytes]:
    """Return the bytes of each item, by the locations in the file; a reader of the tests' own."""
    iloc = body_of(data, "meta.iloc")
    version, widths = iloc[0], struct.unpack_from(">H", iloc, 4)[0]
    offset, length, base, index = (widths >> bits & 15 for bits in (12, 8, 4, 0))
    wide = 4 if version == 2 else 2
    at = 6

    def take(width: int) -> int:
        nonlocal at
        at += width
        return int.from_bytes(iloc[at - width : at], "big")

    items = {}
    for _ in range(take(wide)):
        number = take(wide)
        method = take(2) if version else 0
        take(2)
        start, pieces = take(base), b""
        for _ in range(take(2)):
            take(index if version else 0)
            place, size = start + take(offset), take(length)
            pieces += (body_of(data, "meta.idat") if method else data)[place : place + size]
        items[number] = pieces
    assert at == len(iloc)
    return items
