"""The characters of a text file, in such a way that a prompt can be spliced in without touching any other byte."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

from guiju.label.explicit.errors import ExplicitLabelError

_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What browsers take these names for.
_AS_READ: Final = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252"}
_DECLARED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_:-]{2,40})""", re.IGNORECASE)
_DECLARED_WITHIN: Final = 1024


@dataclass(frozen=True)
class Characters:
    """The text of a file without its byte order mark, and how its bytes are made."""

    text: str
    encoding: str
    mark: bytes

    @property
    def line_end(self) -> str:
        """The first line end of the text, else a line feed."""
        found = re.search("\r\n|\n|\r", self.text)
        return found[0] if found else "\n"

    def place(self, position: int) -> int:
        """Return the byte offset in the file of a position in the text."""
        return len(self.mark) + len(self.text[:position].encode(self.encoding))


def characters(content: bytes, *, html: bool = False, encoding: str | None = None) -> Characters:
    """Decode a file: by its byte order mark, the given or declared encoding, or as UTF-8.

    Raises ExplicitLabelError if it is empty, or if none of these fits exactly.
    """
    if not content.strip():
        raise ExplicitLabelError.because("empty", "文件为空，没有可标识的内容", "the file is empty: nothing to label")
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _decoded(content[len(mark) :], name, mark)
    declared = _DECLARED.search(content[:_DECLARED_WITHIN]) if html and encoding is None else None
    name = encoding or (declared[1].decode("ascii").lower() if declared else "utf-8")
    return _decoded(content, _AS_READ.get(name, name) if html else name, b"")


def _decoded(content: bytes, encoding: str, mark: bytes) -> Characters:
    try:
        text = content.decode(encoding)
        exact = text.encode(encoding) == content and "\0" not in text
    except (UnicodeError, LookupError):
        exact = False
    if not exact:
        raise ExplicitLabelError.because(
            "encoding",
            f"无法按 {encoding} 准确读出文字；请说明编码，或另存为 UTF-8",
            f"the text cannot be read exactly as {encoding}; name its encoding, or save it as UTF-8",
        )
    return Characters(text, encoding, mark)
