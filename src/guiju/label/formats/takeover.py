"""Labels in places with a general name (comments, descriptions): which text is one, and may it be taken over."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import NoReturn

from guiju.label.errors import DamagedError, RefusedError
from guiju.label.fields import FIELD_NAMES, WRAPPER, parse
from guiju.label.splice import Edit, Plan

_NAMES = tuple(name.casefold() for name in (*FIELD_NAMES, WRAPPER))


def may_be_label(text: str) -> bool:
    """Tell whether a text in a place with a general name is worth showing as a candidate: JSON with a label's name."""
    folded = text.casefold() if "{" in text else ""
    return any(name in folded for name in _NAMES)


def is_label(text: str) -> bool:
    """Tell whether a text in a place with a general name is a label: at least one of the seven names (grade T)."""
    return may_be_label(text) and parse(text).is_label


def assert_only_label(place: str, text: str) -> None:
    """Raise RefusedError (`label_elsewhere`) if removing this label would remove other data beside it.

    That is so where the same JSON has more in it, and cannot be told where the text is no JSON object.
    """
    try:
        data = json.loads(text.strip("\x00 \t\r\n\ufeff"))
    except (ValueError, RecursionError):
        refuse(place)
    if not isinstance(data, dict) or (len(data) > 1 and any(key.casefold() == WRAPPER.casefold() for key in data)):
        refuse(place)


def refuse(place: str) -> NoReturn:
    """Raise RefusedError (`label_elsewhere`): a label stands where it cannot be removed without harm."""
    raise RefusedError.because(
        "label_elsewhere",
        f"{place} 处已有标识，无法安全移除，而一个文件只能有一个标识",
        f"a label stands at {place} and cannot be removed safely, and a file may have only one",
    )


def planned(size: int, edits: Sequence[Edit]) -> Plan:
    """Return the plan; raises DamagedError if edits overlap, which they do only where the file's own parts overlap."""
    in_order = sorted(edits, key=lambda edit: edit.offset)
    if any(one.offset + one.removed > two.offset for one, two in pairwise(in_order)):
        raise DamagedError.because("文件的结构互相重叠", "structures of the file overlap")
    return Plan.of_edits(size, edits)
