"""Read a YAML document that a person wrote: plain values that remember their lines, and nothing executed.

Built on the parser's events instead of its object constructor, for four reasons: every value keeps its line and
the words it was written in; duplicate keys are seen; tags construct nothing; and aliases are counted, so that a
bomb is refused while small. Numbers stay exact: integers are `int`, decimals are `Decimal`, never binary floats.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from guiju.documents.broken import LINE_BREAK, broken
from guiju.documents.building import Builder
from guiju.documents.marked import Map, Seq
from guiju.documents.unreadable import UnreadableError, unreadable

__all__ = ["Map", "Seq", "decode", "parse_document", "read_bytes", "read_document", "read_text", "survey_document"]

MAX_BYTES = 4 * 1024 * 1024
_FORBIDDEN = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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
    builder = Builder(file)
    try:
        return builder.build(yaml.parse(text, Loader=_LOADER)), builder.faults
    except UnreadableError as fault:
        return None, [*builder.faults, fault]
    except yaml.YAMLError as error:
        return None, [*builder.faults, broken(error, text, file)]
