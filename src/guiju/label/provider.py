"""The code of a service provider: 27 characters around a unified social credit code, with its check character.

Structure after the provider coding rules (notice 网安秘字[2025]29号, grade C1, the structure C2); the
check character after GB 32100 (tried on published codes, grade T). A plain name is legal where a code could stand; this
module only checks what claims to be a code, and never makes one up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LENGTH = 27
_SHAPE = re.compile(r"00[0-9A-Z]{25}")
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_LENGTH = 18
_ORGANISATION, _BY_CREDIT_CODE = "1", "1"
GENERATION, PROPAGATION = "1", "2"


def is_credit_code(code: str) -> bool:
    """Tell whether 18 characters are a unified social credit code with a right check character (GB 32100)."""
    if len(code) != _CREDIT_LENGTH or any(character not in _CREDIT_ALPHABET for character in code):
        return False
    modulus = len(_CREDIT_ALPHABET)
    total = sum(_CREDIT_ALPHABET.index(c) * pow(3, i, modulus) for i, c in enumerate(code[:-1]))
    return _CREDIT_ALPHABET[-total % modulus] == code[-1]


@dataclass(frozen=True)
class ProviderCode:
    """The parts of a code; subject types other than organisations are not known to this module (grade U)."""

    subject: str
    binding: str
    credit_code: str
    service: str
    free: str

    @classmethod
    def of(cls, text: str) -> ProviderCode | None:
        """Return the parts of what looks like a code, or None for a plain name."""
        if not _SHAPE.fullmatch(text):
            return None
        return cls(text[2], text[3], text[4:22], text[22], text[23:])

    @property
    def can_be_checked(self) -> bool:
        """Tell whether it stands for an organisation with its credit code; the others' structure is unknown."""
        return self.subject == _ORGANISATION and self.binding == _BY_CREDIT_CODE
