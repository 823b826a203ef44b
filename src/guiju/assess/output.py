"""Write a result where the user asked for it, or say why that is impossible."""

from __future__ import annotations

from pathlib import Path

from guiju import files


class OutputError(ValueError):
    """The result cannot be written where it was asked for."""


def write_whole(path: Path, content: bytes) -> None:
    """Write a result in one step; raises OutputError with the reason if that is impossible."""
    try:
        files.write_whole(path, content)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from None
