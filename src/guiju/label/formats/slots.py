"""Slots that have a name and a text (comments, tag frames, meta elements): which of them hold a label."""

from __future__ import annotations

from guiju.label.errors import TooLargeError
from guiju.label.fields import WRAPPER
from guiju.label.formats import takeover
from guiju.label.found import Found
from guiju.label.source import Limits


def is_named(name: str) -> bool:
    """Tell whether a slot is itself called AIGC; letter case does not count when reading."""
    return name.strip().lower() == WRAPPER.lower()


def candidate(place: str, name: str, text: str, limits: Limits) -> Found | None:
    """Return the slot as a candidate, or None where it is something else.

    A slot called AIGC always is one; any other only if its text is JSON with one of the seven names. Raises
    TooLargeError for a slot called AIGC whose text is longer than any label.
    """
    if is_named(name):
        if len(text) > limits.label:
            raise TooLargeError.because(
                f"{place} 中的标识有 {len(text)} 个字符", f"the label in {place} has {len(text)} characters"
            )
        return Found(place, text)
    if len(text) <= limits.label and takeover.is_label(text):
        return Found(place, text, named=False)
    return None


def assert_only_label(found: Found) -> None:
    """Raise RefusedError (`label_elsewhere`) if taking this label out would take other data with it."""
    if not found.named:
        takeover.assert_only_label(found.place, found.text)
