"""Catalogues of translations: read as gettext writes them (.po), compiled to what Python's gettext loads (.mo)."""

from __future__ import annotations

import ast
import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

_MAGIC = 0x950412DE
_LINE = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d+)\])?\s+(".*")')


class CatalogueError(ValueError):
    """A catalogue cannot be read; the message says where, and what was expected."""


@dataclass(slots=True)
class Message:
    """One message: what stands in the program, and its forms in the language of the catalogue, by number if counted."""

    line: int
    context: str | None = None
    singular: str = ""
    plural: str | None = None
    forms: dict[int, str] = field(default_factory=dict)
    fuzzy: bool = False

    @property
    def key(self) -> tuple[str | None, str, str | None]:
        """What tells messages apart."""
        return self.context, self.singular, self.plural


def read_po(path: Path) -> list[Message]:
    """Read a catalogue, its header (the empty message) first. Raises CatalogueError."""
    messages: list[Message] = []
    found: Message | None = None
    part, fuzzy = "", False
    for number, raw in enumerate(path.read_text("utf-8").splitlines(), start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            if found is None or not line.startswith('"'):
                raise CatalogueError(f"{path.name}, line {number}: expected msgid, msgstr or a text in quotes")
            _put(found, part, _unquoted(line, path, number))
            continue
        keyword, index, text = match.groups()
        if keyword == "msgctxt" or (keyword == "msgid" and part != "msgctxt"):
            found = Message(number, fuzzy=fuzzy)
            messages.append(found)
            fuzzy = False
        if found is None:
            raise CatalogueError(f"{path.name}, line {number}: {keyword} stands before any msgid")
        part = f"{keyword}[{index or 0}]" if keyword == "msgstr" else keyword
        _put(found, part, _unquoted(text, path, number))
    return messages


def _unquoted(text: str, path: Path, number: int) -> str:
    try:
        return str(ast.literal_eval(text))
    except (SyntaxError, ValueError) as error:
        raise CatalogueError(f"{path.name}, line {number}: the text in quotes does not end") from error


def _put(message: Message, part: str, text: str) -> None:
    if part == "msgctxt":
        message.context = (message.context or "") + text
    elif part == "msgid":
        message.singular += text
    elif part == "msgid_plural":
        message.plural = (message.plural or "") + text
    else:
        index = int(part.removeprefix("msgstr[").rstrip("]"))
        message.forms[index] = message.forms.get(index, "") + text


def compiled(messages: Iterable[Message]) -> bytes:
    """Return the catalogue as a .mo file: the same messages always give the same bytes; fuzzy ones are left out."""
    pairs = sorted((_key_bytes(one), _form_bytes(one)) for one in messages if one.forms.get(0) and not one.fuzzy)
    ids, texts = (b"".join(part + b"\0" for part in column) for column in zip(*pairs, strict=True))
    count, header = len(pairs), 7 * 4
    ids_at, texts_at = header + 16 * count, header + 16 * count + len(ids)
    tables = [_table((key for key, _ in pairs), ids_at), _table((text for _, text in pairs), texts_at)]
    head = struct.pack("<7I", _MAGIC, 0, count, header, header + 8 * count, 0, ids_at)
    return head + b"".join(tables) + ids + texts


def _table(parts: Iterable[bytes], start: int) -> bytes:
    rows = b""
    for part in parts:
        rows += struct.pack("<2I", len(part), start)
        start += len(part) + 1
    return rows


def _key_bytes(message: Message) -> bytes:
    key = message.singular if message.plural is None else f"{message.singular}\0{message.plural}"
    return (f"{message.context}\x04{key}" if message.context is not None else key).encode()


def _form_bytes(message: Message) -> bytes:
    return "\0".join(message.forms[index] for index in sorted(message.forms)).encode()
