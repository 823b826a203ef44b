"""Plain values of a document that remember their lines, and what an unquoted word means."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

_INT = re.compile(r"[-+]?[0-9][0-9_]*\Z")
_DECIMAL = re.compile(r"[-+]?[0-9][0-9_]*\.[0-9]+\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_LONGEST_NUMBER = 100
WORDS: dict[str, bool | None] = {
    "true": True, "True": True, "TRUE": True, "yes": True, "Yes": True, "YES": True, "on": True, "On": True, "ON": True,
    "false": False, "False": False, "FALSE": False, "no": False, "No": False, "NO": False,
    "off": False, "Off": False, "OFF": False,
    "null": None, "Null": None, "NULL": None, "~": None, "": None,
}  # fmt: skip


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


def plain_value(text: str) -> Any:
    """Give a plain scalar its meaning; what looks like a date but is none stays text, for the reader to refuse."""
    if text in WORDS:
        return WORDS[text]
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
