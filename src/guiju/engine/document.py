"""Read a YAML document that a person wrote: plain values that remember their lines, and nothing executed.

Built on the parser's events instead of its object constructor, for four reasons: every value keeps its line and
the words it was written in; duplicate keys are seen; tags construct nothing; and aliases are counted, so that a
bomb is refused while small. Numbers stay exact: integers are `int`, decimals are `Decimal`, never binary floats.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from guiju.engine.broken import LINE_BREAK, broken
from guiju.engine.unreadable import UnreadableError, unreadable

MAX_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 40
MAX_VALUES = 400_000
MAX_FAULTS = 50
"""How many faults that do not stop the reading are collected; nobody mends more in one go."""

_INT = re.compile(r"[-+]?[0-9][0-9_]*\Z")
_DECIMAL = re.compile(r"[-+]?[0-9][0-9_]*\.[0-9]+\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_LONGEST_NUMBER = 100
_FORBIDDEN = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WORDS: dict[str, bool | None] = {
    "true": True, "True": True, "TRUE": True, "yes": True, "Yes": True, "YES": True, "on": True, "On": True, "ON": True,
    "false": False, "False": False, "FALSE": False, "no": False, "No": False, "NO": False,
    "off": False, "Off": False, "OFF": False,
    "null": None, "Null": None, "NULL": None, "~": None, "": None,
}  # fmt: skip
_REFUSED_KEYS = {**{word: "empty_key" for word, value in _WORDS.items() if value is None}, "<<": "merge_key"}


class Map(dict[str, Any]):
    """A mapping that knows on which line it begins, and of each key its line and the words of its value."""

    __slots__ = ("key_lines", "line", "written")

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.key_lines: dict[str, int] = {}
        self.written: dict[str, str] = {}


class Seq(list[Any]):
    """A sequence that knows on which line it begins, and of each value its line and the words it is written in."""

    __slots__ = ("line", "lines", "written")

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: list[int] = []
        self.written: list[str] = []


def read_document(path: Path, *, max_bytes: int = MAX_BYTES) -> Any:
    """Read one YAML document from a file; see `parse_document` for what comes back and what is refused."""
    return parse_document(read_text(path, max_bytes=max_bytes), str(path))


def read_text(path: Path, *, max_bytes: int = MAX_BYTES) -> str:
    """Read a text file as UTF-8, never more of it than `max_bytes`; raises UnreadableError."""
    return decode(read_bytes(path, max_bytes=max_bytes), str(path))


def read_bytes(path: Path, *, max_bytes: int = MAX_BYTES) -> bytes:
    """Read a file of bounded size; raises UnreadableError where it is missing, a folder, closed to us or too large."""
    name = str(path)
    try:
        with path.open("rb") as stream:
            raw = stream.read(max_bytes + 1)
    except FileNotFoundError:
        raise unreadable("missing", name) from None
    except IsADirectoryError:
        raise unreadable("folder", name) from None
    except PermissionError:
        raise unreadable("forbidden", name) from None
    except (OSError, ValueError) as error:
        raise unreadable("unopenable", name, reason=getattr(error, "strerror", None) or str(error)) from None
    if len(raw) > max_bytes:
        raise unreadable("too_large", name, limit=max_bytes // (1024 * 1024))
    return raw


def decode(raw: bytes, name: str) -> str:
    """Decode a document; raises UnreadableError for what is not UTF-8 or holds characters that no text holds."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise unreadable("not_utf8", name, raw[: error.start].count(b"\n") + 1) from None
    odd = _FORBIDDEN.search(text)
    if odd:
        line = len(LINE_BREAK.findall(text, 0, odd.start())) + 1
        raise unreadable("control_character", name, line, character=f"U+{ord(odd[0]):04X}")
    return text


def parse_document(text: str, file: str) -> Any:
    """Parse YAML text into `Map`, `Seq`, text, int, Decimal, bool, date and None.

    Raises UnreadableError for anything else: broken YAML, several documents, duplicate keys, tags, alias bombs,
    nesting deeper than any document needs. An empty document is None.
    """
    root, faults = survey_document(text, file)
    if faults:
        raise faults[0]
    return root


def survey_document(text: str, file: str) -> tuple[Any, list[UnreadableError]]:
    """Parse YAML text and go on where a fault allows it (a key written twice, a tag), collecting the faults.

    Of a key written twice the first value counts; a tag is passed over. Where nothing further can be read, the
    value is None and the last fault says why.
    """
    builder = _Builder(file)
    try:
        return builder.build(yaml.parse(text, Loader=_LOADER)), builder.faults
    except UnreadableError as fault:
        return None, [*builder.faults, fault]
    except yaml.YAMLError as error:
        return None, [*builder.faults, broken(error, text, file)]


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class _Key:
    """A key that waits for its value; an unwanted one (a duplicate) lets its value fall."""

    name: str
    line: int
    wanted: bool


