"""A prompt as the first or last paragraph of a Word document, put into `word/document.xml` by its bytes."""

from __future__ import annotations

from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape

from guiju.label.explicit.errors import ExplicitLabelError
from guiju.label.formats.documents.zip_archive import Directory, Member, directory, read_member
from guiju.label.formats.documents.zip_edit import edited
from guiju.label.source import Limits, Source

MAIN_PART: Final = "word/document.xml"
_SPACES: Final = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_DEEPEST: Final = 200
_LIMITS: Final = Limits(block=64 * 2**20)


def insert(content: bytes, label: str, places: tuple[str, ...]) -> bytes:
    """Return the document with the prompt at those of the places (`start`, `end`) where it does not stand already.

    Raises ExplicitLabelError if the file is no plain Word document, is signed, or cannot be read exactly.
    """
    source = Source.of_bytes(content, _LIMITS)
    archive = directory(source)
    if any(member.name.lower().startswith("_xmlsignatures/") for member in archive.members):
        raise ExplicitLabelError.because(
            "signed",
            "文档带有数字签名，改动会使其失效；请先标识再签名",
            "the document is signed, and a change would break the signature; label it before signing",
        )
    part = _main_part(archive)
    xml = read_member(source, part)
    outline = _outlined(xml)
    at = {"start": outline.first_child, "end": outline.end}
    seen = {"start": outline.paragraphs[0], "end": outline.paragraphs[-1]} if outline.paragraphs else {}
    wanted = sorted({at[place] for place in places if seen.get(place) != label}, reverse=True)
    if not wanted:
        return content
    prefix = f"{outline.prefix}:" if outline.prefix else ""
    paragraph = f"<{prefix}p><{prefix}r><{prefix}t>{escape(label)}</{prefix}t></{prefix}r></{prefix}p>".encode()
    for position in wanted:
        xml = xml[:position] + paragraph + xml[position:]
    return b"".join(edited(source, archive, {part: xml}, {}).blocks(source))


def paragraphs(content: bytes) -> list[str]:
    """Return the texts of those paragraphs of the body that have any; raises as `insert`."""
    source = Source.of_bytes(content, _LIMITS)
    return _outlined(read_member(source, _main_part(directory(source)))).paragraphs


def is_document(source: Source) -> bool:
    """Tell whether a ZIP package is a Word document; raises DamagedError."""
    return any(member.name == MAIN_PART for member in directory(source).members)


def _main_part(archive: Directory) -> Member:
    for member in archive.members:
        if member.name == MAIN_PART:
            if member.is_encrypted:
                raise ExplicitLabelError.because("encrypted", "文件已加密", "the file is encrypted")
            return member
    raise ExplicitLabelError.because("no_document", f"缺少 {MAIN_PART}", f"there is no {MAIN_PART} in the package")


class _Outline:
    """Byte offsets of the body's first child and of its end (before the section properties), and its paragraphs."""

    def __init__(self) -> None:
        self.prefix = ""
        self.first_child = -1
        self.end = -1
        self.paragraphs: list[str] = []
        self._path: list[str] = []
        self._text: list[str] = []
        self._hidden = False
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.namespace_prefixes = True
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._stop
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._doctype

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local, prefix = _local(name)
        if self._path == ["document", "body"]:
            if self.first_child < 0:
                self.first_child = self.parser.CurrentByteIndex
            if local == "sectPr":
                self.end = self.parser.CurrentByteIndex
            else:
                self.end = -1
                self._text, self._hidden = [], False
        elif self._path == ["document"] and local == "body":
            self.prefix = prefix
        elif local == "vanish" and self._path[-1:] == ["rPr"] and not _switched_off(attributes):
            self._hidden = True
        if local == "r":
            self._hidden = False
        self._path.append(local)
        if len(self._path) > _DEEPEST:
            raise _unreadable()

    def _stop(self, _: str) -> None:
        local = self._path.pop()
        if self._path == ["document", "body"]:
            text = "".join(self._text).strip()
            if local == "p" and text:
                self.paragraphs.append(text)
        elif self._path == ["document"] and local == "body":
            here = self.parser.CurrentByteIndex
            self.first_child = here if self.first_child < 0 else self.first_child
            self.end = here if self.end < 0 else self.end

    def _characters(self, text: str) -> None:
        if self._path[-1:] == ["t"] and not self._hidden and self._path[:3] == ["document", "body", "p"]:
            self._text.append(text)

    def _doctype(self, *_: object) -> None:
        raise _unreadable()


def _outlined(xml: bytes) -> _Outline:
    outline = _Outline()
    if xml[:2] in (b"\xff\xfe", b"\xfe\xff") or (b"encoding=" in xml[:100] and b"utf-8" not in xml[:100].lower()):
        raise _unreadable()
    try:
        outline.parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise _unreadable() from error
    prefix = f"{outline.prefix}:" if outline.prefix else ""
    ends = (f"<{prefix}sectPr".encode(), f"</{prefix}body".encode())
    # A body without an inside (<w:body/>) ends elsewhere, and takes no paragraph.
    if outline.end < 0 or not xml.startswith(ends, outline.end):
        raise _unreadable()
    return outline


def _local(name: str) -> tuple[str, str]:
    """Return local name and prefix of an element of the main namespace; other elements get a name that nothing asks."""
    space, _, rest = name.partition(" ")
    local, _, prefix = rest.partition(" ")
    return (local, prefix) if space in _SPACES else (f"other:{local}", "")


def _switched_off(attributes: dict[str, str]) -> bool:
    return any(name.split(" ")[1:2] == ["val"] and value in {"0", "false", "off"} for name, value in attributes.items())


def _unreadable() -> ExplicitLabelError:
    return ExplicitLabelError.because("damaged", f"{MAIN_PART} 无法可靠读取", f"{MAIN_PART} cannot be read reliably")
