"""A value that cannot be accepted, before it is known where in the file it stands."""

from __future__ import annotations

import datetime as dt
from typing import Any

from guiju.bilingual import Bilingual
from guiju.documents.messages import Detail, shown


class RefusedError(Exception):
    """A value is refused. `kind` is a key of `guiju.profiles.problem_texts.MESSAGES`, `details` fill its texts."""

    def __init__(self, kind: str, **details: Detail) -> None:
        super().__init__(kind)
        self.kind = kind
        self.details = details


def both(en: str, zh: str) -> Bilingual:
    """Make a text in both languages."""
    return Bilingual(zh=zh, en=en)


def write(text: str) -> Bilingual:
    """Advise to write it in this way."""
    return both(f"write {text}", f"写成 {text}")


def found(value: Any, written: str) -> Bilingual:
    """Say what kind of thing stands where another was expected, and quote it."""
    quoted = f"`{shown(written)}`"
    if value is None:
        return both("nothing", "空的")
    if isinstance(value, dict):
        return both("a mapping", "映射")
    if isinstance(value, list):
        return both("a list", "列表")
    if isinstance(value, bool):
        return both(f"a yes-or-no value ({quoted})", f"真假值（{quoted}）")
    if isinstance(value, str):
        return both(f"the text {quoted}", f"文字 {quoted}")
    if isinstance(value, dt.date):
        return both(f"the date {quoted}", f"日期 {quoted}")
    return both(f"the number {quoted}", f"数字 {quoted}")
