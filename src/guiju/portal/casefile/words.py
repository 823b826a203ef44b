"""Texts with places in them, filled in both languages at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from guiju.bilingual import Bilingual


def filled(text: Bilingual, **values: Any) -> Bilingual:
    """Fill in a text; what is bilingual itself is filled in language by language."""
    return Bilingual(
        zh=text.zh.format(**{name: _in(value, "zh") for name, value in values.items()}),
        en=text.en.format(**{name: _in(value, "en") for name, value in values.items()}),
    )


def joined(texts: Iterable[Bilingual]) -> Bilingual:
    """Join several on one line, each once."""
    found = list(dict.fromkeys(texts))
    return Bilingual(zh="、".join(one.zh for one in found), en=", ".join(one.en for one in found))


def capital(text: Bilingual) -> Bilingual:
    """Let the English begin with a capital letter."""
    return Bilingual(zh=text.zh, en=text.en[:1].upper() + text.en[1:])


def span(first: Any, last: Any) -> Bilingual:
    """Say a day, or for a date that is not certain yet the earliest and the latest that it can be."""
    if first == last:
        return Bilingual(zh=str(first), en=str(first))
    return Bilingual(zh=f"{first} 至 {last}（暂定）", en=f"{first} to {last} (provisional)")


def _in(value: Any, lang: str) -> Any:
    return value.get(lang) if isinstance(value, Bilingual) else value
