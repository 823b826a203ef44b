"""Make the small media files of examples/media: drawn and sounded here, free of anybody's rights.

Run once with `python tools/make_media.py` in the development environment; the files are committed so that the README's
commands need nothing but Guiju.
"""

from __future__ import annotations

import math
import struct
import wave
import zipfile
from pathlib import Path

import av
from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame
from PIL import Image, ImageDraw

MEDIA = Path(__file__).parent.parent / "examples" / "media"
RATE = 16_000


def cat(width: int = 320, height: int = 240, shift: int = 0) -> Image.Image:
    """Draw a cat's face on a soft ground; `shift` moves its eyes."""
    picture = Image.new("RGB", (width, height), (226, 232, 240))
    draw = ImageDraw.Draw(picture)
    x, y, r = width // 2, height // 2 + 16, height // 3
    for side in (-1, 1):
        draw.polygon(((x + side * r, y - r - 30), (x + side * 20, y - r + 20), (x + side * r, y)), fill=(110, 95, 90))
    draw.ellipse((x - r, y - r, x + r, y + r), fill=(125, 110, 104))
    for side in (-1, 1):
        eye = x + side * r // 2
        draw.ellipse((eye - 14, y - 26, eye + 14, y + 6), fill=(240, 214, 90))
        draw.ellipse((eye - 4 + shift, y - 22, eye + 4 + shift, y + 2), fill=(20, 20, 20))
    draw.polygon(((x - 8, y + 14), (x + 8, y + 14), (x, y + 24)), fill=(210, 130, 130))
    return picture


def samples(seconds: float) -> list[int]:
    """Return a soft rising tone, 16 bit."""
    count = int(seconds * RATE)
    return [int(6000 * math.sin(2 * math.pi * (330 + 110 * i / count) * i / RATE)) for i in range(count)]


def sound(path: Path, codec: str) -> None:
    """Write a second of tone with PyAV."""
    data = samples(1.0)
    with av.open(str(path), "w") as out:
        stream = out.add_stream(codec, rate=RATE, layout="mono")
        for at in range(0, len(data), 1152):
            part = data[at : at + 1152]
            frame = AudioFrame(format="s16", layout="mono", samples=len(part))
            frame.planes[0].update(struct.pack(f"<{len(part)}h", *part).ljust(frame.planes[0].buffer_size, b"\0"))
            frame.sample_rate, frame.pts = RATE, at
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


def film(path: Path, codec: str) -> None:
    """Write two and a half seconds of the cat looking left and right."""
    with av.open(str(path), "w") as out:
        stream = out.add_stream(codec, rate=12)
        stream.width, stream.height, stream.pix_fmt, stream.bit_rate = 320, 240, "yuv420p", 80_000
        for number in range(30):
            frame = VideoFrame.from_image(cat(shift=round(5 * math.sin(number / 4))))
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


def letter(path: Path) -> None:
    """Write the smallest Word document that opens."""
    kinds = (
        '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+'
        'xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/></Types>'
    )
    links = (
        '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    body = (
        '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/'
        '2006/main"><w:body><w:p><w:r><w:t>A letter that a model wrote.</w:t></w:r></w:p></w:body></w:document>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in (("[Content_Types].xml", kinds), ("_rels/.rels", links), ("word/document.xml", body)):
            out.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text)


def main() -> None:
    """Write all files."""
    MEDIA.mkdir(parents=True, exist_ok=True)
    cat().save(MEDIA / "cat.png", optimize=True)
    cat().save(MEDIA / "cat.jpg", quality=85)
    cat(160, 120).save(MEDIA / "paper.pdf")
    sound(MEDIA / "tone.mp3", "libmp3lame")
    with wave.open(str(MEDIA / "tone.wav"), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        data = samples(1.0)
        out.writeframes(struct.pack(f"<{len(data)}h", *data))
    film(MEDIA / "clip.mp4", "mpeg4")
    film(MEDIA / "clip.mkv", "mpeg4")
    letter(MEDIA / "letter.docx")
    page = '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>A page</title>\n</head>\n'
    (MEDIA / "page.html").write_text(page + "<body>\n<p>A page that a model wrote.</p>\n</body>\n</html>\n", "utf-8")
    (MEDIA / "notes.md").write_text("---\ntitle: Notes\n---\n\n# Notes\n\nNotes that a model wrote.\n", "utf-8")


if __name__ == "__main__":
    main()
