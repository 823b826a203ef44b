"""Small audio files made by the tests, and readers of what matters in them: packets and tags."""

from __future__ import annotations

import hashlib
import io
import math
import random
import struct
from collections.abc import Callable
from functools import cache
from typing import Any

import av

from guiju.label.errors import LabelError
from guiju.label.fields import Label
from guiju.label.formats import format_of
from guiju.label.source import Source

CODE = "00191110108MA01TEST00000000"
LABEL = Label.by_generator(CODE, "urn:uuid:7d1c4d0e-0a59-4c58-9d63-0c1f9d4ba0c1")
OTHER = Label.by_generator(CODE, "another-one")
CODECS = {
    "mp3": ("mp3", "libmp3lame"),
    "adts": ("adts", "aac"),
    "flac": ("flac", "flac"),
    "vorbis": ("ogg", "vorbis"),
    "opus": ("ogg", "libopus"),
}
KINDS = {"mp3": "mp3", "adts": "mp3", "flac": "flac", "vorbis": "ogg", "opus": "ogg", "oggflac": "ogg"}


@cache
def audio(kind: str, seconds: float = 0.3, title: str = "") -> bytes:
    """Return a file with a tone; a title makes the writer add its tag."""
    if kind == "oggflac":
        return ogg_flac(audio("flac", seconds), title)
    container, codec = CODECS[kind]
    rate = 48000
    out = io.BytesIO()
    with av.open(out, "w", format=container) as file:
        if title:
            file.metadata["title"] = title
        stream: Any = file.add_stream(codec, rate=rate)
        stream.layout = "stereo"
        stream.codec_context.options = {"strict": "experimental"}  # as FFmpeg calls its own Vorbis encoder
        count = int(rate * seconds)
        samples = (int(9000 * math.sin(i * math.tau * 440 / rate)) for i in range(count) for _ in range(2))
        frame = av.AudioFrame(format="s16", layout="stereo", samples=count)
        frame.sample_rate = rate
        frame.planes[0].update(struct.pack(f"<{2 * count}h", *samples))
        for converted in av.AudioResampler(format=stream.format, layout="stereo", rate=rate).resample(frame):
            file.mux(stream.encode(converted))
        file.mux(stream.encode(None))
    return out.getvalue()


def labelled(data: bytes, kind: str, label: Label = LABEL) -> bytes:
    """Return the file with the label, as the module for this kind plans it."""
    source = Source.of_bytes(data)
    plan = format_of(KINDS.get(kind, kind)).plan(source, label)
    out = b"".join(plan.blocks(source))
    assert len(out) == plan.size
    return out


def found(data: bytes, kind: str) -> list[tuple[str, str]]:
    """Return place and text of every candidate."""
    contents = format_of(KINDS.get(kind, kind)).contents(Source.of_bytes(data))
    return [(one.place, one.text) for one in contents.found]


def packets(data: bytes) -> str:
    """Return a hash over every packet of every stream, as PyAV reads the file."""
    digest = hashlib.sha256()
    with av.open(io.BytesIO(data), "r") as file:
        for packet in file.demux():
            if packet.size:
                digest.update(f"{packet.stream.index} {packet.pts} {packet.size} ".encode() + bytes(packet))
    return digest.hexdigest()


def tags(data: bytes) -> dict[str, str]:
    """Return the tags of the file and its streams, as PyAV reads them, names in lower case."""
    with av.open(io.BytesIO(data), "r") as file:
        pairs = [*file.metadata.items(), *(pair for stream in file.streams for pair in stream.metadata.items())]
    return {key.lower(): value for key, value in pairs}


def synchsafe(value: int) -> bytes:
    """Return a size as ID3v2 writes it."""
    return bytes((value >> shift) & 0x7F for shift in (21, 14, 7, 0))


def id3(version: int, frames: bytes, *, flags: int = 0, padding: int = 0) -> bytes:
    """Return an ID3v2 tag; `frames` with whatever stands in front of them (extended header)."""
    body = frames + bytes(padding)
    head = bytes([version, 0, flags]) + synchsafe(len(body))
    return b"ID3" + head + body + (b"3DI" + head if version == 4 and flags & 0x10 else b"")


def frame(version: int, name: bytes, data: bytes, *, flags: int = 0) -> bytes:
    """Return a frame of an ID3v2 tag."""
    if version == 2:
        return name[:3] + len(data).to_bytes(3, "big") + data
    size = synchsafe(len(data)) if version == 4 else len(data).to_bytes(4, "big")
    return name + size + bytes([0, flags]) + data


def txxx(version: int, description: str, text: str, encoding: int = 0, *, flags: int = 0) -> bytes:
    """Return a frame for a text that the user named."""
    codec = ("latin-1", "utf-16", "utf-16-be", "utf-8")[encoding]
    end = "\0".encode(codec)[-2:] if encoding in {1, 2} else b"\0"
    data = bytes([encoding]) + description.encode(codec) + end + text.encode(codec)
    return frame(version, b"TXX" if version == 2 else b"TXXX", data, flags=flags)


