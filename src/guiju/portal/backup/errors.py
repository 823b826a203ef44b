"""What stands in the way of a backup, or of restoring one."""

from __future__ import annotations

from guiju.bilingual import Bilingual


class BackupError(ValueError):
    """A backup cannot be made or restored; nothing was changed."""

    def __init__(self, zh: str, en: str) -> None:
        self._text = Bilingual(zh=zh, en=en)
        super().__init__(en)

    def text(self, lang: str) -> str:
        """Say why, in `zh` or `en`."""
        return self._text.get(lang)
