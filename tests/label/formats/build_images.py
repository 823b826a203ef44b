"""Pictures in all formats, made here: by Pillow, or byte by byte where it must be exact."""

import io
import struct
import zlib
from collections.abc import Callable
from types import ModuleType

from PIL import Image, ImageSequence, PngImagePlugin

from guiju.label.fields import Label
from guiju.label.formats.images import gif, jpeg, png, tiff, webp
from guiju.label.source import Source

LABEL = Label.by_generator("001191110000MA0000000X100000", "5f2c-01")
OTHER = Label.by_generator("someone-else", "x" * 90)
NAMESPACE = "http://www.tc260.org.cn/ns/AIGC/1.0/"
Tags = dict[int, tuple[int, bytes]]
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def labelled(module: ModuleType, data: bytes, label: Label = LABEL) -> bytes:
    source = Source.of_bytes(data)
    plan = module.plan(source, label)
    new = b"".join(plan.blocks(source))
    assert len(new) == plan.size
    return new


def texts(module: ModuleType, data: bytes) -> list[str]:
    return [found.text for found in module.contents(Source.of_bytes(data)).found]


def places(module: ModuleType, data: bytes) -> list[tuple[str, bool]]:
    return [(found.place, found.named) for found in module.contents(Source.of_bytes(data)).found]


def seals(module: ModuleType, data: bytes) -> list[str]:
    return [seal.where for seal in module.contents(Source.of_bytes(data)).seals]


def noise(mode: str = "RGB", size: tuple[int, int] = (12, 9), seed: int = 1) -> Image.Image:
    """A picture that compresses badly, the same in every run."""
    count = size[0] * size[1] * 3
    numbers = bytes((index * index * 31 + index * 7 * seed + seed) % 251 for index in range(count))
    return Image.frombytes("RGB", size, numbers).convert(mode)


def translucent() -> Image.Image:
    image = noise("RGBA")
    image.putalpha(100)
    return image


def saved(kind: str, image: Image.Image | None = None, **options: object) -> bytes:
    out = io.BytesIO()
    (image or noise()).save(out, kind, **options)
    return out.getvalue()


def animated(kind: str, **options: object) -> bytes:
    frames = [noise("P", (8, 8), seed) for seed in (3, 5, 9)]
    return saved(kind, frames[0], save_all=True, append_images=frames[1:], duration=100, loop=0, **options)


def pixels(data: bytes) -> list[bytes]:
    """Every frame, decoded."""
    with Image.open(io.BytesIO(data)) as image:
        return [frame.convert("RGBA").tobytes() for frame in ImageSequence.Iterator(image)]


def packet(value: str = "", *, inner: str = "", about: str = "") -> bytes:
    """An XMP packet as other programs write it: padded, with properties of its own."""
    escaped = value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    label = f'<TC260:AIGC xmlns:TC260="{NAMESPACE}">{escaped}</TC260:AIGC>' if value else ""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        f' <rdf:RDF xmlns:rdf="{RDF}">\n  <rdf:Description rdf:about="{about}"\n'
        "    xmlns:dc=\"http://purl.org/dc/elements/1.1/\" dc:format='image/x'>\n"
        f"   <dc:title>图 &amp; more</dc:title>{inner}{label}\n  </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n"
        + "  \n" * 20
        + '<?xpacket end="w"?>'
    ).encode()


