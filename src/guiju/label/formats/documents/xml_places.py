"""Where the elements of an XML part stand, so that it can be edited at byte offsets and otherwise stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from guiju.label.errors import DamagedError, TooLargeError

_TAG = re.compile(rb"<(?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*+>")
_MOST_ELEMENTS = 200_000
_MARKS = (
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)


@dataclass
class Element:
    """An element with its places in the part's text in UTF-8: `[start, inside)` is its opening tag.

    `close` is where its end tag starts; for an empty-element tag, `inside`, `close` and `end` are the same.
    """

    space: str
    name: str
    attributes: dict[str, str]
    start: int
    inside: int
    close: int = 0
    end: int = 0
    pieces: list[str] = field(default_factory=list)
    children: list[Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text directly in this element."""
        return "".join(self.pieces)

    def named(self, name: str) -> Iterator[Element]:
        """Yield the children with this local name, in any namespace."""
        return (child for child in self.children if child.name == name)

    def all_text(self) -> str:
        """Return the text in this element and in all its children."""
        return self.text + "".join(child.all_text() for child in self.children)


@dataclass(frozen=True)
class Part:
    """An XML part: its text as UTF-8 bytes, the encoding that it came in, and its root element."""

    text: bytes
    encoding: str
    root: Element

    def edited(self, edits: list[tuple[int, int, bytes]]) -> bytes:
        """Return the part in its own encoding with some ranges of its text replaced (they must not overlap)."""
        text = self.text
        for start, end, data in sorted(edits, reverse=True):
            text = text[:start] + data + text[end:]
        return text if self.encoding == "utf-8" else text.decode().encode(self.encoding)

    def appended(self, element: Element, data: bytes) -> tuple[int, int, bytes]:
        """Return the edit that adds a child at the end of an element."""
        if element.inside != element.end:
            return element.close, element.close, data
        tag = self.text[element.start : element.end]
        name = re.split(rb"[\s/>]", tag[1:], maxsplit=1)[0]
        return element.end - 2, element.end, b">" + data + b"</" + name + b">"


def parsed(data: bytes, name: str, depth: int) -> Part:
    """Parse a part of a package, which is in UTF-8 or UTF-16 (ECMA-376 part 2); `name` is for messages.

    Raises DamagedError if it is no well-formed XML or declares a document type, TooLargeError if it is nested deeper
    than `depth` or has too many elements.
    """
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data if encoding == "utf-8" else data.decode(encoding).encode()
        reader = _Reader(text, name, depth)
        reader.parser.Parse(text, True)
    except (expat.ExpatError, UnicodeDecodeError) as error:
        raise DamagedError.because(
            f"{name} 不是良构的 XML（{error}）", f"{name} is not well-formed XML ({error})"
        ) from error
    return Part(text, encoding, reader.root)


class _Reader:
    def __init__(self, text: bytes, name: str, depth: int) -> None:
        self._text = text
        self._name = name
        self._depth = depth
        self._count = 0
        self._open: list[Element] = [Element("", "", {}, 0, 0)]
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._refused
        self.parser.EntityDeclHandler = self._refused

    @property
    def root(self) -> Element:
        return self._open[0].children[0]

    def _refused(self, *_: object) -> None:
        raise DamagedError.because(
            f"{self._name} 含文档类型或实体声明", f"{self._name} declares a document type or entities"
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._open) > self._depth or self._count > _MOST_ELEMENTS:
            raise TooLargeError.because(f"{self._name} 嵌套过深或元素过多", f"{self._name} is too deep or too large")
        space, _, local = name.rpartition(" ")
        start = self.parser.CurrentByteIndex
        tag = _TAG.match(self._text, start)
        inside = tag.end() if tag else start
        element = Element(space, local, attributes, start, inside)
        self._open[-1].children.append(element)
        self._open.append(element)

    def _characters(self, data: str) -> None:
        self._open[-1].pieces.append(data)

    def _end(self, _: str) -> None:
        element = self._open.pop()
        if self._text.endswith(b"/>", element.start, element.inside):
            element.close = element.end = element.inside
            return
        element.close = self.parser.CurrentByteIndex
        element.end = self._text.index(b">", element.close) + 1
