"""The code that leads to a number's check, and the badge around it."""

from __future__ import annotations

import io

import segno
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from guiju.portal.registers.books import Book
from guiju.portal.registers.models import Entry

_QUIET = 4
"""Modules of white around the code, as ISO/IEC 18004 asks for."""
_SCALE = 8
_NUMBER_WIDTH, _LARGEST, _SIGN = 236.0, 17.0, 0.61


def checking_place(request: HttpRequest, entry: Entry) -> str:
    """Return the whole address at which the number of an entry is checked: what the code says."""
    return request.build_absolute_uri(reverse("number_short", kwargs={"number": entry.plain}))


def qr_svg(text: str) -> bytes:
    """Return the code as a drawing."""
    side, path = _drawn(text)
    return render_to_string("lookup/qr.svg", {"side": side, "path": path}).encode()


def qr_png(text: str) -> bytes:
    """Return the code as a picture."""
    picture = io.BytesIO()
    segno.make(text, error="m", micro=False).save(picture, kind="png", scale=_SCALE, border=_QUIET)
    return picture.getvalue()


def badge_svg(request: HttpRequest, book: Book, entry: Entry) -> bytes:
    """Return the badge: number, code, where to check it. It states no status: what is printed does not change."""
    place = checking_place(request, entry)
    side, path = _drawn(place)
    size = min(_LARGEST, _NUMBER_WIDTH / (_SIGN * len(entry.number)))
    site = place.partition("://")[2].partition("/")[0]
    told = {
        "book": book,
        "entry": entry,
        "site": site,
        "path": path,
        "scale": f"{112 / side:.4f}",
        "size": f"{size:.1f}",
    }
    return render_to_string("lookup/badge.svg", told).encode()


def _drawn(text: str) -> tuple[int, str]:
    """Return the side of the code in modules, and its dark runs as a path."""
    rows = [bytes(row) for row in segno.make(text, error="m", micro=False).matrix_iter(border=_QUIET)]
    path = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            end = x
            while end < len(row) and row[end]:
                end += 1
            if end > x:
                path.append(f"M{x} {y}h{end - x}v1h{x - end}z")
            x = end + 1
    return len(rows), "".join(path)
