"""Labels in PDF: the key AIGC of the Info dictionary (guide 20258A, grade C2), XMP as second place (U).

Written as an incremental update, so that every byte of the old file stays. One label in a file (6.1 c, C2): a label in
the XMP of the catalog, or in a general entry of Info, moves to the main place instead of being kept twice. Encrypted
files are not opened, not even with an empty password.
"""

from __future__ import annotations

from dataclasses import dataclass

from guiju.label.errors import DamagedError, RefusedError
from guiju.label.fields import WRAPPER, Label
from guiju.label.formats import takeover, xmp
from guiju.label.formats.documents.pdf_document import Document
from guiju.label.formats.documents.pdf_seals import seals
from guiju.label.formats.documents.pdf_syntax import Dictionary, Entry, Ref, Text
from guiju.label.formats.documents.pdf_text import decoded, literal
from guiju.label.formats.documents.pdf_update import Update
from guiju.label.found import Contents, Found, Seal
from guiju.label.source import Source
from guiju.label.splice import Edit, Plan

MAIN = "pdf:Info"
_MARKS = (b"aigc", b"contentproducer")


def contents(source: Source) -> Contents:
    """Return the labels in Info and in the catalog's XMP, and signatures, C2PA manifests and encryption.

    Of an encrypted file nothing but the encryption is told. Raises DamagedError where the cross-references do not hold
    or the file is cut off (nothing is repaired), TooLargeError at the limits.
    """
    document = Document(source)
    if document.is_encrypted:
        return Contents(seals=(Seal("encryption", "trailer/Encrypt"),))
    found = _in_info(document, _info(document)) + _in_xmp(_xmp(document))
    return Contents(found, seals(document))


def plan(source: Source, label: Label) -> Plan:
    """Return the file with an increment that has the label, or as it is where exactly this label stands in it alone.

    Raises RefusedError (`encrypted`) for an encrypted file, DamagedError and TooLargeError as `contents`.
    """
    document = Document(source)
    if document.is_encrypted:
        raise RefusedError.because(
            "encrypted",
            "PDF 已加密，其中的文字无法在不解密的情况下写入；请先由有权者解除加密，写入标识后再加密",
            "the PDF is encrypted, and text cannot be written into it without decrypting; have it decrypted by whoever "
            "may, write the label, and encrypt again",
        )
    document.catalog()
    update = Update(document)
    _update_info(update, label.bare())
    _update_xmp(update)
    return Plan.of_edits(source.size, [] if update.is_empty else [Edit(source.size, 0, update.appended())])


def _info(document: Document) -> Dictionary:
    info = document.resolve(document.trailer.get("Info"))
    if info is None:
        return Dictionary()
    if not isinstance(info, Dictionary):
        raise DamagedError.because("PDF 的 Info 不是字典", "Info in the PDF is no dictionary")
    return info


def _in_info(document: Document, info: Dictionary) -> tuple[Found, ...]:
    entries = [(entry, _text(document, entry)) for entry in info.entries]
    named = [Found(MAIN, text) for entry, text in entries if _is_named(entry)]
    general = [
        Found(f"{MAIN}/{entry.key}", text, named=False)
        for entry, text in entries
        if not _is_named(entry) and takeover.is_label(text)
    ]
    return (*named, *general)


def _is_named(entry: Entry) -> bool:
    return entry.key.upper() == WRAPPER


def _text(document: Document, entry: Entry) -> str:
    """Return the text of an entry; what is no string is shown as it is written, for the verifier to reject."""
    value = document.resolve(entry.value)
    return decoded(value) if isinstance(value, Text) else entry.raw.decode("latin-1")


def _update_info(update: Update, value: str) -> None:
    document = update.document
    info = _info(document)
    found = _in_info(document, info)
    if [(one.place, one.text) for one in found] == [(MAIN, value)]:
        return
    kept = [
        entry.raw + b"\n"
        for entry in info.entries
        if not _is_named(entry) and not takeover.is_label(_text(document, entry))
    ]
    there = document.trailer.get("Info")
    update.info = there if isinstance(there, Ref) and document.resolve(there) is not None else update.new_ref()
    update.put(update.info, b"<<\n" + b"".join(kept) + b"/AIGC " + literal(value) + b"\n>>")


@dataclass(frozen=True)
class _Xmp:
    ref: Ref
    dictionary: Dictionary
    packet: bytes


def _xmp(document: Document) -> _Xmp | None:
    """Return the XMP of the catalog, if it speaks of a label at all."""
    ref = document.catalog().get("Metadata")
    if not isinstance(ref, Ref) or document.resolve(ref) is None:
        return None
    dictionary, packet = document.stream(ref)
    text = packet.replace(b"\x00", b"").lower()
    if not any(mark in text for mark in _MARKS):
        return None
    return _Xmp(ref, dictionary, packet)


def _in_xmp(there: _Xmp | None) -> tuple[Found, ...]:
    return tuple(xmp.found(there.packet)) if there else ()


def _update_xmp(update: Update) -> None:
    there = _xmp(update.document)
    if there is None or not xmp.found(there.packet):
        return
    packet = xmp.without(there.packet)
    if xmp.found(packet):
        raise RefusedError.because(
            "label_elsewhere",
            "XMP 中的标识无法安全移除，文件将有两个标识",
            "the label in the XMP cannot be removed safely, and the file would have two",
        )
    entries = there.dictionary.raw_without("Length", "Filter", "DecodeParms", "DL")
    head = b"<<\n" + entries + b"/Length %d\n>>\nstream\n" % len(packet)
    update.put(there.ref, head + packet + b"\nendstream")
