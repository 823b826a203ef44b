"""Small files of every kind, made for the tests of explicit labels."""

from __future__ import annotations

import io
import math
import struct
import wave
import zipfile
from array import array
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from PIL import Image

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def picture(kind: str, image: Image.Image, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def busy(size: tuple[int, int]) -> Image.Image:
    """Colours that change from pixel to pixel, the same in every run."""
    channels = [Image.linear_gradient("L").resize(size), Image.radial_gradient("L").resize(size)]
    stripes = Image.frombytes("L", size, bytes((at * 97) % 256 for at in range(size[0] * size[1])))
    return Image.merge("RGB", (*channels, stripes))


def hum(rate: int, seconds: float, level: float = 0.2) -> list[float]:
    """A tone that swells and fades, far from the pitch of the rhythm."""
    step = 2 * math.pi * 210 / rate
    return [level * math.sin(step * at) * (0.6 + 0.4 * math.sin(at / rate * 5)) for at in range(int(rate * seconds))]


def wav(samples: list[float], *, rate: int = 8000, channels: int = 1, width: int = 2) -> bytes:
    out = io.BytesIO()
    top = 2 ** (8 * width - 1) - 1
    with wave.open(out, "wb") as target:
        target.setnchannels(channels)
        target.setsampwidth(width)
        target.setframerate(rate)
        whole = (round(each * top) for each in samples)
        packed = (
            (each + 128).to_bytes(1, "little") if width == 1 else each.to_bytes(width, "little", signed=True)
            for each in whole
        )
        target.writeframes(b"".join(each * channels for each in packed))
    return out.getvalue()


def float_wav(samples: list[float], rate: int, *extra: tuple[bytes, bytes]) -> bytes:
    """A WAV of 32-bit floats with extra chunks in front of its data."""
    data = array("f", samples).tobytes()
    chunks = [(b"fmt ", struct.pack("<HHIIHH", 3, 1, rate, rate * 4, 4, 32)), *extra, (b"data", data)]
    body = b"".join(name + struct.pack("<I", len(part)) + part + bytes(len(part) % 2) for name, part in chunks)
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WAVE" + body


def sound(path: Path, codec: str, *, rate: int = 44100, seconds: float = 3, layout: str = "mono") -> Path:
    with av.open(str(path), "w") as target:
        target.metadata["title"] = "a title"
        stream: Any = target.add_stream(codec, rate=rate, layout=layout)
        target.mux(stream.encode(_samples(rate, seconds)))
        target.mux(stream.encode(None))
    return path


def video(
    path: Path,
    codec: str = "libx264",
    *,
    size: tuple[int, int] = (160, 96),
    seconds: float = 2.6,
    rate: int = 10,
    pixels: str = "yuv420p",
    turned: int = 0,
    voice: str | None = "aac",
    late: int = 0,
) -> Path:
    """A moving square on a grey gradient; every eleventh frame comes `late` clock ticks later than a steady rate."""
    with av.open(str(path), "w") as target:
        target.metadata["title"] = "a title"
        stream: Any = target.add_stream(codec, rate=rate)
        stream.width, stream.height, stream.pix_fmt = *size, pixels
        stream.codec_context.time_base = Fraction(1, rate)
        for tag in ("color_primaries", "color_trc", "colorspace"):
            setattr(stream.codec_context, tag, 1)
        if turned:
            stream.set_display_rotation(turned)
        speech: Any = target.add_stream(voice, rate=48000, layout="mono") if voice else None
        ground = Image.linear_gradient("L").resize(size).convert("RGB")
        for number in range(round(seconds * rate)):
            image = ground.copy()
            image.paste((255, 90, 0), (number * 3 % size[0], 5, number * 3 % size[0] + 20, 25))
            frame = av.VideoFrame.from_image(image).reformat(format=pixels)
            frame.pts, frame.time_base = number + number // 11 * late, Fraction(1, rate)
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
        if speech:
            target.mux(speech.encode(_samples(48000, seconds)))
            target.mux(speech.encode(None))
    return path


def shown_frames(path: Path) -> list[tuple[float, Image.Image]]:
    """Every frame with its time, turned the way a player shows it."""
    turns = {90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_270}
    with av.open(str(path)) as source:
        frames = []
        for frame in source.decode(video=0):
            image = frame.to_image()
            turn = frame.rotation % 360
            frames.append((frame.time, image.transpose(turns[turn]) if turn else image))
        return frames


def document(*paragraphs: str, prefix: str = "w", section: bool = True, extra: str = "") -> bytes:
    p = f"{prefix}:" if prefix else ""
    declared = f"xmlns:{prefix}" if prefix else "xmlns"
    body = "".join(f"<{p}p><{p}r><{p}t>{text}</{p}t></{p}r></{p}p>" for text in paragraphs) + extra
    end = f"<{p}sectPr><{p}pgSz {p}w='1'/></{p}sectPr>" if section and prefix else ""
    head = f"<?xml version='1.0' encoding='UTF-8'?><{p}document {declared}='{WORD}'>"
    xml = f"{head}<{p}body>{body}{end}</{p}body></{p}document>"
    return package({"word/document.xml": xml.encode()})


def package(parts: dict[str, bytes]) -> bytes:
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("[Content_Types].xml", types)
        target.writestr("_rels/.rels", relations)
        for name, data in parts.items():
            target.writestr(name, data)
        target.writestr("word/media/picture.bin", bytes(range(256)) * 8)
    return out.getvalue()


def _samples(rate: int, seconds: float) -> av.AudioFrame:
    samples = hum(rate, seconds)
    frame = av.AudioFrame(format="flt", layout="mono", samples=len(samples))
    frame.planes[0].update(array("f", samples).tobytes())
    frame.sample_rate, frame.pts, frame.time_base = rate, 0, Fraction(1, rate)
    return frame
