"""The syntax of PDF objects (ISO 32000-1, 7.2 and 7.3): values, and the bytes in which each one is written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guiju.label.errors import DamagedError, TooLargeError

SPACE = b"\x00\t\n\x0c\r "
_BLANK = re.compile(rb"(?:[\x00\t\n\f\r ]++|%[^\r\n]*+[\r\n])*+")
_REGULAR = re.compile(rb"[^\x00\t\n\f\r ()<>\[\]{}/%]++")
_PLAIN_NUMBER = re.compile(rb"[\x00\t\n\f\r ]*+(\d{1,18}+)(?=[\x00\t\n\f\r \]/<>(\[])")
_INTEGER = re.compile(rb"[+-]?\d{1,18}")
_REAL = re.compile(rb"[+-]?(?:\d{1,40}\.?\d{0,40}|\.\d{1,40})")
_HEX_STRING = re.compile(rb"<([0-9A-Fa-f\x00\t\n\f\r ]*+)>")
_PLAIN = re.compile(rb"[^\\()\r]++")
_NAME_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_WORDS: dict[bytes, object] = {b"true": True, b"false": False, b"null": None}
_ESCAPES = {ord("n"): 10, ord("r"): 13, ord("t"): 9, ord("b"): 8, ord("f"): 12}


class ShortError(Exception):
    """The window of bytes ends before the object does: the caller reads a larger one."""


class Name(str):
    """A name without its slash, escapes resolved; bytes above ASCII stand as Latin-1."""

    __slots__ = ()


class Text(bytes):
    """The bytes of a string object, escapes resolved."""

    __slots__ = ()


@dataclass(frozen=True)
class Ref:
    """A reference to an indirect object."""

    number: int
    generation: int


@dataclass(frozen=True)
class Entry:
    """One key of a dictionary with its value, and both as they are written."""

    key: Name
    value: object
    raw: bytes


@dataclass(frozen=True)
class Dictionary:
    """The entries of a dictionary in their order; a key that stands twice is kept twice."""

    entries: tuple[Entry, ...] = ()

    def get(self, key: str) -> object:
        """Return the value of the first entry with this key, or None."""
        return next((entry.value for entry in self.entries if entry.key == key), None)

    def raw_without(self, *keys: str) -> bytes:
        """Return the entries as they are written, one a line, without some keys."""
        return b"".join(entry.raw + b"\n" for entry in self.entries if entry.key not in keys)


_Item = tuple[object, int, int]
"""A value with the places where it starts and ends: a plain tuple, for an attack can have a million of them."""


def number_of(value: object) -> int | None:
    """Return a value that is a whole number, not below zero; None for anything else."""
    return value if type(value) is int and value >= 0 else None


class Parser:
    """Reads objects from a window of bytes, starting at `at`; raises ShortError where the window ends too early.

    A token counts only when the byte behind it is seen. Raises DamagedError on what is no PDF syntax, TooLargeError
    where arrays and dictionaries are nested deeper than `depth`.
    """

    def __init__(self, data: bytes, at: int, depth: int) -> None:
        self.data = data
        self.at = at
        self._depth = depth

    def value_and_keyword(self) -> tuple[object, bytes]:
        """Return one value and the keyword behind it, such as `endobj` or `stream`; `at` stands behind the keyword."""
        items, keyword = self._items(b"", 0)
        if len(items) != 1:
            raise DamagedError.because("PDF 对象的内容不是一个值", "a PDF object does not hold exactly one value")
        return items[0][0], keyword

    def value(self) -> object:
        """Return the one value that starts here, without looking at what follows."""
        self._skip()
        value = self._item(0)
        if isinstance(value, _Keyword):
            raise _not_syntax(value.word)
        return value

    def _skip(self) -> None:
        found = _BLANK.match(self.data, self.at)
        self.at = found.end() if found else self.at
        if self.at >= len(self.data):
            raise ShortError

    def _items(self, closer: bytes, level: int) -> tuple[list[_Item], bytes]:
        """Return the values up to the closing token; at the outermost level, up to any keyword."""
        if level > self._depth:
            raise TooLargeError.because("PDF 对象嵌套过深", "PDF objects are nested too deeply")
        items: list[_Item] = []
        while True:
            while number := _PLAIN_NUMBER.match(self.data, self.at):
                self.at = number.end()
                items.append((int(number[1]), number.start(1), self.at))
            self._skip()
            start = self.at
            if closer and self.data.startswith(closer, start):
                self.at = start + len(closer)
                return items, closer
            value = self._item(level)
            if not isinstance(value, _Keyword):
                items.append((value, start, self.at))
            elif value.word == b"R":
                items[-2:] = [_reference(items, self.at)]
            elif not closer:
                return items, value.word
            else:
                raise _not_syntax(value.word)

    def _item(self, level: int) -> object:
        byte = self.data[self.at]
        if byte == 0x2F:
            return self._name()
        if byte == 0x28:
            return self._literal()
        if byte == 0x3C:
            if self.at + 1 >= len(self.data):
                raise ShortError
            return self._dictionary(level) if self.data[self.at + 1] == 0x3C else self._hex()
        if byte == 0x5B:
            self.at += 1
            items, _ = self._items(b"]", level + 1)
            return tuple(value for value, _, _ in items)
        return self._word()

    def _dictionary(self, level: int) -> Dictionary:
        self.at += 2
        items, _ = self._items(b">>", level + 1)
        if len(items) % 2:
            raise DamagedError.because("PDF 字典的键与值不成对", "a PDF dictionary has a key without a value")
        entries = []
        for (key, start, _), (value, _, end) in zip(items[::2], items[1::2], strict=True):
            if not isinstance(key, Name):
                raise DamagedError.because("PDF 字典的键不是名称", "a key of a PDF dictionary is not a name")
            entries.append(Entry(key, value, self.data[start:end]))
        return Dictionary(tuple(entries))

    def _regular(self, start: int) -> bytes:
        found = _REGULAR.match(self.data, start)
        end = found.end() if found else start
        if end >= len(self.data):
            raise ShortError
        self.at = end
        return self.data[start:end]

    def _name(self) -> Name:
        raw = self._regular(self.at + 1)
        return Name(_NAME_ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), raw).decode("latin-1"))

    def _word(self) -> object:
        start = self.at
        word = self._regular(start)
        if not word:
            raise _not_syntax(self.data[start : start + 1])
        if _INTEGER.fullmatch(word):
            return int(word)
        if word in _WORDS:
            return _WORDS[word]
        if word[0] in b"+-.0123456789":
            return float(word) if _REAL.fullmatch(word) else 0.0
        return _Keyword(word)

    def _hex(self) -> Text:
        found = _HEX_STRING.match(self.data, self.at)
        if not found:
            if b">" in self.data[self.at :]:
                raise DamagedError.because("PDF 十六进制字符串不可读", "a hexadecimal string of the PDF is not one")
            raise ShortError
        self.at = found.end()
        digits = found[1].translate(None, SPACE)
        return Text(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii")))

    def _literal(self) -> Text:
        data, at, level = self.data, self.at + 1, 1
        out = bytearray()
        while True:
            if plain := _PLAIN.match(data, at):
                out += plain[0]
                at = plain.end()
            if at + 4 >= len(data):
                raise ShortError
            byte = data[at]
            at += 1
            if byte == 0x5C:
                at = _escape(data, at, out)
                continue
            level += (byte == 0x28) - (byte == 0x29)
            if not level:
                self.at = at
                return Text(out)
            if byte == 0x0D:
                at += data[at] == 0x0A
                byte = 0x0A
            out.append(byte)


@dataclass(frozen=True)
class _Keyword:
    word: bytes


def _escape(data: bytes, at: int, out: bytearray) -> int:
    """Append what the escape behind a backslash at `at` stands for; return the place behind it."""
    byte = data[at]
    if 0x30 <= byte <= 0x37:
        end = at + 1
        while end < at + 3 and 0x30 <= data[end] <= 0x37:
            end += 1
        out.append(int(data[at:end], 8) & 0xFF)
        return end
    if byte == 0x0D:
        return at + 1 + (data[at + 1] == 0x0A)
    if byte != 0x0A:
        out.append(_ESCAPES.get(byte, byte))
    return at + 1


def _reference(items: list[_Item], end: int) -> _Item:
    numbers = [number_of(value) for value, _, _ in items[-2:]]
    if len(numbers) != 2 or None in numbers:
        raise _not_syntax(b"R")
    return Ref(numbers[0] or 0, numbers[1] or 0), items[-2][1], end


def _not_syntax(word: bytes) -> DamagedError:
    shown = word[:20].decode("latin-1").encode("unicode_escape").decode("ascii")
    return DamagedError.because(f"PDF 对象中有不应出现的“{shown}”", f"`{shown}` has no place in a PDF object")
