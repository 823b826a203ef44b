"""WAV files, chunk by chunk."""

import struct

FORMAT = struct.pack("<HHIIHH", 1, 1, 8000, 16000, 2, 16)
SAMPLES = bytes(range(256)) * 8


def chunk(name: bytes, data: bytes, order: str = "<") -> bytes:
    return name + struct.pack(order + "I", len(data)) + data + b"\0" * (len(data) % 2)


def info(*entries: tuple[bytes, bytes]) -> bytes:
    return chunk(b"LIST", b"INFO" + b"".join(chunk(name, data) for name, data in entries))


def wav(*before: bytes, samples: bytes = SAMPLES, after: tuple[bytes, ...] = (), size: int | None = None) -> bytes:
    body = b"WAVE" + chunk(b"fmt ", FORMAT) + b"".join(before) + chunk(b"data", samples) + b"".join(after)
    return b"RIFF" + struct.pack("<I", len(body) if size is None else size) + body


def big_endian() -> bytes:
    form = struct.pack(">HHIIHH", 1, 1, 8000, 16000, 2, 16)
    body = b"WAVE" + chunk(b"fmt ", form, ">") + chunk(b"data", SAMPLES, ">")
    return b"RIFX" + struct.pack(">I", len(body)) + body


def rf64(*after: bytes, name: bytes = b"RF64", samples: bytes = SAMPLES, sizes: tuple[int, int] | None = None) -> bytes:
    """A file with 64-bit sizes; `sizes` replaces those of the file and of the sound."""
    rest = chunk(b"fmt ", FORMAT) + b"data\xff\xff\xff\xff" + samples + b"\0" * (len(samples) % 2) + b"".join(after)
    total = 4 + 36 + len(rest)
    file_size, data_size = sizes or (total, len(samples))
    ds64 = chunk(b"ds64", struct.pack("<QQQI", file_size, data_size, len(samples) // 2, 0))
    return name + b"\xff\xff\xff\xffWAVE" + ds64 + rest


def streamed(field: int = 0xFFFFFFFF, riff: int = 0xFFFFFFFF) -> bytes:
    """What a speech service sends while it does not know yet how long the sound will be."""
    head = b"RIFF" + struct.pack("<I", riff) + b"WAVE" + chunk(b"fmt ", FORMAT)
    return head + b"data" + struct.pack("<I", field) + SAMPLES


def sound(data: bytes) -> bytes:
    """The bytes of the chunk data, found without the code under test."""
    order = ">" if data[:4] == b"RIFX" else "<"
    at = 12
    while data[at : at + 4] != b"data":
        (size,) = struct.unpack(order + "I", data[at + 4 : at + 8])
        at += 8 + size + size % 2
    (size,) = struct.unpack(order + "I", data[at + 4 : at + 8])
    if data[12:16] == b"ds64":
        (size,) = struct.unpack("<Q", data[28:36])
    return data[at + 8 :] if size in (0, 0xFFFFFFFF) else data[at + 8 : at + 8 + size]
