"""Which messages templates and modules ask for, read from them as Django itself reads them for gettext."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation.template import templatize

Used = dict[tuple[str | None, str, str | None], str]
"""Context, singular, plural of each message, with the name of a file that asks for it."""

_CALL = re.compile(r"\b(?:n?p?gettext)\(")
_ROLES: dict[str, tuple[bool, bool]] = {
    "gettext": (False, False), "gettext_lazy": (False, False), "gettext_noop": (False, False), "_": (False, False),
    "ngettext": (False, True), "ngettext_lazy": (False, True),
    "pgettext": (True, False), "pgettext_lazy": (True, False),
    "npgettext": (True, True), "npgettext_lazy": (True, True),
}  # fmt: skip
"""Functions that mark a message: whether a context comes first, whether a plural comes after."""


def messages_used(folder: Path) -> Used:
    """Return every message that templates and modules under a folder ask for."""
    used: Used = {}
    for path in sorted(folder.rglob("*.py")):
        _note(used, ast.parse(path.read_text("utf-8")), path)
    for path in sorted(path for ending in ("html", "txt") for path in folder.rglob(f"templates/**/*.{ending}")):
        for call in _calls(templatize(path.read_text("utf-8"), origin=path.name)):
            _note(used, call, path)
    return used


def _calls(written: str) -> Iterator[ast.AST]:
    """Find the calls in what Django makes of a template: all else in it is crossed out and no Python."""
    for match in _CALL.finditer(written):
        for end in (place.end() for place in re.finditer(r"\)", written[match.start() :])):
            try:
                yield ast.parse(written[match.start() : match.start() + end])
            except SyntaxError:
                continue
            break


def _note(used: Used, tree: ast.AST, path: Path) -> None:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name not in _ROLES:
            continue
        texts: list[Any] = [getattr(one, "value", None) for one in node.args]
        has_context, has_plural = _ROLES[name]
        context = texts.pop(0) if has_context else None
        if texts and isinstance(texts[0], str):
            used.setdefault((context, texts[0], texts[1] if has_plural else None), path.name)
