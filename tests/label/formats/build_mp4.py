"""Small ISO media files, coded by PyAV or put together by hand, and a box reader of the tests' own."""

from __future__ import annotations

import hashlib
import io
import itertools
import struct
import tempfile
from functools import cache
from pathlib import Path
from types import ModuleType

import av
import av.video

from guiju.label.fields import Label
from guiju.label.source import Source

CODE = "00191110108MA01KP2T5U10001"
LABEL = Label.by_generator(CODE, "id-0001")
LONGER = Label.by_generator(CODE, "id-0002-" + "x" * 2000)
XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
C2PA_UUID = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
LAYOUTS = {
    "moov last": ("mp4", ""),
    "moov first": ("mp4", "faststart"),
    "mov, moov last": ("mov", ""),
    "mov, moov first": ("mov", "faststart"),
    "m4a": ("ipod", "faststart"),
    "keyed list there": ("mp4", "faststart+use_metadata_tags"),
    "fragments from moof": ("mp4", "frag_keyframe+empty_moov+default_base_moof"),
    "fragments with absolute bases": ("mp4", "frag_keyframe+empty_moov"),
    "fragments with an index": ("mp4", "frag_keyframe+empty_moov+default_base_moof+global_sidx"),
    "fragments behind samples": ("mp4", "frag_keyframe"),
}


@cache
def movie(layout: str = "moov last", title: str = "") -> bytes:
    """Return a film of under a second with a tone (only the tone in M4A), in one of LAYOUTS."""
    kind, flags = LAYOUTS[layout]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film"  # moving `moov` to the front needs a file
        _code(path, kind, flags, title)
        return path.read_bytes()


