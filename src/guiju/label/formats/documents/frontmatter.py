"""The front matter of a Markdown file: where it stands, in which encoding, with which line ends."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guiju.label.errors import TooLargeError
from guiju.label.formats.documents.charset import Characters, characters
from guiju.label.source import Source

_HEAD = 64 * 2**10
_LONGEST = 2**20
_OPENING = re.compile(r"---[ \t]*+(\r?\n)")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*+(?=\r?\n|\Z)", re.MULTILINE)
_STARTS = ("---", "+++", "{")
_CODECS = ("utf-8", "gb18030")


@dataclass(frozen=True)
class Block:
    """The text between the two lines of dashes; `start` and `end` count units of the file's encoding.

    `codec` gives back exactly the file's bytes, and is empty where none does.
    """

    text: str
    codec: str
    start: int
    end: int
    newline: str


def head_of(source: Source) -> Characters:
    """Return the beginning of the file, as much as is needed to see its front matter whole."""
    chars = characters(source, _HEAD)
    if chars.whole or not chars.text.startswith(_STARTS):
        return chars
    opening = _OPENING.match(chars.text)
    if opening is not None and _CLOSING.search(chars.text, opening.end()) is not None:
        return chars
    return characters(source, min(4 * _LONGEST, source.limits.block))


def block_of(chars: Characters) -> Block | None:
    """Return the front matter, or None where the file has none: a `---` that is never closed is a thematic break.

    Raises TooLargeError for one longer than any front matter should be.
    """
    opening = _OPENING.match(chars.text)
    if opening is None:
        return None
    start = opening.end()
    closing = _CLOSING.search(chars.text, start)
    if closing is None and chars.whole:
        return None
    if closing is None or closing.start() - start > _LONGEST:
        raise TooLargeError.because("YAML 头部过长", "the front matter is too long")
    end = closing.start()
    codec = chars.codec or next((codec for codec in _CODECS if _is_exact(chars, start, end, codec)), "")
    return Block(chars.decoded(start, end), codec, start, end, opening[1])


def _is_exact(chars: Characters, start: int, end: int, codec: str) -> bool:
    data = chars.text[start:end].encode("latin-1")
    try:
        return data.decode(codec).encode(codec) == data
    except UnicodeDecodeError:
        return False
