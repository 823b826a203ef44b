"""An invisible watermark in a still picture, by blind-watermark: an extra, off by default, never a label.

Needs `guiju[watermark]`. Watermarks are encouraged, not required, and never replace the label in the metadata (as
reproduced, grade C2). Figures are our own measurements (grade T).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from guiju.bilingual import Bilingual
from guiju.label.errors import LabelError, RefusedError
from guiju.label.explicit.coding import encode
from guiju.label.extras import require, staged
from guiju.label.permission import Permission, check_seals
from guiju.label.reading import read
from guiju.label.watermark_bits import hidden, revealed, room
from guiju.label.watermark_frame import FRAME_BITS, MOST_BYTES, framed, seeds, unframed

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

LIMITS: Final = Bilingual(
    zh="隐形水印不是法定标识，也不能替代它。经测可承受质量 50 以上的 JPEG 压缩，以及缩放（须知道原尺寸）；"
    "不能承受裁剪、旋转、变亮、WebP 低质量压缩或有意去除。像素已重新编码，平坦处看得出斑点和轻微偏色（约 35 dB）。"
    "写入并读回每百万像素约需 4.5 秒，读取约 1 秒",
    en="an invisible watermark is not the label that the law asks for and does not replace it. As measured, it "
    "survives JPEG down to quality 50, and resizing if the first size is known; not cropping, turning, brightening, "
    "WebP at low quality, or whoever wants it gone. Pixels were coded again; in flat areas specks and a slight change "
    "of colour can be seen (about 35 dB). Writing and reading back takes about 4.5 s per megapixel, reading 1 s",
)
_FORMATS: Final = {"png": "PNG", "jpeg": "JPEG", "webp": "WEBP"}
_MODES: Final = {"L", "RGB", "RGBA"}
_MOST_PIXELS: Final = 50_000_000
_COPIES: Final = 3
_EXTRAS: Final = ("icc_profile", "exif", "xmp")
_BROKEN: Final = (OSError, EOFError, SyntaxError, ValueError, LookupError, TypeError, ArithmeticError)


@dataclass(frozen=True)
class Watermarked:
    """A picture with a watermark that was read back; `changed` is False where it was there before."""

    path: Path
    text: str
    changed: bool
    limits: Bilingual = LIMITS


def embed(
    path: str | os.PathLike[str],
    text: str,
    *,
    password: str,
    out: str | os.PathLike[str] | None = None,
    permission: Permission | None = None,
) -> Watermarked:
    """Hide a text of up to 32 bytes in a PNG, JPEG or WebP, or in a copy `out`; the old file stays on any failure.

    The pixels are coded again; label, EXIF, profile and the rest of the metadata stay, and the text must be read back
    from the new file. Seals (C2PA, signatures) are respected as `permission` says. Raises RefusedError with a stable
    code, another LabelError for a broken file, OSError.
    """
    path = Path(path).resolve()
    target = Path(out).resolve() if out is not None else path
    try:
        _check_asked(text, password)
        before = read(path)
        _check_kind(before.kind)
        content = path.read_bytes()
        with _opened(content, before.kind) as picture:
            there = _text_in(picture, password)
        if there == text:
            if target != path:
                with staged(path, target) as copy:
                    copy.path.write_bytes(content)
            return Watermarked(target, text, changed=False)
        check_seals(before, permission or Permission())
        result = _marked(content, before.kind, text, password)
        with staged(path, target) as new:
            new.path.write_bytes(result)
            if read(new.path).occurrences != before.occurrences:
                raise _lost("隐式标识", "the label")
    except LabelError as error:
        raise error if error.path else error.at(os.fspath(path)) from error.__cause__
    return Watermarked(target, text, changed=True)


def extract(path: str | os.PathLike[str], *, password: str, size: tuple[int, int] | None = None) -> str | None:
    """Return the text hidden in a picture, or None where none can be read with this password.

    `size` is the width and height that it had when it was marked, for a picture that was resized since. None is no
    proof that there never was a watermark. Raises as `embed`.
    """
    path = Path(path)
    try:
        kind = read(path).kind
        _check_kind(kind)
        with _opened(path.read_bytes(), kind) as picture:
            return _text_in(picture, password, size)
    except LabelError as error:
        raise error if error.path else error.at(os.fspath(path)) from error.__cause__


def _check_asked(text: str, password: str) -> None:
    if not 0 < len(text.encode()) <= MOST_BYTES or "\x00" in text:
        raise RefusedError.because(
            "watermark_text",
            f"水印文字应为 1 至 {MOST_BYTES} 字节（UTF-8），实为 {len(text.encode())} 字节；例如内容编号",
            f"the text of a watermark has 1 to {MOST_BYTES} bytes in UTF-8; this one has {len(text.encode())}; use, "
            "for example, the number of the content",
        )
    if not password:
        raise RefusedError.because("watermark_password", "水印密码不能为空", "the password of a watermark is empty")


def _check_kind(kind: str) -> None:
    require("blind_watermark", "blind-watermark", "watermark")
    require("PIL", "Pillow", "watermark")
    if kind not in _FORMATS:
        raise RefusedError.because(
            "watermark_kind",
            f"隐形水印只用于静态图片（PNG、JPEG、WebP），此文件为 {kind}",
            f"watermarks are for still pictures only (PNG, JPEG, WebP); this file is {kind}",
        )


def _marked(content: bytes, kind: str, text: str, password: str) -> bytes:
    def draw(frame: Image) -> Image:
        drawn = _in_colours(frame)
        drawn.paste(hidden(drawn, framed(text), seeds(password)))
        return drawn

    with _opened(content, kind) as picture:
        _check_still(picture)
        result = encode(picture, content, draw)
        size, extras = picture.size, {name: picture.info.get(name) for name in _EXTRAS}
    with _opened(result, kind) as again:
        lost = [name for name, value in extras.items() if value and again.info.get(name) != value]
        if lost or again.size != size:
            raise _lost("、".join(lost) or "尺寸", ", ".join(lost) or "its size")
        if _text_in(again, password) != text:
            raise RefusedError.because(
                "watermark_unreadable",
                "水印写入后读不回来（画面过平、过暗或压缩过重）；原文件未改动",
                "the watermark could not be read back (the picture is too flat, too dark or too compressed); the old "
                "file was left as it was",
            )
    return result


def _check_still(picture: ImageFile) -> None:
    if getattr(picture, "n_frames", 1) > 1:
        raise RefusedError.because(
            "watermark_moving", "动画图片不加隐形水印", "animated pictures get no invisible watermark"
        )
    if picture.mode not in _MODES | {"P", "PA"}:
        raise RefusedError.because(
            "watermark_mode",
            f"不支持此种像素（{picture.mode}）；请先转换为 RGB",
            f"pixels of this kind ({picture.mode}) are not supported; convert to RGB first",
        )
    if picture.width * picture.height > _MOST_PIXELS:
        raise RefusedError.because(
            "watermark_large",
            f"图片过大（上限 {_MOST_PIXELS:,} 像素）",
            f"the picture is too large (limit: {_MOST_PIXELS:,} pixels)",
        )
    if room(picture.size) < _COPIES * FRAME_BITS:
        raise RefusedError.because(
            "watermark_small",
            f"图片过小，放不下水印（{picture.width}x{picture.height}；至少约 240x240）",
            f"the picture is too small for a watermark ({picture.width}x{picture.height}; at least about 240x240)",
        )


def _in_colours(frame: Image) -> Image:
    """Return the frame itself, or in full colours where a palette or a transparent colour cannot take new ones."""
    if frame.mode in _MODES and "transparency" not in frame.info:
        return frame
    see_through = frame.mode == "PA" or "transparency" in frame.info
    converted = frame.convert("RGBA" if see_through else "RGB")
    converted.info.pop("transparency", None)
    return converted


def _text_in(picture: Image, password: str, size: tuple[int, int] | None = None) -> str | None:
    from PIL import Image as Pillow

    if picture.width * picture.height > _MOST_PIXELS or room(size or picture.size) <= FRAME_BITS:
        return None
    shown = picture.convert("RGB")
    if size and size != picture.size:
        shown = shown.resize(size, Pillow.Resampling.BICUBIC)
    guesses = revealed(shown, FRAME_BITS, seeds(password))
    return next((text for text in map(unframed, guesses) if text is not None), None)


def _lost(zh: str, en: str) -> RefusedError:
    return RefusedError.because(
        "metadata_lost",
        f"重新编码会丢失：{zh}；未写入",
        f"coding the picture again would lose: {en}; nothing was written",
    )


@contextmanager
def _opened(content: bytes, kind: str) -> Iterator[ImageFile]:
    import warnings

    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of large pictures; the limits here are our own
            with Image.open(BytesIO(content), formats=(_FORMATS[kind],)) as picture:
                yield picture
    except LabelError:
        raise
    except (*_BROKEN, Image.DecompressionBombError) as error:
        raise RefusedError.because("damaged", "图片损坏", "the picture is damaged") from error
