"""Build values from a YAML parser's events: nothing constructed, aliases counted, faults collected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from guiju.documents.marked import WORDS, Map, Seq, plain_value
from guiju.documents.unreadable import UnreadableError, unreadable

MAX_DEPTH = 40
MAX_VALUES = 400_000
MAX_FAULTS = 50
"""How many faults that do not stop the reading are collected; nobody mends more in one go."""

_REFUSED_KEYS = {**{word: "empty_key" for word, value in WORDS.items() if value is None}, "<<": "merge_key"}


@dataclass(frozen=True, slots=True)
class _Key:
    """A key that waits for its value; an unwanted one (a duplicate) lets its value fall."""

    name: str
    line: int
    wanted: bool


class Builder:
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
        """Return the document's value; raises UnreadableError where nothing further can be read."""
        for event in events:
            handler = _HANDLERS.get(type(event))
            if handler is not None:
                handler(self, event)
        return self.root

    def _stop(self, event: Any, kind: str, **details: str | int) -> UnreadableError:
        return unreadable(kind, self.file, event.start_mark.line + 1, **details)

    def _note(self, event: Any, kind: str, **details: str | int) -> None:
        """Keep a fault after which the rest of the document still means something."""
        if len(self.faults) >= MAX_FAULTS:
            raise self._stop(event, kind, **details)
        self.faults.append(self._stop(event, kind, **details))

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            raise self._stop(event, "second_document")

    def _open(self, event: Any) -> None:
        self._note_tag(event)
        if len(self.stack) >= MAX_DEPTH:
            raise self._stop(event, "too_deep", limit=MAX_DEPTH)
        if self._awaits_key():
            raise self._stop(event, "key_not_a_word")
        line = event.start_mark.line + 1
        is_map = isinstance(event, yaml.MappingStartEvent)
        self.stack.append((Map(line) if is_map else Seq(line), event.anchor))
        self.keys.append(None)
        self.sizes.append(self.values)

    def _close(self, event: Any) -> None:
        value, anchor = self.stack.pop()
        self.keys.pop()
        size = self.values - self.sizes.pop() + 1
        if anchor:
            self.anchors[anchor] = (value, size, "")
        self._count(event, 1)
        self._place(value, value.line, "")

    def _scalar(self, event: Any) -> None:
        self._note_tag(event)
        self._count(event, 1)
        line = event.start_mark.line + 1
        if self._awaits_key():
            self._key(event, line)
            return
        value = plain_value(event.value) if not event.style and event.implicit[0] else event.value
        if event.anchor:
            self.anchors[event.anchor] = (value, 1, event.value)
        self._place(value, line, event.value)

    def _alias(self, event: Any) -> None:
        if self._awaits_key():
            raise self._stop(event, "key_not_a_word")
        if event.anchor not in self.anchors:
            raise self._stop(event, "unknown_alias", alias=event.anchor)
        value, size, written = self.anchors[event.anchor]
        self._count(event, size)
        self._place(value, event.start_mark.line + 1, written)

    def _note_tag(self, event: Any) -> None:
        if event.tag is not None and event.tag != "!":
            self._note(event, "tag", tag=event.tag.replace("tag:yaml.org,2002:", "!!"))

    def _count(self, event: Any, size: int) -> None:
        self.values += size
        if self.values > MAX_VALUES:
            raise self._stop(event, "too_many_values", limit=f"{MAX_VALUES:,}")

    def _awaits_key(self) -> bool:
        return bool(self.stack) and self.keys[-1] is None and isinstance(self.stack[-1][0], Map)

    def _key(self, event: Any, line: int) -> None:
        name = event.value
        container = self.stack[-1][0]
        assert isinstance(container, Map)
        kind = "" if event.style and name else _REFUSED_KEYS.get(name, "")
        first = container.key_lines.get(name)
        if kind:
            self._note(event, kind)
        elif first is not None:
            self._note(event, "duplicate_key", key=name, first=first)
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
    yaml.DocumentStartEvent: Builder._document,
    yaml.MappingStartEvent: Builder._open,
    yaml.SequenceStartEvent: Builder._open,
    yaml.MappingEndEvent: Builder._close,
    yaml.SequenceEndEvent: Builder._close,
    yaml.ScalarEvent: Builder._scalar,
    yaml.AliasEvent: Builder._alias,
}