def _code(path: Path, kind: str, flags: str, title: str) -> None:
    with av.open(str(path), "w", format=kind, options={"movflags": flags} if flags else {}) as file:
        if title:
            file.metadata["title"] = title
        picture = file.add_stream("mpeg4", rate=25, options={"g": "5"}) if kind != "ipod" else None
        sound = file.add_stream("aac", rate=48000)
        if isinstance(picture, av.VideoStream):
            picture.width, picture.height, picture.pix_fmt = 32, 32, "yuv420p"
            for at in range(15):
                frame = av.VideoFrame(32, 32, "yuv420p")
                for plane in frame.planes:
                    plane.update(bytes([at * 9]) * plane.buffer_size)
                file.mux(picture.encode(frame))
            file.mux(picture.encode())
        for at in range(12):
            tone = av.AudioFrame("fltp", "stereo", 1024)
            tone.sample_rate, tone.pts = 48000, at * 1024
            for channel in tone.planes:
                channel.update(struct.pack("<f", 0.01 * at) * (channel.buffer_size // 4))
            file.mux(sound.encode(tone))
        file.mux(sound.encode())


def packets(data: bytes) -> list[tuple[int, int | None, int | None, str]]:
    """Return stream, times and hash of every packet, as PyAV reads them."""
    with av.open(io.BytesIO(data), "r") as file:
        read = [packet for packet in file.demux() if packet.size]
        return [(one.stream_index, one.pts, one.dts, hashlib.sha256(bytes(one)).hexdigest()) for one in read]


def tags(data: bytes) -> dict[str, str]:
    """Return the metadata of the file, as PyAV reads them."""
    with av.open(io.BytesIO(data), "r") as file:
        return dict(file.metadata)


def labelled(module: ModuleType, data: bytes, label: Label = LABEL) -> bytes:
    """Return the file with a label."""
    source = Source.of_bytes(data)
    return b"".join(module.plan(source, label).blocks(source))


def found(module: ModuleType, data: bytes) -> list[tuple[str, str]]:
    """Return place and text of every candidate."""
    return [(one.place, one.text) for one in module.contents(Source.of_bytes(data)).found]


def box(kind: bytes, *parts: bytes, long: bool = False) -> bytes:
    """Return a box, with a size of 64 bits if asked for."""
    body = b"".join(parts)
    if long:
        return struct.pack(">I4sQ", 1, kind, 16 + len(body)) + body
    return struct.pack(">I4s", 8 + len(body), kind) + body


def full(kind: bytes, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    """Return a box with version and flags."""
    return box(kind, struct.pack(">I", version << 24 | flags), *parts)


def data_box(text: bytes, kind: int = 1) -> bytes:
    """Return the value of a list's item."""
    return box(b"data", struct.pack(">II", kind, 0), text)


def meta(handler: bytes, *parts: bytes, quicktime: bool = False) -> bytes:
    """Return a `meta` box, without version and flags in the manner of QuickTime."""
    head = full(b"hdlr", bytes(4), handler, bytes(13))
    return box(b"meta", head, *parts) if quicktime else full(b"meta", head, *parts)


def keyed(entries: list[tuple[str, str]], *, quicktime: bool = False) -> bytes:
    """Return a `meta` box with keys and values."""
    keys = [box(b"mdta", key.encode()) for key, _ in entries]
    items = [box(struct.pack(">I", at), data_box(value.encode())) for at, (_, value) in enumerate(entries, 1)]
    table = full(b"keys", struct.pack(">I", len(keys)), *keys)
    return meta(b"mdta", table, box(b"ilst", *items), quicktime=quicktime)


def itunes(*items: bytes) -> bytes:
    """Return a `meta` box with a list of iTunes."""
    return meta(b"mdir", box(b"ilst", *items))


def free_form(name: str, text: str) -> bytes:
    """Return an item with a name of its own for a list of iTunes."""
    mean = full(b"mean", b"com.apple.iTunes")
    return box(b"----", mean, full(b"name", name.encode()), data_box(text.encode()))


TITLE = box(b"\xa9nam", data_box("标题".encode()))
COVER = box(b"covr", data_box(b"\x89PNG" + bytes(range(200)), 13))


def xmp_box(packet: bytes) -> bytes:
    """Return a `uuid` box with an XMP packet."""
    return box(b"uuid", XMP_UUID, packet)


def track(*tables: bytes, media: bytes = b"") -> bytes:
    """Return a track with these sample tables."""
    return box(b"trak", box(b"mdia", box(b"minf", media, box(b"stbl", *tables))))


def stco(*offsets: int) -> bytes:
    """Return a table of chunk offsets of 32 bits."""
    return full(b"stco", struct.pack(f">I{len(offsets)}I", len(offsets), *offsets))


def co64(*offsets: int) -> bytes:
    """Return a table of chunk offsets of 64 bits."""
    return full(b"co64", struct.pack(f">I{len(offsets)}Q", len(offsets), *offsets))


FTYP = box(b"ftyp", b"isom", bytes(4), b"isomiso2")
CHUNKS = (b"first chunk.", b"second chunk", b"third chunk.")


def handmade(*, udta: bytes = b"", moov: bytes = b"", between: bytes = b"", wide: bool = False) -> bytes:
    """Return FTYP, `moov` with one track over CHUNKS, other boxes, `mdat`."""

    def build(start: int) -> bytes:
        offsets = [start + at for at in itertools.accumulate(map(len, CHUNKS[:-1]), initial=0)]
        inner = track(co64(*offsets) if wide else stco(*offsets)), moov, box(b"udta", udta) if udta else b""
        return FTYP + box(b"moov", *inner) + between

    start = len(build(0)) + 8
    return build(start) + box(b"mdat", *CHUNKS)


def inside(data: bytes, path: str) -> list[tuple[int, int]]:
    """Return start and end of the contents of every box at a path such as `moov.udta.meta`; a meta's fields are cut."""
    stretches = [(0, len(data))]
    for name in path.split("."):
        stretches = [
            (start, end)
            for outer in stretches
            for kind, start, end in children(data, *outer)
            if kind.decode("latin-1") == name
        ]
    return stretches


def children(data: bytes, start: int, end: int) -> list[tuple[bytes, int, int]]:
    """Return type, start and end of the contents of each box."""
    result = []
    while start + 8 <= end and any(data[start : start + 8]):
        size, kind = struct.unpack_from(">I4s", data, start)
        header = 8
        if size == 1:
            size, header = struct.unpack_from(">Q", data, start + 8)[0], 16
        if size == 0:
            size = end - start
        assert header <= size <= end - start, f"{kind!r} at {start} does not fit"
        body = start + header
        if kind == b"meta" and data[body + 4 : body + 8] != b"hdlr":
            body += 4
        result.append((kind, body, start + size))
        start += size
    return result


def body_of(data: bytes, path: str) -> bytes:
    """Return the contents of the only box at a path."""
    ((start, end),) = inside(data, path)
    return data[start:end]


def chunk_offsets(data: bytes) -> list[int]:
    """Return all chunk offsets of all tracks."""
    offsets: list[int] = []
    for name, code in (("stco", "I"), ("co64", "Q")):
        for start, _ in inside(data, f"moov.trak.mdia.minf.stbl.{name}"):
            (count,) = struct.unpack_from(">I", data, start + 4)
            offsets += struct.unpack_from(f">{count}{code}", data, start + 8)
    return offsets
