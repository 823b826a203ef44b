"""Put one fact into the text of a profile, leaving every other character as it was written.

The places come from the YAML parser's marks. What comes out is not trusted: the caller reads the new text and
compares (see `guiju.profiles.save`), so that an odd but valid way to write YAML can never damage a profile.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from guiju.documents.broken import LINE_BREAK
from guiju.engine.values import Value
from guiju.profiles.written import entry_text, key_text, value_text

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INDENT = "  "


@dataclass(frozen=True, slots=True)
class _Entry:
    key: Any
    value: Any

    @property
    def is_alias(self) -> bool:
        """An alias stands for a value that is written elsewhere."""
        return bool(self.value.start_mark.index < self.key.end_mark.index)

    @property
    def is_blank(self) -> bool:
        """Nothing is written behind the colon."""
        return not self.is_alias and self.value.start_mark.index == self.value.end_mark.index


def put(text: str, system: str | None, fact: str, value: Value) -> str | None:
    """Return the text with the fact given to the organisation (None) or a system; None where it cannot be put in.

    A value of None makes the fact unknown: its line goes, or says `null` where something else stands on it.
    """
    root = yaml.compose(text, Loader=_LOADER)
    if not isinstance(root, yaml.MappingNode):
        return None
    owner = _entry(root, "organisation") if system is None else None
    node = owner.value if owner is not None else _system(root, system)
    if isinstance(node, yaml.MappingNode):
        return _put_in(text, node, fact, value)
    if system is not None or value is None:
        return None
    return _begin_organisation(text, root, owner, fact, value)


def _system(root: Any, name: str | None) -> Any:
    systems = _entry(root, "systems")
    for node in systems.value.value if systems and isinstance(systems.value, yaml.SequenceNode) else ():
        entry = _entry(node, "name") if isinstance(node, yaml.MappingNode) else None
        if entry is not None and isinstance(entry.value, yaml.ScalarNode) and entry.value.value.strip() == name:
            return node
    return None


def _entry(mapping: Any, name: str) -> _Entry | None:
    for key, value in mapping.value:
        if isinstance(key, yaml.ScalarNode) and key.value == name:
            return _Entry(key, value)
    return None


def _put_in(text: str, mapping: Any, fact: str, value: Value) -> str | None:
    entry = _entry(mapping, fact)
    quote = _quotes(mapping)
    if entry is None:
        return text if value is None else _insert(text, mapping, entry_text(fact, value, quote=quote))
    if entry.is_alias:
        return None
    if value is None and not mapping.flow_style:
        return _without_line(text, entry) or _replace(text, entry, value, quote=quote)
    return _replace(text, entry, value, quote=quote)


def _replace(text: str, entry: _Entry, value: Value, *, quote: bool) -> str:
    node = entry.value
    block = isinstance(node, yaml.SequenceNode) and not node.flow_style
    if entry.is_blank or block:
        colon = text.index(":", entry.key.end_mark.index) + 1
        end = _end(text, node) if block else colon
        return f"{text[:colon]} {value_text(value, quote=quote)}{text[end:]}"
    return text[: node.start_mark.index] + value_text(value, quote=quote) + text[_end(text, node) :]


def _without_line(text: str, entry: _Entry) -> str | None:
    """Take an entry away with its line, if nothing else stands there."""
    start, end = entry.key.start_mark.index, _end(text, entry.value)
    before = text[start - entry.key.start_mark.column : start]
    rest = LINE_BREAK.search(text, end)
    after = text[end : rest.start()] if rest else text[end:]
    if before.strip() or after.strip():
        return None
    return text[: start - len(before)] + (text[rest.end() :] if rest else "")


def _insert(text: str, mapping: Any, line: str) -> str:
    """Add an entry at the end of a mapping, in the way the mapping is written."""
    if mapping.flow_style:
        return _insert_flow(text, mapping, line)
    key, value = mapping.value[-1]
    last = _Entry(key, value)
    end = key.end_mark.index if last.is_alias else _end(text, value)
    return _after_line(text, end, " " * mapping.value[0][0].start_mark.column + line)


def _insert_flow(text: str, mapping: Any, line: str) -> str:
    if not mapping.value:
        start = mapping.start_mark.index + text[mapping.start_mark.index :].index("{") + 1
        return text[:start] + line + text[start:]
    key, value = mapping.value[-1]
    end = key.end_mark.index if _Entry(key, value).is_alias else _end(text, value)
    return f"{text[:end]}, {line}{text[end:]}"


def _begin_organisation(text: str, root: Any, owner: _Entry | None, fact: str, value: Value) -> str | None:
    line = entry_text(fact, value, quote=_quotes(root))
    inside = f"{key_text('organisation', quote=_quotes(root))}: {{{line}}}"
    if owner is None and (root.flow_style or not root.value):
        return _insert_flow(text, root, inside)
    if owner is None:
        start = root.value[0][0].start_mark.index
        return f"{text[:start]}organisation:{_newline(text)}{_INDENT}{line}{_newline(text)}{text[start:]}"
    if owner.is_alias:
        return None
    if owner.is_blank and not root.flow_style:
        return _after_line(text, owner.key.end_mark.index, _INDENT + line)
    if owner.is_blank:
        colon = text.index(":", owner.key.end_mark.index) + 1
        return f"{text[:colon]} {{{line}}}{text[colon:]}"
    return f"{text[: owner.value.start_mark.index]}{{{line}}}{text[owner.value.end_mark.index :]}"


def _after_line(text: str, position: int, line: str) -> str:
    found = LINE_BREAK.search(text, position)
    if found is None:
        return f"{text}{_newline(text)}{line}{_newline(text)}"
    return f"{text[: found.end()]}{line}{_newline(text)}{text[found.end() :]}"


def _end(text: str, node: Any) -> int:
    """Find where a value really ends; the parser's mark of a block lies at the next thing after it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(text, last[1] if isinstance(last, tuple) else last)
    end: int = node.end_mark.index
    return len(text[:end].rstrip()) if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">") else end


def _quotes(mapping: Any) -> bool:
    """Tell whether a mapping is written like JSON, with its keys in double quotes."""
    return bool(mapping.value) and mapping.value[0][0].style == '"'


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
