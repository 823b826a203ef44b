"""Video and sound files made by PyAV, and what every format's tests do with a file: label it, read it, damage it."""

import hashlib
import io
import random
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import av

from guiju.label.errors import LabelError
from guiju.label.fields import Label
from guiju.label.source import DEFAULT_LIMITS, Limits, Source

LABEL = Label.by_generator("001191110000MA0000000X100000", "5f2c-01")
LONGER = Label.by_generator("someone-else", "x" * 90, "y" * 40)
SHORTER = Label.by_generator("a", "b")
MIXED = '{"AIGC":{"Label":"1"},"other":"data"}'
Packets = list[tuple[int, int | None, int | None, bool, str]]


def labelled(module: ModuleType, data: bytes, label: Label = LABEL) -> bytes:
    source = Source.of_bytes(data)
    plan = module.plan(source, label)
    new = b"".join(plan.blocks(source))
    assert len(new) == plan.size
    return new


def found(module: ModuleType, data: bytes, limits: Limits = DEFAULT_LIMITS) -> list[tuple[str, str]]:
    return [(one.place, one.text) for one in module.contents(Source.of_bytes(data, limits)).found]


def video(
    path: Path, form: str, codec: str, frames: int = 40, options: dict[str, str] | None = None, **tags: str
) -> bytes:
    """A film of flat grey frames with a key frame every ten."""
    with av.open(str(path), "w", format=form, options=options or {}) as container:
        container.metadata.update(tags)
        stream = container.add_stream(codec, rate=25)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.gop_size = 64, 48, 10
        stream.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
        for number in range(frames):
            frame = av.VideoFrame(64, 48, stream.pix_fmt)
            for plane in frame.planes:
                plane.update(bytes([number * 6 % 256]) * plane.buffer_size)
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path.read_bytes()


def packets(data: bytes) -> Packets:
    """Every packet with its times and the hash of its bytes; those without a time count too, only empty ones do not."""
    with av.open(io.BytesIO(data), "r") as container:
        return [
            (packet.stream.index, packet.pts, packet.dts, packet.is_keyframe, hashlib.sha256(bytes(packet)).hexdigest())
            for packet in container.demux()
            if packet.size
        ]


def after_seeking(data: bytes, fraction: float) -> tuple[int | None, str]:
    """The first packet behind a seek to a fraction of the film's length."""
    with av.open(io.BytesIO(data), "r") as container:
        container.seek(int((container.duration or 0) * fraction))
        packet = next(one for one in container.demux() if one.size)
        return packet.pts, hashlib.sha256(bytes(packet)).hexdigest()


def tags(data: bytes) -> dict[str, str]:
    with av.open(io.BytesIO(data), "r") as container:
        return {name.lower(): value for name, value in container.metadata.items()}


def assert_same_film(old: bytes, new: bytes) -> None:
    assert packets(new) == packets(old) != []
    for fraction in (0.0, 0.45, 0.9):
        assert after_seeking(new, fraction) == after_seeking(old, fraction)


def cut(data: bytes) -> Iterator[tuple[int, bytes]]:
    for length in range(1, len(data)):
        yield length, data[:length]


def mutated(data: bytes, count: int, seed: int = 4) -> Iterator[bytes]:
    """The same damaged files in every run: bytes changed, mostly near the front, and stretches doubled or lost."""
    dice = random.Random(seed)
    for _ in range(count):
        changed = bytearray(data)
        for _ in range(dice.randint(1, 4)):
            at = dice.randrange(len(changed) if dice.random() < 0.4 else min(len(changed), 400))
            changed[at] = dice.choice(
                (0, 0xFF, 0x7F, 0x80, 1, dice.randrange(256), changed[at] ^ 1 << dice.randrange(8))
            )
        if dice.random() < 0.2:
            at, length = dice.randrange(len(changed)), dice.randrange(40)
            changed[at : at + length] = changed[at : at + length] * dice.choice((0, 2))
        yield bytes(changed)


def assert_bears(module: ModuleType, data: bytes) -> None:
    """Reading and writing end in a result or in an error of this room; a result can be read again."""
    try:
        found(module, data)
        new = labelled(module, data)
    except LabelError:
        return
    assert [text for _, text in found(module, new)] == [LABEL.bare()]
    assert labelled(module, new) == new


class CountingBytes(io.BytesIO):
    """A file in memory that counts what is read from it."""

    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self.taken += len(data)
        return data


def bytes_read(module: ModuleType, data: bytes) -> int:
    stream = CountingBytes(data)
    module.contents(Source(stream))
    return stream.taken
