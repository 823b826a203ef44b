"""References to files that were sent: what stands in a case for a file, its name and the SHA-256 of its content."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from guiju.bilingual import Bilingual

LARGEST = 20 * 2**20
"""Bytes of one file. Ours, not the law's."""
MOST_A_DAY = 500 * 2**20
"""Bytes of all files that one owner sends within a day. Ours, not the law's."""
KINDS = (
    ".pdf", ".ofd", ".docx", ".xlsx", ".pptx", ".wps", ".txt", ".csv", ".jpg", ".png", ".zip",
)  # fmt: skip
_LONGEST_NAME = 120
_FORM = re.compile(rf"sha256:([0-9a-f]{{64}})/([^/]{{1,{_LONGEST_NAME}}})")
_UNFIT = re.compile(r'[\x00-\x1f\x7f-\x9f\\/:*?"<>|\u200b-\u200f\u2028-\u202f\u2066-\u2069\ufeff\ufffd\ud800-\udfff]+')


@dataclass(frozen=True, slots=True)
class FileReference:
    """A file by name and content. Without `sha256` only a name is known: the case came without its file."""

    name: str
    sha256: str = ""

    def __str__(self) -> str:
        return f"sha256:{self.sha256}/{self.name}" if self.sha256 else self.name

    @property
    def shown(self) -> str:
        """The name, with the first digits of the hash by which it can be told from another version."""
        return f"{self.name} ({self.sha256[:12]}…)" if self.sha256 else self.name

    @classmethod
    def parse(cls, value: str) -> FileReference:
        """Read what stands in a case for a file."""
        found = _FORM.fullmatch(value)
        return cls(found[2], found[1]) if found else cls(value)


def safe_name(sent: str) -> str:
    """Return a file name that can do no harm: without folders, control characters, or signs that turn writing round."""
    base = unicodedata.normalize("NFC", sent).replace("\\", "/").rpartition("/")[2]
    base = _UNFIT.sub("_", base).strip(" .")
    stem, dot, ending = base.rpartition(".")
    if dot and len(base) > _LONGEST_NAME:
        base = f"{stem[: _LONGEST_NAME - len(ending) - 1]}.{ending}"
    return base[:_LONGEST_NAME] or "file"


def limits() -> dict[str, Any]:
    """Return what is said at the field: kinds of file, and the largest size."""
    size = LARGEST // 2**20
    return {"accept": KINDS, "largest": Bilingual(zh=f"{size} 兆字节", en=f"{size} MB")}
