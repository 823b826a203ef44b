"""Whether the bundled font can draw a letter; a character that it cannot draw is refused before anything is written."""

from __future__ import annotations

from collections.abc import Iterable

from guiju.bilingual import Bilingual
from guiju.fonts import missing_glyphs
from guiju.letters.model import Letter
from guiju.letters.plain import text
from guiju.letters.problems import LetterReport
from guiju.letters.saying import both


def refuse_missing_glyphs(letter: Letter, langs: Iterable[str]) -> None:
    """Raise LetterError that names every field with characters that the font lacks, and the characters."""
    report = LetterReport(letter.name)
    told: set[str] = set()
    for given in letter.given:
        lacking = missing_glyphs(given.text.zh + given.text.en)
        if lacking:
            told.update(lacking)
            where = Bilingual(zh=f"{given.label.zh}（{given.field}）", en=f"{given.label.en} ({given.field})")
            report.add("missing_glyphs", 0, where=where, characters=_named(lacking))
    for lang in langs:
        lacking = "".join(one for one in missing_glyphs(text(letter, lang)) if one not in told)
        if lacking:
            report.add("missing_glyphs", 0, where=both(letter.name), characters=_named(lacking))
    report.raise_if_any()


def _named(characters: str) -> str:
    return ", ".join(f"{one} (U+{ord(one):04X})" if one.isprintable() else f"U+{ord(one):04X}" for one in characters)
