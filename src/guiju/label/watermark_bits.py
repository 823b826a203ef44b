"""Between a picture and the bits hidden in it: the calls into blind-watermark, and how its votes are counted."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from PIL.Image import Image

_BLOCK: Final = 8  # pixels of a side that carry one bit: blocks of 4 in a wavelet band of half the size
# Brightness counts more than the two colour channels, which JPEG thins out: measured at quality 50, the library's own
# equal count has wrong bits where the first of these has none.
_WEIGHTS: Final = ((6, 1, 1), (3, 1, 1), (1, 1, 1))
_ROUNDS: Final = 20
_IMPORTING = threading.Lock()


def room(size: tuple[int, int]) -> int:
    """Return how many bits a picture can carry, repeats included."""
    return ((size[0] + 1) // 2 // (_BLOCK // 2)) * ((size[1] + 1) // 2 // (_BLOCK // 2))


def hidden(picture: Image, bits: list[bool], seeds: tuple[int, int]) -> Image:
    """Return the picture (L, RGB or RGBA) with the bits in its colours; transparency stays."""
    import numpy as np
    from PIL import Image as Pillow

    core = _core(seeds[0])
    core.read_img_arr(_blue_first(picture))
    core.read_wm(np.array(bits)[_order(len(bits), seeds[1])])
    marked = np.clip(np.rint(core.embed()), 0, 255).astype(np.uint8)
    result = Pillow.fromarray(np.ascontiguousarray(marked[:, :, ::-1]))
    if picture.mode == "RGBA":
        result.putalpha(picture.getchannel("A"))
    return result.convert(picture.mode)


def revealed(picture: Image, count: int, seeds: tuple[int, int]) -> Iterator[list[bool]]:
    """Yield what the hidden bits may be, likeliest first: a checksum has to tell which are right, if any."""
    import numpy as np

    core = _core(seeds[0])
    core.wm_size = count
    blocks = core.extract_raw(_blue_first(picture))
    for weights in _WEIGHTS:
        votes = np.average(blocks, axis=0, weights=weights)
        shares = np.array([votes[at::count].mean() for at in range(count)])
        for limit in (_between(shares), 1 / 2):
            bits = np.empty(count, bool)
            bits[_order(count, seeds[1])] = shares > limit
            yield [bool(bit) for bit in bits]


def _between(shares: Any) -> float:
    """Return the value halfway between the two groups that the shares fall into."""
    low, high = float(shares.min()), float(shares.max())
    for _ in range(_ROUNDS):
        limit = (low + high) / 2
        below, above = shares[shares <= limit], shares[shares > limit]
        if not len(below) or not len(above):
            break
        low, high = float(below.mean()), float(above.mean())
    return (low + high) / 2


def _blue_first(picture: Image) -> Any:
    import numpy as np

    return np.ascontiguousarray(np.asarray(picture.convert("RGB"))[:, :, ::-1])


def _order(count: int, seed: int) -> Any:
    import numpy as np

    return np.random.RandomState(seed).permutation(count)


def _core(seed: int) -> Any:
    """Return a fresh core of blind-watermark, whose import is kept from changing how processes start."""
    with _IMPORTING:
        kept = multiprocessing.set_start_method
        multiprocessing.set_start_method = lambda *_, **__: None
        try:
            from blind_watermark.bwm_core import WaterMarkCore
        finally:
            multiprocessing.set_start_method = kept
    return WaterMarkCore(password_img=seed)
