"""Streams of PDF that structure rests on: Flate with predictors, capped; other filters are for content, not for us."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Callable
from itertools import accumulate

from guiju.label.errors import DamagedError, TooLargeError
from guiju.label.formats.documents.pdf_syntax import SPACE, Dictionary, Name, number_of

_MOST_MIXED = 2**20
Resolve = Callable[[object], object]


def decoded(data: bytes, dictionary: Dictionary, resolve: Resolve, most: int) -> bytes:
    """Return the bytes of a stream behind its filters.

    Raises DamagedError where they cannot be undone, TooLargeError where they become more than `most` bytes.
    """
    filters = _several(resolve(dictionary.get("Filter")))
    parameters = _several(resolve(dictionary.get("DecodeParms")))
    for at, name in enumerate(filters):
        given = resolve(parameters[at]) if at < len(parameters) else None
        data = _undone(resolve(name), data, given if isinstance(given, Dictionary) else Dictionary(), most)
    return data


def _several(value: object) -> tuple[object, ...]:
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def _undone(name: object, data: bytes, parameters: Dictionary, most: int) -> bytes:
    if name in {"FlateDecode", "Fl"}:
        return _without_predictor(inflated(data, most), parameters)
    if name in {"ASCIIHexDecode", "AHx"}:
        return _checked(lambda: binascii.unhexlify(data.split(b">")[0].translate(None, SPACE)))
    if name in {"ASCII85Decode", "A85"}:
        return _checked(lambda: base64.a85decode(data.split(b"~>")[0], ignorechars=SPACE))
    shown = f"/{name}" if isinstance(name, Name) else "?"
    raise DamagedError.because(f"PDF 数据流的过滤器 {shown} 不可读", f"cannot undo the filter {shown} of a PDF stream")


def _checked(undo: Callable[[], bytes]) -> bytes:
    try:
        return undo()
    except ValueError as error:
        raise _unreadable() from error


def _unreadable() -> DamagedError:
    return DamagedError.because("PDF 数据流解不开", "a PDF stream cannot be decoded")


def inflated(data: bytes, most: int) -> bytes:
    """Return deflated bytes with their zlib frame undone, at most `most` of them."""
    inflate = zlib.decompressobj()
    try:
        out = inflate.decompress(data, most + 1)
    except zlib.error as error:
        raise _unreadable() from error
    if len(out) > most:
        raise TooLargeError.because(f"数据流解压后超过 {most} 字节", f"a stream inflates to more than {most} bytes")
    if not inflate.eof:
        raise _unreadable()
    return out


def _without_predictor(data: bytes, parameters: Dictionary) -> bytes:
    predictor = number_of(parameters.get("Predictor")) or 1
    if predictor == 1:
        return data
    colors = number_of(parameters.get("Colors")) or 1
    bits = number_of(parameters.get("BitsPerComponent")) or 8
    columns = number_of(parameters.get("Columns")) or 1
    if predictor < 10 or bits != 8 or not 0 < columns * colors <= 4096:
        raise _unreadable()
    return _rows(data, columns * colors, colors)


def _rows(data: bytes, width: int, step: int) -> bytes:
    """Undo the row filters that PNG defines (RFC 2083, 6), as cross-reference streams use them."""
    if len(data) % (width + 1):
        raise _unreadable()
    kinds = data[:: width + 1]
    if kinds.count(2) == len(kinds):
        return _running_sums(data, width)
    if len(data) > _MOST_MIXED:
        raise TooLargeError.because("交叉引用数据流过大", "a cross-reference stream is too large")
    before = bytes(width)
    rows = []
    for at in range(0, len(data), width + 1):
        kind, row = data[at], data[at + 1 : at + 1 + width]
        before = _row(kind, row, before, step) if kind else row
        rows.append(before)
    return b"".join(rows)


def _running_sums(data: bytes, width: int) -> bytes:
    """Undo the filter `up` for all rows at once, column by column."""
    out = bytearray(len(data) // (width + 1) * width)
    for column in range(width):
        out[column::width] = bytes([total & 0xFF for total in accumulate(data[column + 1 :: width + 1])])
    return bytes(out)


def _row(kind: int, row: bytes, before: bytes, step: int) -> bytes:
    out = bytearray()
    for at, byte in enumerate(row):
        left = out[at - step] if at >= step else 0
        corner = before[at - step] if at >= step else 0
        if kind == 1:
            guess = left
        elif kind == 2:
            guess = before[at]
        elif kind == 3:
            guess = (left + before[at]) // 2
        elif kind == 4:
            guess = _paeth(left, before[at], corner)
        else:
            raise _unreadable()
        out.append((byte + guess) & 0xFF)
    return bytes(out)


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))
