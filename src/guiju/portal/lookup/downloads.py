"""What a search finds as a file: streamed, so that a register of any length takes little memory."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from guiju import __version__
from guiju.bilingual import Bilingual
from guiju.portal.lookup import answers
from guiju.portal.lookup.finding import Search
from guiju.portal.lookup.shapes import ENTRIES, summary
from guiju.portal.lookup.standing import standing
from guiju.portal.lookup.wording import worded
from guiju.portal.registers.books import Book, books
from guiju.portal.registers.models import Edition, Entry
from guiju.procedures.model import Field

BOM = "\ufeff"
_CHUNK = 500
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_KINDS = {"json": "application/json", "csv": "text/csv; charset=utf-8"}
_AS_IS = ("text", "date", "count", "money")
_UNSETTLED = timedelta(seconds=2)
_HEAD = {
    "register": Bilingual(zh="登记簿", en="register"),
    "number": Bilingual(zh="编号", en="number"),
    "status": Bilingual(zh="状态", en="status"),
    "thing": Bilingual(zh="系统、产品", en="system"),
    "holder": Bilingual(zh="单位", en="organisation"),
    "area": Bilingual(zh="地区代码", en="area code"),
    "registered": Bilingual(zh="登记日期", en="registered on"),
    "since": Bilingual(zh="现状始于", en="stands like this since"),
    "changed": Bilingual(zh="最近变化", en="last changed on"),
}


def download(request: HttpRequest, search: Search, form: str) -> HttpResponseBase:
    """Give what a search finds; nothing is read where the asker has the newest already."""
    changed, tag = _edition(request, search, form)
    same = get_conditional_response(request, etag=tag, last_modified=changed and int(changed.timestamp()))
    if same is not None:
        return same
    lines = _csv(search) if form == "csv" else _json(request, search)
    # A server need not read the register to throw it away.
    body = iter(()) if request.method == "HEAD" else (line.encode() for line in lines)
    response = StreamingHttpResponse(body, content_type=_KINDS[form])
    name = (search.given["register"] or "registers").replace("/", "-")
    answers.open_to_all(response, f"{name}-{timezone.localdate():%Y%m%d}.{form}")
    response.headers["ETag"] = tag
    if changed is not None:
        response.headers["Last-Modified"] = http_date(changed.timestamp())
    return response


def defused(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip(" \N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}").startswith(_FORMULA) else text


def _edition(request: HttpRequest, search: Search, form: str) -> tuple[datetime | None, str]:
    """Return when the registers last changed, and the tag of what is asked for. What is not public changes neither.

    No day of change is told within the same second: two changes in it could not be told apart.
    """
    editions = list(Edition.objects.filter(register__in=books()).order_by("register"))
    counts = [(one.register, one.count) for one in editions]
    known = (ENTRIES, __version__, timezone.localdate().isoformat(), form, search.address(), request.get_host(), counts)
    tag = f'"{hashlib.sha256(repr(known).encode()).hexdigest()[:32]}"'
    changed = max((one.changed_at for one in editions), default=None)
    settled = changed is not None and timezone.now() - changed >= _UNSETTLED
    return changed if settled else None, tag


def _entries(search: Search) -> Iterator[tuple[Book, Entry]]:
    kept = books()
    for one in search.entries().iterator(chunk_size=_CHUNK):
        yield kept[one.register], one


def _json(request: HttpRequest, search: Search) -> Iterator[str]:
    """Write one entry a line, within one JSON object."""
    today = timezone.localdate()
    head = {"format": ENTRIES, "as_of": today.isoformat(), "query": search.address()}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "entries": [\n'
    comma = ""
    for book, one in _entries(search):
        yield comma + json.dumps(summary(book, one, today, request.build_absolute_uri), ensure_ascii=False)
        comma = ",\n"
    yield "\n]}\n"


class _Line:
    """Hands out what the csv writer writes."""

    def write(self, text: str) -> str:
        return text


def _csv(search: Search) -> Iterator[str]:
    """Write a table for people: headings and words in both languages. Programs are better served by JSON."""
    today, writer = timezone.localdate(), csv.writer(_Line())
    asked = search.given["register"]
    # The fields of one register stand in columns of their own; several registers have no columns in common.
    fields = dict(books()[asked].fields) if asked in books() else {}
    yield BOM + writer.writerow(
        [_words(label) for label in (*_HEAD.values(), *(field.label for field in fields.values()))]
    )
    for book, one in _entries(search):
        stands = standing(book, one, today)
        cells: Iterable[Any] = (
            book.label, one.number, stands.label, one.thing, one.holder, one.area,
            one.first_on.isoformat(), stands.since.isoformat(), one.changed_on.isoformat(),
            *(_value(field, one.fields.get(name)) for name, field in fields.items()),
        )  # fmt: skip
        yield writer.writerow([defused(_words(cell)) for cell in cells])


def _value(field: Field, value: Any) -> Bilingual | str:
    """Return a value as spreadsheets read it best: days and figures as they are, choices in words."""
    if value is None:
        return ""
    return str(value) if field.type in _AS_IS else worded(field, value)


def _words(cell: Any) -> str:
    if isinstance(cell, Bilingual):
        return cell.zh if cell.zh == cell.en else f"{cell.zh} | {cell.en}"
    return str(cell)
