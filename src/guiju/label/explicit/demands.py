"""The figures that an explicit label is held to, read from `demands.yaml`, where each has its evidence grade."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Demands:
    """Elements of the wording; text height as a share of the shortest side; seconds of video; rhythm; contrast."""

    ai: tuple[str, ...]
    generation: tuple[str, ...]
    picture_height: float
    video_height: float
    video_seconds: float
    rhythm: str
    contrast: float


@cache
def demands() -> Demands:
    """Return the demands; read once."""
    import yaml

    data = yaml.safe_load(Path(__file__).with_name("demands.yaml").read_text(encoding="utf-8"))
    return Demands(
        ai=tuple(data["wording"]["ai"]),
        generation=tuple(data["wording"]["generation"]),
        picture_height=float(data["picture"]["text_height"]),
        video_height=float(data["video"]["text_height"]),
        video_seconds=float(data["video"]["seconds"]),
        rhythm=str(data["audio"]["rhythm"]),
        contrast=float(data["contrast"]["ratio"]),
    )
