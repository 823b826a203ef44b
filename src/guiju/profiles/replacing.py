"""Replace a file in one step, unless somebody else has changed it: a reader sees the old one or the new one."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

from guiju.documents.messages import shown
from guiju.files import written_beside
from guiju.profiles.problems import problem

_NEW_FILE = 0o644


def replace_file(path: Path, before: bytes | None, content: bytes) -> None:
    """Put `content` in the place of a file that still says `before`, or of no file at all (None).

    Raises ProfileError, and leaves everything as it was, if the file exists or says something else, or cannot be
    written. Between the last look and the replacement lies one system call; who writes in that moment is overwritten.
    """
    target = Path(os.path.realpath(path))
    temporary: Path | None = None
    try:
        mode = _NEW_FILE if before is None else stat.S_IMODE(target.stat().st_mode)
        temporary = written_beside(target, content)
        temporary.chmod(mode)
        if before is None:
            _place_new(temporary, target, path)
        elif target.read_bytes() != before:
            raise problem("changed_meanwhile", path)
        else:
            temporary.replace(target)
    except OSError as error:
        if before is not None and not target.exists():
            raise problem("changed_meanwhile", path) from None
        raise problem("not_writable", path, reason=shown(error.strerror or str(error))) from None
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
    _make_durable(target.parent)


def _place_new(temporary: Path, target: Path, path: Path) -> None:
    """Give the file its name only if nobody has it: a link fails where a rename would replace."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise problem("exists", path) from None
    except OSError:
        if target.exists():
            raise problem("exists", path) from None
        temporary.replace(target)


def _make_durable(folder: Path) -> None:
    """Ask the system to keep the folder's new entry; not every system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
