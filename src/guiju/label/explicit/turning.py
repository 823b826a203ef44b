"""Between how a picture is stored and how it is shown: the eight EXIF orientations, which video rotations share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.Image import Image

UPRIGHT: Final = 1
SIDEWAYS: Final = frozenset({5, 6, 7, 8})
Box = tuple[int, int, int, int]
"""Left, top, width, height."""

# Pillow's Transpose members by name, so that this module does not import it.
_SHOW: Final = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}
_STORE: Final = _SHOW | {6: "ROTATE_90", 8: "ROTATE_270"}


def shown_size(size: tuple[int, int], orientation: int) -> tuple[int, int]:
    """Return width and height as shown."""
    return (size[1], size[0]) if orientation in SIDEWAYS else size


def as_shown(image: Image, orientation: int) -> Image:
    """Turn a stored picture the way it is shown."""
    return _turned(image, _SHOW, orientation)


def as_stored(image: Image, orientation: int) -> Image:
    """Turn a picture as shown the way it is stored."""
    return _turned(image, _STORE, orientation)


def stored_box(box: Box, stored: tuple[int, int], orientation: int) -> Box:
    """Return where a box of the picture as shown lies in the stored one, whose size is given."""
    left, top, width, height = box
    across, down = stored[0], stored[1]
    return {
        2: (across - left - width, top, width, height),
        3: (across - left - width, down - top - height, width, height),
        4: (left, down - top - height, width, height),
        5: (top, left, height, width),
        6: (top, down - left - width, height, width),
        7: (across - top - height, down - left - width, height, width),
        8: (across - top - height, left, height, width),
    }.get(orientation, box)


def _turned(image: Image, table: dict[int, str], orientation: int) -> Image:
    if orientation not in table:
        return image
    from PIL import Image as Pillow

    return image.transpose(Pillow.Transpose[table[orientation]])
