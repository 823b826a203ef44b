"""Where paragraphs begin in a narrow printed column, when only its line breaks are left."""

import itertools
import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from guiju.law.numerals import NUMERAL_CHARACTERS

FULL_LINE: Final = 20.75
"""Width, in Chinese characters, under which a line of a column of 22 was indented or ends its paragraph."""

_ITEM: Final = re.compile(f"（([{NUMERAL_CHARACTERS}]+)）")
_ENDS: Final = ("。", "；", "：")


def paragraphs(lines: Sequence[str]) -> list[str]:
    """Join the lines that the column's width has wrapped."""
    joined = [lines[0]]
    for before, line in itertools.pairwise(lines):
        if before.endswith(_ENDS) and (begins_paragraph(line) or width(before) < FULL_LINE):
            joined.append(line)
        else:
            joined[-1] += line
    return joined


def begins_paragraph(line: str) -> bool:
    """Whether a line names an item or was indented, so that less fitted on it though the sentence goes on."""
    return item_number(line) is not None or (width(line) < FULL_LINE and not line.endswith(_ENDS))


def item_number(line: str) -> str | None:
    """Give the numeral of the item that begins with a line, if one does."""
    match = _ITEM.match(line)
    return match[1] if match else None


def width(line: str) -> float:
    """Measure a line in Chinese characters; Latin letters, digits and blanks are half as wide."""
    return sum(1 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in line)
