"""Checking a number: page, JSON twin and the short address behind a code. One query, the same for everybody.

What is found is public; all else is the same answer, whatever there may be: a case, an entry that is not public, or
nothing. Where the check character is wrong no right number is suggested: on a forged badge a number that is only like
a real one would then be taken for a slip of the pen, and the page itself would lead on to the entry of somebody else.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from guiju.bilingual import Bilingual
from guiju.portal.faces.provisions import provisions
from guiju.portal.faces.showing import show
from guiju.portal.look.components import SummaryList, SummaryRow, TextField
from guiju.portal.look.components.provisions import ProvisionLink
from guiju.portal.lookup import answers
from guiju.portal.lookup.entries import LONGEST_NUMBER, published_entries, typed
from guiju.portal.lookup.shapes import NUMBER, arguments, summary
from guiju.portal.lookup.standing import StandingOf, standing
from guiju.portal.numbers.check_character import checks
from guiju.portal.registers.books import Book, books
from guiju.portal.registers.describing import normalised
from guiju.portal.registers.models import Entry

Result = Literal["found", "not_public", "impossible", "nothing_asked"]
_TITLE = Bilingual(zh="核对编号", en="Check a number")
_FOUND = Bilingual(zh="{number} 核对结果", en="Check of {number}")
_RESTS_ON = ("mail4:46.1", "mail4:67.1")
_SHORT = "/n/"
_MOST = 5
_TONES = {"in_force": "success", "suspended": "warning", "uncertain": "warning", "replaced": "warning"}


@dataclass(frozen=True, slots=True)
class Found:
    """An entry under the number, and how it stands."""

    book: Book
    entry: Entry
    standing: StandingOf

    @property
    def tone(self) -> str:
        """The kind of frame in which it is shown."""
        return _TONES.get(self.standing.stands, "failure")

    @property
    def place(self) -> str:
        """The address of the entry's page."""
        return reverse("entry", kwargs=arguments(self.entry))

    @property
    def rests_on(self) -> tuple[ProvisionLink, ...]:
        """What the status rests on."""
        return provisions(self.standing.cites)

    @property
    def facts(self) -> SummaryList:
        """What to compare with what one has before oneself."""
        names = [self.book.meaning.thing, self.book.meaning.holder]
        rows = [(self.book.fields[name].label, self.entry.fields.get(name)) for name in names]
        term = self.book.meaning.expires
        if term and self.entry.fields.get(term):
            rows.append((self.book.fields[term].label, self.entry.fields[term]))
        rows.append((Bilingual(zh="登记日期", en="registered on"), self.entry.first_on.isoformat()))
        rows.append((Bilingual(zh="现状始于", en="stands like this since"), self.standing.since.isoformat()))
        shown = rows if self.entry.shown else rows[-1:]
        return SummaryList(
            rows=tuple(
                SummaryRow(key=Bilingual(zh=key.zh, en=key.en[:1].upper() + key.en[1:]), value=str(value))
                for key, value in shown
                if value
            )
        )


def number_check(request: HttpRequest) -> HttpResponseBase:
    """Show the form, and what is known of the number that was asked for."""
    return _page(request, request.GET.get("number", ""))


def number_short(request: HttpRequest, number: str) -> HttpResponseBase:
    """Show the same under the short address that a code holds."""
    return _page(request, number)


def number_json(request: HttpRequest) -> HttpResponseBase:
    """Give the same to programs."""
    asked = read_number(request.GET.get("number", ""))
    result, found = check(asked, timezone.localdate())
    entries = [summary(one.book, one.entry, timezone.localdate(), request.build_absolute_uri) for one in found]
    content: dict[str, Any] = {
        "format": NUMBER, "asked": asked[:LONGEST_NUMBER], "result": result, "entries": entries,
    }  # fmt: skip
    return answers.data(request, content)


def check(asked: str, today: dt.date) -> tuple[Result, list[Found]]:
    """Look a number up, as `read_number` returns it. One query, or none for what cannot be a number."""
    if not asked:
        return "nothing_asked", []
    if len(asked) > LONGEST_NUMBER:
        return "impossible", []
    entries = published_entries().filter(plain=asked).order_by("register")[:_MOST]
    found = [Found(books()[one.register], one, standing(books()[one.register], one, today)) for one in entries]
    # Numbers that others gave before may bear no check character: what is entered is found all the same.
    if found:
        return "found", found
    return ("not_public" if checks(asked) else "impossible"), []


def read_number(text: str) -> str:
    """Return the number as one looks it up, from whatever was typed, or read by a scanner: the address in a code."""
    place = text.find(_SHORT)
    if place >= 0 and "://" in text[:place]:
        try:
            text = unquote(urlsplit(text.strip()).path.rpartition(_SHORT)[2])
        except ValueError:
            text = text[place + len(_SHORT) :]
    return typed(text)


def _page(request: HttpRequest, text: str) -> HttpResponseBase:
    asked = read_number(text)
    result, found = check(asked, timezone.localdate())
    kept = found[0].entry.number if found else normalised(text[:LONGEST_NUMBER], fold=False)
    field = TextField(
        prefix="n", name="number", value=kept,
        label=Bilingual(zh="备案编号或者许可证编号", en="Filing or licence number"),
        hint=Bilingual(
            zh="空格、连字符、大小写和全角字符都不影响核对。",
            en="Spaces, dashes, capitals and wide characters do not matter.",
        ),
        width=30, longest=3 * LONGEST_NUMBER, autocomplete="off",
    )  # fmt: skip
    told = {"field": field, "result": result, "found": found, "asked": asked[:LONGEST_NUMBER]}
    title = _TITLE
    if found:
        number = found[0].entry.number
        title = Bilingual(zh=_FOUND.zh.format(number=number), en=_FOUND.en.format(number=number))
    response = show(
        request, "lookup/number.html", told, title=title, current="number_check", provisions=provisions(_RESTS_ON)
    )
    return answers.page(request, response)
