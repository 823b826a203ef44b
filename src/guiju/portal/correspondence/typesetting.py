"""Letters as PDF: set when somebody first asks, then kept on disk under the digest of what they say.

Setting takes a second or two and needs no database; the page that asks has read the letter before and holds nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from guiju.files import write_whole
from guiju.letters.page import pdf
from guiju.portal.correspondence.keeping import composed
from guiju.portal.correspondence.models import Letter

_PRIVATE = 0o600


def typeset(letter: Letter, lang: str, logged: Sequence[str] = ()) -> bytes:
    """Return a letter as PDF in `zh` or `en`; `logged` as in `composed`.

    Raises LetterError where it cannot be set, TamperedLetterError.
    """
    content = composed(letter, logged)
    kept = _place(letter, lang)
    if kept.exists():
        return kept.read_bytes()
    made = pdf(content, lang)
    kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_whole(kept, made, _PRIVATE)
    return made


def _place(letter: Letter, lang: str) -> Path:
    folder: Path = settings.CONFIGURATION.folder
    return folder / "letters" / f"{letter.sha256}.{lang}.pdf"
