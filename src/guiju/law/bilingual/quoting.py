"""Quotations of a few words: enough to find the place again, never a sentence of the law."""

import re
from typing import Final

from guiju.law.citation import Language

_ENDS: Final = {"zh": re.compile(r"[，。；：、]"), "en": re.compile(r"[,.;:](?=\s|$)")}
_LONGEST: Final = {"zh": 16, "en": 60}


def quote(text: str, start: int, end: int, language: Language, *, and_next: int = 0) -> str:
    """Quote a span and up to ``and_next`` characters after it, in whole English words, within its clause."""
    clause_end = _ENDS[language].search(text, end)
    stop = min(end + and_next, clause_end.start() if clause_end else len(text))
    if language == "en" and (rest := re.match(r"[\w'’-]*", text[stop:])):
        stop += rest.end()
    quoted = text[start:stop].strip()
    longest = _LONGEST[language]
    if len(quoted) <= longest:
        return quoted
    cut = quoted[:longest]
    return (cut.rsplit(" ", 1)[0] if language == "en" else cut) + "…"
