"""Who may read which letters of a case: the side to which a letter went, and the authority's, which sent it."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse

from guiju.portal.cases.models import Case
from guiju.portal.correspondence.models import Letter
from guiju.procedures.model import CaseType


def may_read(kind: CaseType, to: str, seen_as: Collection[str]) -> bool:
    """Tell whether somebody who sees a case in these roles may read its letters to a party."""
    return went_to(kind, to, seen_as) or any(kind.side_of(role) == "authority" for role in seen_as)


def went_to(kind: CaseType, to: str, seen_as: Collection[str]) -> bool:
    """Tell whether letters to a party went to somebody who sees a case in these roles."""
    return any(role in kind.parties[to].roles for role in seen_as)


def letters_read_by(case: Case, kind: CaseType, seen_as: Collection[str]) -> list[Letter]:
    """List the letters of a case that somebody may read, in the order in which they went out."""
    found = Letter.objects.filter(case=case).order_by("seq", "place").defer("content")
    return [letter for letter in found if may_read(kind, letter.to, seen_as)]


def address_of(letter: Letter, number: str) -> str:
    """Return where a letter is read; `number` is that of its case."""
    return reverse("case_letter", kwargs={"number": number, "seq": letter.seq, "place": letter.place})


def pdf_address_of(letter: Letter, number: str, lang: str) -> str:
    """Return where a letter is fetched as PDF in `zh` or `en`."""
    arguments = {"number": number, "seq": letter.seq, "place": letter.place, "lang": lang}
    return reverse("case_letter_pdf", kwargs=arguments)
