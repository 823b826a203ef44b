"""What a change of a PDF would break: digital signatures (ISO 32000-1, 12.8) and C2PA manifests."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.label.errors import TooLargeError
from guiju.label.formats.documents.pdf_document import Document
from guiju.label.formats.documents.pdf_syntax import Dictionary, Ref, number_of
from guiju.label.found import Seal

_C2PA = "C2PA_Manifest"
_SIGNATURES_EXIST = 1
_MOST_NODES = 10_000


def seals(document: Document) -> tuple[Seal, ...]:
    """Return the signatures and manifests that the catalog leads to.

    An increment after a signature leaves it valid for its own revision, but readers report the document as changed:
    that is for the caller to permit.
    """
    catalog = document.catalog()
    found = [Seal("c2pa", where) for where in _manifests(document, catalog)]
    found += [Seal("signature", where) for where in _signatures(document, catalog)]
    return tuple(found)


def _signatures(document: Document, catalog: Dictionary) -> Iterator[str]:
    permissions = document.resolve(catalog.get("Perms"))
    if isinstance(permissions, Dictionary):
        yield from (f"Perms/{entry.key}" for entry in permissions.entries)
    form = document.resolve(catalog.get("AcroForm"))
    if not isinstance(form, Dictionary):
        return
    flags = number_of(document.resolve(form.get("SigFlags"))) or 0
    if flags & _SIGNATURES_EXIST:
        yield "AcroForm/SigFlags"
    elif any(_is_signed(document, field) for field in _tree(document, form.get("Fields"), "Kids")):
        yield "AcroForm/Fields"


def _is_signed(document: Document, field: Dictionary) -> bool:
    value = document.resolve(field.get("V"))
    return isinstance(value, Dictionary) and value.get("ByteRange") is not None


def _manifests(document: Document, catalog: Dictionary) -> Iterator[str]:
    for specification in _tree(document, catalog.get("AF"), ""):
        if document.resolve(specification.get("AFRelationship")) == _C2PA:
            yield "AF"
            return
    names = document.resolve(catalog.get("Names"))
    files = names.get("EmbeddedFiles") if isinstance(names, Dictionary) else None
    for node in _tree(document, files, "Kids"):
        leaves = document.resolve(node.get("Names"))
        pairs = leaves if isinstance(leaves, tuple) else ()
        for leaf in pairs[1::2]:
            file = document.resolve(leaf)
            if isinstance(file, Dictionary) and document.resolve(file.get("AFRelationship")) == _C2PA:
                yield "Names/EmbeddedFiles"
                return


def _tree(document: Document, root: object, kids: str) -> Iterator[Dictionary]:
    """Yield every dictionary of a tree once, whose root is one node or an array of them."""
    seen: set[int] = set()
    waiting = [root]
    count = 0
    while waiting:
        value = waiting.pop()
        if isinstance(value, Ref):
            if value.number in seen:
                continue
            seen.add(value.number)
            value = document.resolve(value)
        count += 1
        if count > _MOST_NODES:
            raise TooLargeError.because("PDF 表单或附件过多", "the PDF has too many form fields or attachments")
        if isinstance(value, tuple):
            waiting.extend(value)
        elif isinstance(value, Dictionary):
            yield value
            if kids:
                waiting.append(value.get(kids))
