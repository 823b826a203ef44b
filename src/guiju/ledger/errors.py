"""What this room says when it cannot do what it was asked, in both languages; codes are never reused.

What a verification finds is no error: see findings.py.
"""

from __future__ import annotations


class LedgerError(ValueError):
    """The request, a file or a key is wrong: says what, where and how to put it right. `code` is stable."""

    def __init__(self, code: str, en: str, zh: str) -> None:
        super().__init__(f"{code}: {en}")
        self.code = code
        self._zh = zh

    def text(self, lang: str) -> str:
        """Return the message in Chinese (``zh``) or English, with its code."""
        return f"{self.code}：{self._zh}" if lang == "zh" else str(self)


class EventError(LedgerError):
    """L10x: an event cannot be written as canonical JSON, is too long, or names personal data that it lacks."""


class KeyFileError(LedgerError):
    """L11x: a key is malformed, exposed to others, in the way, or not the log's."""


class NoteError(LedgerError):
    """L12x: a text is not a signed note, a checkpoint or a proof."""


class StoreError(LedgerError):
    """L13x: the log file is missing, in the way, locked, damaged or of another kind."""


class RangeError(LedgerError):
    """L14x: an index or a size that the log does not have (any more)."""


class ExportError(LedgerError):
    """L15x: a folder is not an exported log, or belongs to another one."""


class TimestampError(LedgerError):
    """L16x: no time-stamp was obtained, or it is not one for these bytes by a trusted authority."""
