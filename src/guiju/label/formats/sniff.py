"""What kind of file this is, by its content; its name only tells text files apart."""

from __future__ import annotations

import re
from pathlib import PurePath

from guiju.label.formats.documents.ole import SIGNATURE, kind_of_compound
from guiju.label.source import Source

_HEAD = 512
_HEIF_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis", b"miaf"}
_STARTS = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"II+\x00", "tiff"),
    (b"MM\x00+", "tiff"),
    (b"\x1aE\xdf\xa3", "matroska"),
    (b"FLV\x01", "flv"),
    (b"fLaC", "flac"),
    (b"OggS", "ogg"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
)
_RIFF = {b"WEBP": "webp", b"WAVE": "wav", b"AVI ": "avi"}
_BOXES = {b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot"}
_HTML_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<meta", b"<title")
_HTML_COMMENT = re.compile(r"(?:\s*+<!--.*?-->)*+\s*+", re.DOTALL)
_LABEL_IN_FRONT = re.compile(r"(?:---|\+\+\+)[ \t]*+\r?\n(?:.*+\n)*?[\s\[{\"']*+aigc\b", re.IGNORECASE)
_WITH_METADATA = ("{\\rtf", "%!ps", "<?xml", "<?xpacket", "<x:xmpmeta", "<rdf:rdf", "mime-version:")
"""Starts of files that look like text and have places for metadata that are not read here."""
_ZIP_NAMES = {".ofd": "ofd", ".uof": "uof", ".xmind": "xmind"}
_NAMES = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdown": "markdown",
    ".mkd": "markdown",
    ".mdx": "markdown",
    ".qmd": "markdown",
    ".rmd": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".txt": "text",
    ".text": "text",
    ".svg": "svg",
    ".ofd": "ofd",
    ".epub": "epub",
}


def kind_of(source: Source, name: str = "") -> str:
    """Return the kind: a key of MODULES, or a key of REFUSALS, `doc`, `xls` or `ppt`.

    Only for text, and for packages without a writer, which no signature tells apart, is the name looked at.
    """
    head = source.peek(0, _HEAD)
    if not head:
        return "empty"
    if head.startswith(SIGNATURE):
        return kind_of_compound(source)
    kind = _by_signature(head)
    if kind == "zip":
        return _zip_kind(head, source, name)
    if kind == "id3":
        return _behind_id3(head, source)
    if kind:
        return kind
    if b"%PDF-" in source.peek(0, 1024):
        return "pdf"
    return _text_kind(head, name)


def _by_signature(head: bytes) -> str:
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if head[:4] in {b"RIFF", b"RF64", b"BW64", b"RIFX"}:
        return _RIFF.get(head[8:12], "unknown")
    if head[4:8] == b"ftyp":
        length = min(int.from_bytes(head[:4], "big"), len(head))
        brands = {head[8:12], *(head[at : at + 4] for at in range(16, length - 3, 4))}
        major_is_video = head[8:12] in {b"isom", b"mp41", b"mp42", b"qt  ", b"M4A ", b"M4V ", b"iso5", b"iso6"}
        return "mp4" if major_is_video or not brands & _HEIF_BRANDS else "heif"
    if head[4:8] in _BOXES:
        return "mp4"
    if head.startswith(b"ID3"):
        return "id3"
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0 and _plausible_audio(head):
        return "mp3"
    return ""


def _plausible_audio(head: bytes) -> bool:
    """Tell a frame header of MPEG audio or ADTS from a byte order mark or other text."""
    if head.startswith(b"\xff\xfe"):
        return False  # UTF-16; as audio it would be MPEG-1 layer I with checksums, which nobody uses
    adts = head[1] & 0xF6 == 0xF0
    layer = head[1] & 0x06
    bad_rate = len(head) > 2 and (head[2] & 0xF0 == 0xF0 or head[2] & 0x0C == 0x0C)
    return adts or (layer != 0 and not bad_rate)


def _behind_id3(head: bytes, source: Source) -> str:
    """Return what stands behind an ID3v2 tag: FLAC files sometimes carry one."""
    if len(head) < 10:
        return "mp3"
    size = sum((byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
    if head[3] == 4 and head[5] & 0x10:
        size += 10  # the footer
    return "flac" if source.peek(10 + size, 4) == b"fLaC" else "mp3"


def _zip_kind(head: bytes, source: Source, name: str) -> str:
    if head[30:38] == b"mimetype":
        return "epub" if b"application/epub+zip" in head else "zip"
    tail = source.peek(max(0, source.size - 2**16), 2**16)
    if b"[Content_Types].xml" in head or b"[Content_Types].xml" in tail:
        return "ooxml"
    if b"OFD.xml" in tail:
        return "ofd"
    return _ZIP_NAMES.get(PurePath(name.lower()).suffix, "zip")


def _text_kind(head: bytes, name: str) -> str:
    text = _decoded(head)
    if text is None:
        return "unknown"
    plain = text.lstrip("\ufeff \t\r\n").lower()
    start = plain[_matched(_HTML_COMMENT, plain) :].encode("utf-8", "replace")
    if start.startswith(_HTML_STARTS):
        return "html"
    if start.startswith(b"<?xml") and b"<html" in start:
        return "html"
    if b"<svg" in start:
        return "svg"
    kind = _NAMES.get(PurePath(name.lower()).suffix, "text")
    if kind == "text" and _LABEL_IN_FRONT.match(text.lstrip("\ufeff")):
        return "markdown"
    return "unknown" if kind == "text" and plain.startswith(_WITH_METADATA) else kind


def _matched(pattern: re.Pattern[str], text: str) -> int:
    """Return how many characters from the start match."""
    found = pattern.match(text)
    return found.end() if found else 0


def _decoded(head: bytes) -> str | None:
    """Return the head as text, or None where it is no text in any encoding that documents are written in."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            return head[: len(head) // 2 * 2].decode(encoding, "replace")
    if b"\x00" in head:
        return None
    for encoding in ("utf-8", "gb18030"):
        try:
            return head.decode(encoding)
        except UnicodeDecodeError as error:
            if error.start >= len(head) - 4:
                return head[: error.start].decode(encoding)
    return head.decode("latin-1") if not any(byte < 9 or 13 < byte < 27 for byte in head) else None
