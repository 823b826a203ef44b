"""Code a labelled picture again, as close to how it was coded as its format allows."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from guiju.label.explicit.carrying import carry_gif, carry_jpeg, carry_png
from guiju.label.explicit.errors import ExplicitLabelError

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

Draw = Callable[["Image"], "Image"]

LOSSY_QUALITY: Final = 95  # where the file does not tell the quality it was made with
_HALF_OPAQUE: Final = 128
_MOST_COLOURS: Final = 255  # and one index for what is transparent
# Tags that describe one particular coding of the pixels of a TIFF; Pillow writes its own.
_TIFF_CODING: Final = frozenset(
    {254, 256, 257, 258, 259, 262, 266, 273, 274, 277, 278, 279, 284, 317, 320, 322, 323, 324, 325, 330, 332, 338}
    | {339, 347, 512, 513, 514, 529, 530, 531, 532, 34665, 34853, 40965}
)
_TIFF_EXIF: Final = frozenset({34665, 34853})
_WEBP_FLAGS_AT, _WEBP_ALPHA = 20, 0x10
_PNG_DEPTH_AT, _PNG_COLOURS_AT, _DEEP = 24, 25, 16


def encode(picture: ImageFile, content: bytes, draw: Draw) -> bytes:
    """Return the file with `draw` applied to each frame, as stored.

    Raises ExplicitLabelError where something other than the pixels would get lost.
    """
    return {"JPEG": _jpeg, "PNG": _png, "GIF": _gif, "WEBP": _webp, "TIFF": _tiff, "BMP": _bmp}[str(picture.format)](
        picture, content, draw
    )


def _jpeg(picture: ImageFile, content: bytes, draw: Draw) -> bytes:
    if getattr(picture, "n_frames", 1) > 1 or "mp" in picture.info:
        raise ExplicitLabelError.because(
            "several_pictures",
            "JPEG 内含多幅图（如 HDR 增益图），重新编码会丢失；请先另存为普通 JPEG",
            "the JPEG holds several pictures (such as an HDR gain map), which would get lost; save it as a plain one",
        )
    picture.load()
    drawn = draw(picture)
    out = BytesIO()
    # "keep" takes over quantisation tables and chroma subsampling; it asks for the object that was opened.
    drawn.save(out, "JPEG", quality="keep", progressive=bool(picture.info.get("progressive")))
    return carry_jpeg(content, out.getvalue())


def _png(picture: ImageFile, content: bytes, draw: Draw) -> bytes:
    if content[_PNG_DEPTH_AT] == _DEEP and content[_PNG_COLOURS_AT] != 0:
        raise ExplicitLabelError.because(
            "depth",
            "16 位彩色 PNG 重新编码会降为 8 位；请先自行转换，或在 8 位副本上标识",
            "a colour PNG of 16 bits would be reduced to 8; convert it yourself first, or label an 8-bit copy",
        )
    frames, times = _drawn_frames(picture, draw)
    out = BytesIO()
    if len(frames) == 1:
        frames[0].save(out, "PNG")
    else:
        moving = {"save_all": True, "append_images": frames[1:], "loop": picture.info.get("loop", 0)}
        first_apart = bool(picture.info.get("default_image"))
        # Whole frames that replace each other: no disposal or blending of the old file's parts is left to depend on.
        frames[0].save(
            out,
            "PNG",
            duration=times[1:] if first_apart else times,
            default_image=first_apart,
            disposal=0,
            blend=0,
            **moving,
        )
    return carry_png(content, out.getvalue())


def _gif(picture: ImageFile, content: bytes, draw: Draw) -> bytes:
    full, times = _drawn_frames(picture, lambda frame: draw(frame.convert("RGBA")))
    frames = [_few_colours(frame) for frame in full]
    see_through = any("transparency" in frame.info for frame in frames)
    out = BytesIO()
    options: dict[str, Any] = {"disposal": 2 if see_through else 1, "optimize": False}
    if "loop" in picture.info:
        options["loop"] = picture.info["loop"]
    if len(frames) > 1:
        options |= {"save_all": True, "append_images": frames[1:], "duration": times}
    elif times[0]:
        options["duration"] = times[0]
    frames[0].save(out, "GIF", comment=b"", **options)
    return carry_gif(content, out.getvalue())


def _few_colours(frame: Image) -> Image:
    """Return a frame with a palette: its own colours where they are few enough, else the nearest ones."""
    from PIL import Image

    see_through = frame.getchannel("A").point([255 * (at < _HALF_OPAQUE) for at in range(256)])
    opaque = frame.convert("RGB")
    opaque.paste("black", mask=see_through)
    colours = opaque.getcolors(_MOST_COLOURS)
    if colours:
        exact = Image.new("P", (1, 1))
        exact.putpalette([channel for _, colour in colours for channel in colour])  # type: ignore[union-attr]
        result = opaque.quantize(palette=exact, dither=Image.Dither.NONE)
    else:
        result = opaque.quantize(_MOST_COLOURS, dither=Image.Dither.NONE)
    if see_through.getbbox():
        result.paste(_MOST_COLOURS, mask=see_through)
        result.info["transparency"] = _MOST_COLOURS
    return result


def _webp(picture: ImageFile, content: bytes, draw: Draw) -> bytes:
    lossless = b"VP8L" in content and b"VP8 " not in content
    if not _first_frame_is_whole(content):
        raise ExplicitLabelError.because(
            "partial_frame",
            "此动画 WebP 的首帧未覆盖整幅画面，重新编码会改变空白处；请先转换为整帧动画",
            "the first frame of this animated WebP does not cover the picture: coding it again would change the empty "
            "part; convert it to whole frames first",
        )
    frames, times = _drawn_frames(picture, draw)
    kept = {name: picture.info[name] for name in ("icc_profile", "exif", "xmp") if picture.info.get(name)}
    moving: dict[str, Any] = {}
    if len(frames) > 1:
        moving = {"save_all": True, "append_images": frames[1:], "duration": times, "loop": picture.info.get("loop", 0)}
        moving["background"] = picture.info.get("background", (0, 0, 0, 0))
    out = BytesIO()
    quality = 100 if lossless else LOSSY_QUALITY
    frames[0].save(out, "WEBP", lossless=lossless, quality=quality, exact=True, **kept, **moving)
    return out.getvalue()


def _first_frame_is_whole(content: bytes) -> bool:
    """Tell whether the canvas of an animated WebP is filled at once; its decoder paints what is not black."""
    at = content.find(b"ANMF")
    if at < 0 or content[_WEBP_FLAGS_AT] & _WEBP_ALPHA:
        return True
    return content[at + 8 : at + 14] == bytes(6) and content[at + 14 : at + 20] == content[24:30]


def _tiff(picture: ImageFile, content: bytes, draw: Draw) -> bytes:
    del content
    tags = picture.tag_v2  # type: ignore[attr-defined]
    if getattr(picture, "n_frames", 1) > 1 or 330 in tags:  # noqa: PLR2004 - SubIFDs
        raise ExplicitLabelError.because(
            "several_pictures",
            "多页 TIFF 或含子图的 TIFF 不能安全地重新编码；请逐页标识",
            "a TIFF of several pages or with sub-pictures cannot be coded again safely; label its pages one by one",
        )
    if _TIFF_EXIF & set(tags):
        raise ExplicitLabelError.because(
            "exif_directory",
            "含 EXIF 子目录的 TIFF 不能安全地重新编码；请先转换为 PNG 或 JPEG",
            "a TIFF with an EXIF directory cannot be coded again safely; convert it to PNG or JPEG first",
        )
    bits = set(tags.get(258, (1,)))
    picture.load()
    if max(bits) > 8 and not picture.mode.startswith("I;16"):  # noqa: PLR2004 - bits in a channel
        raise ExplicitLabelError.because(
            "depth",
            "此 TIFF 每通道超过 8 位，重新编码会降低位深",
            "this TIFF has more than 8 bits in a channel, which coding it again would reduce",
        )
    compression = str(picture.info.get("compression", "raw"))
    from PIL.TiffImagePlugin import ImageFileDirectory_v2

    kept = ImageFileDirectory_v2()
    for tag, value in tags.items():
        if tag not in _TIFF_CODING:
            kept.tagtype[tag] = tags.tagtype[tag]
            kept[tag] = value
    out = BytesIO()
    options: dict[str, Any] = {"quality": LOSSY_QUALITY} if compression == "jpeg" else {}
    draw(picture).save(out, "TIFF", compression=compression, tiffinfo=kept, **options)
    return out.getvalue()


def _bmp(picture: ImageFile, content: bytes, draw: Draw) -> bytes:
    del content
    picture.load()
    out = BytesIO()
    draw(picture).save(out, "BMP", dpi=picture.info.get("dpi", (96, 96)))
    return out.getvalue()


def _drawn_frames(picture: ImageFile, draw: Draw) -> tuple[list[Image], list[float]]:
    """Return all frames, labelled, and how long each is shown (milliseconds)."""
    frames, times = [], []
    for number in range(getattr(picture, "n_frames", 1)):
        picture.seek(number)
        picture.load()
        frames.append(draw(picture.copy()))
        times.append(float(picture.info.get("duration", 0)))
    return frames, times
