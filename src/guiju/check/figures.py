"""Figures in messages."""

from __future__ import annotations

from decimal import Decimal

from guiju.bilingual import Bilingual


def figure(value: int | Decimal, unit: Bilingual | None = None) -> Bilingual:
    """Write a number with its unit in both languages."""
    text = f"{value:,}"
    if unit is None:
        return Bilingual(f" {text} ", text)
    return Bilingual(f" {text} {unit.zh}", f"{text} {unit.en}")
