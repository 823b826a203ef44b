"""Messages about a document that somebody wrote: a stable code, and what, what else and how to fix, in both languages.

The texts hold `{names}` for what was found in the document. Details from the document are shown by `shown`,
so that nothing in a file can forge lines or colours of a terminal.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from guiju.bilingual import Bilingual

Detail = str | int | Bilingual
"""What is put into a message: text (or a number) that is the same in both languages, or one for each."""

LONGEST_SHOWN = 60
NOTHING = Bilingual(zh="", en="")


class Message(msgspec.Struct, frozen=True):
    """One kind of problem. `meaning` explains the code in general; the others are said about a place in a file."""

    code: str
    meaning: str
    what: Bilingual
    fix: Bilingual
    expected: Bilingual = NOTHING


def fill(text: Bilingual, details: Mapping[str, Detail], lang: str) -> str:
    """Put details into a text, each in the language of the text."""
    said = {k: v.get(lang) if isinstance(v, Bilingual) else v for k, v in details.items()}
    return text.get(lang).format_map(said)


def shown(text: str) -> str:
    """Return a piece of a document as it can be quoted in a message: on one line, visible, not too long."""
    short = text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in short)
