"""Kinds of files: for each one where a label may stand, how to read all those places and how to write the main one."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from guiju.label.fields import Label
from guiju.label.formats.sniff import kind_of
from guiju.label.found import Contents
from guiju.label.source import Source
from guiju.label.splice import Plan

MODULES = {
    "jpeg": "images.jpeg",
    "png": "images.png",
    "webp": "images.webp",
    "gif": "images.gif",
    "tiff": "images.tiff",
    "heif": "boxes.heif",
    "mp4": "boxes.mp4",
    "matroska": "film.matroska",
    "avi": "film.avi",
    "wav": "sound.wav",
    "flv": "film.flv",
    "mp3": "sound.mp3",
    "flac": "sound.flac",
    "ogg": "sound.ogg",
    "pdf": "documents.pdf",
    "ooxml": "documents.ooxml",
    "html": "documents.html",
    "markdown": "documents.markdown",
}
"""Kind of file, as `kind_of` names it, and the module that knows it."""


class Format(Protocol):
    """What each module of this package offers (module-level functions)."""

    def contents(self, source: Source) -> Contents:
        """Return every candidate for a label, main place first, and every seal.

        Raises DamagedError where the structure is broken or ends early, TooLargeError at the limits of the source.
        """

    def plan(self, source: Source, label: Label) -> Plan:
        """Return the new file with this label in the main place, and nowhere else.

        All other metadata is kept and merged, content is only copied. A label that stood in another known place is
        taken over into the main one (never two in a file, 6.1 c, C2). Raises RefusedError, with a stable code, where
        this cannot be done safely; DamagedError and TooLargeError as above. Seals are the caller's business.
        """


def format_of(kind: str) -> Format:
    """Return the module for a kind of file."""
    return cast("Format", import_module(f"guiju.label.formats.{MODULES[kind]}"))


__all__ = ["MODULES", "Format", "format_of", "kind_of"]
