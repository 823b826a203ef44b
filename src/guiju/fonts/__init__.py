"""The one font that travels with Guiju, and whether a text can be drawn with it.

A character without a glyph is drawn as an empty box, and a box is no label and no letter: whoever draws text asks
`missing_glyphs` first and refuses.
"""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path
from typing import Final

FAMILY: Final = "Guiju Sans"
"""The family name under which a typesetter finds the font, once it has been told of `font_path().parent`."""

_FILE: Final = Path(__file__).parent / "GuijuSans-Regular.otf"
_NOT_DRAWN: Final = frozenset("\t\n\r")
_UNICODE_FULL: Final = (3, 10)


class FontError(ValueError):
    """The bundled font file is missing or is not the one that was shipped; reinstalling puts it right."""

    def text(self, lang: str) -> str:
        """Say it in `zh` or `en`."""
        if lang == "zh":
            return f"随附字体文件 {_FILE.name} 缺失或已损坏；请重新安装 guiju"
        return f"the bundled font {_FILE.name} is missing or damaged; install guiju again"

    def __str__(self) -> str:
        return self.text("en")


def font_path() -> Path:
    """Return the path of the bundled OpenType font (regular weight; licence and provenance lie beside it).

    Raises FontError if it is not there.
    """
    if not _FILE.is_file():
        raise FontError
    return _FILE


def missing_glyphs(text: str) -> str:
    """Return the characters of `text` that the font has no glyph for, each once, in the order of their appearance.

    Tabs and line ends are not drawn and therefore never missing. Raises FontError if the font cannot be read.
    """
    covered = _covered()
    return "".join(dict.fromkeys(each for each in text if ord(each) not in covered and each not in _NOT_DRAWN))


@cache
def _covered() -> frozenset[int]:
    """Return the code points of the font's full Unicode table (cmap format 12: sorted ranges of characters)."""
    try:
        table = _table(font_path(), b"cmap")
        (count,) = struct.unpack_from(">H", table, 2)
        for platform, encoding, offset in struct.iter_unpack(">HHI", table[4 : 4 + 8 * count]):
            if (platform, encoding) == _UNICODE_FULL:
                (groups,) = struct.unpack_from(">I", table, offset + 12)
                ranges = struct.iter_unpack(">III", table[offset + 16 : offset + 16 + 12 * groups])
                return frozenset(code for first, last, _ in ranges for code in range(first, last + 1))
    except (OSError, struct.error) as error:
        raise FontError from error
    raise FontError


def _table(path: Path, wanted: bytes) -> bytes:
    """Read one table of an OpenType file, found in the directory at its start."""
    with path.open("rb") as stream:
        _, count = struct.unpack(">4sH6x", stream.read(12))
        for tag, _, offset, length in struct.iter_unpack(">4sIII", stream.read(16 * count)):
            if tag == wanted:
                stream.seek(offset)
                return stream.read(length)
    raise FontError
