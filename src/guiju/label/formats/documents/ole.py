"""Compound files (MS-CFB), far enough to tell an encrypted office document from one of Office 97-2003."""

from __future__ import annotations

from guiju.label.source import Source

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = 128
_MOST_SECTORS = 64
_LAST_SECTOR = 0xFFFFFFF9
_KINDS = (
    ("encryptedpackage", "encrypted_office"),
    ("worddocument", "doc"),
    ("workbook", "xls"),
    ("book", "xls"),
    ("powerpoint document", "ppt"),
)


def kind_of_compound(source: Source) -> str:
    """Return `encrypted_office`, `doc`, `xls` or `ppt` by the streams of a compound file, else `unknown`.

    A broken file is `unknown` too: nothing is written into any of them. Reads at most 64 sectors of the directory.
    """
    head = source.peek(0, 512)
    if len(head) < 512 or int.from_bytes(head[30:32], "little") not in {9, 12}:
        return "unknown"
    size = 1 << int.from_bytes(head[30:32], "little")
    names = set()
    sector = int.from_bytes(head[48:52], "little")
    for _ in range(_MOST_SECTORS):
        if sector >= _LAST_SECTOR:
            break
        data = source.peek((sector + 1) * size, size)
        names |= {_name(data[at : at + _ENTRY]) for at in range(0, len(data) - _ENTRY + 1, _ENTRY)}
        sector = _next(source, head, sector, size)
    return next((kind for name, kind in _KINDS if name in names), "unknown")


def _name(entry: bytes) -> str:
    length = min(int.from_bytes(entry[64:66], "little"), 64)
    return entry[: max(0, length - 2)].decode("utf-16-le", "replace").lower()


def _next(source: Source, head: bytes, sector: int, size: int) -> int:
    """Return the sector that follows in the allocation table, as far as the header itself lists that table."""
    part, at = divmod(sector, size // 4)
    if part >= 109:
        return _LAST_SECTOR
    table = int.from_bytes(head[76 + 4 * part : 80 + 4 * part], "little")
    if table >= _LAST_SECTOR:
        return _LAST_SECTOR
    return int.from_bytes(source.peek((table + 1) * size + 4 * at, 4) or b"\xff" * 4, "little")
