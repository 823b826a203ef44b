"""Look for our own mark in a picture, and measure it: ink height of each required glyph, contrast by WCAG."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from guiju.label.explicit.mark import PLACES, Mark, ink_rows, mark_for, position

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PIL.Image import Image

_INKED, _BARE = 200, 24  # of 255: surely glyph, surely plate
_AGREEING: Final = 0.96  # share of glyph pixels brighter, and of plate pixels darker, than the middle between them
_DISTINCT: Final = 24  # of 255: less difference than this is no text
_TAIL: Final = 0.05  # share of pixels that a lossy coder may spoil without counting


@dataclass(frozen=True)
class Measured:
    """What was measured of a mark that was found: place, ink in pixels, what was needed, contrast ratio."""

    text: str
    where: str
    ink_height: int
    shortest_side: int
    contrast: float


def find_mark(shown: Image, texts: Iterable[str], share: float, places: Iterable[str] = PLACES) -> Measured | None:
    """Return the mark of one of these texts in a picture as shown, or None. Only marks laid out by us are found.

    A mark on a picture that was resized or cut since then is not.
    """
    from guiju.label.explicit.errors import ExplicitLabelError

    for text in texts:
        try:
            mark = mark_for(text, shown.size, share)
        except ExplicitLabelError:
            continue
        for where in places:
            left, top = position(where, shown.size, mark)
            plate = shown.crop((left, top, left + mark.size[0], top + mark.size[1]))
            if _agrees(plate, mark):
                return Measured(text, where, _lowest_ink(plate, mark), min(shown.size), contrast(plate, mark))
    return None


def contrast(plate: Image, mark: Mark) -> float:
    """Return the WCAG contrast ratio between the text and the plate, both at their worst twentieth of pixels."""
    from PIL import ImageChops

    colours = plate.convert("RGB")
    inked = mark.ink.point([255 if level >= _INKED else 0 for level in range(256)])
    bare = ImageChops.invert(mark.ink).point([255 if level >= 255 - _BARE else 0 for level in range(256)])
    text = _luminances(colours, inked)
    ground = _luminances(colours, bare)
    return (text[int(len(text) * _TAIL)] + 0.05) / (ground[int((len(ground) - 1) * (1 - _TAIL))] + 0.05)


def relative_luminance(red: float, green: float, blue: float) -> float:
    """Return the relative luminance (0 to 1) of an sRGB colour of channels 0 to 255, as WCAG 2 defines it."""
    return 0.2126 * _LINEAR[int(red)] + 0.7152 * _LINEAR[int(green)] + 0.0722 * _LINEAR[int(blue)]


_STRAIGHT_TO: Final = 10  # the last level on the straight part of the sRGB curve, 0.04045 of 255
_LINEAR: Final = [
    level / 255 / 12.92 if level <= _STRAIGHT_TO else ((level / 255 + 0.055) / 1.055) ** 2.4 for level in range(256)
]


def _luminances(colours: Image, mask: Image) -> list[float]:
    """Return the luminances of the pixels under a mask, ascending."""
    picked = zip(colours.tobytes()[0::3], colours.tobytes()[1::3], colours.tobytes()[2::3], mask.tobytes(), strict=True)
    return sorted(relative_luminance(red, green, blue) for red, green, blue, inside in picked if inside)


def _agrees(plate: Image, mark: Mark) -> bool:
    grey = plate.convert("L").tobytes()
    ink = mark.ink.tobytes()
    text = [level for level, inked in zip(grey, ink, strict=True) if inked >= _INKED]
    ground = [level for level, inked in zip(grey, ink, strict=True) if inked <= _BARE]
    mean_text, mean_ground = sum(text) / len(text), sum(ground) / len(ground)
    if mean_text - mean_ground < _DISTINCT:
        return False
    middle = (mean_text + mean_ground) / 2
    brighter = sum(level > middle for level in text) / len(text)
    darker = sum(level < middle for level in ground) / len(ground)
    return min(brighter, darker) >= _AGREEING


def _lowest_ink(plate: Image, mark: Mark) -> int:
    """Return the ink height of the lowest required glyph, counted where the picture itself is past the middle."""
    grey = plate.convert("L")
    levels = grey.tobytes()
    ink = mark.ink.tobytes()
    text = [level for level, inked in zip(levels, ink, strict=True) if inked >= _INKED]
    ground = [level for level, inked in zip(levels, ink, strict=True) if inked <= _BARE]
    middle = (sum(text) / len(text) + sum(ground) / len(ground)) / 2
    boxes = (glyph.box for glyph in mark.glyphs)
    return min(ink_rows(grey.crop((x, y, x + width, y + height)), middle) for x, y, width, height in boxes)
