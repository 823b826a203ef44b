"""Every word that the reports add to the rulebooks, in both languages, in one table.

A phrase may have slots (`{n}`); an English one may have two forms parted by `|`, the first for exactly one.
"""

from __future__ import annotations

import functools

from guiju.assess.report import form_phrases, phrases
from guiju.bilingual import Bilingual

PHRASES: dict[str, tuple[str, str]] = phrases.PAGE | phrases.TERMS | phrases.DATES | phrases.PROOFS | form_phrases.FORM
"""Key to (Chinese, English)."""


def say(key: str, **values: object) -> Bilingual:
    """Return a phrase in both languages, its slots filled; bilingual values are put in language by language.

    `n` chooses between the singular and the plural of an English phrase. Raises KeyError for an unknown key.
    """
    if not values:
        return _plain(key)
    zh, en = PHRASES[key]
    one, _, many = en.partition("|")
    chosen = many if many and values.get("n") != 1 else one
    return Bilingual(zh.format_map(_in("zh", values)), chosen.format_map(_in("en", values)))


@functools.cache
def _plain(key: str) -> Bilingual:
    return Bilingual(*PHRASES[key])


def _in(lang: str, values: dict[str, object]) -> dict[str, object]:
    return {name: _one(value, lang) for name, value in values.items()}


def _one(value: object, lang: str) -> object:
    if isinstance(value, Bilingual):
        return value.get(lang)
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return value


def same(text: object) -> Bilingual:
    """Return what reads the same in both languages: a name, a number, a date."""
    return Bilingual(str(text), str(text))


def joined(*parts: Bilingual) -> Bilingual:
    """Put parts one after the other, language by language."""
    return Bilingual("".join(p.zh for p in parts), "".join(p.en for p in parts))


def listed(parts: list[Bilingual]) -> Bilingual:
    """Join parts with the comma of each language."""
    return Bilingual("、".join(p.zh for p in parts), ", ".join(p.en for p in parts))
