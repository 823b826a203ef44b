"""What a format's reader found in a file: candidates for labels, and seals that a change would break."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Found:
    """A text in a place where a label may stand.

    `place` is a stable name such as `xmp`, `exif:UserComment`, `png:tEXt`; `named` is True where the slot itself is
    called AIGC. A slot that is not counts as a label only if its text has at least one of the seven names.
    """

    place: str
    text: str
    named: bool = True


@dataclass(frozen=True)
class Seal:
    """Something that a change of the file would break or that hides it.

    `kind` is `c2pa`, `signature` or `encryption`; `where` says in which structure it was seen.
    """

    kind: str
    where: str


@dataclass(frozen=True)
class Contents:
    """All candidates and seals of a file, main place first."""

    found: tuple[Found, ...] = ()
    seals: tuple[Seal, ...] = field(default=())
