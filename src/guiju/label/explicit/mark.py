"""The mark put on pictures: a line or two of text on a plate, sized so that the lowest required glyph is high enough.

The standard asks for text of at least a share of the shortest side (grade C2); which height is meant is uncertain (U).
Held here is the strictest: the measured ink of each character of the two elements, alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from guiju.fonts import font_path, missing_glyphs
from guiju.label.explicit.errors import ExplicitLabelError, not_installed
from guiju.label.explicit.turning import Box
from guiju.label.explicit.wording import wording

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

PLACES: Final = (
    "bottom_right",
    "bottom_left",
    "top_right",
    "top_left",
    "bottom",
    "top",
)
SMALLEST_EM: Final = 12  # pixels; below it 生成 is no longer legible, whatever the share
HEADROOM: Final = 1  # pixels of ink beyond the share, for what a lossy coder takes away
HALF_INKED: Final = 128
_INKED, _BARE = 200, 24  # of 255: surely glyph, surely plate


@dataclass(frozen=True)
class Glyph:
    """A required character and the box of its cell on the plate."""

    character: str
    box: Box


@dataclass(frozen=True, eq=False)
class Mark:
    """A plate of `size` pixels with its text: `ink` is white where the text is, `glyphs` are the required ones."""

    text: str
    em: int
    size: tuple[int, int]
    ink: Image
    glyphs: tuple[Glyph, ...]

    @cached_property
    def masks(self) -> tuple[Image, Image]:
        """Where there is surely ink, and where there is surely none."""
        inked = self.ink.point([255 if level >= _INKED else 0 for level in range(256)])
        return inked, self.ink.point([255 if level <= _BARE else 0 for level in range(256)])


@lru_cache(maxsize=32)
def mark_for(text: str, picture: tuple[int, int], share: float) -> Mark:
    """Return the mark for a picture of this size as shown, with ink of at least `share` of its shortest side.

    Raises ExplicitLabelError if a glyph is missing or the text does not fit into the picture.
    """
    absent = missing_glyphs(text)
    if absent:
        raise ExplicitLabelError.because(
            "missing_glyphs",
            f"随附字体没有这些字：{absent}；缺字会画成方框，不能作为标识",
            f"the bundled font has no glyph for: {absent}; an empty box is no label",
        )
    required = wording(text).required_characters
    needed = math.ceil(share * min(picture)) + HEADROOM
    em = SMALLEST_EM
    while min(_ink_rows(em, character) for character in required) < needed:
        em = max(em + 1, em * needed // (min(_ink_rows(em, each) for each in required) + 1))
    for lines in _broken(text):
        mark = _laid_out(text, lines, em, required)
        if mark.size[0] <= picture[0] and mark.size[1] <= picture[1]:
            return mark
    raise ExplicitLabelError.because(
        "too_small",
        f"画面仅 {picture[0]}×{picture[1]} 像素，放不下字高合规且可辨认的“{text}”",
        f'the picture has only {picture[0]}x{picture[1]} pixels: "{text}" does not fit at a legible, sufficient height',
    )


def position(where: str, picture: tuple[int, int], mark: Mark) -> tuple[int, int]:
    """Return left and top of the plate: in a corner or on an edge, a little inside where there is room."""
    margin = mark.em // 4
    free = (picture[0] - mark.size[0], picture[1] - mark.size[1])
    near = (min(margin, free[0] // 2), min(margin, free[1] // 2))
    across = near[0] if "left" in where else free[0] - near[0] if "right" in where else free[0] // 2
    return across, near[1] if "top" in where else free[1] - near[1]


def ink_rows(image: Image, threshold: float) -> int:
    """Return how many rows high that part of a grey picture is which is brighter than the threshold."""
    box = image.point([255 if level > threshold else 0 for level in range(256)]).getbbox()
    return box[3] - box[1] if box else 0


def _broken(text: str) -> list[list[str]]:
    """Return the text on one line, then on two: broken at a space or before the generation element."""
    ways = [[text]]
    breaks = [text.find(element) for element in wording(text).generation]
    breaks += [at + 1 for at, character in enumerate(text) if character == " "]
    for at in sorted(set(breaks), key=lambda at: abs(at - len(text) / 2)):
        if 0 < at < len(text):
            ways.append([text[:at].strip(), text[at:].strip()])
    return ways


def _laid_out(text: str, lines: list[str], em: int, required: str) -> Mark:
    from PIL import Image, ImageDraw

    font = _font(em)
    pad = max(2, em // 4)
    widths = [sum(math.ceil(font.getlength(each)) for each in line) for line in lines]
    step = em + pad // 2
    ascent = font.getmetrics()[0]
    top_of_ink = math.floor(min(font.getbbox(each)[1] for each in text if each.strip()))
    below_ink = math.ceil(max(font.getbbox(each)[3] for each in text if each.strip()))
    size = (max(widths) + 2 * pad, (len(lines) - 1) * step + below_ink - top_of_ink + 2 * pad)
    ink = Image.new("L", size, 0)
    draw = ImageDraw.Draw(ink)
    glyphs = []
    for row, line in enumerate(lines):
        left, top = pad, pad + row * step - top_of_ink
        for character in line:
            advance = math.ceil(font.getlength(character))
            draw.text((left, top + ascent), character, fill=255, font=font, anchor="ls")
            if character in required:
                glyphs.append(Glyph(character, (left, top + top_of_ink, advance, below_ink - top_of_ink)))
            left += advance
    return Mark(text, em, size, ink, tuple(glyphs))


@lru_cache(maxsize=512)
def _ink_rows(em: int, character: str) -> int:
    from PIL import Image, ImageDraw

    font = _font(em)
    image = Image.new("L", (2 * em, 3 * em), 0)
    ImageDraw.Draw(image).text((em // 4, 2 * em), character, fill=255, font=font, anchor="ls")
    return ink_rows(image, HALF_INKED)


@lru_cache(maxsize=64)
def _font(em: int) -> FreeTypeFont:
    try:
        from PIL import ImageFont
    except ImportError:
        raise not_installed("Pillow") from None
    return ImageFont.truetype(font_path(), em, layout_engine=ImageFont.Layout.BASIC)