def ape(items: dict[str, str], *, header: bool = True) -> bytes:
    """Return an APEv2 tag."""
    body = b"".join(
        len(value.encode()).to_bytes(4, "little") + bytes(4) + key.encode() + b"\0" + value.encode()
        for key, value in items.items()
    )
    sums = (2000).to_bytes(4, "little") + (len(body) + 32).to_bytes(4, "little") + len(items).to_bytes(4, "little")
    flags = 0x80000000 if header else 0
    head = b"APETAGEX" + sums + (flags | 0x20000000).to_bytes(4, "little") + bytes(8) if header else b""
    return head + body + b"APETAGEX" + sums + flags.to_bytes(4, "little") + bytes(8)


ID3V1 = b"TAG" + b"Old title".ljust(125, b"\0")


def comments(*entries: str, vendor: str = "maker", count: int | None = None) -> bytes:
    """Return a block of Vorbis comments; a count that lies on request."""
    strings = [entry.encode() for entry in entries]
    return b"".join(
        [
            len(vendor).to_bytes(4, "little") + vendor.encode(),
            (len(strings) if count is None else count).to_bytes(4, "little"),
            *(len(string).to_bytes(4, "little") + string for string in strings),
        ]
    )


def ogg_crc(data: bytes) -> int:
    """Return the checksum of an Ogg page, bit by bit as the format's description has it."""
    value = 0
    for byte in data:
        value ^= byte << 24
        for _ in range(8):
            value = (value << 1 ^ 0x04C11DB7 if value & 0x80000000 else value << 1) & 0xFFFFFFFF
    return value


def ogg_page(serial: int, number: int, lacing: bytes, body: bytes, *, flags: int = 0, granule: int = 0) -> bytes:
    """Return one page."""
    head = b"OggS\0" + bytes([flags]) + granule.to_bytes(8, "little") + serial.to_bytes(4, "little")
    head += number.to_bytes(4, "little")
    rest = bytes([len(lacing)]) + lacing + body
    return head + ogg_crc(head + bytes(4) + rest).to_bytes(4, "little") + rest


def ogg_pages(serial: int, packets: list[bytes], *, number: int = 0, most: int = 255, granule: int = 0) -> list[bytes]:
    """Return pages for packets that follow each other, `most` segments on a page."""
    lacing = b"".join(b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255]) for packet in packets)
    body = b"".join(packets)
    pages: list[bytes] = []
    for at in range(0, len(lacing), most):
        part = lacing[at : at + most]
        start = sum(lacing[:at])
        continued = at > 0 and lacing[at - 1] == 255
        position = granule if min(part) < 255 else 2**64 - 1
        piece = body[start : start + sum(part)]
        pages.append(ogg_page(serial, number + len(pages), part, piece, flags=continued, granule=position))
    return pages


def opus(
    *entries: str, serial: int = 7, pages: int = 3, most: int = 255, rest: bytes = b"", block: bytes | None = None
) -> bytes:
    """Return an Opus stream by hand: pages of one silent packet each."""
    head = b"OpusHead\x01\x01\x00\x00" + (48000).to_bytes(4, "little") + bytes(3)
    tags = b"OpusTags" + (comments(*entries) if block is None else block) + rest
    out = [ogg_page(serial, 0, bytes([len(head)]), head, flags=2), *ogg_pages(serial, [tags], number=1, most=most)]
    for count in range(1, pages + 1):
        last = 4 if count == pages else 0
        out.append(ogg_page(serial, len(out), b"\x03", b"\xf8\xff\xfe", flags=last, granule=960 * count))
    return b"".join(out)


def ogg_flac(flac: bytes, title: str = "") -> bytes:
    """Return the FLAC file's frames in an Ogg stream."""
    with av.open(io.BytesIO(flac), "r") as file:
        frames = [bytes(packet) for packet in file.demux() if packet.size]
    streaminfo = flac[4:42]
    first = b"\x7fFLAC\x01\x00\x00\x01" + b"fLaC" + bytes([streaminfo[0] & 0x7F]) + streaminfo[1:]
    block = comments(*([f"TITLE={title}"] if title else []))
    out = [ogg_page(9, 0, bytes([len(first)]), first, flags=2)]
    out += ogg_pages(9, [b"\x84" + len(block).to_bytes(3, "big") + block], number=1)
    for count, frame_data in enumerate(frames, 1):
        out += ogg_pages(9, [frame_data], number=len(out), granule=4608 * count)
    return b"".join(out)


def fed(read: Callable[[bytes], object], data: bytes, *, mutations: int = 2000, step: int = 1) -> set[str]:
    """Cut the file at every place, then change bytes of it; return the codes of the errors, which are all ours."""
    codes: set[str] = set()
    dice = random.Random(5)
    for end in range(0, len(data), step):
        codes.add(_code(read, data[:end]))
    for _ in range(mutations):
        changed = bytearray(data)
        for _ in range(dice.randint(1, 4)):
            changed[dice.randrange(min(len(data), 600))] = dice.choice((0, 1, 0x7F, 0x80, 0xFF, dice.randrange(256)))
        codes.add(_code(read, bytes(changed)))
    return codes


def _code(read: Callable[[bytes], object], data: bytes) -> str:
    try:
        read(data)
    except LabelError as error:
        return error.code
    return ""
