"""Replace and add single entries of a ZIP archive; every other entry keeps its bytes, only the directory is new."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

from guiju.label.errors import DamagedError, RefusedError
from guiju.label.formats.documents.zip_archive import DEFLATED, NONE32, STORED, Directory, Member, data_at, extra_at
from guiju.label.source import Source
from guiju.label.splice import Edit, Plan

_VERSION = 20
_UTF8 = 0x800
_EPOCH = (0, 0x21)
_MOST_MEMBERS = 0xFFFE


@dataclass(frozen=True)
class Written:
    """An entry as it will stand: its local record, and its directory record without the offset."""

    local: bytes
    central: bytes

    def central_at(self, offset: int) -> bytes:
        """Return the directory record for an entry at this offset."""
        return self.central[:42] + struct.pack("<I", offset) + self.central[46:]


def edited(source: Source, archive: Directory, replaced: dict[Member, bytes], added: dict[str, bytes]) -> Plan:
    """Return the archive with the content of some entries replaced and others added behind the last one.

    Raises DamagedError if the record of a replaced entry is broken, RefusedError (`zip_too_large`) where a new ZIP64
    directory would be needed.
    """
    edits = []
    moves: list[tuple[int, int]] = []
    written = {}
    for member, content in replaced.items():
        written[member] = _rewritten(source, member, content)
        length = _record_length(source, archive, member)
        edits.append(Edit(member.offset, length, written[member].local))
        moves.append((member.offset, len(written[member].local) - length))
    new = {name: _new(name, content) for name, content in added.items()}
    at = archive.start + sum(move for _, move in moves)
    central = [_moved(member, written.get(member), _shift(member.offset, moves)) for member in archive.members]
    local = b""
    for one in new.values():
        central.append(one.central_at(_small(at + len(local))))
        local += one.local
    start = at + len(local)
    directory = b"".join(central)
    tail = _tail(archive, len(central), len(directory), start)
    edits.append(Edit(archive.start, source.size - archive.start, local + directory + tail))
    return Plan.of_edits(source.size, edits)


def _small(offset: int) -> int:
    if offset >= NONE32:
        raise RefusedError.because(
            "zip_too_large",
            "文件过大，需要新的 ZIP64 目录",
            "the file is so large that it would need a ZIP64 directory",
        )
    return offset


def _shift(offset: int, moves: list[tuple[int, int]]) -> int:
    return offset + sum(move for start, move in moves if start < offset)


def _moved(member: Member, new: Written | None, offset: int) -> bytes:
    """Return the directory record of an entry that may have moved or changed."""
    if new is not None:
        return new.central_at(_small(offset))
    if offset == member.offset:
        return member.raw
    raw = bytearray(member.raw)
    packed, size, name_length, extra_length = struct.unpack_from("<IIHH", raw, 20)
    if struct.unpack_from("<I", raw, 42)[0] != NONE32:
        struct.pack_into("<I", raw, 42, _small(offset))
        return bytes(raw)
    at, end = 46 + name_length, 46 + name_length + extra_length
    while at + 4 <= end:
        number, length = struct.unpack_from("<HH", raw, at)
        if number == 1:
            struct.pack_into("<Q", raw, at + 4 + 8 * ((packed == NONE32) + (size == NONE32)), offset)
            return bytes(raw)
        at += 4 + length
    raise DamagedError.because("ZIP64 字段缺失", "a ZIP64 field is missing")


def _record_length(source: Source, archive: Directory, member: Member) -> int:
    """Return how many bytes an entry takes, with its data descriptor if it has one."""
    end = data_at(source, member) + member.packed
    if member.flags & 8:
        end += _descriptor_length(source.peek(end, 24), member)
    limit = min((one.offset for one in archive.members if one.offset > member.offset), default=archive.start)
    if end > limit:
        raise DamagedError.because("ZIP 条目互相重叠", "entries of the ZIP overlap")
    return end - member.offset


def _descriptor_length(data: bytes, member: Member) -> int:
    for sizes in ("<III", "<IQQ"):
        try:
            values = struct.pack(sizes, member.crc, member.packed, member.size)
        except struct.error:
            continue  # does not fit into the short form
        for descriptor in (b"PK\x07\x08" + values, values):
            if data.startswith(descriptor):
                return len(descriptor)
    raise DamagedError.because(
        f"ZIP 条目 {member.name} 的数据描述符不对", f"the data descriptor of the ZIP entry {member.name} is wrong"
    )


def _rewritten(source: Source, member: Member, content: bytes) -> Written:
    """Return an entry with new content that keeps its name, time, attributes, comment and extra fields."""
    head = source.read(member.offset, 30)
    name_length, extra_length = struct.unpack_from("<HH", head, 26)
    names = source.read(member.offset + 30, name_length + extra_length)
    local_extra = _without_sizes(extra_at(names, name_length, extra_length))
    flags = member.flags & ~8
    packed, sizes = _packed(content, member.method)
    version = struct.pack("<HHH", _VERSION, flags, member.method)
    lengths = struct.pack("<HH", name_length, len(local_extra))
    local = b"PK\x03\x04" + version + head[10:14] + sizes + lengths + names[:name_length] + local_extra + packed

    raw = member.raw
    central_name, central_extra, comment = struct.unpack_from("<HHH", raw, 28)
    extra = _without_sizes(extra_at(raw, 46 + central_name, central_extra))
    central = b"PK\x01\x02" + raw[4:6] + version + raw[12:16] + sizes
    central += struct.pack("<HHH", central_name, len(extra), comment) + raw[34:42] + bytes(4)
    central += raw[46 : 46 + central_name] + extra + raw[46 + central_name + central_extra :]
    return Written(local, central)


def _without_sizes(fields: list[tuple[int, bytes]]) -> bytes:
    return b"".join(struct.pack("<HH", number, len(data)) + data for number, data in fields if number != 1)


def _new(name: str, content: bytes) -> Written:
    encoded = name.encode()
    packed, sizes = _packed(content, DEFLATED)
    flags = 0 if name.isascii() else _UTF8
    head = struct.pack("<HHHHH", _VERSION, flags, DEFLATED, *_EPOCH) + sizes + struct.pack("<HH", len(encoded), 0)
    central = b"PK\x01\x02" + struct.pack("<H", _VERSION) + head + bytes(14) + encoded
    return Written(b"PK\x03\x04" + head + encoded + packed, central)


def _packed(content: bytes, method: int) -> tuple[bytes, bytes]:
    """Return the content as it will stand in the archive, and checksum and sizes as both headers have them."""
    if method == STORED:
        packed = content
    else:
        deflate = zlib.compressobj(wbits=-15)
        packed = deflate.compress(content) + deflate.flush()
    return packed, struct.pack("<III", zlib.crc32(content), len(packed), len(content))


def _tail(archive: Directory, count: int, length: int, start: int) -> bytes:
    """Return the records behind the directory with their numbers adapted; comment and other fields stay."""
    tail = bytearray(archive.tail)
    if archive.is_zip64:
        struct.pack_into("<QQQQ", tail, 24, count, count, length, start)
        at = _end_at(tail)
        struct.pack_into("<Q", tail, at - 12, start + length)
        old = struct.unpack_from("<HHII", tail, at + 8)
        given = (count, count, length, start)
        limits = (0xFFFF, 0xFFFF, NONE32, NONE32)
        kept = (limit if was == limit else min(now, limit) for was, now, limit in zip(old, given, limits, strict=True))
        struct.pack_into("<HHII", tail, at + 8, *kept)
        return bytes(tail)
    if count > _MOST_MEMBERS:
        _small(NONE32)
    struct.pack_into("<HHII", tail, 8, count, count, _small(length), _small(start))
    return bytes(tail)


def _end_at(tail: bytearray) -> int:
    """Return where the end record stands behind the ZIP64 records (whose length is variable)."""
    at = 12 + int.from_bytes(tail[4:12], "little")
    if tail[at : at + 4] != b"PK\x06\x07" or tail[at + 20 : at + 24] != b"PK\x05\x06":
        raise DamagedError.because("ZIP64 目录结尾不可读", "the ZIP64 end of the directory is broken")
    return at + 20
