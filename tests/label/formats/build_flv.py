"""FLV files, tag by tag, with metadata in AMF0; the media are small frames of nothing in particular."""

import struct

KEY, INTER = 0x12, 0x22  # Sorenson H.263 frames


def text(value: str) -> bytes:
    raw = value.encode()
    if len(raw) > 0xFFFF:
        return b"\x0c" + struct.pack(">I", len(raw)) + raw
    return b"\x02" + struct.pack(">H", len(raw)) + raw


def number(value: float) -> bytes:
    return b"\x00" + struct.pack(">d", value)


def strict(*values: bytes) -> bytes:
    return b"\x0a" + struct.pack(">I", len(values)) + b"".join(values)


def pairs(*properties: tuple[str, bytes]) -> bytes:
    return b"".join(struct.pack(">H", len(name.encode())) + name.encode() + value for name, value in properties)


def plain_object(*properties: tuple[str, bytes]) -> bytes:
    return b"\x03" + pairs(*properties) + b"\x00\x00\x09"


def array(*properties: tuple[str, bytes], count: int | None = None, closed: bool = True) -> bytes:
    size = struct.pack(">I", len(properties) if count is None else count)
    return b"\x08" + size + pairs(*properties) + b"\x00\x00\x09" * closed


def tag(kind: int, data: bytes, time: int = 0) -> bytes:
    head = struct.pack(">I", kind << 24 | len(data)) + struct.pack(">I", time)[1:] + b"\x00" + bytes(3)
    return head + data + struct.pack(">I", 11 + len(data))


def script(value: bytes, name: str = "onMetaData") -> bytes:
    return tag(18, text(name) + value)


def media(count: int = 8) -> list[bytes]:
    return [tag(9, bytes([INTER if one % 4 else KEY]) + bytes([one]) * 30, one * 40) for one in range(count)]


def flv(*scripts: bytes, frames: list[bytes] | None = None) -> bytes:
    return (
        b"FLV\x01\x01\x00\x00\x00\x09" + bytes(4) + b"".join(scripts) + b"".join(media() if frames is None else frames)
    )


def indexed(*properties: tuple[str, bytes], frames: int = 8, more: bytes = b"") -> bytes:
    """A file whose metadata say how large it is and where its key frames are."""

    def made(places: list[int], size: int) -> bytes:
        keyframes = plain_object(
            ("filepositions", strict(*(number(place) for place in places))),
            ("times", strict(*(number(0.16 * one) for one in range(len(places))))),
        )
        known = ("filesize", number(size)), ("lastkeyframelocation", number(places[-1]))
        return flv(script(array(*properties, *known, ("keyframes", keyframes))), more, frames=media(frames))

    data = made([0] * (frames // 4), 0)
    return made(keyframe_places(data), len(data))


def tags_of(data: bytes) -> list[tuple[int, int, bytes]]:
    """Place, kind and data of every tag; the sizes behind the tags are checked."""
    at, found = 13, []
    while at < len(data):
        size = int.from_bytes(data[at + 1 : at + 4], "big")
        found.append((at, data[at], data[at + 11 : at + 11 + size]))
        assert int.from_bytes(data[at + 11 + size : at + 15 + size], "big") == size + 11
        at += 15 + size
    return found


def keyframe_places(data: bytes) -> list[int]:
    return [at for at, kind, body in tags_of(data) if kind == 9 and body[0] == KEY]


def numbers_behind(data: bytes, name: bytes) -> list[float]:
    """The number, or the numbers of the array, that stand behind a name in the file."""
    at = data.index(name) + len(name)
    if data[at] == 0:
        return [struct.unpack(">d", data[at + 1 : at + 9])[0]]
    (count,) = struct.unpack(">I", data[at + 1 : at + 5])
    return [struct.unpack(">d", data[at + 6 + 9 * one : at + 14 + 9 * one])[0] for one in range(count)]
