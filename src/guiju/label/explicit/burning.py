"""Put the mark into a decoded video frame: straight into its planes, so that no other pixel is converted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guiju.label.explicit.mark import mark_for, position
from guiju.label.explicit.turning import as_stored, shown_size, stored_box

if TYPE_CHECKING:
    from av.video.frame import VideoFrame
    from av.video.plane import VideoPlane
    from PIL.Image import Image

# Pixel format: bytes of a sample, its highest bit depth, and how chroma is halved across and down (None: no chroma).
FORMATS: Final[dict[str, tuple[int, int, tuple[int, int] | None]]] = {
    "yuv420p": (1, 8, (2, 2)),
    "yuvj420p": (1, 8, (2, 2)),
    "yuv422p": (1, 8, (2, 1)),
    "yuvj422p": (1, 8, (2, 1)),
    "yuv444p": (1, 8, (1, 1)),
    "yuvj444p": (1, 8, (1, 1)),
    "gray": (1, 8, None),
    "yuv420p10le": (2, 10, (2, 2)),
    "yuv422p10le": (2, 10, (2, 1)),
    "yuv444p10le": (2, 10, (1, 1)),
}
_FULL_RANGE: Final = 2  # as FFmpeg numbers it
_LIMITED, _FULL = (16, 235), (0, 255)


def burn(frame: VideoFrame, text: str, where: str, share: float, *, orientation: int) -> VideoFrame:
    """Return the frame with the mark, upright when shown: white on a black plate, chroma neutral under it.

    Raises ExplicitLabelError if the text does not fit or cannot be drawn.
    """
    from PIL import Image

    frame.make_writable()
    size, depth, halved = FORMATS[frame.format.name]
    stored = (frame.width, frame.height)
    shown = shown_size(stored, orientation)
    mark = mark_for(text, shown, share)
    left, top = position(where, shown, mark)
    x, y, width, height = stored_box((left, top, *mark.size), stored, orientation)
    black, white = _range(frame)
    ink = as_stored(mark.ink, orientation)
    tile = ink.point([round(black + (white - black) * level / 255) for level in range(256)])
    _put(frame.planes[0], tile, (x, y), size=size, depth=depth)
    if halved:
        # Whole chroma samples, so that no colour of the ground bleeds into the edge of the plate.
        across, down = halved
        first, last = (x // across, y // down), (-(-(x + width) // across), -(-(y + height) // down))
        neutral = Image.new("L", (last[0] - first[0], last[1] - first[1]), 128)
        for plane in (1, 2):
            _put(frame.planes[plane], neutral, first, size=size, depth=depth)
    return frame


def luma(frame: VideoFrame) -> Image:
    """Return the brightness of a frame as a grey picture of the full range."""
    from PIL import Image

    plane = frame.planes[0]
    size, depth, _ = FORMATS[frame.format.name]
    data = bytes(plane)
    if size == 1:
        grey = Image.frombytes("L", (frame.width, frame.height), data, "raw", "L", plane.line_size)
    else:
        rows = (data[row * plane.line_size :][: 2 * frame.width] for row in range(frame.height))
        shift = depth - 8
        levels = b"".join(
            bytes(((row[at] | row[at + 1] << 8) >> shift) for at in range(0, len(row), 2)) for row in rows
        )
        grey = Image.frombytes("L", (frame.width, frame.height), levels)
    black, white = _range(frame)
    return grey.point([max(0, min(255, round((level - black) * 255 / (white - black)))) for level in range(256)])


def _put(target: VideoPlane, tile: Image, at: tuple[int, int], *, size: int, depth: int) -> None:
    pixels = memoryview(target).cast("B")
    data = tile.tobytes()
    if size == 2:  # noqa: PLR2004 - bytes of a sample
        shift = depth - 8
        data = b"".join((level << shift).to_bytes(2, "little") for level in data)
    width = tile.width * size
    for row in range(tile.height):
        start = (at[1] + row) * target.line_size + at[0] * size
        pixels[start : start + width] = data[row * width : (row + 1) * width]


def _range(frame: VideoFrame) -> tuple[int, int]:
    full = frame.color_range == _FULL_RANGE or frame.format.name.startswith("yuvj") or frame.format.name == "gray"
    return _FULL if full else _LIMITED
