"""Put the mark onto a picture of any mode: a dark plate just dense enough for the contrast, white text on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guiju.label.explicit.demands import demands
from guiju.label.explicit.errors import ExplicitLabelError
from guiju.label.explicit.mark import HALF_INKED, Mark, mark_for, position
from guiju.label.explicit.measure import contrast
from guiju.label.explicit.turning import UPRIGHT, as_shown, as_stored, shown_size, stored_box

if TYPE_CHECKING:
    from PIL.Image import Image

MODES: Final = frozenset({"1", "L", "LA", "RGB", "RGBA", "CMYK", "YCbCr", "I;16", "I;16L", "I;16B"})
_DENSITIES: Final = (0.62, 0.72, 0.82, 0.92, 1.0)
_RESERVE: Final = 1.15  # times the demanded contrast, for what a lossy coder takes away


def draw_mark(
    stored: Image, text: str, where: str, share: float, orientation: int = UPRIGHT, *, two_colours: bool = False
) -> None:
    """Draw the mark into a stored picture, in place, so that it stands upright at `where` when shown.

    `two_colours` uses pure black and white only, for pictures with few colours.

    Raises ExplicitLabelError if the mode is not one of MODES, or the text does not fit or cannot be drawn.
    """
    if stored.mode not in MODES:
        raise ExplicitLabelError.because(
            "mode",
            f"不支持的像素格式 {stored.mode}；请先转换为 RGB",
            f"pixels of mode {stored.mode} are not supported; convert the picture to RGB first",
        )
    shown = shown_size(stored.size, orientation)
    mark = mark_for(text, shown, share)
    left, top = position(where, shown, mark)
    x, y, width, height = stored_box((left, top, *mark.size), stored.size, orientation)
    ground = as_shown(stored.crop((x, y, x + width, y + height)), orientation)
    tile = as_stored(_in_mode(_tile(ground, mark, two_colours or stored.mode == "1"), stored.mode), orientation)
    stored.paste(tile, (x, y))


def _tile(ground: Image, mark: Mark, two_colours: bool) -> Image:
    """Return the plate with its text in RGB, over the ground where that is plain enough to shine through."""
    from PIL import Image

    plain = ground.mode in {"L", "RGB", "YCbCr"} or (ground.mode == "RGBA" and _opaque(ground))
    see_through = plain and not two_colours
    ink = mark.ink.point([255 * (at >= HALF_INKED) for at in range(256)]) if two_colours else mark.ink
    black = Image.new("RGB", mark.size, "black")
    for density in _DENSITIES if see_through else (1.0,):
        tile = Image.blend(ground.convert("RGB"), black, density) if density < 1 else black.copy()
        tile.paste("white", mask=ink)
        if contrast(tile, mark) >= demands().contrast * _RESERVE:
            return tile
    return tile


def _opaque(image: Image) -> bool:
    low, _ = image.getchannel("A").getextrema()
    return low == 255  # noqa: PLR2004 - full opacity


def _in_mode(tile: Image, mode: str) -> Image:
    from PIL import Image

    if mode == "CMYK":
        # Black ink alone: four inks on top of each other smear, and viewers differ in what they make of them.
        none = Image.new("L", tile.size, 0)
        return Image.merge("CMYK", (none, none, none, tile.convert("L").point([255 - level for level in range(256)])))
    if mode.startswith("I;16"):
        # An 8-bit level times 257 is the byte twice, in either order.
        levels = b"".join(bytes((level, level)) for level in tile.convert("L").tobytes())
        return Image.frombytes(mode, tile.size, levels)
    if mode == "1":
        return tile.convert("L").point([255 * (at >= HALF_INKED) for at in range(256)], "1")
    return tile.convert(mode)
