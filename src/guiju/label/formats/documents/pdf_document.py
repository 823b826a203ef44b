"""The skeleton of a PDF file: its tail, the chain of its revisions and single objects, read as they are asked for.

Nothing is repaired: where cross-references do not lead to what they promise, the file is damaged (ISO 32000-1, 7.5).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from guiju.label.errors import DamagedError, TooLargeError
from guiju.label.formats.documents.pdf_stream import decoded
from guiju.label.formats.documents.pdf_syntax import Dictionary, Parser, Ref, ShortError, number_of
from guiju.label.formats.documents.pdf_xref import At, Free, Inside, Section, stream_section, table_ranges
from guiju.label.source import Source

_TAIL = 2048
_START = re.compile(rb"startxref[\x00\t\n\f\r ]+(\d{1,12})[\x00\t\n\f\r ]+(?:%[^\r\n]*[\r\n]+)*%%EOF")
_BEGUN = re.compile(rb"[\x00\t\n\f\r \x1a]*[\dxts%]")
_OBJECT = re.compile(rb"[\x00\t\n\f\r ]*(\d{1,10})[\x00\t\n\f\r ]+(\d{1,5})[\x00\t\n\f\r ]+obj(?![A-Za-z0-9])")
_STREAM = re.compile(rb"\r?\n")
_END_STREAM = re.compile(rb"[\x00\t\n\f\r ]*endstream")
_WINDOW = 4096
_MOST_WINDOW = 2**20
_MOST_SECTIONS = 1000
_MOST_PARSED = 2 * 2**20
_MOST_OBJECTS = 2**31 - 2
_T = TypeVar("_T")


class Document:
    """A PDF file that is open for looking up single objects.

    Raises DamagedError where a structure on the way is broken, TooLargeError at the limits of the source.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self._objects: dict[int, object] = {}
        self._streams: dict[int, tuple[dict[int, int], bytes]] = {}
        self._pending: set[int] = set()
        self._inflated = 0
        self._parsed = 0
        self.start = self._start_of_last_section()
        self.base = self._base()
        self.sections = self._chain()

    @property
    def trailer(self) -> Dictionary:
        """The trailer of the last revision: the one that counts (7.5.5)."""
        return self.sections[0].trailer

    @property
    def is_encrypted(self) -> bool:
        """Tell whether any revision says that strings and streams are encrypted."""
        hidden = [section.hidden.trailer for section in self.sections if section.hidden]
        trailers = [section.trailer for section in self.sections] + hidden
        return any(trailer.get("Encrypt") is not None for trailer in trailers)

    @property
    def next_number(self) -> int:
        """The lowest object number that no revision has used; raises DamagedError where none can be left."""
        size = number_of(self.trailer.get("Size")) or 1
        number = max(size, *(section.end for section in self.sections))
        if number > _MOST_OBJECTS:
            raise DamagedError.because(f"PDF 声称有 {number} 个对象", f"the PDF claims to have {number} objects")
        return number

    def catalog(self) -> Dictionary:
        """Return the document catalog."""
        root = self.resolve(self.trailer.get("Root"))
        if not isinstance(root, Dictionary):
            raise DamagedError.because("找不到 PDF 的文档目录（Root）", "the document catalog (Root) is not there")
        return root

    def resolve(self, value: object) -> object:
        """Return what a value refers to, through any number of references; None for an object that is not there."""
        seen: set[int] = set()
        while isinstance(value, Ref):
            if value.number in seen:
                raise DamagedError.because("PDF 引用循环", "references of the PDF go in a circle")
            seen.add(value.number)
            value = self._object(value)
        return value

    def stream(self, ref: Ref) -> tuple[Dictionary, bytes]:
        """Return the dictionary of a stream object and its decoded bytes."""
        where = self._where(ref)
        if not isinstance(where, At):
            raise DamagedError.because("PDF 数据流不是独立对象", "a stream of the PDF is no object of its own")
        return self._stream_at(self._absolute(where.offset), ref.number)

    def _start_of_last_section(self) -> int:
        tail = self.source.peek(max(0, self.source.size - _TAIL), _TAIL)
        end = tail.rfind(b"%%EOF")
        starts = [found for found in _START.finditer(tail) if found.end() == end + 5]
        if end < 0 or not starts or _BEGUN.match(tail, end + 5):
            raise DamagedError.because(
                "PDF 结尾没有完整的 startxref 与 %%EOF，文件可能被截断",
                "the PDF does not end with startxref and %%EOF; it may be cut off",
            )
        return int(starts[0][1])

    def _base(self) -> int:
        """Return what to add to offsets: with something before the header, some writers count from the header."""
        header = max(0, self.source.peek(0, 1024).find(b"%PDF-"))
        for base in sorted({0, header}):
            head = self.source.peek(base + self.start, 64).lstrip(b"\x00\t\n\x0c\r ")
            if head.startswith(b"xref") or _OBJECT.match(head):
                return base
        raise DamagedError.because(
            f"startxref 指向第 {self.start} 字节，但那里没有交叉引用表",
            f"startxref points to byte {self.start}, but no cross-reference table stands there",
        )

    def _absolute(self, offset: int) -> int:
        return self.base + offset

    def _chain(self) -> tuple[Section, ...]:
        sections: list[Section] = []
        seen: set[int] = set()
        start: int | None = self.start
        while start is not None:
            if start in seen or len(sections) >= _MOST_SECTIONS:
                raise DamagedError.because("PDF 修订链循环或过长", "the chain of revisions is a circle or too long")
            seen.add(start)
            section = self._section(start)
            sections.append(section)
            previous = section.trailer.get("Prev")
            start = number_of(previous)
            if previous is not None and start is None:
                raise DamagedError.because("PDF 的 Prev 不是偏移量", "Prev in the PDF is no offset")
        return tuple(sections)

    def _section(self, start: int) -> Section:
        at = self._absolute(start)
        head = self.source.peek(at, 64)
        blank = len(head) - len(head.lstrip(b"\x00\t\n\x0c\r "))
        if not head.startswith(b"xref", blank):
            return self._stream_section(at)
        ranges, behind = table_ranges(self.source, at + blank + 4)
        trailer = self._grown(behind, lambda data: Parser(data, 0, self.source.limits.depth).value())
        if not isinstance(trailer, Dictionary):
            raise DamagedError.because("PDF 的 trailer 不是字典", "the trailer of the PDF is no dictionary")
        section = Section(trailer, is_stream=False, ranges=ranges)
        beside = number_of(trailer.get("XRefStm"))
        if beside is not None:
            section.hidden = self._stream_section(self._absolute(beside))
        return section

    def _stream_section(self, at: int) -> Section:
        dictionary, rows = self._stream_at(at, None)
        if dictionary.get("Type") != "XRef":
            raise DamagedError.because(
                f"第 {at} 字节处应有交叉引用数据流", f"a cross-reference stream should stand at byte {at}"
            )
        return stream_section(dictionary, rows)

    def _where(self, ref: Ref) -> At | Inside | Free:
        for section in self.sections:
            where = section.where(self.source, ref.number)
            if where is not None:
                return where
        return Free()

    def _object(self, ref: Ref) -> object:
        if ref.number in self._objects:
            return self._objects[ref.number]
        if ref.number in self._pending:
            raise DamagedError.because("PDF 引用循环", "references of the PDF go in a circle")
        if len(self._pending) >= self.source.limits.depth:
            raise TooLargeError.because("PDF 引用过深", "references of the PDF lead on too far")
        self._pending.add(ref.number)
        where = self._where(ref)
        value: object = None
        if isinstance(where, At) and where.generation == ref.generation:
            value, _, _ = self._indirect(self._absolute(where.offset), ref.number)
        elif isinstance(where, Inside):
            value = self._member(where.stream, ref.number)
        self._pending.discard(ref.number)
        self._objects[ref.number] = value
        return value

    def _indirect(self, at: int, number: int | None) -> tuple[object, bytes, int]:
        """Return the value of the object at an offset, the keyword behind the value and the offset behind that."""

        def parse(data: bytes) -> tuple[object, bytes, int]:
            head = _OBJECT.match(data)
            if not head or number not in {None, int(head[1])}:
                raise _not_there(number)
            parser = Parser(data, head.end(), self.source.limits.depth)
            value, keyword = parser.value_and_keyword()
            self._charge(parser.at)
            return value, keyword, at + parser.at

        return self._grown(at, parse)

    def _stream_at(self, at: int, number: int | None) -> tuple[Dictionary, bytes]:
        dictionary, keyword, behind = self._indirect(at, number)
        if keyword != b"stream" or not isinstance(dictionary, Dictionary):
            raise DamagedError.because(f"第 {at} 字节处应有数据流", f"a stream should stand at byte {at}")
        line_end = _STREAM.match(self.source.peek(behind, 2))
        given = dictionary.get("Length")
        length = number_of(given if number is None else self.resolve(given))
        if line_end is None or length is None:
            raise DamagedError.because(f"第 {at} 字节处的数据流不可读", f"the stream at byte {at} is broken")
        behind += line_end.end()
        data = self.source.read(behind, length)
        if not _END_STREAM.match(self.source.peek(behind + length, 32)):
            raise DamagedError.because(f"第 {at} 字节处的数据流长度不对", f"the stream at byte {at} has a wrong length")
        resolve: Callable[[object], object] = self.resolve if number is not None else (lambda value: value)
        result = decoded(data, dictionary, resolve, self.source.limits.block)
        self._inflated += len(result)
        if self._inflated > self.source.limits.block:
            raise TooLargeError.because("数据流解压后过大", "the streams of the PDF inflate to too much")
        return dictionary, result

    def _member(self, stream: int, number: int) -> object:
        """Return an object out of an object stream (7.5.7)."""
        if stream not in self._streams:
            dictionary, data = self.stream(Ref(stream, 0))
            count, first = number_of(dictionary.get("N")), number_of(dictionary.get("First"))
            if dictionary.get("Type") != "ObjStm" or count is None or first is None:
                raise _broken_object_stream(stream)
            self._streams[stream] = (_offsets(stream, data[:first], count, first), data + b"\n" + bytes(8))
        offsets, window = self._streams[stream]
        if number not in offsets:
            raise _not_there(number)
        start = offsets[number]
        parser = Parser(window[start : start + _MOST_WINDOW], 0, self.source.limits.depth)
        try:
            value = parser.value()
        except ShortError:
            raise _broken_object_stream(stream) from None
        self._charge(parser.at)
        return value

    def _charge(self, length: int) -> None:
        """Count what was parsed: objects that are large, and many, are an attack and no document."""
        self._parsed += length
        if self._parsed > _MOST_PARSED:
            raise TooLargeError.because("PDF 结构过多", "the PDF has too much structure to parse")

    def _grown(self, at: int, parse: Callable[[bytes], _T]) -> _T:
        """Parse from an offset with as large a window as it takes."""
        length = _WINDOW
        while True:
            window = self.source.peek(at, length)
            try:
                return parse(window)
            except ShortError:
                self._charge(len(window))
                if len(window) < length:
                    raise DamagedError.because(
                        f"第 {at} 字节处的对象到文件结尾还不完整",
                        f"the object at byte {at} is cut off by the end of file",
                    ) from None
            if length >= _MOST_WINDOW:
                raise TooLargeError.because(f"第 {at} 字节处的对象", f"the object at byte {at}")
            length *= 16


def _not_there(number: int | None) -> DamagedError:
    shown = "?" if number is None else number
    return DamagedError.because(
        f"交叉引用表说明处没有对象 {shown}", f"object {shown} is not where the cross-reference table says"
    )


def _offsets(stream: int, head: bytes, count: int, first: int) -> dict[int, int]:
    """Return where each object of an object stream starts in it."""
    words = head.split()[: 2 * count]
    if len(words) < 2 * count or not all(word.isdigit() and len(word) <= 10 for word in words):
        raise _broken_object_stream(stream)
    numbers = [int(word) for word in words]
    return dict(zip(numbers[::2], (first + offset for offset in numbers[1::2]), strict=True))


def _broken_object_stream(number: int) -> DamagedError:
    return DamagedError.because(f"对象流 {number} 不可读", f"object stream {number} is broken")
