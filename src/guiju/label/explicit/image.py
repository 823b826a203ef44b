"""Text in a corner or on an edge of a picture (GB 5.2, grade C2): drawn, coded again, opened again and measured.

Pixels are coded again by nature. Size, mode, quality tables, frames and their times stay; metadata is carried over.
"""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Final

from guiju.bilingual import Bilingual
from guiju.label.errors import LabelError
from guiju.label.explicit.coding import encode
from guiju.label.explicit.demands import demands
from guiju.label.explicit.errors import ExplicitLabelError, not_installed
from guiju.label.explicit.measure import Measured, find_mark
from guiju.label.explicit.plate import draw_mark
from guiju.label.explicit.result import ExplicitFinding
from guiju.label.explicit.turning import UPRIGHT, as_shown

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

MOST_PIXELS: Final = 100_000_000  # in one frame
MOST_IN_ALL: Final = 400_000_000  # in all frames
FORMATS: Final = ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP")
# What Pillow raises on broken files, depending on how far it gets.
_BROKEN: Final = (OSError, EOFError, SyntaxError, ValueError, LookupError, TypeError, ArithmeticError, struct.error)
_ORIENTATION: Final = 0x0112
_EXTRAS: Final = ("icc_profile", "exif", "xmp")


def write_image(content: bytes, text: str, where: str) -> bytes:
    """Return the picture with the mark in every frame.

    Raises ExplicitLabelError if the picture cannot be labelled safely, or if the mark does not measure up afterwards.
    """
    with _opened(content) as picture:
        orientation = _orientation(picture)
        few = picture.format == "GIF"

        def draw(frame: Image) -> Image:
            frame = _drawable(frame)
            draw_mark(frame, text, where, demands().picture_height, orientation, two_colours=few)
            return frame

        result = encode(picture, content, draw)
    _check_kept(content, result)
    return result


def check_image(content: bytes, texts: Iterable[str]) -> list[ExplicitFinding]:
    """Return what can be told of a picture: whether our own mark stands in every frame, its ink height and contrast.

    Marks of others are not recognised: that is told as undecided. Raises ExplicitLabelError if it cannot be opened.
    """
    texts = tuple(texts)
    with _opened(content) as picture:
        orientation = _orientation(picture)
        found = [measured for frame in _frames(picture) for measured in _measured(as_shown(frame, orientation), texts)]
    return picture_findings(found, demands().picture_height, "frame")


def picture_findings(found: list[Measured | None], share: float, unit: str) -> list[ExplicitFinding]:
    """Say of the frames that were measured whether all carry the mark, high enough and with enough contrast."""
    there = [one for one in found if one is not None]
    if not there:
        told = Bilingual(
            zh="没有找到本软件绘制的标识；其他标识须由人查看",
            en="no mark drawn by this software was found; marks of others need a person's eyes",
        )
        return [ExplicitFinding("mark", None, told)]
    lowest = min(there, key=lambda one: one.ink_height / one.shortest_side)
    needed = share * lowest.shortest_side
    ratio = min(one.contrast for one in there)
    places = ", ".join(sorted({one.where for one in there}))
    return [
        ExplicitFinding(
            "mark",
            len(there) == len(found),
            Bilingual(
                zh=f"{len(found)} 帧中有 {len(there)} 帧带有“{there[0].text}”",
                en=f'"{there[0].text}" stands in {len(there)} of {len(found)} frames',
            ),
            places,
            {"frames": len(found), "marked": len(there), "unit": unit},
        ),
        ExplicitFinding(
            "text_height",
            lowest.ink_height >= needed,
            Bilingual(
                zh=f"最矮必备字形高 {lowest.ink_height} 像素，至少应为 {needed:g}（最短边 {lowest.shortest_side}）",
                en=f"the lowest required glyph is {lowest.ink_height} pixels high; at least {needed:g} are needed "
                f"(shortest side {lowest.shortest_side})",
            ),
            places,
            {"ink": lowest.ink_height, "needed": needed, "shortest_side": lowest.shortest_side},
        ),
        ExplicitFinding(
            "contrast",
            ratio >= demands().contrast,
            Bilingual(
                zh=f"对比度 {ratio:.1f}:1，至少应为 {demands().contrast:g}:1",
                en=f"the contrast is {ratio:.1f}:1; at least {demands().contrast:g}:1 is held",
            ),
            places,
            {"contrast": round(ratio, 2)},
        ),
    ]


