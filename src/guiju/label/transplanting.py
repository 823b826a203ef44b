"""Carry a label from an old file into a new one that was made from it and lost it: converted, resized, cut."""

from __future__ import annotations

import os
from pathlib import Path

from guiju.label.errors import RefusedError
from guiju.label.permission import Permission
from guiju.label.verifying import verify
from guiju.label.writing import Written, write


def transplant(
    old: str | os.PathLike[str],
    new: str | os.PathLike[str],
    *,
    permission: Permission | None = None,
    log: Path | None = None,
) -> Written:
    """Write the label of `old` into `new`, which may be of another kind.

    Raises RefusedError if `old` has no valid label, and as `write`.
    """
    label = verify(old).label
    if label is None:
        raise RefusedError.because(
            "nothing_to_transplant",
            "原文件中没有有效标识，无可移植",
            "the old file has no valid label to carry over",
        ).at(os.fspath(old))
    return write(new, label, permission=permission, log=log)
