"""One sentence in both languages of the house."""

from __future__ import annotations

import msgspec


class Bilingual(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The same sentence in Chinese and in English."""

    zh: str
    en: str

    def get(self, lang: str) -> str:
        """Return the sentence in `zh` or `en`."""
        return self.zh if lang == "zh" else self.en
