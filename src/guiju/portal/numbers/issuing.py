"""Giving numbers, in the transaction of what bears them: undone together, so that no ordinal is lost."""

from __future__ import annotations

import re

from django.db import connection, transaction

from guiju.portal.numbers.check_character import with_check
from guiju.portal.numbers.models import Issued

_NEXT = (
    "INSERT INTO numbers_series (name, last) VALUES (%s, 1) "
    "ON CONFLICT (name) DO UPDATE SET last = numbers_series.last + 1 RETURNING last"
)
_SERIES = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")
_DIGITS = 6


class SeriesNameError(ValueError):
    """A series is named with other signs than capitals, digits and hyphens."""


@transaction.atomic
def issue(series: str) -> str:
    """Return the next number of a series, such as `C-2026-000042-K` of `C-2026`.

    The series' row stays locked until the transaction ends, so others wait rather than see a number that may vanish.
    """
    if not _SERIES.fullmatch(series):
        raise SeriesNameError(series)
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [series])
        ordinal: int = cursor.fetchone()[0]
    number = with_check(f"{series}-{ordinal:0{_DIGITS}}")
    Issued.objects.create(number=number, series=series, ordinal=ordinal)
    return number