@contextmanager
def _opened(content: bytes) -> Iterator[ImageFile]:
    try:
        from PIL import Image
    except ImportError:
        raise not_installed("Pillow") from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of large pictures; the limits here are our own
            with Image.open(BytesIO(content), formats=FORMATS) as picture:
                _check_limits(picture)
                yield picture
    except LabelError:
        raise
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except _BROKEN as error:
        raise ExplicitLabelError.because(
            "damaged",
            "图片损坏，或不属于可绘制的格式（JPEG、PNG、GIF、WebP、TIFF、BMP）",
            "the picture is damaged, or none of the kinds that can be drawn on (JPEG, PNG, GIF, WebP, TIFF, BMP)",
        ) from error


def _check_limits(picture: ImageFile) -> None:
    pixels = picture.width * picture.height
    if pixels > MOST_PIXELS or pixels * getattr(picture, "n_frames", 1) > MOST_IN_ALL:
        raise _too_large()


def _too_large() -> ExplicitLabelError:
    return ExplicitLabelError.because(
        "too_large",
        f"图片过大（上限：单帧 {MOST_PIXELS:,}、合计 {MOST_IN_ALL:,} 像素）",
        f"the picture is too large (limits: {MOST_PIXELS:,} pixels in a frame, {MOST_IN_ALL:,} in all)",
    )


def _orientation(picture: ImageFile) -> int:
    # Pillow has turned a TIFF upright by the time its pixels are there.
    return UPRIGHT if picture.format == "TIFF" else int(picture.getexif().get(_ORIENTATION, UPRIGHT))


def _frames(picture: ImageFile) -> Iterator[Image]:
    for number in range(getattr(picture, "n_frames", 1)):
        picture.seek(number)
        picture.load()
        yield picture


def _drawable(frame: Image) -> Image:
    """Return the frame itself, or in full colours where a palette or a transparent colour would swallow the mark."""
    if frame.mode in {"P", "PA"} or "transparency" in frame.info:
        if frame.mode.startswith("I;16"):
            raise ExplicitLabelError.because(
                "mode",
                "不支持带透明色的 16 位灰度图；请先转换",
                "grey pictures of 16 bits with a transparent colour are not supported; convert first",
            )
        see_through = frame.mode == "PA" or "transparency" in frame.info
        converted = frame.convert("RGBA" if see_through else "RGB")
        converted.info.pop("transparency", None)
        return converted
    return frame


def _measured(shown: Image, texts: tuple[str, ...]) -> list[Measured | None]:
    """Measure a frame; a frame that lets the page shine through is measured on white and on black."""
    from PIL import Image

    share = demands().picture_height
    if shown.mode.startswith("I;16"):
        data = shown.tobytes()
        shown = Image.frombytes("L", shown.size, data[0::2] if shown.mode.endswith("B") else data[1::2])
    if shown.mode not in {"LA", "RGBA", "PA"} and "transparency" not in shown.info:
        return [find_mark(shown, texts, share)]
    found = [find_mark(shown, texts, share, page=page) for page in ("white", "black")]
    there = [one for one in found if one is not None]
    return [min(there, key=lambda one: one.contrast)] if len(there) == len(found) else [None]


def _check_kept(old: bytes, new: bytes) -> None:
    with _opened(old) as before, _opened(new) as after:
        same_size = before.size == after.size
        lost = [name for name in _EXTRAS if before.info.get(name) and not after.info.get(name)]
    if lost or not same_size:
        raise ExplicitLabelError.because(
            "metadata_lost",
            f"重新编码会丢失：{'、'.join(lost) or '尺寸'}；未写入",
            f"coding the picture again would lose: {', '.join(lost) or 'its size'}; nothing was written",
        )
