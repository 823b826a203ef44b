"""The Tags element of Matroska: which of its SimpleTags hold a label, and the same element with the right one."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.label.errors import TooLargeError
from guiju.label.fields import WRAPPER, Label
from guiju.label.formats import slots, takeover
from guiju.label.formats.film import ebml
from guiju.label.formats.film.ebml import Element
from guiju.label.found import Found
from guiju.label.source import Limits

PLACE = "matroska:tag"
_TAG, _TARGETS, _SIMPLE = 0x7373, 0x63C0, 0x67C8
_CRC_HEAD, _CRC_LENGTH = b"\xbf\x84", 6
_MOST = 20_000
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
    left = without(body, limits)
    had_crc = left.startswith(_CRC_HEAD)
    return ebml.with_crc(left[_CRC_LENGTH * had_crc :] + tag, wanted=had_crc)


def without(body: bytes, limits: Limits) -> bytes:
    """Return the body without any label: the same body if there is none."""
    cleared = _cleared(body, limits, 0)
    return body if cleared is None else cleared


def _labels(body: bytes, limits: Limits, depth: int) -> Iterator[Found]:
    for element in _children(body, limits, depth):
        inner = body[element.body : element.end]
        if element.id == _SIMPLE and (found := _label_of(inner, limits)):
            yield found
        if element.id in {_TAG, _SIMPLE}:
            yield from _labels(inner, limits, depth + 1)


def _label_of(simple: bytes, limits: Limits) -> Found | None:
    parts = {element.id: simple[element.body : element.end] for element in ebml.children(simple, _MOST)}
    name = parts.get(_NAME, b"").rstrip(b"\0").decode("utf-8", "replace")
    text = parts.get(_STRING, parts.get(_BINARY, b"")).rstrip(b"\0").decode("utf-8", "replace")
    return slots.candidate(PLACE, name, text, limits)


def _cleared(body: bytes, limits: Limits, depth: int) -> bytes | None:
    """Return the body without labels, its checksum made anew; None where there is none to take out."""
    parts: list[bytes] = []
    had_crc = changed = False
    for element in _children(body, limits, depth):
        inner = body[element.body : element.end]
        left = None
        if element.id == ebml.CRC32:
            had_crc = True
            continue
        if element.id == _SIMPLE and (found := _label_of(inner, limits)):
            if not found.named:
                takeover.assert_only_label(PLACE, found.text)
            changed = True
            continue
        if element.id in {_TAG, _SIMPLE}:
            left = _cleared(inner, limits, depth + 1)
        if left is None:
            parts.append(body[element.at : element.end])
            continue
        changed = True
        if element.id == _SIMPLE or _has_simple(left):
            parts.append(ebml.made(element.id, left, element.size_width))
    return ebml.with_crc(b"".join(parts), wanted=had_crc) if changed else None


def _children(body: bytes, limits: Limits, depth: int) -> Iterator[Element]:
    if depth > limits.depth:
        raise TooLargeError.because(f"标签嵌套超过 {limits.depth} 层", f"tags nested more than {limits.depth} deep")
    return ebml.children(body, _MOST)


def _has_simple(tag: bytes) -> bool:
    return any(element.id == _SIMPLE for element in ebml.children(tag))
