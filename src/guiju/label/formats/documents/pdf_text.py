"""Text strings of PDF (ISO 32000-1, 7.9.2, and UTF-8 as in PDF 2.0): how they are read, and how a label is written."""

from __future__ import annotations

import re

_SPECIAL = {
    **dict(zip(range(0x18, 0x20), "˘ˇˆ˙˝˛˚˜", strict=True)),
    **dict(zip(range(0x80, 0x9F), "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž", strict=True)),
    0x7F: "\ufffd",
    0x9F: "\ufffd",
    0xA0: "€",
    0xAD: "\ufffd",
}
_PDF_DOC = str.maketrans({chr(code): text for code, text in _SPECIAL.items()})
_MARKS = ((b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le"), (b"\xef\xbb\xbf", "utf-8"))


def decoded(data: bytes) -> str:
    """Return the characters of a text string: UTF-16 or UTF-8 with its mark, else PDFDocEncoding; never raises."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    return data.decode("latin-1").translate(_PDF_DOC)


def literal(text: str) -> bytes:
    """Return ASCII text as a string object in parentheses; raises UnicodeEncodeError for any other text."""
    return b"(" + re.sub(rb"([\\()])", rb"\\\1", text.encode("ascii")) + b")"
