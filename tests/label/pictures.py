"""Small pictures for the tests, each made on the spot."""

import io

from PIL import Image


def png(size: tuple[int, int] = (8, 6), colour: tuple[int, int, int] = (200, 30, 60)) -> bytes:
    """Return a PNG of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def pixels(data: bytes) -> bytes:
    """Return the decoded pixels of a picture."""
    with Image.open(io.BytesIO(data)) as picture:
        return picture.tobytes()
