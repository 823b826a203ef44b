"""The Tags element of Matroska: which of its SimpleTags hold a label, and the same element with the right one."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.label.errors import TooLargeError
from guiju.label.fields import WRAPPER, Label
from guiju.label.formats import ebml, slots, takeover
from guiju.label.found import Found
from guiju.label.source import Limits

PLACE = "matroska:tag"
_TAG, _TARGETS, _SIMPLE = 0x7373, 0x63C0, 0x67C8
_NAME, _STRING, _BINARY = 0x45A3, 0x4487, 0x4485


def labels(body: bytes, limits: Limits) -> Iterator[Found]:
    """Yield what may be a label in the body of a Tags element, at any depth, for the file or for one track.

    Raises DamagedError for a broken element, TooLargeError for one nested too deeply.
    """
    return _labels(body, limits, 0)


def merged(body: bytes, label: Label, limits: Limits) -> bytes:
    """Return the body with this label as a Tag of its own at the end, and no other one; all other tags are kept."""
    value = label.bare().encode("ascii")
    simple = ebml.made(_NAME, WRAPPER.encode()) + ebml.made(_STRING, value)
    tag = ebml.made(_TAG, ebml.made(_TARGETS, b"") + ebml.made(_SIMPLE, simple))
    return _rebuilt(body, limits, 0, behind=tag)


def without(body: bytes, limits: Limits) -> bytes:
    """Return the body without any label: the same body if there is none."""
    return _rebuilt(body, limits, 0) if any(_labels(body, limits, 0)) else body


def _labels(body: bytes, limits: Limits, depth: int) -> Iterator[Found]:
    _check_depth(depth, limits)
    for element in ebml.children(body):
        inner = body[element.body : element.end]
        if element.id == _SIMPLE and (found := _label_of(inner, limits)):
            yield found
        if element.id in {_TAG, _SIMPLE}:
            yield from _labels(inner, limits, depth + 1)


def _label_of(simple: bytes, limits: Limits) -> Found | None:
    parts = {element.id: simple[element.body : element.end] for element in ebml.children(simple)}
    name = parts.get(_NAME, b"").rstrip(b"\0").decode("utf-8", "replace")
    text = parts.get(_STRING, parts.get(_BINARY, b"")).rstrip(b"\0").decode("utf-8", "replace")
    return slots.candidate(PLACE, name, text, limits)


def _rebuilt(body: bytes, limits: Limits, depth: int, behind: bytes = b"") -> bytes:
    """Return the body without labels, with more at its end; checksums are made anew where they stood."""
    _check_depth(depth, limits)
    parts: list[bytes] = []
    had_crc = False
    for element in ebml.children(body):
        inner = body[element.body : element.end]
        if element.id == ebml.CRC32:
            had_crc = True
        elif element.id == _SIMPLE and (found := _label_of(inner, limits)):
            if not found.named:
                takeover.assert_only_label(PLACE, found.text)
        elif element.id in {_TAG, _SIMPLE} and (left := _without_deeper(inner, limits, depth + 1)) != inner:
            if element.id == _SIMPLE or _has_simple(left):
                parts.append(ebml.made(element.id, left, element.size_width))
        else:
            parts.append(body[element.at : element.end])
    return ebml.with_crc(b"".join(parts) + behind, wanted=had_crc)


def _without_deeper(body: bytes, limits: Limits, depth: int) -> bytes:
    """Return the body of a Tag or SimpleTag without labels: the same bytes if there is none."""
    return _rebuilt(body, limits, depth) if any(_labels(body, limits, depth)) else body


def _has_simple(tag: bytes) -> bool:
    return any(element.id == _SIMPLE for element in ebml.children(tag))


def _check_depth(depth: int, limits: Limits) -> None:
    if depth > limits.depth:
        raise TooLargeError.because(f"标签嵌套超过 {limits.depth} 层", f"tags nested more than {limits.depth} deep")
