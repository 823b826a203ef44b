"""Write a file so that a reader, or a crash, finds the old one or the new one, never half of it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def written_beside(target: Path, content: bytes) -> Path:
    """Write content into a new file beside the target, safely on disk, and return its path.

    Raises OSError, leaving nothing behind, if that is impossible.
    """
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".guiju.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def write_whole(target: Path, content: bytes, mode: int = 0o644) -> None:
    """Write or replace a file in one step; raises OSError, leaving everything as it was, if that is impossible."""
    temporary = written_beside(target, content)
    try:
        temporary.chmod(mode)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