class _Builder:
    """Builds values from parser events with an explicit stack, so that deep nesting cannot exhaust Python's."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[UnreadableError] = []
        self.stack: list[tuple[Map | Seq, str | None]] = []
        self.keys: list[_Key | None] = []
        self.anchors: dict[str, tuple[Any, int, str]] = {}
        self.values = 0
        self.sizes: list[int] = []
        self.root: Any = None
        self.documents = 0

    def build(self, events: Iterator[Any]) -> Any:
        for event in events:
            handler = _HANDLERS.get(type(event))
            if handler is not None:
                handler(self, event)
        return self.root

    def stop(self, event: Any, kind: str, **details: str | int) -> UnreadableError:
        return unreadable(kind, self.file, event.start_mark.line + 1, **details)

    def note(self, event: Any, kind: str, **details: str | int) -> None:
        """Keep a fault after which the rest of the document still means something."""
        if len(self.faults) >= MAX_FAULTS:
            raise self.stop(event, kind, **details)
        self.faults.append(self.stop(event, kind, **details))

    def document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            raise self.stop(event, "second_document")

    def open(self, event: Any) -> None:
        self._note_tag(event)
        if len(self.stack) >= MAX_DEPTH:
            raise self.stop(event, "too_deep", limit=MAX_DEPTH)
        if self._awaits_key():
            raise self.stop(event, "key_not_a_word")
        line = event.start_mark.line + 1
        is_map = isinstance(event, yaml.MappingStartEvent)
        self.stack.append((Map(line) if is_map else Seq(line), event.anchor))
        self.keys.append(None)
        self.sizes.append(self.values)

    def close(self, event: Any) -> None:
        value, anchor = self.stack.pop()
        self.keys.pop()
        size = self.values - self.sizes.pop() + 1
        if anchor:
            self.anchors[anchor] = (value, size, "")
        self._count(event, 1)
        self._place(value, value.line, "")

    def scalar(self, event: Any) -> None:
        self._note_tag(event)
        self._count(event, 1)
        line = event.start_mark.line + 1
        plain = not event.style
        if self._awaits_key():
            self._key(event, line)
            return
        value = _scalar(event.value) if plain and event.implicit[0] else event.value
        if event.anchor:
            self.anchors[event.anchor] = (value, 1, event.value)
        self._place(value, line, event.value)

    def alias(self, event: Any) -> None:
        if self._awaits_key():
            raise self.stop(event, "key_not_a_word")
        if event.anchor not in self.anchors:
            raise self.stop(event, "unknown_alias", alias=event.anchor)
        value, size, written = self.anchors[event.anchor]
        self._count(event, size)
        self._place(value, event.start_mark.line + 1, written)

    def _note_tag(self, event: Any) -> None:
        if event.tag is not None and event.tag != "!":
            self.note(event, "tag", tag=event.tag.replace("tag:yaml.org,2002:", "!!"))

    def _count(self, event: Any, size: int) -> None:
        self.values += size
        if self.values > MAX_VALUES:
            raise self.stop(event, "too_many_values", limit=MAX_VALUES)

    def _awaits_key(self) -> bool:
        return bool(self.stack) and self.keys[-1] is None and isinstance(self.stack[-1][0], Map)

    def _key(self, event: Any, line: int) -> None:
        name = event.value
        container = self.stack[-1][0]
        assert isinstance(container, Map)
        kind = "" if event.style else _REFUSED_KEYS.get(name, "")
        first = container.key_lines.get(name)
        if kind:
            self.note(event, kind)
        elif first is not None:
            self.note(event, "duplicate_key", key=name, first=first)
        if event.anchor:
            self.anchors[event.anchor] = (name, 1, name)
        self.keys[-1] = _Key(name, line, wanted=not kind and first is None)

    def _place(self, value: Any, line: int, written: str) -> None:
        if not self.stack:
            self.root = value
            return
        container = self.stack[-1][0]
        if isinstance(container, Seq):
            container.append(value)
            container.lines.append(line)
            container.written.append(written)
            return
        key = self.keys[-1]
        assert key is not None
        self.keys[-1] = None
        if key.wanted:
            container[key.name] = value
            container.key_lines[key.name] = key.line
            container.written[key.name] = written


_HANDLERS: dict[type, Any] = {
    yaml.DocumentStartEvent: _Builder.document,
    yaml.MappingStartEvent: _Builder.open,
    yaml.SequenceStartEvent: _Builder.open,
    yaml.MappingEndEvent: _Builder.close,
    yaml.SequenceEndEvent: _Builder.close,
    yaml.ScalarEvent: _Builder.scalar,
    yaml.AliasEvent: _Builder.alias,
}


def _scalar(text: str) -> Any:
    """Give a plain scalar its meaning; what looks like a date but is none stays text, for the reader to refuse."""
    if text in _WORDS:
        return _WORDS[text]
    if len(text) > _LONGEST_NUMBER:
        return text
    if _INT.match(text) and (text.lstrip("+-") == "0" or text.lstrip("+-")[0] != "0"):
        return int(text.replace("_", ""))
    if _DECIMAL.match(text):
        return Decimal(text.replace("_", ""))
    if _DATE.match(text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            return text
    return text
