"""Look for our own mark in a picture, and measure it: ink height of each required glyph, contrast by WCAG."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from guiju.label.explicit.mark import PLACES, Mark, ink_rows, mark_for, position

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PIL.Image import Image

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


def find_mark(
    shown: Image, texts: Iterable[str], share: float, places: Iterable[str] = PLACES, page: str | None = None
) -> Measured | None:
    """Return the mark of one of these texts in a picture as shown, or None. Only marks laid out by us are found.

    A picture that lets its page shine through is looked at on a page of that colour. A mark on a picture that was
    resized or cut since then is not found.
    """
    from guiju.label.explicit.errors import ExplicitLabelError

    for text in texts:
        try:
            mark = mark_for(text, shown.size, share)
        except ExplicitLabelError:
            continue
        for where in places:
            left, top = position(where, shown.size, mark)
            plate = _on_page(shown.crop((left, top, left + mark.size[0], top + mark.size[1])), page)
            middle = _middle(plate, mark)
            if middle is not None:
                return Measured(text, where, _lowest_ink(plate, mark, middle), min(shown.size), contrast(plate, mark))
    return None


def _on_page(plate: Image, page: str | None) -> Image:
    if page is None:
        return plate.convert("RGB")
    from PIL import Image

    return Image.alpha_composite(Image.new("RGBA", plate.size, page), plate.convert("RGBA")).convert("RGB")


def contrast(plate: Image, mark: Mark) -> float:
    """Return the WCAG contrast ratio between the text and the plate, both at their worst twentieth of pixels."""
    inked, bare = mark.masks
    colours = plate.convert("RGB")
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
    data = colours.tobytes()
    picked = zip(data[0::3], data[1::3], data[2::3], mask.tobytes(), strict=True)
    return sorted(relative_luminance(red, green, blue) for red, green, blue, inside in picked if inside)


def _middle(plate: Image, mark: Mark) -> float | None:
    """Return the level between text and plate, or None where the pixels do not agree with the mark."""
    inked, bare = mark.masks
    grey = plate.convert("L")
    text, ground = grey.histogram(inked), grey.histogram(bare)
    mean_text, mean_ground = (
        sum(level * count for level, count in enumerate(each)) / sum(each) for each in (text, ground)
    )
    if mean_text - mean_ground < _DISTINCT:
        return None
    middle = (mean_text + mean_ground) / 2
    brighter = sum(text[int(middle) + 1 :]) / sum(text)
    darker = sum(ground[: int(middle) + 1]) / sum(ground)
    return middle if min(brighter, darker) >= _AGREEING else None


def _lowest_ink(plate: Image, mark: Mark, middle: float) -> int:
    """Return the ink height of the lowest required glyph, counted where the picture itself is past the middle."""
    grey = plate.convert("L")
    boxes = (glyph.box for glyph in mark.glyphs)
    return min(ink_rows(grey.crop((x, y, x + width, y + height)), middle) for x, y, width, height in boxes)
