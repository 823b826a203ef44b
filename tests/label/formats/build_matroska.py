"""Matroska files element by element, in every order, with every index; the media are a few samples of plain sound."""

import struct
import zlib
from collections.abc import Iterator

SEGMENT, SEEK_HEAD, INFO, TRACKS, CLUSTER = 0x18538067, 0x114D9B74, 0x1549A966, 0x1654AE6B, 0x1F43B675
CUES, TAGS, VOID, CRC = 0x1C53BB6B, 0x1254C367, 0xEC, 0xBF
NAMED = {"seek": SEEK_HEAD, "info": INFO, "tracks": TRACKS, "cues": CUES, "tags": TAGS}
ORDER = ("seek", "info", "tracks", "tags", "clusters", "cues")


def vint(size: int, width: int = 0) -> bytes:
    while not width or size >= (1 << 7 * width) - 1:
        width += 1
    return (1 << 7 * width | size).to_bytes(width, "big")


def element(identifier: int, body: bytes, width: int = 0, *, open_end: bool = False) -> bytes:
    size = b"\x01" + b"\xff" * 7 if open_end else vint(len(body), width)
    return identifier.to_bytes((identifier.bit_length() + 7) // 8, "big") + size + body


def uint(value: int, width: int = 0) -> bytes:
    return value.to_bytes(max(width, (value.bit_length() + 7) // 8, 1), "big")


def checked(identifier: int, body: bytes) -> bytes:
    """A master element that starts with its checksum."""
    return element(identifier, element(CRC, struct.pack("<I", zlib.crc32(body))) + body)


def void(length: int) -> bytes:
    return element(VOID, bytes(length - 2), 1) if length < 129 else element(VOID, bytes(length - 9), 8)


def simple(name: str, text: str, *nested: bytes) -> bytes:
    return element(0x67C8, element(0x45A3, name.encode()) + element(0x4487, text.encode()) + b"".join(nested))


def tag(*simples: bytes, track: int = 0) -> bytes:
    targets = element(0x63C5, uint(track)) if track else b""
    return element(0x7373, element(0x63C0, targets) + b"".join(simples))


def matroska(
    *order: str | bytes,
    tags: bytes = b"",
    listed: tuple[str, ...] = ("info", "tracks", "tags", "cues"),
    crc: bool = False,
    open_segment: bool = False,
    open_clusters: bool = False,
    positions: bool = False,
    segment_width: int = 8,
    width: int = 0,
    clusters: int = 6,
    samples: int = 100,
    behind: bytes = b"",
) -> bytes:
    """A file with these elements in this order; bytes stand as they are. `width` is that of positions, 0 the least."""
    wrap = checked if crc else element
    places: dict[str, int] = {}

    def seek_head() -> bytes:
        return b"".join(
            element(0x4DBB, element(0x53AB, uint(NAMED[name])) + element(0x53AC, uint(places.get(name, 0), width)))
            for name in listed
            if name in order
        )

    def cues() -> bytes:
        return b"".join(
            element(0xBB, element(0xB3, uint(100 * one)) + element(0xB7, track + cluster))
            for one in range(clusters)
            for track in [element(0xF7, b"\x01")]
            for cluster in [element(0xF1, uint(places.get(f"cluster{one}", 0), width))]
        )

    def cluster(one: int) -> bytes:
        head = element(0xE7, uint(100 * one))
        head += element(0xA7, uint(places.get(f"cluster{one}", 0), 4)) if positions else b""
        blocks = [
            element(0xA3, b"\x81" + struct.pack(">hB", 50 * n, 0x80) + bytes([one * 2 + n]) * samples) for n in (0, 1)
        ]
        return element(CLUSTER, head + b"".join(blocks), open_end=open_clusters)

    for _ in range(8):
        body = b""
        for item in order:
            if isinstance(item, bytes):
                body += item
            elif item == "clusters":
                for one in range(clusters):
                    places[f"cluster{one}"] = len(body)
                    body += cluster(one)
            else:
                places[item] = len(body)
                body += {
                    "seek": lambda: wrap(SEEK_HEAD, seek_head()),
                    "info": lambda: wrap(
                        INFO, element(0x2AD7B1, uint(1_000_000)) + element(0x4489, struct.pack(">d", 600.0))
                    ),
                    "tracks": lambda: wrap(TRACKS, _track()),
                    "tags": lambda: wrap(TAGS, tags),
                    "cues": lambda: wrap(CUES, cues()),
                }[item]()
    head = element(0x1A45DFA3, element(0x4282, b"matroska") + element(0x4287, b"\x04") + element(0x4285, b"\x02"))
    return head + element(SEGMENT, body, segment_width, open_end=open_segment) + behind


def _track() -> bytes:
    audio = element(0xE1, element(0xB5, struct.pack(">d", 8000.0)) + element(0x9F, b"\x01") + element(0x6264, b"\x10"))
    entry = element(0xD7, b"\x01") + element(0x73C5, b"\x01") + element(0x83, b"\x02") + element(0x9C, b"\x00")
    return element(0xAE, entry + element(0x86, b"A_PCM/INT/LIT") + audio)


def elements(data: bytes, at: int = 0, end: int | None = None) -> Iterator[tuple[int, int, int, int]]:
    """Identifier, place, start of the body and end of every element of a stretch; without the code under test."""
    end = len(data) if end is None else end
    while at < end:
        id_width, start = 9 - data[at].bit_length(), at
        at += id_width
        size_width = 9 - data[at].bit_length()
        size = int.from_bytes(data[at : at + size_width], "big") & ((1 << 7 * size_width) - 1)
        at += size_width
        stop = end if size == (1 << 7 * size_width) - 1 else at + size
        yield int.from_bytes(data[start : start + id_width], "big"), start, at, stop
        at = stop


def segment_of(data: bytes) -> tuple[int, int]:
    return next((body, end) for identifier, _, body, end in elements(data) if identifier == SEGMENT)


def assert_positions_true(data: bytes) -> None:
    """Every SeekHead entry leads to its element, every cue to its cluster, every checksum is right."""
    base, end = segment_of(data)
    for identifier, _, start, stop in elements(data, base, end):
        body = data[start:stop]
        if body[:2] == b"\xbf\x84":
            assert struct.unpack("<I", body[2:6])[0] == zlib.crc32(body[6:])
        if identifier == SEEK_HEAD:
            for seek in (body[one[2] : one[3]] for one in elements(body) if one[0] == 0x4DBB):
                parts = {one[0]: seek[one[2] : one[3]] for one in elements(seek)}
                at = base + int.from_bytes(parts[0x53AC], "big")
                assert data[at : at + len(parts[0x53AB])] == parts[0x53AB]
        if identifier == CUES:
            for point in (body[one[2] : one[3]] for one in elements(body) if one[0] == 0xBB):
                parts = {one[0]: point[one[2] : one[3]] for one in elements(point)}
                where = {one[0]: parts[0xB7][one[2] : one[3]] for one in elements(parts[0xB7])}
                at = base + int.from_bytes(where[0xF1], "big")
                assert data[at : at + 4] == CLUSTER.to_bytes(4, "big")
                cluster = next(elements(data, at))
                time = next(data[one[2] : one[3]] for one in elements(data, *cluster[2:]) if one[0] == 0xE7)
                assert int.from_bytes(time, "big") <= int.from_bytes(parts[0xB3], "big")


def clusters_of(data: bytes) -> bytes:
    """All clusters, from the first one's head to the last one's end."""
    base, end = segment_of(data)
    found = [(at, stop) for identifier, at, _, stop in elements(data, base, end) if identifier == CLUSTER]
    return data[found[0][0] : found[-1][1]]
