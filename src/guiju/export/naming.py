"""Identifiers that stay the same from one export to the next, and citations for people."""

from __future__ import annotations

import re
import uuid
from typing import Final

from guiju.bilingual import Bilingual
from guiju.engine.norms import Norm, Rulebook
from guiju.law.address import Address
from guiju.law.citation import format_citation
from guiju.law.numerals import format_numeral

NAMESPACE: Final = uuid.UUID("3b071d35-2f8f-4cdf-ac31-9da2ceea612a")
"""Drawn once at random; every identifier of an export is a version 5 UUID (RFC 9562) in it."""

_CHAPTER: Final = re.compile(r"/ch([0-9]+)_")


def stable_uuid(name: str) -> str:
    """Return the UUID that belongs to a name for ever."""
    return str(uuid.uuid5(NAMESPACE, name))


def control_id(norm: Norm) -> str:
    """Return an OSCAL token for a norm: ``mail4-96.1-fine`` for the norm ``fine`` at ``mail4:96.1``."""
    place = str(norm.address).replace(":", "-")
    return f"{place}-{norm.id}" if norm.id else place


def chapter_of(norm: Norm) -> int | None:
    """Return the chapter in which a norm stands, by the file that holds it (``ch4_s3_filing.yaml``), if it says so."""
    match = _CHAPTER.search(f"/{norm.file}")
    return int(match[1]) if match else None


def cite(address: Address, book: Rulebook | None = None) -> Bilingual:
    """Cite a provision in both languages; with the law's title if its rulebook is given."""
    titles = (None, None) if book is None else (book.title.zh, book.title.en)
    return Bilingual(format_citation(address, "zh", titles[0]), format_citation(address, "en", titles[1]))


def chapter_title(number: int) -> Bilingual:
    """Name a chapter by its number; its own title is the law's wording and stays with the imported texts."""
    return Bilingual(f"第{format_numeral(number)}章", f"Chapter {number}")


def both(text: Bilingual) -> str:
    """Write both languages on one line, for fields that hold one text."""
    return f"{text.zh} · {text.en}"
