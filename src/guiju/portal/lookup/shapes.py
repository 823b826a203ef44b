"""Entries as JSON for programs. The shape is a promise (docs/registers.md): members are added, never renamed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.urls import reverse

from guiju.bilingual import Bilingual
from guiju.portal.lookup.history import Version
from guiju.portal.lookup.standing import standing
from guiju.portal.registers.books import Book
from guiju.portal.registers.fingerprint import fingerprint
from guiju.portal.registers.models import Entry

ENTRY, ENTRIES, NUMBER = "guiju-register-entry/1", "guiju-register-entries/1", "guiju-number-check/1"
Place = Callable[[str], str]
"""Makes a whole address of a path on this site."""


def arguments(entry: Entry) -> dict[str, str]:
    """Return the arguments of the routes that are about one entry."""
    law, _, register = entry.register.partition("/")
    return {"law": law, "register": register, "number": entry.number.replace("/", "-")}


def summary(book: Book, entry: Entry, today: dt.date, place: Place) -> dict[str, Any]:
    """Return an entry as it stands, without what it was; of a withdrawn one only that it is withdrawn."""
    stands = standing(book, entry, today)
    shape = {
        "register": book.key,
        "register_name": both(book.label),
        "number": entry.number,
        "status": entry.status if entry.shown else stands.stands,
        "status_name": both(stands.label),
        "stands": stands.stands,
        "since": stands.since.isoformat(),
    }
    if not entry.shown:
        return shape
    return shape | {
        "successor": stands.successor or None,
        "holder": entry.holder,
        "name": entry.thing,
        "area": entry.area,
        "registered_on": entry.first_on.isoformat(),
        "changed_on": entry.changed_on.isoformat(),
        "version": entry.version,
        "fields": book.open_fields(entry.fields),
        "address": place(reverse("entry", kwargs=arguments(entry))),
    }


def whole(book: Book, entry: Entry, versions: list[Version], today: dt.date, place: Place) -> dict[str, Any]:
    """Return an entry with all its versions, what its fields are called and what it rests on."""
    head = {"format": ENTRY, **summary(book, entry, today, place)}
    if not entry.shown:
        return head
    return head | {
        "says": both(standing(book, entry, today).says),
        "means": both(book.meaning.means),
        "provisions": list(book.cites),
        "labels": {name: both(field.label) for name, field in book.fields.items()},
        "history": [_version(entry, one, place) for one in versions],
    }


def both(text: Bilingual) -> dict[str, str]:
    """Return a text in both languages."""
    return {"zh": text.zh, "en": text.en}


def _version(entry: Entry, one: Version, place: Place) -> dict[str, Any]:
    proof = reverse("entry_proof", kwargs={**arguments(entry), "version": one.number, "form": "json"})
    return {
        "version": one.number,
        "on": one.on.isoformat(),
        "act": one.act,
        "act_name": both(one.label),
        "by": both(one.office) if one.office else None,
        "status": one.status,
        "fields": one.fields,
        "sha256": fingerprint(entry.register, entry.number, one.status, one.fields),
        "evidence": {"index": one.index, "proof": place(proof)} if one.index is not None else None,
    }
