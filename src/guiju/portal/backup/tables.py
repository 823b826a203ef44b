"""Tables as lines of JSON that every database can be filled from: first the names of the columns, then row by row."""

from __future__ import annotations

import datetime as dt
import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import BinaryField, Field, JSONField, Model

from guiju.portal.backup.errors import BackupError

_LEFT_OUT = {"auth", "contenttypes", "sessions"}
"""Apps whose tables the site makes anew: nobody stays logged in over a restore."""
_PAGE = 500


def kept_models() -> list[type[Model]]:
    """List the tables of a backup, by name."""
    found = [one for one in apps.get_models(include_auto_created=True) if one._meta.app_label not in _LEFT_OUT]
    return sorted((one for one in found if not one._meta.proxy and one._meta.managed), key=lambda one: one._meta.label)


def lines_of(model: type[Model]) -> Iterator[bytes]:
    """Yield the lines of a table, in the order of its keys; needs memory for a page of rows at a time."""
    fields = _fields(model)
    yield _line([field.attname for field in fields])
    last: Any = None
    key = model._meta.pk.attname
    at = [field.attname for field in fields].index(key)
    rows = model._default_manager.order_by(key).values_list(*(field.attname for field in fields))
    while page := list((rows if last is None else rows.filter(**{f"{key}__gt": last}))[:_PAGE]):
        last = page[-1][at]
        for row in page:
            yield _line([_written(field, value) for field, value in zip(fields, row, strict=True)])


def fill(model: type[Model], lines: Iterable[bytes]) -> int:
    """Fill an empty table; returns how many rows. Raises BackupError where the columns are others."""
    fields = _fields(model)
    lines = iter(lines)
    names = json.loads(next(lines, b"[]"))
    if names != [field.attname for field in fields]:
        label = model._meta.label
        raise BackupError(
            f"备份中 {label} 的列与本版本不同", f"the columns of {label} in the backup are not those of this version"
        )
    count, page = 0, []
    for line in lines:
        values = json.loads(line)
        page.append(model(**{one.attname: _read(one, value) for one, value in zip(fields, values, strict=True)}))
        if len(page) == _PAGE:
            count += len(model._default_manager.bulk_create(page))
            page = []
    return count + len(model._default_manager.bulk_create(page))


def _fields(model: type[Model]) -> list[Field[Any, Any]]:
    return list(model._meta.concrete_fields)


def _line(values: list[Any]) -> bytes:
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_plain)
    return text.encode() + b"\n"


def _plain(value: Any) -> str:
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    raise TypeError(type(value).__name__)


def _written(field: Field[Any, Any], value: Any) -> Any:
    return b64encode(bytes(value)).decode() if isinstance(field, BinaryField) and value is not None else value


def _read(field: Field[Any, Any], value: Any) -> Any:
    if value is None or isinstance(field, JSONField):
        return value
    return b64decode(value) if isinstance(field, BinaryField) else field.to_python(value)
