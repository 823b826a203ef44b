"""A console that prints into a text, for what is shown in a terminal or piped."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console


def console(width: int | None, *, colour: bool) -> Console:
    """Make a console `width` columns wide (None: as wide as the terminal is)."""
    from rich.console import Console

    return Console(
        file=io.StringIO(), width=width, force_terminal=colour, no_color=not colour, highlight=False, markup=False,
        emoji=False, legacy_windows=False, color_system="standard" if colour else None, soft_wrap=False,
    )  # fmt: skip


def printed(used: Console) -> str:
    """Return what has been printed, without blanks at the ends of lines."""
    out = used.file
    assert isinstance(out, io.StringIO)
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n"))
