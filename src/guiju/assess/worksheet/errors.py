"""Why there is no worksheet."""

from __future__ import annotations

from guiju.bilingual import Bilingual


class NoWorksheetError(ValueError):
    """The provision threatens no fine, or more than one."""

    def __init__(self, message: Bilingual) -> None:
        super().__init__(message.en)
        self._message = message

    def text(self, lang: str) -> str:
        """Say it in `zh` or `en`."""
        return self._message.get(lang)
