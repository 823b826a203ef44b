"""What is wrong with the options of `guiju label`."""

from __future__ import annotations

from guiju.bilingual import Bilingual


class UsageError(ValueError):
    """The options do not fit together; the message says how to mend it."""

    def __init__(self, zh: str, en: str) -> None:
        self.message = Bilingual(zh=zh, en=en)
        super().__init__(en)

    def text(self, lang: str) -> str:
        """Return the message in `zh` or `en`."""
        return self.message.get(lang)