def tiff_block(tags: Tags, *, mark: str = "<", big: bool = False, exif: Tags | None = None) -> bytes:
    """A TIFF structure with the values of one directory and, if asked for, an Exif directory: tag -> (type, bytes)."""
    width, counter, offset, head = (8, "Q", "Q", 16) if big else (4, "H", "I", 8)
    magic = struct.pack(mark + "HHHQ", 43, 8, 0, 16) if big else struct.pack(mark + "HI", 42, 8)
    tags = dict(tags)
    if exif:
        tags[0x8769] = (16 if big else 4, b"\x00" * width)
    sizes = {1: 1, 2: 1, 3: 2, 4: 4, 7: 1, 16: 8}

    def directory(entries: Tags, at: int) -> bytes:
        table, data = struct.pack(mark + counter, len(entries)), b""
        start = at + len(table) + len(entries) * (20 if big else 12) + width
        for tag in sorted(entries):
            kind, value = entries[tag]
            table += struct.pack(mark + "HH" + offset, tag, kind, len(value) // sizes[kind])
            if len(value) <= width:
                table += value.ljust(width, b"\x00")
            else:
                table += struct.pack(mark + offset, start + len(data))
                data += value + b"\x00" * (len(value) % 2)
        return table + b"\x00" * width + data

    if exif:
        tags[0x8769] = (tags[0x8769][0], struct.pack(mark + offset, head + len(directory(tags, head))))
    first = directory(tags, head)
    second = directory(exif, head + len(first)) if exif else b""
    return (b"II" if mark == "<" else b"MM") + magic + first + second


def user_comment(text: str, code: bytes = b"ASCII\x00\x00\x00") -> tuple[int, bytes]:
    return 7, code + text.encode()


def exif_with(label: Label) -> bytes:
    """An Exif block with a label in both of its places, and a maker that is to be kept."""
    description = (2, label.wrapped().encode() + b"\x00")
    return tiff_block({0x010E: description, 0x010F: (2, b"Maker\x00")}, exif={0x9286: user_comment(label.wrapped())})


def png_chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_with(*chunks: bytes) -> bytes:
    """A PNG file with further chunks in front of its image data."""
    data = saved("PNG")
    at = data.index(b"IDAT") - 4
    return data[:at] + b"".join(chunks) + data[at:]


def jpeg_segment(marker: int, data: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data


def jpeg_with(*segments: bytes) -> bytes:
    """A JPEG file with further segments behind its JFIF header."""
    data = saved("JPEG")
    return data[:20] + b"".join(segments) + data[20:]


def _png_with_labels() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("AIGC", OTHER.bare())
    info.add_text("aigc", OTHER.bare(), zip=True)
    info.add_itxt("Comment", OTHER.wrapped(), zip=True)
    info.add_text("Title", "kept")
    return saved("PNG", pnginfo=info, exif=exif_with(OTHER))


def _jpeg_with_labels() -> bytes:
    return saved("JPEG", exif=b"Exif\x00\x00" + exif_with(OTHER), comment=OTHER.wrapped().encode())


SAMPLES: dict[str, tuple[ModuleType, Callable[[], bytes]]] = {
    "jpeg": (jpeg, lambda: saved("JPEG")),
    "jpeg, progressive": (jpeg, lambda: saved("JPEG", progressive=True)),
    "jpeg with labels elsewhere": (jpeg, _jpeg_with_labels),
    "jpeg with xmp": (jpeg, lambda: saved("JPEG", xmp=packet(OTHER.bare()))),
    "jpeg with several images": (jpeg, lambda: saved("MPO", save_all=True, append_images=[noise(seed=7)])),
    "png": (png, lambda: saved("PNG")),
    "png with labels elsewhere": (png, _png_with_labels),
    "apng": (png, lambda: animated("PNG")),
    "webp, lossy": (webp, lambda: saved("WEBP")),
    "webp, lossless": (webp, lambda: saved("WEBP", lossless=True)),
    "webp, translucent": (webp, lambda: saved("WEBP", translucent(), lossless=True)),
    "webp, lossy with alpha": (webp, lambda: saved("WEBP", translucent())),
    "webp with labels elsewhere": (webp, lambda: saved("WEBP", exif=exif_with(OTHER), xmp=packet(OTHER.bare()))),
    "webp, animated": (webp, lambda: animated("WEBP")),
    "gif": (gif, lambda: saved("GIF", noise("P"))),
    "gif, animated, label in comment": (gif, lambda: animated("GIF", comment=OTHER.wrapped().encode())),
    "tiff": (tiff, lambda: saved("TIFF")),
    "tiff, compressed": (tiff, lambda: saved("TIFF", compression="tiff_adobe_deflate")),
    "bigtiff": (tiff, lambda: saved("TIFF", big_tiff=True)),
    "tiff with pages": (tiff, lambda: animated("TIFF")),
    "tiff with labels elsewhere": (tiff, lambda: saved("TIFF", tiffinfo={0x010E: OTHER.wrapped()})),
}
