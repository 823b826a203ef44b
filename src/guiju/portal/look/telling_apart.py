"""Options that would read alike are told apart by what they belong to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from guiju.bilingual import Bilingual


def told_apart(named: Iterable[tuple[str, Bilingual, Bilingual]]) -> dict[str, Bilingual]:
    """Return a label for each name, from names with label and whose they are; labels that two names share say whose."""
    labels: dict[str, Bilingual] = {}
    owners: dict[str, list[Bilingual]] = {}
    for name, label, owner in named:
        labels.setdefault(name, label)
        owners.setdefault(name, []).append(owner)
    often = Counter(label.zh for label in labels.values())
    return {
        name: _of(label, list(dict.fromkeys(owners[name]))) if often[label.zh] > 1 else label
        for name, label in labels.items()
    }


def _of(label: Bilingual, owners: list[Bilingual]) -> Bilingual:
    zh, en = "、".join(one.zh for one in owners), ", ".join(one.en for one in owners)
    return Bilingual(zh=f"{label.zh}（{zh}）", en=f"{label.en} ({en})")
