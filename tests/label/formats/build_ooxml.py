"""Small Office Open XML packages, part by part, as word processors write them and as they should not."""

from __future__ import annotations

import io
import struct
import zipfile

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PURL = "http://purl.oclc.org/ooxml/officeDocument"
TYPES, RELS, CUSTOM, CORE, DOCUMENT = (
    "[Content_Types].xml",
    "_rels/.rels",
    "docProps/custom.xml",
    "docProps/core.xml",
    "word/document.xml",
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
Parts = dict[str, bytes]


def relationship(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'


def relationships(*more: str, strict: bool = False) -> bytes:
    main = f"{PURL}/relationships/officeDocument" if strict else f"{OFFICE}/relationships/officeDocument"
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    inside = relationship(1, main, DOCUMENT) + relationship(2, core, CORE) + "".join(more)
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{HEAD}<Relationships xmlns="{space}">{inside}</Relationships>'.encode()


def content_types(*more: str) -> bytes:
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    inside = '<Default Extension="xml" ContentType="application/xml"/>' + "".join(more)
    return f'{HEAD}<Types xmlns="{space}">{inside}</Types>'.encode()


def core(description: str = "") -> bytes:
    space = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    inside = f"<dc:title>标题</dc:title><dc:description>{description}</dc:description>"
    return f'{HEAD}<cp:coreProperties xmlns:cp="{space}" xmlns:dc="http://purl.org/dc/elements/1.1/">{inside}</cp:coreProperties>'.encode()


def custom(inside: str, *, strict: bool = False) -> bytes:
    base = PURL if strict else OFFICE
    name = "customProperties" if strict else "custom-properties"
    return (f'{HEAD}<Properties xmlns="{base}/{name}" xmlns:vt="{base}/docPropsVTypes">{inside}</Properties>').encode()


def a_property(name: str, value: str, number: int = 2, kind: str = "lpwstr") -> str:
    head = f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name="{name}">'
    return f"{head}<vt:{kind}>{value}</vt:{kind}></property>"


def parts(**more: bytes) -> Parts:
    """Return the parts of a document without custom properties."""
    found = {TYPES: content_types(), RELS: relationships(), DOCUMENT: b"<w:document>" + b"text " * 50, CORE: core()}
    return found | {{"custom": CUSTOM, "types": TYPES, "rels": RELS, "core": CORE}[key]: more[key] for key in more}


def with_custom(inside: str | bytes, **more: bytes) -> Parts:
    """Return the parts of a document that has custom properties already."""
    linked = relationships(relationship(3, f"{OFFICE}/relationships/custom-properties", CUSTOM))
    typed = content_types(f'<Override PartName="/{CUSTOM}" ContentType="{CUSTOM_TYPE}"/>')
    data = custom(inside) if isinstance(inside, str) else inside
    return parts(**({"rels": linked, "types": typed, "custom": data} | more))


def package(found: Parts, *, comment: bytes = b"", stored: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, data in found.items():
            archive.writestr(_info(name, stored=stored), data)
        archive.comment = comment
    return out.getvalue()


def _info(name: str, *, stored: bool) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, (2025, 9, 1, 12, 0, 0))
    info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    info.comment = b"about this entry"
    info.external_attr = 0o600 << 16
    return info


class _Unseekable(io.RawIOBase):
    """A stream that can only be written on, so that sizes follow the data in descriptors."""

    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        self.data += bytes(data)  # type: ignore[call-overload]
        return len(bytes(data))  # type: ignore[call-overload]


def streamed(found: Parts) -> bytes:
    """Return a package with data descriptors."""
    out = _Unseekable()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in found.items():
            archive.writestr(_info(name, stored=False), data)
    return bytes(out.data)


def zip64(found: Parts) -> bytes:
    """Return a package whose entries, offsets and directory are in ZIP64 form."""
    plain = package(found)
    end = plain.rindex(b"PK\x05\x06")
    count, start = struct.unpack_from("<H4xI", plain, end + 10)
    records, at = [], start
    while at < end:
        sizes = struct.unpack_from("<HHH", plain, at + 28)
        raw = bytearray(plain[at : at + 46 + sum(sizes)])
        packed, size = struct.unpack_from("<II", raw, 20)
        offset = struct.unpack_from("<I", raw, 42)[0]
        struct.pack_into("<II", raw, 20, 0xFFFFFFFF, 0xFFFFFFFF)
        struct.pack_into("<I", raw, 42, 0xFFFFFFFF)
        extra = struct.pack("<HHQQQ", 1, 24, size, packed, offset)
        struct.pack_into("<H", raw, 30, sizes[1] + len(extra))
        records.append(bytes(raw[: 46 + sizes[0]]) + extra + bytes(raw[46 + sizes[0] :]))
        at += 46 + sum(sizes)
    directory = b"".join(records)
    end64 = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, len(directory), start)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, start + len(directory), 1)
    last = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return plain[:start] + directory + end64 + locator + last
