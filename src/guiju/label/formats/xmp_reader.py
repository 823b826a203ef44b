"""Where things stand in an XMP packet: expat's events with their byte offsets, the AIGC properties picked out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

from guiju.label.errors import DamagedError, TooLargeError

NAMESPACE = "http://www.tc260.org.cn/ns/AIGC/1.0/"
NAME = "AIGC"
PREFIX = "TC260"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_TERMS = "http://purl.org/dc/terms/"
_MAX_DEPTH = 64
_MAX_TAGS = 200_000
_MAX_ATTRIBUTES = 100_000
_LONGEST_TEXT = 2**18
_SEPARATOR = "\x01"  # cannot stand in XML, so no namespace can be confused with another one
_TAG = re.compile(rb"<[^\s/>]+(?:\s+[^\s=]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*/?>")
_ATTRIBUTE = re.compile(rb"\s+([^\s=]+)\s*=\s*(\"[^\"]*\"|'[^']*')")


@dataclass(frozen=True)
class Place:
    """One AIGC property: its whole range in the packet (empty where it lies in another one), and its value's range.

    `value_at` is None where the value cannot simply be replaced, such as in a nested or qualified property.
    """

    value: str
    start: int
    end: int
    value_at: tuple[int, int] | None


@dataclass
class Element:
    """An element whose tag stands at `start`, up to `tag_end`; `closed` if that tag is all of it."""

    name: str
    uri: str
    prefix: str
    start: int
    tag_end: int
    closed: bool
    attributes: tuple[tuple[str, str], ...]
    spelled: dict[bytes, re.Match[bytes]] | None = None

    @property
    def is_official(self) -> bool:
        """Whether it is written as in the guides: simple readers look for these very letters."""
        return (self.uri, self.name, self.prefix) == (NAMESPACE, NAME, PREFIX)


@dataclass
class Reading:
    """The labels of a packet, its RDF element (whose end tag stands at `rdf_end`), and what the RDF is about.

    `others` are the texts of other properties, where they were asked for; `provenance` is True where a C2PA manifest
    outside of the file is named.
    """

    places: list[Place] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    rdf: Element | None = None
    rdf_end: int = 0
    about: str | None = None
    provenance: bool = False


def assert_bounded(packets: Sequence[bytes]) -> None:
    """Raise TooLargeError if the packets of a file have so many tags or attributes that reading takes seconds."""
    tags = sum(packet.count(b"<") for packet in packets)
    if tags > _MAX_TAGS or any(packet.count(b"=") > _MAX_ATTRIBUTES for packet in packets):
        raise TooLargeError.because("XMP 标签或属性过多", "the XMP has too many tags or attributes")


def read(text: bytes, *, others: bool = False) -> Reading:
    """Read a packet in UTF-8, with `others` also the texts of other properties.

    Raises DamagedError if it is no well-formed XML or has a document type or entities, TooLargeError if it is nested
    too deeply or has too many elements.
    """
    start = 3 if text.startswith(b"\xef\xbb\xbf") else 0
    start += len(text) - start - len(text[start:].lstrip(b" \t\r\n"))
    body = text[start:].rstrip(b"\x00 \t\r\n")
    if not body:
        return Reading()
    assert_bounded([text])
    reader = _Reader(text, start, others=others)
    try:
        reader.parser.Parse(body, True)
    except expat.ExpatError as error:
        at = f"{error.lineno}:{error.offset}"
        raise DamagedError.because(
            f"XMP 不是良构的 XML（{at}）", f"the XMP is not well-formed XML ({at}: {expat.ErrorString(error.code)})"
        ) from error
    return reader.reading


class _Reader:
    """Follows expat through the packet and notes where things stand."""

    def __init__(self, text: bytes, base: int, *, others: bool) -> None:
        self.reading = Reading()
        self._text = text
        self._base = base
        self._open: list[Element] = []
        self._inside: Element | None = None
        self._value: list[str] = []
        self._others = others
        parser = expat.ParserCreate("utf-8", _SEPARATOR)
        parser.namespace_prefixes = True
        parser.ordered_attributes = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.buffer_text = True
        if others:
            parser.buffer_size = _LONGEST_TEXT
            parser.CharacterDataHandler = self.reading.others.append
        self.parser = parser

    @staticmethod
    def _doctype(*_: object) -> None:
        raise DamagedError.because("XMP 含文档类型或实体声明", "the XMP declares a document type or entities")

    def _at(self) -> int:
        return self._base + self.parser.CurrentByteIndex

    def _start(self, name: str, attributes: list[str]) -> None:
        if len(self._open) >= _MAX_DEPTH:
            raise TooLargeError.because("XMP 嵌套过深", "the XMP is nested too deeply")
        start = self._at()
        tag = _TAG.match(self._text, start)
        if tag is None:
            raise DamagedError.because("XMP 的标签不可读", "a tag of the XMP cannot be read")
        uri, local, prefix = _parts(name)
        pairs = tuple(zip(attributes[::2], attributes[1::2], strict=True))
        element = Element(local, uri, prefix, start, tag.end(), tag[0].endswith(b"/>"), pairs)
        self._note_rdf(element)
        self.reading.provenance |= (uri, local) == (_TERMS, "provenance")
        if self._inside is None and _is_label(uri, local):
            self._inside = element
            self._value = []
            self.parser.CharacterDataHandler = self._value.append
        for qualified, value in pairs:
            self._attribute(element, qualified, value)
        self._open.append(element)

    def _note_rdf(self, element: Element) -> None:
        if element.uri != RDF:
            return
        if element.name == "RDF" and self.reading.rdf is None:
            self.reading.rdf = element
            self.reading.rdf_end = element.tag_end
        elif element.name == "Description" and self._is_in_rdf(self._open) and self.reading.about is None:
            abouts = [value for name, value in element.attributes if _parts(name)[1] == "about"]
            self.reading.about = abouts[0] if abouts else ""

    def _is_in_rdf(self, path: list[Element]) -> bool:
        return bool(path) and path[-1] is self.reading.rdf

    def _attribute(self, element: Element, qualified: str, value: str) -> None:
        uri, local, prefix = _parts(qualified)
        if (uri, local) == (_TERMS, "provenance") and not value.startswith("self#"):
            self.reading.provenance = True
        if not _is_label(uri, local):
            if self._others:
                self.reading.others.append(value)
            return
        if self._inside is not None:
            self.reading.places.append(Place(value, 0, 0, None))
            return
        found = self._spelled(element).get(f"{prefix}:{local}".encode())
        if found is None:
            raise DamagedError.because("XMP 的属性不可读", "an attribute of the XMP cannot be read")
        is_main = (uri, local, prefix) == (NAMESPACE, NAME, PREFIX) and self._is_top_description(element, self._open)
        inner = (found.start(2) + 1, found.end(2) - 1)
        self.reading.places.append(Place(value, found.start(), found.end(), inner if is_main else None))

    def _spelled(self, element: Element) -> dict[bytes, re.Match[bytes]]:
        """Return the attributes of a tag as they stand in the text, found once for each tag."""
        if element.spelled is None:
            matches = _ATTRIBUTE.finditer(self._text, element.start, element.tag_end)
            element.spelled = {match[1]: match for match in matches}
        return element.spelled

    def _is_top_description(self, element: Element, path: list[Element]) -> bool:
        return element.uri == RDF and element.name == "Description" and self._is_in_rdf(path)

    def _end(self, _: str) -> None:
        element = self._open.pop()
        close = element.tag_end if element.closed else self._at()
        if element is self.reading.rdf:
            self.reading.rdf_end = close
        if element is not self._inside:
            return
        self._inside = None
        self.parser.CharacterDataHandler = self.reading.others.append if self._others else None
        end = element.tag_end if element.closed else self._text.index(b">", close) + 1
        content = self._text[element.tag_end : close]
        is_plain = not element.closed and not element.attributes and b"<" not in content
        path = self._open
        is_main = is_plain and element.is_official and len(path) > 1
        is_main = is_main and self._is_top_description(path[-1], path[:-1])
        value_at = (element.tag_end, close) if is_main else None
        self.reading.places.append(Place("".join(self._value).strip(), element.start, end, value_at))


def _parts(name: str) -> tuple[str, str, str]:
    """Split a name as expat gives it into namespace, local name and prefix."""
    parts = name.split(_SEPARATOR)
    if len(parts) == 1:
        return "", parts[0], ""
    return parts[0], parts[1], parts[2] if len(parts) > 2 else ""


def _is_label(uri: str, local: str) -> bool:
    if local.upper() != NAME:
        return False
    return uri.lower().removeprefix("https://").removeprefix("http://").rstrip("/") == "www.tc260.org.cn/ns/aigc/1.0"
