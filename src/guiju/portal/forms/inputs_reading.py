"""From what was entered to values: what fits is taken, of what does not it is said what, where and how to mend it."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, Literal

from guiju.bilingual import Bilingual
from guiju.portal.forms.inputs_entered import (
    DATE_PARTS,
    MOST_ROWS,
    REPLACED,
    Sent,
    entry_fields,
    rows,
    text,
    texts,
)
from guiju.procedures.model import Field
from guiju.procedures.values import LARGEST_COUNT, LONGEST_TEXT, WrongValueError, settle

DatePart = Literal["year", "month", "day"]
_LONGEST_NUMBER = len(str(LARGEST_COUNT))
_QUOTED = 40
_CONTROL = re.compile(f"[\x01-\x08\x0b-\x1f\x7f{REPLACED}]")
_COUNT = re.compile(r"[0-9]+")
_MONEY = re.compile(r"[0-9]+(\.[0-9]+)?")
_PLACES = 6
_YEAR, _MONTHS = 4, 12


class UnfitError(ValueError):
    """What was entered does not fit its field."""

    def __init__(self, zh: str, en: str, wrong: frozenset[DatePart] = frozenset()) -> None:
        self.reason = Bilingual(zh=zh, en=en)
        self.wrong = wrong
        super().__init__(en)


class Reading:
    """Reads fields one by one, and gathers the errors by the names of the inputs."""

    def __init__(self, data: Sent, files: Mapping[str, str | Bilingual]) -> None:
        self.data = data
        self.files = files
        self.errors: dict[str, Bilingual] = {}

    def of(self, field: Field, name: str = "") -> Any:
        """Return the value of a field; None where nothing was given or what was given does not fit."""
        name = name or field.name
        try:
            if field.type == "list":
                return self._list(field, name)
            return settle(field, self._plain(field, name))
        except UnfitError as error:
            self.errors[name] = error.reason
        except WrongValueError as error:
            expected = error.expected
            self.errors[name] = _about(field, f"应为{expected.zh}", f"should be {expected.en}")
        return None

    def _plain(self, field: Field, name: str) -> Any:
        match field.type:
            case "date":
                return date_from(field, *(text(self.data, f"{name}-{part}") for part in DATE_PARTS))
            case "set":
                return self._set(field, texts(self.data, name))
            case "file":
                return self._file(field, name)
        given = text(self.data, name).strip()
        return _READERS[field.type](field, given) if given else None

    def _file(self, field: Field, name: str) -> str | None:
        sent = self.files.get(name)
        if isinstance(sent, Bilingual):
            raise _unfit(field, sent.zh, sent.en)
        return sent or _text(field, text(self.data, name).strip()) or None

    @staticmethod
    def _set(field: Field, given: list[str]) -> list[str]:
        if any(one not in field.choices for one in given):
            raise _unfit(field, "含有不在选项中的内容；请重新选择", "contains what is not offered; choose again")
        return given

    def _list(self, field: Field, name: str) -> list[Any] | None:
        numbers = rows(self.data, name)
        if len(numbers) > MOST_ROWS:
            raise _unfit(field, f"最多 {MOST_ROWS} 项；请分次办理", f"takes at most {MOST_ROWS} entries; split them")
        found = []
        for place, number in enumerate(numbers, start=1):
            inner = entry_fields(replace(field, name=name), number, place)
            values = {one.name: self.of(one, input_name) for input_name, one in inner}
            if all(value is None for value in values.values()):
                continue
            if field.plain is None:
                self._complete(inner, values)
            given = {one: value for one, value in values.items() if value is not None}
            found.append(next(iter(given.values())) if field.plain else given)
        return found or None

    def _complete(self, inner: list[tuple[str, Field]], values: Mapping[str, Any]) -> None:
        for name, one in inner:
            if one.required is True and values[one.name] is None and not self._is_wrong(name):
                self.errors[name] = lacking(one)

    def _is_wrong(self, name: str) -> bool:
        return any(one == name or one.startswith(f"{name}-") for one in self.errors)


def lacking(field: Field) -> Bilingual:
    """Say that a field must be given."""
    if field.type in ("choice", "set", "bool"):
        return Bilingual(zh=f"请选择“{field.label.zh}”", en=f"Choose an answer: {field.label.en}")
    if field.type == "file":
        return Bilingual(zh=f"请上传“{field.label.zh}”", en=f"Choose a file: {field.label.en}")
    return Bilingual(zh=f"请填写“{field.label.zh}”", en=f"Fill in: {field.label.en}")


def date_from(field: Field, year: str, month: str, day: str) -> str | None:
    """Return a day as ISO text, None if all parts are empty. Raises UnfitError with the parts that are wrong."""
    parts: dict[DatePart, str] = {"year": _plain(year), "month": _plain(month), "day": _plain(day)}
    if not any(parts.values()):
        return None
    example = ("例如 2026 年 9 月 28 日", "for example 2026 9 28")
    empty: frozenset[DatePart] = frozenset(part for part, one in parts.items() if not one)
    if empty:
        raise _unfit(field, f"要有年、月、日，{example[0]}", f"needs year, month and day, {example[1]}", empty)
    unread: frozenset[DatePart] = frozenset(
        p for p, one in parts.items() if not (_COUNT.fullmatch(one) and len(one) <= _YEAR)
    )
    if unread:
        raise _unfit(field, f"要用数字写，{example[0]}", f"is written in digits, {example[1]}", unread)
    number = {part: int(one) for part, one in parts.items()}
    if len(parts["year"]) < _YEAR or not number["year"]:
        raise _unfit(
            field, f"的年份要写四位，{example[0]}", f"has a year of four digits, {example[1]}", frozenset({"year"})
        )
    if not 1 <= number["month"] <= _MONTHS:
        raise _unfit(field, "的月份是 1 到 12", "has a month from 1 to 12", frozenset({"month"}))
    try:
        return dt.date(number["year"], number["month"], number["day"]).isoformat()
    except ValueError:
        zh = f"：{number['year']} 年 {number['month']} 月没有 {number['day']} 日"
        en = f"names no day: {number['year']}-{number['month']:02} has no day {number['day']}"
        raise _unfit(field, zh, en, frozenset({"day"})) from None


def _text(field: Field, given: str) -> str:
    if len(given) > LONGEST_TEXT:
        over = len(given) - LONGEST_TEXT
        raise _unfit(
            field,
            f"最多 {LONGEST_TEXT} 字，现在多出 {over} 字；请缩短，或者作为文件提交",
            f"takes at most {LONGEST_TEXT} characters, {over} fewer than now; shorten it or send it as a file",
        )
    if _CONTROL.search(given):
        raise _unfit(
            field,
            "含有不能保存的字符（例如控制字符）；请删去后重新填写",
            "contains characters that cannot be kept (control characters, say); remove them",
        )
    return given


def _bool(field: Field, given: str) -> bool | None:
    if given not in ("yes", "no", "unknown"):
        raise _unfit(field, "要选“是”或者“否”", "is answered by yes or no")
    return {"yes": True, "no": False}.get(given)


def _choice(field: Field, given: str) -> str:
    if given not in field.choices:
        raise _unfit(
            field, f"没有“{_short(given)}”这个选项；请重新选择", f"does not offer “{_short(given)}”; choose again"
        )
    return given


def _count(field: Field, given: str) -> int:
    plain = _plain(given)
    if not _COUNT.fullmatch(plain):
        raise _unfit(
            field,
            f"要写成从 0 开始的整数，例如 12000；现在是“{_short(given)}”",
            f"is a whole number from 0, such as 12000; now it is “{_short(given)}”",
        )
    return int(_bounded(field, plain))


def _money(field: Field, given: str) -> Decimal:
    plain = _plain(given).removeprefix("¥").removesuffix("元")
    whole, _, places = plain.partition(".")
    if not _MONEY.fullmatch(plain) or len(places) > _PLACES:
        raise _unfit(
            field,
            f"要写成以元为单位的数，例如 860000 或者 860000.50；现在是“{_short(given)}”",
            f"is a sum in yuan, such as 860000 or 860000.50; now it is “{_short(given)}”",
        )
    _bounded(field, whole)
    return Decimal(plain)


def _bounded(field: Field, digits: str) -> str:
    plain = digits.lstrip("0") or "0"
    if len(plain) > _LONGEST_NUMBER or int(plain) > LARGEST_COUNT:
        raise _unfit(field, "太大了；请核对位数", "is too large; check the number of digits")
    return plain


def _plain(given: str) -> str:
    """Take digits as they are written in either language: full width, in groups, with blanks around them."""
    narrow = unicodedata.normalize("NFKC", given)
    return re.sub(r"[\s,'’_]", "", narrow)


def _short(given: str) -> str:
    return given if len(given) <= _QUOTED else f"{given[:_QUOTED]}…"


def _about(field: Field, zh: str, en: str) -> Bilingual:
    return Bilingual(zh=f"“{field.label.zh}”{zh}", en=f"“{field.label.en}” {en}")


def _unfit(field: Field, zh: str, en: str, wrong: frozenset[DatePart] = frozenset()) -> UnfitError:
    said = _about(field, zh, en)
    return UnfitError(said.zh, said.en, wrong)


_READERS: dict[str, Any] = {"text": _text, "bool": _bool, "choice": _choice, "count": _count, "money": _money}
