"""ZIP archives at byte level (APPNOTE 6.3.10): the directory, single entries within limits, and raw edits.

Entries that are not edited are copied as they are: local header, compressed data and data descriptor.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

from guiju.label.errors import DamagedError, TooLargeError
from guiju.label.source import Source

_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_END64 = struct.Struct("<4sQHHIIQQQQ")
_LOCATOR = struct.Struct("<4sIQI")
_LOCAL_SIGN, _CENTRAL_SIGN, _END_SIGN = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_END64_SIGN, _LOCATOR_SIGN = b"PK\x06\x06", b"PK\x06\x07"
_MOST_COMMENT = 0xFFFF
_MOST_MEMBERS = 0xFFFF
NONE32 = 0xFFFFFFFF
STORED, DEFLATED = 0, 8


@dataclass(frozen=True)
class Member:
    """One entry of the directory; sizes and offsets in bytes, `raw` is the directory record as it stands."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    raw: bytes

    @property
    def is_encrypted(self) -> bool:
        """Tell whether the entry's data is encrypted."""
        return bool(self.flags & 1)


@dataclass(frozen=True)
class Directory:
    """The members in their order, where their directory starts and ends, and the records behind it as they stand."""

    members: tuple[Member, ...]
    start: int
    end: int
    tail: bytes
    is_zip64: bool


def directory(source: Source) -> Directory:
    """Read the directory of an archive.

    Raises DamagedError if it is missing, contradicts itself, is one volume of several, or entries overlap;
    TooLargeError at the limits.
    """
    at, record = _end_record(source)
    _, disk, first_disk, here, count, length, start, _ = _END.unpack(record[: _END.size])
    end = at
    is_zip64 = False
    locator = source.peek(at - _LOCATOR.size, _LOCATOR.size) if at >= _LOCATOR.size else b""
    if locator.startswith(_LOCATOR_SIGN):
        is_zip64 = True
        end = _LOCATOR.unpack(locator)[2]
        sign, _, _, _, disk, first_disk, here, count, length, start = _END64.unpack(source.read(end, _END64.size))
        if sign != _END64_SIGN or end > at - _LOCATOR.size - _END64.size:
            raise _broken("ZIP64 目录结尾不可读", "the ZIP64 end of the directory is broken")
    if disk or first_disk or here != count:
        raise _broken("ZIP 只是分卷之一", "the ZIP is one volume of several")
    if start + length != end:
        raise _broken("ZIP 目录的位置不对", "the ZIP directory is not where its end record says")
    if count > _MOST_MEMBERS:
        raise TooLargeError.because(f"ZIP 有 {count} 个条目", f"a ZIP of {count} entries")
    members = _members(source.read(start, length), count)
    _check_apart(members, start)
    return Directory(members, start, end, source.read(end, source.size - end), is_zip64)


def _end_record(source: Source) -> tuple[int, bytes]:
    for length in (_END.size, _END.size + _MOST_COMMENT):
        begin = max(0, source.size - length)
        tail = source.peek(begin, length)
        at = len(tail)
        while (at := tail.rfind(_END_SIGN, 0, at + 3)) >= 0:
            record = tail[at:]
            if len(record) >= _END.size and _END.size + int.from_bytes(record[20:22], "little") == len(record):
                return begin + at, record
    raise _broken("ZIP 没有目录结尾，文件可能被截断", "the ZIP has no end of directory; it may be cut off")


def _members(data: bytes, count: int) -> tuple[Member, ...]:
    members: list[Member] = []
    at = 0
    while at < len(data) and len(members) <= count:
        if at + _CENTRAL.size > len(data) or not data.startswith(_CENTRAL_SIGN, at):
            raise _broken("ZIP 目录不可读", "the ZIP directory is broken")
        length = _CENTRAL.size + sum(_CENTRAL.unpack_from(data, at)[10:13])
        raw = data[at : at + length]
        if len(raw) < length:
            raise _broken("ZIP 目录不完整", "the ZIP directory is cut off")
        members.append(_member(raw))
        at += length
    if len(members) != count:
        raise _broken("ZIP 目录的条目数不对", "the ZIP directory has another number of entries than it says")
    return tuple(members)


