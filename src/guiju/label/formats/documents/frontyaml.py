"""What the YAML of a front matter says about the label: read from parser events, within bounds.

Nothing is constructed and no alias is followed, so that tags do nothing and alias bombs stay small.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from guiju.label.errors import DamagedError, TooLargeError
from guiju.label.formats.slots import is_named
from guiju.label.source import Limits


@dataclass
class Entry:
    """A key of the root mapping and the events of its value; `start` counts characters of the YAML text."""

    key: str
    start: int
    events: list[Any] = field(default_factory=list)

    @property
    def end(self) -> int:
        """Where the last scalar or bracket of the value ends."""
        return max([self.start, *(_end_of(event) for event in self.events)])

    @property
    def is_anchored(self) -> bool:
        """Tell whether other places of the YAML may refer to parts of this value."""
        return any(getattr(event, "anchor", None) for event in self.events)

    def as_json(self) -> str:
        """Return the value as JSON: a mapping with its scalars as they are typed, or the text of a scalar.

        Raises DamagedError for an alias, which would have to be followed.
        """
        return _json_of(self.events)


@dataclass
class Document:
    """The root of the YAML: `kind` is `mapping`, `flow` (a mapping in braces), `empty` or `other`."""

    kind: str = "empty"
    start: int = 0
    column: int = 0
    entries: list[Entry] = field(default_factory=list)

    @property
    def labels(self) -> list[Entry]:
        """Return the entries called AIGC."""
        return [entry for entry in self.entries if is_named(entry.key)]

    @property
    def others(self) -> list[tuple[object, ...]]:
        """Return all that is said besides the label, for comparing before and after a change."""
        return [
            (entry.key, *(_essence(event) for event in entry.events))
            for entry in self.entries
            if not is_named(entry.key)
        ]


def document_of(text: str, limits: Limits) -> Document:
    """Read the YAML; raises DamagedError where it is broken, TooLargeError where it is nested too deep."""
    import yaml

    document = Document()
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        _survey(document, yaml.parse(text, Loader=loader), limits)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark is not None else 1
        raise DamagedError.because(
            f"第 {line} 行：头部不是正确的 YAML", f"line {line}: the front matter is no correct YAML"
        ) from None
    return document


def _survey(document: Document, events: Iterator[Any], limits: Limits) -> None:
    import yaml

    depth = 0
    entry: Entry | None = None
    for event in events:
        step = _step(event)
        if step == 0 and not isinstance(event, yaml.ScalarEvent | yaml.AliasEvent):
            continue
        if depth == 0:
            _note_root(document, event)
        elif document.kind == "other":
            pass
        elif entry is not None:
            entry.events.append(event)
            if depth + step == 1:
                entry = None
        elif step >= 0:
            entry = Entry(str(getattr(event, "value", "")), event.start_mark.index)
            document.entries.append(entry)
            if not isinstance(event, yaml.ScalarEvent):
                document.kind = "other"  # a key that is no word
        depth += step
        if depth > limits.depth:
            raise TooLargeError.because("YAML 嵌套过深", "the YAML is nested too deep")


def _note_root(document: Document, event: Any) -> None:
    import yaml

    mark = event.start_mark
    if isinstance(event, yaml.MappingStartEvent) and document.kind == "empty" and not event.anchor:
        document.kind = "flow" if event.flow_style else "mapping"
        document.start, document.column = mark.index, mark.column
    else:
        document.kind = "other"


def _json_of(events: list[Any]) -> str:
    import yaml

    if any(isinstance(event, yaml.AliasEvent) for event in events):
        raise DamagedError.because("AIGC 的值中有 YAML 别名", "there is a YAML alias in the value of AIGC")
    if not isinstance(events[0], yaml.MappingStartEvent):
        return str(events[0].value) if isinstance(events[0], yaml.ScalarEvent) else "[]"
    parts: list[str] = []
    depth = 0
    for event in events[1:-1]:
        if depth == 0:
            parts.append(_json_scalar(event, is_key=len(parts) % 2 == 0) if _step(event) == 0 else "[]")
        depth += _step(event)
    pairs = zip(parts[::2], parts[1::2], strict=False)
    return "{" + ",".join(f"{key}:{value}" for key, value in pairs) + "}"


def _json_scalar(event: Any, *, is_key: bool) -> str:
    """Return text as a JSON string; unquoted `1`, `true`, `null` as what YAML takes them for, which is no text."""
    import yaml

    if is_key or event.style or not event.implicit[0]:
        return json.dumps(event.value)
    resolvers = yaml.SafeLoader.yaml_implicit_resolvers.get(event.value[:1], [])
    tag = next((tag for tag, pattern in resolvers if pattern.match(event.value)), "")
    words = {"tag:yaml.org,2002:null": "null", "tag:yaml.org,2002:bool": "true"}
    return words.get(tag, "0") if tag else json.dumps(event.value)


def _step(event: Any) -> int:
    """Return 1 where a collection opens, -1 where one closes, 0 otherwise."""
    import yaml

    if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
        return 1
    return -1 if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent) else 0


def _essence(event: Any) -> tuple[object, ...]:
    names = ("value", "tag", "anchor", "style", "flow_style")
    return (type(event).__name__, *(getattr(event, name, None) for name in names))


def _end_of(event: Any) -> int:
    """Return where an event's text ends; a block collection ends where the next thing begins, which is no end."""
    import yaml

    start, end = int(event.start_mark.index), int(event.end_mark.index)
    if _step(event) < 0:
        return end if end > start else 0
    return end if isinstance(event, yaml.ScalarEvent | yaml.AliasEvent) else 0
