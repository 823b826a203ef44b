"""AMF0 values (the script data of FLV): where each property stands, so that one can be changed and the rest kept."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.label.errors import DamagedError, TooLargeError

NUMBER, STRING, OBJECT, ECMA_ARRAY, STRICT_ARRAY, LONG_STRING = 0x00, 0x02, 0x03, 0x08, 0x0A, 0x0C
_TYPED_OBJECT = 0x10
_FIXED = {NUMBER: 8, 0x01: 1, 0x05: 0, 0x06: 0, 0x07: 2, 0x0B: 10, 0x0D: 0}
_LONG = {LONG_STRING, 0x0F}
_MOST = 20_000
_END = b"\x00\x00\x09"


@dataclass(frozen=True)
class Property:
    """A name and where its value (its type first) starts and ends; `at` is where the name starts."""

    name: str
    at: int
    value: int
    end: int


@dataclass(frozen=True)
class Block:
    """The properties of an object or array and where they end; `count_at` is where an array counts them.

    `is_closed` is False for an array whose writer left out the end mark at the end of the data.
    """

    properties: tuple[Property, ...]
    end: int
    count_at: int | None
    count: int
    is_closed: bool


def block(data: bytes, at: int, depth: int) -> Block | None:
    """Read the object or array at an offset; None where another value stands.

    Raises DamagedError where the data end early or hold an unknown type, TooLargeError for nesting beyond `depth` or
    too many properties.
    """
    kind = _take(data, at, 1)[0]
    if kind == OBJECT:
        return _properties(data, at + 1, depth, None)
    return _properties(data, at + 5, depth, at + 1) if kind == ECMA_ARRAY else None


def text(data: bytes, at: int) -> tuple[str, int] | None:
    """Return the text at an offset and where it ends; None where another value stands."""
    kind = _take(data, at, 1)[0]
    width = {STRING: 2, LONG_STRING: 4}.get(kind)
    if width is None:
        return None
    start = at + 1 + width
    end = start + int.from_bytes(_take(data, at + 1, width), "big")
    return _take(data, start, end - start).decode("utf-8", "replace"), end


def numbers(data: bytes, at: int) -> list[int]:
    """Return the offsets of the eight bytes of every number: of one value, or of a strict array of them."""
    kind = _take(data, at, 1)[0]
    if kind == NUMBER:
        return [at + 1]
    if kind != STRICT_ARRAY:
        return []
    count = int.from_bytes(_take(data, at + 1, 4), "big")
    places: list[int] = []
    at += 5
    for _ in range(count):
        if _take(data, at, 1)[0] != NUMBER:
            return places
        _take(data, at, 9)
        places.append(at + 1)
        at += 9
    return places


def named_text(name: str, value: str) -> bytes:
    """Return a property with a text."""
    raw, key = value.encode(), name.encode()
    return len(key).to_bytes(2, "big") + key + text_value(raw)


def text_value(raw: bytes) -> bytes:
    """Return a text with its type and length; the long kind from 64 KiB on."""
    if len(raw) > 0xFFFF:
        return bytes([LONG_STRING]) + len(raw).to_bytes(4, "big") + raw
    return bytes([STRING]) + len(raw).to_bytes(2, "big") + raw


def array(properties: bytes, count: int) -> bytes:
    """Return an array of named properties with its end mark."""
    return bytes([ECMA_ARRAY]) + count.to_bytes(4, "big") + properties + _END


def _properties(data: bytes, at: int, depth: int, count_at: int | None) -> Block:
    if depth < 0:
        raise TooLargeError.because("脚本数据嵌套过深", "script data nested too deeply")
    count = int.from_bytes(_take(data, count_at, 4), "big") if count_at is not None else 0
    found: list[Property] = []
    while data[at : at + 3] != _END:
        if count_at is not None and at == len(data) and len(found) == count:
            return Block(tuple(found), at, count_at, count, is_closed=False)
        length = int.from_bytes(_take(data, at, 2), "big")
        name = _take(data, at + 2, length).decode("utf-8", "replace")
        value = at + 2 + length
        end = _value_end(data, value, depth - 1)
        found.append(Property(name, at, value, end))
        if len(found) > _MOST:
            raise TooLargeError.because(
                f"脚本数据有超过 {_MOST} 个属性", f"script data with more than {_MOST} properties"
            )
        at = end
    return Block(tuple(found), at, count_at, count, is_closed=True)


def _value_end(data: bytes, at: int, depth: int) -> int:
    kind = _take(data, at, 1)[0]
    if kind in _FIXED:
        return at + 1 + len(_take(data, at + 1, _FIXED[kind]))
    if kind in _LONG:
        return at + 5 + len(_take(data, at + 5, int.from_bytes(_take(data, at + 1, 4), "big")))
    if kind == STRING:
        return at + 3 + len(_take(data, at + 3, int.from_bytes(_take(data, at + 1, 2), "big")))
    if kind in {OBJECT, ECMA_ARRAY, _TYPED_OBJECT}:
        return _block_end(data, at, kind, depth)
    if kind == STRICT_ARRAY:
        return _array_end(data, at, depth)
    raise DamagedError.because(f"未知的 AMF 类型 {kind}", f"an unknown AMF type {kind}")


def _block_end(data: bytes, at: int, kind: int, depth: int) -> int:
    if kind == _TYPED_OBJECT:
        start = at + 3 + int.from_bytes(_take(data, at + 1, 2), "big")
        inner = _properties(data, start, depth, None)
    else:
        inner = (
            _properties(data, at + 5, depth, at + 1) if kind == ECMA_ARRAY else _properties(data, at + 1, depth, None)
        )
    return inner.end + 3 * inner.is_closed


def _array_end(data: bytes, at: int, depth: int) -> int:
    if depth < 0:
        raise TooLargeError.because("脚本数据嵌套过深", "script data nested too deeply")
    count = int.from_bytes(_take(data, at + 1, 4), "big")
    at += 5
    if count > len(data) - at:
        raise DamagedError.because("脚本数据中的数组超出其长度", "an array in the script data is longer than the data")
    for _ in range(count):
        at = _value_end(data, at, depth - 1)
    return at


def _take(data: bytes, at: int, length: int) -> bytes:
    if at + length > len(data):
        raise DamagedError.because("脚本数据提前结束", "the script data end early")
    return data[at : at + length]
