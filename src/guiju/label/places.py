"""Where the label belongs in each kind of file, and on what that rests.

Guides of 28 August 2025 for video, text files, images and audio as reproduced; grades as in docs/label.md.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """The main place of a kind of file, other places that the guides name, and the grade of the evidence."""

    main: str
    also: tuple[str, ...] = ()
    grade: str = "C2"


PLACES = {
    "jpeg": Place("xmp", ("exif:UserComment",)),
    "png": Place("xmp", ("png:tEXt",)),
    "webp": Place("xmp"),
    "gif": Place("xmp"),
    "tiff": Place("xmp", ("exif:UserComment",)),
    "heif": Place("xmp"),
    "mp4": Place("mp4:keys"),
    "matroska": Place("matroska:tag"),
    "flv": Place("flv:onMetaData"),
    "avi": Place("avi:INFO"),
    "wav": Place("wav:AIGC"),
    "mp3": Place("id3:TXXX"),
    "flac": Place("vorbis:AIGC"),
    "ogg": Place("vorbis:AIGC"),
    "pdf": Place("pdf:Info", ("xmp",)),
    "ooxml": Place("ooxml:custom"),
    "html": Place("html:meta", grade="U"),
    "markdown": Place("markdown:front-matter"),
}


def is_guide_place(kind: str, place: str) -> bool:
    """Tell whether a guide (or, for HTML, common practice) names this place for this kind of file."""
    known = PLACES.get(kind)
    return known is not None and (place == known.main or place in known.also)
