"""JSON in its one canonical form (RFC 8785), so that everybody hashes the same bytes.

Two writers: `written` follows the rule word by word and says what is wrong and where; the fast one (msgspec) takes the
events in which the two cannot differ. A property test holds them equal.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from guiju.ledger.errors import EventError

LARGEST_INTEGER = 2**53 - 1
DEEPEST = 100
_LONG_BITS = 200
_FAST = msgspec.json.Encoder(order="deterministic")
_SHORT = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
_ESCAPES = str.maketrans({chr(c): f"\\u{c:04x}" for c in range(0x20)} | _SHORT)


def canonical_json(value: object) -> bytes:
    """Return the canonical UTF-8 form of a JSON value.

    Raises EventError for what has none: NaN and infinities, whole numbers beyond 2**53 - 1, lone surrogates, keys that
    are not text, values that JSON does not know, more than 100 levels.
    """
    try:
        if _is_plain(value, DEEPEST):
            return _FAST.encode(value)
    except (TypeError, UnicodeEncodeError):
        pass
    return written(value)


def written(value: object) -> bytes:
    """Write canonical JSON word by word after RFC 8785; raises EventError with the place of what is wrong."""
    return "".join(_parts(value, "", DEEPEST)).encode()


def parsed_json(text: str | bytes) -> object:
    """Read JSON as strictly as it is written: one value, no name twice, no NaN; raises EventError."""
    try:
        return json.loads(text, object_pairs_hook=_without_repeats, parse_constant=_no_constant)
    except EventError:
        raise
    except (ValueError, RecursionError) as error:
        raise EventError("L101", f"not JSON: {error}", f"不是 JSON：{error}") from None


def number_text(value: float) -> str:
    """Write a finite number as ECMAScript does, which RFC 8785 prescribes."""
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, exponent = float.__repr__(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    point = len(whole) + int(exponent or 0)
    digits = whole + fraction
    leading = len(digits) - len(digits.lstrip("0"))
    digits, point = digits[leading:].rstrip("0"), point - leading
    return sign + _positioned(digits, point)


def _positioned(digits: str, point: int) -> str:
    if len(digits) <= point <= 21:  # noqa: PLR2004 - the bounds are ECMAScript's
        return digits + "0" * (point - len(digits))
    if 0 < point <= 21:  # noqa: PLR2004
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:  # noqa: PLR2004
        return "0." + "0" * -point + digits
    rest = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{digits[0]}{rest}e{point - 1:+d}"


def _is_plain(value: Any, depth: int) -> bool:
    """Whether both writers must agree: no floats, names whose order is the same in UTF-8 and in UTF-16.

    Raises TypeError for a name that is not text.
    """
    kind = type(value)
    items: Iterable[Any]
    if kind is dict:
        if not "".join(value).isascii():
            return False
        items = value.values()
    elif kind is list or kind is tuple:
        items = value
    elif kind is int:
        return bool(-LARGEST_INTEGER <= value <= LARGEST_INTEGER)
    else:
        return kind is str or kind is bool or value is None
    if not depth:
        return False
    for item in items:  # A plain loop, the commonest kinds first: every append comes through here.
        kind = type(item)
        if kind is str or (kind is int and -LARGEST_INTEGER <= item <= LARGEST_INTEGER):
            continue
        if not _is_plain(item, depth - 1):
            return False
    return True


def _parts(value: object, place: str, depth: int) -> list[str]:
    if value is None or value is True or value is False:
        return [{None: "null", True: "true", False: "false"}[value]]
    if isinstance(value, str):
        return [_quoted(value, place)]
    if isinstance(value, int | float):
        return [_number(value, place)]
    if depth == 0:
        raise _wrong("L106", place, f"is nested more than {DEEPEST} levels deep", f"嵌套超过 {DEEPEST} 层")
    if isinstance(value, Mapping):
        return _object(value, place, depth)
    if isinstance(value, list | tuple):
        items = [_parts(item, f"{place}[{number}]", depth - 1) for number, item in enumerate(value)]
        return ["[", *_joined(items), "]"]
    kind = type(value).__name__
    raise _wrong("L102", place, f"is of type {kind}, which JSON does not know", f"类型为 {kind}，JSON 中没有")


def _object(value: Mapping[Any, object], place: str, depth: int) -> list[str]:
    for key in value:
        if not isinstance(key, str):
            raise _wrong("L103", place, f"has the key {key!r}, which is not text", f"的键 {key!r} 不是文本")
    fields = []
    for key in sorted(value, key=lambda name: _utf16(name, place)):
        inner = f"{place}.{key}" if place else key
        fields.append([_quoted(key, place), ":", *_parts(value[key], inner, depth - 1)])
    return ["{", *_joined(fields), "}"]


def _joined(items: list[list[str]]) -> list[str]:
    return [part for number, item in enumerate(items) for part in ([","] if number else []) + item]


def _utf16(text: str, place: str) -> bytes:
    try:
        return text.encode("utf-16-be")
    except UnicodeEncodeError:
        raise _surrogate(place) from None


def _quoted(text: str, place: str) -> str:
    _utf16(text, place)
    return f'"{text.translate(_ESCAPES)}"'


def _number(value: float, place: str) -> str:
    if isinstance(value, int):
        if abs(value) > LARGEST_INTEGER:
            shown = int.__repr__(value) if value.bit_length() < _LONG_BITS else f"a number of {value.bit_length()} bits"
            raise _too_large(shown, place)
        return int.__repr__(value)
    if not math.isfinite(value):
        raise _wrong("L104", place, f"is {value}, which JSON cannot express", f"为 {value}，JSON 无法表示")
    text = number_text(value)
    if abs(value) > LARGEST_INTEGER and "e" not in text:
        raise _too_large(text, place)
    return text


def _too_large(text: str, place: str) -> EventError:
    return _wrong(
        "L104",
        place,
        f"is {text}, beyond ±(2^53 - 1): not every reader keeps such a number; write it as text",
        f"为 {text}，超出 ±(2^53 − 1)，并非所有程序都能准确读取；请写成文本",
    )


def _surrogate(place: str) -> EventError:
    return _wrong(
        "L105", place, "holds half of a surrogate pair, which is no character", "含有不成对的代理码位，不是字符"
    )


def _wrong(code: str, place: str, en: str, zh: str) -> EventError:
    return EventError(code, f"{place or 'the value'} {en}", f"{place or '该值'}{zh}")


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise EventError("L107", f"the name {twice!r} stands twice in one object", f"同一对象中名称“{twice}”出现两次")
    return fields


def _no_constant(text: str) -> object:
    raise EventError("L104", f"{text} is not a JSON number", f"{text} 不是 JSON 数字")
