"""What kind of content a file holds, told from its bytes; a name only tells plain text from Markdown."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from guiju.label.explicit.errors import ExplicitLabelError

IMAGE, AUDIO, VIDEO, DOCX = "image", "audio", "video", "docx"
TEXT, MARKDOWN, HTML = "text", "markdown", "html"
TEXTS: Final = frozenset({TEXT, MARKDOWN, HTML})
KINDS: Final = frozenset({IMAGE, AUDIO, VIDEO, DOCX}) | TEXTS

_HEAD: Final = 4096
_STARTS: Final = (
    (b"\xff\xd8\xff", IMAGE),
    (b"\x89PNG\r\n\x1a\n", IMAGE),
    (b"GIF87a", IMAGE),
    (b"GIF89a", IMAGE),
    (b"II*\0", IMAGE),
    (b"MM\0*", IMAGE),
    (b"BM", IMAGE),
    (b"fLaC", AUDIO),
    (b"ID3", AUDIO),
    (b"FLV\x01", VIDEO),
)
_BY_SUFFIX: Final = {".md": MARKDOWN, ".markdown": MARKDOWN, ".txt": TEXT, ".text": TEXT, "": TEXT}
_PAGES: Final = (".html", ".htm", ".xhtml")
_STILL_BRANDS: Final = (b"avif", b"avis", b"heic", b"heix", b"mif1", b"msf1", b"hevc")


def kind_of(path: Path) -> str:
    """Return the kind of a file; raises ExplicitLabelError if it is unknown or has no explicit form here."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head:
        raise ExplicitLabelError.because("empty", "文件为空，没有可标识的内容", "the file is empty: nothing to label")
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if head[:4] in {b"RIFF", b"RF64", b"BW64"}:
        return {b"WAVE": AUDIO, b"WEBP": IMAGE, b"AVI ": VIDEO}.get(head[8:12]) or _unknown("RIFF")
    if head[4:8] == b"ftyp":
        return _unknown("HEIC/AVIF") if head[8:12] in _STILL_BRANDS else _sound_or_pictures(path)
    if head.startswith((b"OggS", b"\x1aE\xdf\xa3", b"FORM")) or _is_mpeg_sound(head):
        return _sound_or_pictures(path)
    if head.startswith(b"PK\3\4"):
        return _in_package(path)
    return _text_kind(path, head)


def _is_mpeg_sound(head: bytes) -> bool:
    return len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0 and head[1] & 0x18 != 0x08  # noqa: PLR2004


def _sound_or_pictures(path: Path) -> str:
    from guiju.label.explicit.opening import opened

    with opened(path) as container:
        from av.stream import Disposition

        moving = [each for each in container.streams.video if not each.disposition & Disposition.attached_pic]
        if moving:
            return VIDEO
        return AUDIO if container.streams.audio else _unknown(container.format.name)


def _in_package(path: Path) -> str:
    from guiju.label.explicit.docx import is_document
    from guiju.label.source import Source

    with Source.of_path(path) as source:
        return DOCX if is_document(source) else _unknown("ZIP")


def _text_kind(path: Path, head: bytes) -> str:
    marked = head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"))
    if b"\0" in head and not marked:
        return _unknown(path.suffix or "binary")
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if path.suffix.lower() in _PAGES or start.startswith((b"<!doctype html", b"<html")):
        return HTML
    if start.startswith((b"<?xml", b"<svg", b"#!", b"%pdf", b"{\\rtf", b"\xd0\xcf")):
        return _unknown(path.suffix or "binary")
    # A prompt put into data or program text (CSV, JSON, Python) would break it.
    return _BY_SUFFIX.get(path.suffix.lower()) or _unknown(path.suffix)


def _unknown(name: str) -> str:
    raise ExplicitLabelError.because(
        "kind",
        f"此类文件（{name}）没有可安全写入的显式标识形式；若确为文本，请说明种类",
        f"there is no safe explicit label for this kind of file ({name}); if it is text, say which kind",
    )
