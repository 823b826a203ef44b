"""What was written, and what was found when looking at it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from guiju.bilingual import Bilingual


@dataclass(frozen=True)
class ExplicitFinding:
    """One finding about an explicit label.

    `ok` is True (held), False (broken) or None (cannot be told here); `figures` are what was measured: pixels, ratios,
    seconds, as named. `place` says where in the content.
    """

    code: str
    ok: bool | None
    reason: Bilingual
    place: str = ""
    figures: Mapping[str, float | str] = field(default_factory=dict)

    def text(self, lang: str) -> str:
        """Say it in `zh` or `en`."""
        return self.reason.get(lang)

    @property
    def zh(self) -> str:
        """The finding in Chinese."""
        return self.reason.zh

    @property
    def en(self) -> str:
        """The finding in English."""
        return self.reason.en


@dataclass(frozen=True)
class ExplicitResult:
    """What became of a file: `changed` is False where the label stood there already."""

    path: Path
    kind: str
    text: str
    changed: bool
    findings: tuple[ExplicitFinding, ...]
    notes: tuple[Bilingual, ...] = ()


def labelled(findings: tuple[ExplicitFinding, ...] | list[ExplicitFinding]) -> bool | None:
    """Return whether the findings amount to a label: all held, one broken, or something that cannot be told."""
    if any(one.ok is False for one in findings):
        return False
    return None if any(one.ok is None for one in findings) or not findings else True
