"""What the optional extras (C2PA, watermark) share: the error for a missing package, and a file staged beside."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from shutil import copymode

from guiju.label.errors import RefusedError


def require(module: str, package: str, extra: str) -> None:
    """Raise RefusedError (`not_installed`) unless the module can be imported; it is not imported here."""
    if find_spec(module) is None:
        raise RefusedError.because(
            "not_installed",
            f"此功能需要 {package}；请安装 guiju[{extra}]",
            f"this needs {package}; install guiju[{extra}]",
        )


class Staged:
    """A file beside the one that it will replace; `discard` leaves the old one in its place."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.discarded = False

    def discard(self) -> None:
        """Leave the old file as it is: nothing had to be changed."""
        self.discarded = True


@contextmanager
def staged(source: Path, target: Path) -> Iterator[Staged]:
    """Give an empty file beside `target`, which takes its place, with the mode of `source`, if all goes well.

    Raises RefusedError (`changed_meanwhile`) if `source` was changed meanwhile, OSError; the old file then stays.
    """
    before = source.stat()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".guiju.", suffix=source.suffix or ".tmp")
    os.close(handle)
    result = Staged(Path(name))
    try:
        yield result
        if result.discarded:
            return
        _check_unchanged(source, before)
        with result.path.open("rb+") as stream:
            os.fsync(stream.fileno())
        copymode(source, result.path)
        result.path.replace(target)
    finally:
        result.path.unlink(missing_ok=True)


def _check_unchanged(path: Path, before: os.stat_result) -> None:
    now = path.stat()
    if (now.st_ino, now.st_size, now.st_mtime_ns) != (before.st_ino, before.st_size, before.st_mtime_ns):
        raise RefusedError.because(
            "changed_meanwhile",
            "处理期间文件被改动；请重试",
            "the file was changed while it was being worked on; try again",
        )
