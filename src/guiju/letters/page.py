"""A letter as a PDF: A4, tagged, with the bundled font only; the same letter always gives the same bytes."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from guiju.fonts import FAMILY, font_path
from guiju.letters.glyphs import refuse_missing_glyphs
from guiju.letters.model import Letter, Section
from guiju.letters.plain import details, furniture, number_line
from guiju.letters.problems import one_problem
from guiju.letters.saying import plain_day

STANDARDS = ("a-2a", "ua-1")
"""What the typesetter holds the file to: PDF/A-2a (ISO 19005-2) for keeping it, PDF/UA-1 (ISO 14289-1) for reading it
with assistive technology. Its own checks are all that stands behind this; no validator was run."""
_TEMPLATE = Path(__file__).parent / "letter.typ"
_REGION = {"zh": "CN", "en": "GB"}


def pdf(letter: Letter, lang: str) -> bytes:
    """Set a letter in `zh` or `en`, and return the file.

    Raises LetterError where the font lacks a character, or where the typesetter is not installed.
    """
    refuse_missing_glyphs(letter, (lang,))
    typst = _typesetter()
    midnight = dt.datetime.combine(letter.date, dt.time(), tzinfo=dt.UTC)
    try:
        done, warnings = typst.compile_with_warnings(
            _TEMPLATE.read_bytes(),
            font_paths=[str(font_path().parent)],
            ignore_system_fonts=True,
            sys_inputs={"letter": json.dumps(content(letter, lang), ensure_ascii=False, sort_keys=True)},
            format="pdf",
            pdf_standards=list(STANDARDS),
            timestamp=midnight,
        )
    except typst.TypstError as error:
        raise one_problem("not_set", letter.name, detail=str(error)) from error
    if warnings:
        raise one_problem("not_set", letter.name, detail="; ".join(warning.message for warning in warnings))
    return bytes(done)


def content(letter: Letter, lang: str) -> dict[str, Any]:
    """Return all that the template prints, as plain data: it is set as it is, never read as markup."""
    date = letter.date
    return {
        "lang": lang,
        "region": _REGION[lang],
        "font": FAMILY,
        "year": date.year,
        "month": date.month,
        "day": date.day,
        "authority": letter.authority.get(lang),
        "title": letter.title.get(lang),
        "number": number_line(letter, lang),
        "salutation": furniture("to", lang, recipient=letter.recipient.get(lang)),
        "sections": [_section(section, lang) for section in letter.sections],
        "date": plain_day(date).get(lang),
        "seal": furniture("seal", lang),
        "details": [list(pair) for pair in details(letter, lang)],
        "verify": furniture("verify", lang),
        "notice": letter.notice.get(lang) if letter.notice else "",
        "footer": letter.number,
        "page": furniture("page", lang, page="{page}", pages="{pages}"),
    }


def _section(section: Section, lang: str) -> dict[str, Any]:
    return {
        "heading": section.heading.get(lang) if section.heading else "",
        "paragraphs": [one.get(lang) for one in section.paragraphs],
        "items": [one.get(lang) for one in section.items],
        "rows": [{"label": row.label.get(lang), "lines": [one.get(lang) for one in row.lines]} for row in section.rows],
    }


def _typesetter() -> Any:
    try:
        import typst
    except ImportError:
        raise one_problem("no_typesetter") from None
    return typst