def _member(raw: bytes) -> Member:
    fields = _CENTRAL.unpack_from(raw)
    flags, method, crc, packed, size = fields[3], fields[4], fields[7], fields[8], fields[9]
    name_length, extra_length, offset = fields[10], fields[11], fields[16]
    name = raw[_CENTRAL.size : _CENTRAL.size + name_length].decode("utf-8" if flags & 0x800 else "cp437", "replace")
    wide = _wide(extra_at(raw, _CENTRAL.size + name_length, extra_length))
    values = []
    for value in (size, packed, offset):
        if value == NONE32 and wide is not None:
            if len(wide) < 8:
                raise _broken("ZIP64 字段不完整", "a ZIP64 field is cut off")
            value, wide = int.from_bytes(wide[:8], "little"), wide[8:]  # noqa: PLW2901 - the field proper stands elsewhere
        values.append(value)
    return Member(name, flags, method, crc, values[1], values[0], values[2], raw)


def extra_at(raw: bytes, at: int, length: int) -> list[tuple[int, bytes]]:
    """Return the extra fields of a record, by number."""
    fields, end = [], at + length
    while at + 4 <= end:
        number, size = struct.unpack_from("<HH", raw, at)
        fields.append((number, raw[at + 4 : min(at + 4 + size, end)]))
        at += 4 + size
    return fields


def _wide(fields: list[tuple[int, bytes]]) -> bytes | None:
    return next((data for number, data in fields if number == 1), None)


def _check_apart(members: tuple[Member, ...], start: int) -> None:
    """Refuse entries that share bytes: one stretch of data read many times is how small archives become huge."""
    ordered = sorted(members, key=lambda one: one.offset)
    ends = [one.offset for one in ordered[1:]] + [start]
    for member, end in zip(ordered, ends, strict=True):
        if member.offset + _LOCAL.size + member.packed > end:
            raise _broken("ZIP 条目互相重叠", "entries of the ZIP overlap")


def data_at(source: Source, member: Member) -> int:
    """Return where an entry's data starts; raises DamagedError if its local header says something else."""
    head = source.read(member.offset, _LOCAL.size)
    method, name_length, extra_length = (int.from_bytes(head[at : at + 2], "little") for at in (8, 26, 28))
    name = source.read(member.offset + _LOCAL.size, name_length)
    is_same = method == member.method and name == member.raw[_CENTRAL.size :][:name_length]
    if not head.startswith(_LOCAL_SIGN) or not is_same:
        raise _broken(f"ZIP 条目 {member.name} 与目录不符", f"the ZIP entry {member.name} contradicts the directory")
    return member.offset + _LOCAL.size + name_length + extra_length


def read_member(source: Source, member: Member) -> bytes:
    """Return the content of an entry that is not encrypted, checked against its size and checksum.

    Raises DamagedError if it is not as the directory says or not compressed as packages are (ECMA-376 part 2 knows
    only deflate), TooLargeError above the block limit.
    """
    if member.method not in {STORED, DEFLATED}:
        raise _broken(
            f"ZIP 条目 {member.name} 的压缩方式 {member.method} 不是 Office 文件所用",
            f"the ZIP entry {member.name} is compressed with method {member.method}, which office files do not use",
        )
    if member.size > source.limits.block:
        raise TooLargeError.because(f"ZIP 条目 {member.name}", f"the ZIP entry {member.name}")
    data = source.read(data_at(source, member), member.packed)
    if member.method == DEFLATED:
        inflate = zlib.decompressobj(-15)
        try:
            data = inflate.decompress(data, member.size + 1)
        except zlib.error as error:
            raise _not_as_said(member) from error
    if len(data) != member.size or zlib.crc32(data) != member.crc:
        raise _not_as_said(member)
    return data


def _not_as_said(member: Member) -> DamagedError:
    return _broken(
        f"ZIP 条目 {member.name} 与其长度或校验和不符",
        f"the ZIP entry {member.name} does not match its size or checksum",
    )


def _broken(zh: str, en: str) -> DamagedError:
    return DamagedError.because(zh, en)
