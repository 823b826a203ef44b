"""Characters of text files and where they stand in bytes: UTF-8, UTF-16 with a mark, and the Chinese encodings.

Marks and punctuation of HTML and YAML are plain ASCII, and in UTF-8, GBK, GB 18030, Big5 and Shift JIS no byte of a
longer character looks like `<`, `>`, a quote or a line end. Text in those is therefore looked at byte by byte (each as
one character) and only what a person reads is decoded.
"""

from __future__ import annotations

from dataclasses import dataclass

from guiju.label.errors import DamagedError
from guiju.label.source import Source

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_UTF32 = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")
_GUESSES = ("utf-8", "gb18030")


@dataclass(frozen=True)
class Characters:
    """The beginning of a text file, one character for each unit of its encoding.

    `text` begins behind the byte order mark; `codec` is what the mark says, or empty; `whole` is False where the file
    goes on.
    """

    text: str
    mark: bytes
    codec: str
    whole: bool

    @property
    def width(self) -> int:
        """Bytes of one unit."""
        return 2 if self.codec.startswith("utf-16") else 1

    def offset(self, at: int) -> int:
        """Return where in the file the unit at this place begins, in bytes."""
        return len(self.mark) + at * self.width

    def encoded(self, ascii_text: str) -> bytes:
        """Return ASCII text as it stands in this file."""
        return ascii_text.encode(self.codec if self.width == 2 else "ascii")

    def decoded(self, start: int, end: int, codec: str = "") -> str:
        """Return a stretch as a person reads it; `codec` where no mark says it, else the first that fits."""
        units = self.text[start:end]
        if self.width == 2:
            return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        data = units.encode("latin-1")
        for guess in (self.codec,) if self.codec else (codec, *_GUESSES):
            try:
                return data.decode(guess or "utf-8")
            except (UnicodeError, LookupError):
                continue
        return data.decode("utf-8" if self.codec else "latin-1", "replace")


def characters(source: Source, most: int) -> Characters:
    """Read up to `most` bytes of a text file; raises DamagedError for UTF-32 and for half a character at the end."""
    data = source.peek(0, min(most, source.size))
    if data[:4] in _UTF32:
        raise DamagedError.because("不支持 UTF-32 文本", "text in UTF-32 is not read")
    mark, codec = next(((mark, codec) for mark, codec in _MARKS if data.startswith(mark)), (b"", ""))
    whole = len(data) >= source.size
    data = data[len(mark) :]
    if not codec.startswith("utf-16"):
        return Characters(data.decode("latin-1"), mark, codec, whole)
    if len(data) % 2 and whole:
        raise DamagedError.because("UTF-16 文本以半个字符结尾", "the UTF-16 text ends with half a character")
    return Characters(_units(data[: len(data) // 2 * 2], codec), mark, codec, whole)


def _units(data: bytes, codec: str) -> str:
    """Return UTF-16 as one character a unit: surrogates stay apart, so that places are counted in units."""
    text = data.decode(codec, "surrogatepass")
    if len(text) * 2 == len(data):
        return text
    return "".join(
        char if ord(char) < 0x10000 else chr(0xD7C0 + (ord(char) >> 10)) + chr(0xDC00 + (ord(char) & 0x3FF))
        for char in text
    )
