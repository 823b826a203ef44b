"""Values of fields and inputs: what a form may hold, and what an expression sees of it.

Values of a case are plain JSON data: dates as YYYY-MM-DD, money as a decimal in text, sets as sorted lists.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from guiju.bilingual import Bilingual
from guiju.procedures.model import CaseType, Field
from guiju.procedures.parts import Part
from guiju.procedures.problems import Report

LONGEST_TEXT = 20_000
LARGEST_COUNT = 10**15
"""Every JSON reader keeps whole numbers exact up to here."""

_FINEST = -6
"""Decimal places of a sum; fen are two."""

EXPECTED: dict[str, Bilingual] = {
    "text": Bilingual(zh="文字", en="text"),
    "file": Bilingual(zh="文件的名称或者编号", en="the name or reference of a document"),
    "bool": Bilingual(zh="true 或者 false", en="true or false"),
    "count": Bilingual(zh="从 0 开始的整数", en="a whole number from 0"),
    "money": Bilingual(zh="金额（元）", en="a sum in yuan"),
    "date": Bilingual(zh="日期，例如 2026-09-28", en="a date such as 2026-09-28"),
    "choice": Bilingual(zh="所列选项之一", en="one of the choices"),
    "set": Bilingual(zh="所列选项的列表", en="a list of choices"),
    "list": Bilingual(zh="列表", en="a list"),
}


class WrongValueError(ValueError):
    """A value does not fit its field; `field` says which, `expected` what it should be."""

    def __init__(self, field: str, type_: str) -> None:
        self.field = field
        self.expected = EXPECTED[type_]
        super().__init__(f"{field}: {self.expected.en}")


def settle(field: Field, value: Any) -> Any:
    """Return a value as plain JSON data in its one form; None stays None (not given). Raises WrongValueError."""
    if value is None or value in ("", []):
        return None
    if field.type == "list":
        return _settled_list(field, value)
    if field.type == "set":
        several = isinstance(value, list | tuple | set | frozenset)
        if not several or not all(isinstance(one, str) and one in field.choices for one in value):
            raise WrongValueError(field.name, "set")
        return sorted(set(value))
    return _settled_plain(field.name, field.type, value, field.choices)


def _settled_list(field: Field, value: Any) -> Any:
    if not isinstance(value, list | tuple):
        raise WrongValueError(field.name, "list")
    if field.plain is not None:
        return [_settled_plain(field.name, field.plain, one, {}) for one in value]
    result = []
    for one in value:
        if not isinstance(one, dict) or one.keys() - {entry.name for entry in field.entries}:
            raise WrongValueError(field.name, "list")
        settled = {entry.name: settle(entry, one.get(entry.name)) for entry in field.entries}
        if any(settled[entry.name] is None and entry.required is True for entry in field.entries):
            raise WrongValueError(field.name, "list")
        result.append({name: known for name, known in settled.items() if known is not None})
    return result


def _settled_plain(name: str, type_: str, value: Any, choices: Mapping[str, Bilingual]) -> Any:
    number = isinstance(value, int) and not isinstance(value, bool)
    match type_:
        case "text" | "file" if isinstance(value, str | Decimal) or number:
            text = str(value)
            if len(text) <= LONGEST_TEXT and _writable(text):
                return text
        case "bool" if isinstance(value, bool):
            return value
        case "count" if number and 0 <= value <= LARGEST_COUNT:
            return value
        case "money" if number or isinstance(value, Decimal | str):
            return _money(name, value)
        case "date" if isinstance(value, dt.date | str) and not isinstance(value, dt.datetime):
            return _date(name, value)
        case "choice" if isinstance(value, str) and value in choices:
            return value
    raise WrongValueError(name, type_)


def _writable(text: str) -> bool:
    """Tell whether a text can be kept as UTF-8: half a surrogate pair cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _money(name: str, value: Any) -> str:
    try:
        amount = Decimal(value)
    except InvalidOperation:
        raise WrongValueError(name, "money") from None
    if not amount.is_finite() or not 0 <= amount <= LARGEST_COUNT or int(amount.as_tuple().exponent) < _FINEST:
        raise WrongValueError(name, "money")
    return format(amount, "f")


def _date(name: str, value: dt.date | str) -> str:
    try:
        return (value if isinstance(value, dt.date) else dt.date.fromisoformat(value)).isoformat()
    except ValueError:
        raise WrongValueError(name, "date") from None


def seen(field: Field, value: Any) -> Any:
    """Return a value as an expression sees it: exact numbers, dates that compare, sets; None is unknown."""
    if value is None:
        return None
    match field.type:
        case "date":
            return dt.date.fromisoformat(value)
        case "money":
            return Decimal(value)
        case "set":
            return frozenset(value)
        case "list":
            return value if field.plain is None else tuple(value)
    return value


def unseen(field: Field, value: Any) -> Any:
    """Return the result of an expression as the plain value of a field."""
    return settle(field, list(value) if isinstance(value, frozenset | tuple) else value)


def settle_all(fields: Iterable[Field], values: Mapping[str, Any]) -> dict[str, Any]:
    """Settle the values of several fields; raises WrongValueError at the first that does not fit."""
    return {field.name: settle(field, values[field.name]) for field in fields if field.name in values}


def check_example(kind: CaseType, whole: Part, report: Report) -> None:
    """Report what keeps the example from being a valid and complete form."""
    from guiju.procedures.situation import missing_items

    if "example" not in whole.raw:
        return
    line = whole.line_of("example")
    for name in kind.example.keys() - kind.form.keys():
        report.add("bad_example", line, detail=f"`{name}`?")
    try:
        settled = settle_all(kind.form.values(), kind.example)
    except WrongValueError as error:
        detail = Bilingual(
            zh=f"`{error.field}` 应为{error.expected.zh}", en=f"`{error.field}` should be {error.expected.en}"
        )
        report.add("bad_example", line, detail=detail)
        return
    lacking = missing_items(kind, settled)
    if lacking:
        detail = Bilingual(zh=f"缺少 {'、'.join(lacking)}", en=f"{', '.join(lacking)} missing")
        report.add("bad_example", line, detail=detail)
