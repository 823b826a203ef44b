"""Read a YAML document that a person wrote: plain values that remember their lines, and nothing executed.

Built on the parser's events instead of its object constructor, for four reasons: every value keeps its line;
duplicate keys are seen; tags construct nothing; and aliases are counted, so that a bomb is refused while small.
Numbers stay exact: integers are `int`, decimals are `Decimal`, never binary floats.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from guiju.engine.errors import DocumentError

MAX_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 40
MAX_VALUES = 400_000

_INT = re.compile(r"[-+]?[0-9][0-9_]*\Z")
_DECIMAL = re.compile(r"[-+]?[0-9][0-9_]*\.[0-9]+\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_WORDS: dict[str, bool | None] = {
    "true": True, "True": True, "yes": True, "Yes": True, "on": True,
    "false": False, "False": False, "no": False, "No": False, "off": False,
    "null": None, "~": None, "": None, "Null": None,
}  # fmt: skip


class Map(dict[str, Any]):
    """A mapping that knows on which line it begins and on which line each of its keys stands."""

    __slots__ = ("key_lines", "line")

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.key_lines: dict[str, int] = {}


class Seq(list[Any]):
    """A sequence that knows on which line it begins and on which line each of its values stands."""

    __slots__ = ("line", "lines")

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: list[int] = []


def read_document(path: Path, *, max_bytes: int = MAX_BYTES) -> Any:
    """Read one YAML document from a file; see `parse_document` for what comes back and what is refused."""
    return parse_document(read_text(path, max_bytes=max_bytes), str(path))


def read_text(path: Path, *, max_bytes: int = MAX_BYTES) -> str:
    """Read a text file of bounded size as UTF-8, or say clearly why it cannot be read."""
    name = str(path)
    try:
        with path.open("rb") as stream:
            raw = stream.read(max_bytes + 1)
    except FileNotFoundError:
        raise DocumentError(name, 0, "there is no such file", fix="check the path") from None
    except IsADirectoryError:
        raise DocumentError(name, 0, "this is a folder, not a file", fix="name the YAML file in it") from None
    except OSError as error:
        raise DocumentError(name, 0, f"cannot be read: {error.strerror or error}") from None
    if len(raw) > max_bytes:
        limit = max_bytes // (1024 * 1024)
        raise DocumentError(name, 0, f"is larger than {limit} MB", fix="this is not the file that was meant; split it if it is")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise DocumentError(name, line, "is not UTF-8 text", fix="save the file as UTF-8") from None


def parse_document(text: str, file: str) -> Any:
    """Parse YAML text into `Map`, `Seq`, text, int, Decimal, bool, date and None.

    Raises DocumentError for anything else: broken YAML, several documents, duplicate keys, tags, alias bombs,
    nesting deeper than any profile needs. An empty document is None.
    """
    try:
        return _Builder(file).build(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = " ".join(str(part) for part in (error.context, error.problem) if part)
        raise DocumentError(file, mark.line + 1 if mark else 0, f"is not valid YAML: {problem}") from None
    except yaml.YAMLError as error:
        raise DocumentError(file, 0, f"is not valid YAML: {error}".split("\n", maxsplit=1)[0]) from None


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Builder:
    """Builds values from parser events with an explicit stack, so that deep nesting cannot exhaust Python's."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.stack: list[tuple[Map | Seq, str | None, str | None]] = []
        self.keys: list[tuple[str, int] | None] = []
        self.anchors: dict[str, tuple[Any, int]] = {}
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

    def fail(self, event: Any, problem: str, fix: str = "") -> DocumentError:
        return DocumentError(self.file, event.start_mark.line + 1, problem, fix=fix)

    def document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            raise self.fail(event, "holds a second YAML document", "keep one document a file; remove the `---`")

    def open(self, event: Any) -> None:
        self._refuse_tag(event)
        if len(self.stack) >= MAX_DEPTH:
            raise self.fail(event, f"is nested deeper than {MAX_DEPTH} levels")
        line = event.start_mark.line + 1
        is_map = isinstance(event, yaml.MappingStartEvent)
        self.stack.append((Map(line) if is_map else Seq(line), event.anchor, None))
        self.keys.append(None)
        self.sizes.append(self.values)

    def close(self, event: Any) -> None:
        value, anchor, _ = self.stack.pop()
        self.keys.pop()
        size = self.values - self.sizes.pop() + 1
        if anchor:
            self.anchors[anchor] = (value, size)
        self._count(event, 1)
        self._place(event, value, value.line)

    def scalar(self, event: Any) -> None:
        self._refuse_tag(event)
        self._count(event, 1)
        value = _scalar(event.value) if event.style is None and event.implicit[0] else event.value
        if event.anchor:
            self.anchors[event.anchor] = (value, 1)
        self._place(event, value, event.start_mark.line + 1)

    def alias(self, event: Any) -> None:
        if event.anchor not in self.anchors:
            raise self.fail(event, f"`*{event.anchor}` refers to nothing that is complete before it")
        value, size = self.anchors[event.anchor]
        self._count(event, size)
        self._place(event, value, event.start_mark.line + 1)

    def _refuse_tag(self, event: Any) -> None:
        if event.tag is not None and event.tag != "!":
            raise self.fail(event, f"carries the tag `{event.tag}`; tags are not allowed", "write the plain value")

    def _count(self, event: Any, size: int) -> None:
        self.values += size
        if self.values > MAX_VALUES:
            raise self.fail(event, f"unfolds to more than {MAX_VALUES:,} values", "write it without aliases (`&`, `*`)")

    def _place(self, event: Any, value: Any, line: int) -> None:
        if not self.stack:
            self.root = value
            return
        container = self.stack[-1][0]
        if isinstance(container, Seq):
            container.append(value)
            container.lines.append(line)
            return
        key = self.keys[-1]
        if key is None:
            self.keys[-1] = self._key(event, container, value, line)
        else:
            container[key[0]] = value
            container.key_lines[key[0]] = key[1]
            self.keys[-1] = None

    def _key(self, event: Any, container: Map, value: Any, line: int) -> tuple[str, int]:
        if not isinstance(event, yaml.ScalarEvent):
            raise self.fail(event, "uses a list or mapping as a key", "keys are single words")
        name = event.value
        if name in container:
            first = container.key_lines[name]
            raise self.fail(event, f"`{name}` is written twice (first on line {first})", "keep one of the two")
        return name, line


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
    if _INT.match(text) and (text.lstrip("+-") == "0" or text.lstrip("+-")[0] != "0") and len(text) < 100:
        return int(text.replace("_", ""))
    if _DECIMAL.match(text):
        return Decimal(text.replace("_", ""))
    if _DATE.match(text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            return text
    return text
