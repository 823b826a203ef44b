"""Labels in Exif: UserComment (guide 20259A annex B, grade C3) and ImageDescription (seen in the wild, grade T).

The texts that Windows Explorer writes (XPComment and its like) are read too: ExifTool shows them (T).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from guiju.label.errors import TooLargeError
from guiju.label.formats import takeover
from guiju.label.formats.images import ifd
from guiju.label.found import Found
from guiju.label.source import Source
from guiju.label.splice import Edit

IMAGE_DESCRIPTION, EXIF_IFD, USER_COMMENT = 0x010E, 0x8769, 0x9286
_WINDOWS = {0x9C9B: "exif:XPTitle", 0x9C9C: "exif:XPComment", 0x9C9E: "exif:XPKeywords", 0x9C9F: "exif:XPSubject"}
_CODE = 8
_CODES = re.compile(rb"(?:(?:ASCII|UNICODE|JIS)[\x00 ]*|\x00*)", re.IGNORECASE)
_PLACES = {IMAGE_DESCRIPTION: "exif:ImageDescription", USER_COMMENT: "exif:UserComment", **_WINDOWS}


@dataclass(frozen=True)
class Slot:
    """A text in Exif that may hold a label; its bytes at `at` can become `blank` without moving anything."""

    place: str
    text: str
    at: int
    blank: bytes

    @property
    def found(self) -> Found:
        """The candidate for the reader."""
        return Found(self.place, self.text, named=False)


def slots(block: Source) -> tuple[Slot, ...]:
    """Return the texts of a TIFF structure (a file or an Exif block) that may be labels; none without a TIFF header.

    Raises DamagedError if a directory or such a text lies outside of the structure.
    """
    layout = ifd.layout_of(block)
    if layout is None or not layout.first:
        return ()
    return slots_in(block, layout, ifd.directory(block, layout, layout.first))


def slots_in(block: Source, layout: ifd.Layout, main: ifd.Directory) -> tuple[Slot, ...]:
    """Return the same for a main directory that has been read already, and the Exif directory that it points to."""
    directories = [main]
    pointer = main.entry(EXIF_IFD)
    if pointer is not None:
        directories += [ifd.directory(block, layout, at) for at in ifd.numbers(block, layout, pointer)[:1]]
    entries = [one.entry(tag) for one in directories for tag in _PLACES]
    found = [_slot(block, layout, entry) for entry in entries if entry is not None and entry.size > _CODE]
    texts = [slot for slot in found if takeover.may_be_label(slot.text)]
    return tuple(sorted(texts, key=lambda slot: slot.place != "exif:UserComment"))


def blanked(slot: Slot, base: int = 0) -> Edit:
    """Return the edit that empties the slot in place, in a file where the TIFF structure begins at byte `base`.

    Raises RefusedError (`label_elsewhere`) if it holds other data besides the label.
    """
    takeover.assert_only_label(slot.place, slot.text)
    return Edit(base + slot.at, len(slot.blank), slot.blank)


def labels(block: Source) -> tuple[Slot, ...]:
    """Return the slots that do hold a label."""
    return tuple(slot for slot in slots(block) if takeover.is_label(slot.text))


def _slot(block: Source, layout: ifd.Layout, entry: ifd.Entry) -> Slot:
    if entry.size > block.limits.block:
        raise TooLargeError.because(f"Exif 字段 {entry.size} 字节", f"an Exif field of {entry.size} bytes")
    data = ifd.value(block, entry)
    place = _PLACES[entry.tag]
    if entry.tag == IMAGE_DESCRIPTION:
        written = data.rstrip(b"\x00")
        blank = b" " * len(written) + data[len(written) :]
        return Slot(place, written.decode("utf-8", "replace"), entry.value_at, blank)
    if entry.tag in _WINDOWS:
        text = data.decode("utf-16-le", "replace").rstrip("\x00")
        return Slot(place, text, entry.value_at, b" \x00" * len(text) + bytes(entry.size - 2 * len(text)))
    skip = _CODE if _CODES.fullmatch(data[:_CODE]) else 0
    text = _comment(data[:skip], data[skip:], layout)
    # Exif fills with blanks, which are no bytes in UTF-16.
    fill = b" " if data[:_CODE].upper().startswith(b"ASCII") else b"\x00"
    return Slot(place, text, entry.value_at + skip, fill * (entry.size - skip))


def _comment(code: bytes, data: bytes, layout: ifd.Layout) -> str:
    """Decode a comment; `UNICODE` is UTF-16 in the byte order of the structure, but other writers differ (grade M)."""
    if not code.upper().startswith(b"UNICODE"):
        return data.strip(b"\x00").decode("utf-8", "replace")
    native, other = ("utf-16-le", "utf-16-be") if layout.mark == "<" else ("utf-16-be", "utf-16-le")
    for encoding in (native, other, "utf-8"):
        text = data.decode(encoding, "replace").strip("\x00\ufeff ")
        if text.startswith("{"):
            return text
    return data.decode(native, "replace")
