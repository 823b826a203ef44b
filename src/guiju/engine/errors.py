"""What can be wrong with a condition."""

from __future__ import annotations

from guiju.bilingual import Bilingual


class ExpressionError(ValueError):
    """A condition is not in the small language that rulebooks are written in, or its types do not fit.

    `detail` says what is wrong, and what to write instead, in both languages.
    """

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.detail = Bilingual(zh=zh, en=en)

    def text(self, lang: str) -> str:
        """Say what is wrong, in `zh` or `en`."""
        return self.detail.get(lang)
