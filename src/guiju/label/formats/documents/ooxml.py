"""Labels in DOCX, XLSX and PPTX: the custom document property AIGC (guide 20258A, grade C2).

Only docProps/custom.xml is written, and the two lists that name it, where they do not yet; every other part of the
package keeps its bytes, compressed as it is. One label in a file (6.1 c, C2): a label in a field of the core
properties moves to the main place.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from guiju.label.errors import RefusedError
from guiju.label.fields import WRAPPER, Label
from guiju.label.formats import takeover
from guiju.label.formats.documents.ooxml_package import CONTENT_TYPES, RELATIONSHIPS, Package
from guiju.label.formats.documents.xml_places import Element, Part
from guiju.label.formats.documents.zip_archive import Member
from guiju.label.formats.documents.zip_edit import edited
from guiju.label.found import Contents, Found, Seal
from guiju.label.source import Source
from guiju.label.splice import Plan

MAIN = "ooxml:custom"
_CORE_FIELDS = ("description", "keywords", "subject", "title", "category")
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_FIRST_ID = 2
_OFFICE = (
    "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
    "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
)
_STRICT = (
    "http://purl.oclc.org/ooxml/officeDocument/customProperties",
    "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes",
)
_MANIFEST = "meta-inf/content_credential.c2pa"


def contents(source: Source) -> Contents:
    """Return the labels in custom and core properties, and signatures, C2PA manifests and encrypted entries.

    Raises DamagedError where the archive or one of these parts is broken, TooLargeError at the limits.
    """
    package = Package(source)
    seals = _seals(package)
    if any(seal.kind == "encryption" for seal in seals):
        return Contents(seals=seals)
    custom = package.part(package.custom().name)
    core = package.part(package.core().name)
    named = [_property_found(one) for one in _labels(custom)] if custom else []
    general = [Found(f"ooxml:core/{one.name}", one.all_text(), named=False) for one in _fields(core)] if core else []
    return Contents((*named, *general), seals)


def plan(source: Source, label: Label) -> Plan:
    """Return the package with the label, or as it is where exactly this label stands in it alone.

    Raises RefusedError for encrypted entries (`encrypted`), for packages that are no office documents
    (`not_office`), and as zip_edit; DamagedError and TooLargeError as `contents`.
    """
    package = Package(source)
    if any(seal.kind == "encryption" for seal in _seals(package)):
        raise RefusedError.because("encrypted", "压缩包条目已加密", "entries of the package are encrypted")
    if not package.is_document:
        raise RefusedError.because(
            "not_office",
            "这个压缩包不是文字、表格或演示文稿，没有放置标识的位置",
            "this package is no text document, workbook or presentation, and has no place for a label",
        )
    replaced: dict[Member, bytes] = {}
    added: dict[str, bytes] = {}
    for name, data in _changes(package, label.bare()):
        member = package.member(name)
        if member is None:
            added[name] = data
        else:
            replaced[member] = data
    if not replaced and not added:
        return Plan.of_edits(source.size, [])
    return edited(source, package.archive, replaced, added)


def _seals(package: Package) -> tuple[Seal, ...]:
    found = []
    if any(member.is_encrypted for member in package.archive.members):
        found.append(Seal("encryption", "zip"))
    names = package.names()
    if _MANIFEST in names:
        found.append(Seal("c2pa", "META-INF/content_credential.c2pa"))
    if any(name.startswith("_xmlsignatures/") for name in names):
        found.append(Seal("signature", "_xmlsignatures"))
    return tuple(found)


def _labels(custom: Part) -> list[Element]:
    """Return the properties called AIGC, then others that hold a label."""
    every = [(_is_named(one), one) for one in custom.root.named("property")]
    named = [one for is_named, one in every if is_named]
    return named + [one for is_named, one in every if not is_named and takeover.is_label(one.all_text())]


def _is_named(one: Element) -> bool:
    return one.attributes.get("name", "").upper() == WRAPPER


def _property_found(one: Element) -> Found:
    if _is_named(one):
        return Found(MAIN, one.all_text())
    return Found(f"{MAIN}/{one.attributes.get('name', '')}", one.all_text(), named=False)


def _fields(core: Part) -> list[Element]:
    """Return the fields of the core properties that hold a label."""
    fields = [one for one in core.root.children if one.name in _CORE_FIELDS]
    return [one for one in fields if "{" in one.text and takeover.is_label(one.all_text())]


def _changes(package: Package, value: str) -> Iterator[tuple[str, bytes]]:
    """Yield the parts that must change, with their new content."""
    custom = package.custom()
    part = package.part(custom.name)
    data = _with_label(part, value) if part else _new_part(value, _STRICT if package.is_strict else _OFFICE)
    if data is not None:
        yield custom.name, data
    types = package.typed(package.needed(CONTENT_TYPES), custom.name)
    if types is not None:
        yield CONTENT_TYPES, types
    if not custom.is_linked:
        yield RELATIONSHIPS, package.linked(package.relationships, custom.name)
    core = package.core().name
    fields = package.part(core)
    if fields is not None and _fields(fields):
        yield core, fields.edited([(one.inside, one.close, b"") for one in _fields(fields)])


def _new_part(value: str, spaces: tuple[str, str]) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
    root = f'<Properties xmlns="{spaces[0]}" xmlns:vt="{spaces[1]}">'
    body = f'<property fmtid="{_FORMAT_ID}" pid="{_FIRST_ID}" name="{WRAPPER}"><vt:lpwstr>{escape(value)}</vt:lpwstr>'
    return f"{head}{root}{body}</property></Properties>".encode()


def _with_label(part: Part, value: str) -> bytes | None:
    """Return the custom properties with this label alone, None if it stands there already."""
    labels = _labels(part)
    if [(one.attributes.get("name"), one.all_text()) for one in labels] == [(WRAPPER, value)] and _is_text(labels[0]):
        return None
    for one in labels:
        if not _is_named(one):
            takeover.assert_only_label(MAIN, one.all_text())
    number = labels[0].attributes.get("pid", "") if labels else ""
    new = _property(part, value, number if number.isdigit() else str(_next_id(part)))
    edits = [(one.start, one.end, b"") for one in labels[1:]]
    edits.append((labels[0].start, labels[0].end, new) if labels else part.appended(part.root, new))
    return part.edited(edits)


def _is_text(label: Element) -> bool:
    return [one.name for one in label.children] == ["lpwstr"]


def _next_id(part: Part) -> int:
    ids = [one.attributes.get("pid", "") for one in part.root.named("property")]
    return max([_FIRST_ID - 1, *(int(one) for one in ids if one.isdigit() and len(one) < 10)]) + 1


def _property(part: Part, value: str, number: str) -> bytes:
    """Return the property as an element that declares its own namespaces, whatever prefixes the part uses."""
    space, types = _STRICT if part.root.space == _STRICT[0] else _OFFICE
    head = f'<property xmlns="{space}" fmtid="{_FORMAT_ID}" pid="{number}" name="{WRAPPER}">'
    return f'{head}<vt:lpwstr xmlns:vt="{types}">{escape(value)}</vt:lpwstr></property>'.encode()
