"""Vorbis comments, as FLAC, Vorbis, Opus, Theora and Speex carry them: `NAME=text` entries behind a vendor string.

The label stands in the entry `AIGC` (practice guide for audio, C2). Entries are kept as bytes, in order.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from guiju.label.errors import DamagedError, TooLargeError
from guiju.label.fields import WRAPPER
from guiju.label.formats.slots import assert_only_label, candidate, is_named
from guiju.label.found import Found
from guiju.label.source import Limits

MAIN_PLACE = "vorbis:AIGC"
NEW_VENDOR = b"guiju"
_MOST_ENTRIES = 20_000


@dataclass(frozen=True)
class Comments:
    """A comment block: vendor string, entries, and the bytes behind the last one (framing bit, padding)."""

    vendor: bytes = NEW_VENDOR
    entries: tuple[bytes, ...] = ()
    rest: bytes = b""

    @classmethod
    def parsed(cls, block: bytes) -> Comments:
        """Read a block; raises DamagedError where a length points outside of it."""
        vendor, at = _string(block, 0)
        if at + 4 > len(block):
            raise _cut()
        count = int.from_bytes(block[at : at + 4], "little")
        at += 4
        if count > _MOST_ENTRIES and count * 4 <= len(block):
            raise TooLargeError.because(f"{count} 条注释", f"{count} comments")
        entries = []
        for _ in range(count):
            entry, at = _string(block, at)
            entries.append(entry)
        return cls(vendor, tuple(entries), block[at:])

    def serialized(self) -> bytes:
        """Return the block's bytes."""
        strings = b"".join(len(entry).to_bytes(4, "little") + entry for entry in self.entries)
        head = len(self.vendor).to_bytes(4, "little") + self.vendor
        return head + len(self.entries).to_bytes(4, "little") + strings + self.rest

    def found(self, limits: Limits) -> list[Found]:
        """Return the entries that may be labels, those called AIGC first."""
        candidates = [self._candidate(entry, limits) for entry in self.entries]
        return sorted((found for found in candidates if found), key=lambda found: not found.named)

    def labelled(self, value: str | None, limits: Limits) -> Comments:
        """Return the comments with exactly one label, where the first one stood or last; with None, without any."""
        new = f"{WRAPPER}={value}".encode() if value is not None else b""
        entries: list[bytes] = []
        for entry in self.entries:
            old = self._candidate(entry, limits)
            if old is None:
                entries.append(entry)
                continue
            assert_only_label(old)
            if new:
                entries.append(new)
                new = b""
        if new:
            entries.append(new)
        return replace(self, entries=tuple(entries))

    @staticmethod
    def _candidate(entry: bytes, limits: Limits) -> Found | None:
        name, _, text = entry.partition(b"=")
        named = is_named(name[:64].decode("latin-1"))
        if not named and (b"{" not in text or len(text) > 4 * limits.label):
            return None
        place = MAIN_PLACE if named else "vorbis:comment"
        return candidate(place, name.decode("latin-1"), text.decode("utf-8", "replace"), limits)


def _string(block: bytes, at: int) -> tuple[bytes, int]:
    length = int.from_bytes(block[at : at + 4], "little")
    end = at + 4 + length
    if at + 4 > len(block) or end > len(block):
        raise _cut()
    return block[at + 4 : end], end


def _cut() -> DamagedError:
    return DamagedError.because("Vorbis 注释中的长度越界", "a length in the Vorbis comments points behind their end")
