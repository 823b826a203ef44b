"""What a comparison of two languages can find: a stable code for each kind, both places, and how grave it is."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from guiju.law.address import Address
from guiju.law.citation import Language


class Severity(StrEnum):
    """How much a difference can change: what someone owes, how it is read, or little."""

    MAJOR = "major"
    MINOR = "minor"
    NOTE = "note"


class Code(StrEnum):
    """Kinds of difference; a code keeps its meaning for ever."""

    NUMBER = "B101"
    COMPARATOR = "B102"
    REFERENCE = "B103"
    PERMISSION = "B111"
    PROHIBITION = "B112"
    WEAKER_DUTY = "B113"
    ACTOR = "B121"
    ACTIVITIES = "B122"
    THINGS = "B123"
    SENTENCE = "B131"
    TIME_WORD = "B141"
    TERM = "B151"
    PROVISION = "B161"


MEANINGS: Final[dict[Code, dict[Language, str]]] = {
    Code.NUMBER: {
        "zh": "数字仅见于一种文本，或两种文本数字不同",
        "en": "a number differs, or stands in one language only",
    },
    Code.COMPARATOR: {"zh": "数字相同，边界不同", "en": "same number, another boundary"},
    Code.REFERENCE: {"zh": "援引的条款不同", "en": "another provision is referred to"},
    Code.PERMISSION: {
        "zh": "许可、权力用语仅见于一种文本",
        "en": "a permission or power in one language only",
    },
    Code.PROHIBITION: {"zh": "禁止用语仅见于一种文本", "en": "a prohibition in one language only"},
    Code.WEAKER_DUTY: {"zh": "“应当”译作较弱的 should", "en": "a duty is said with the weaker word should"},
    Code.ACTOR: {"zh": "主体仅见于一种文本", "en": "an actor is named in one language only"},
    Code.ACTIVITIES: {"zh": "并列的活动不同", "en": "the listed activities differ"},
    Code.THINGS: {
        "zh": "产品、服务的范围不同",
        "en": "products or services: one of them in one language only",
    },
    Code.SENTENCE: {"zh": "句子仅见于一种文本", "en": "a sentence in one language only"},
    Code.TIME_WORD: {"zh": "时间用语不同", "en": "a word of time differs"},
    Code.TERM: {"zh": "术语仅见于一种文本", "en": "a term in one language only"},
    Code.PROVISION: {"zh": "款、项仅见于一种文本", "en": "a paragraph or item in one language only"},
}
"""What each code says, in words that fit every finding of its kind."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A suspected difference between the languages of one provision.

    ``chinese`` and ``english`` quote a few words of the user's own copy, and are None where that language has
    nothing to quote; ``what`` names the number or notion, in English, or is empty.
    """

    code: Code
    severity: Severity
    address: Address
    chinese: str | None
    english: str | None
    what: str = ""

    def meaning(self, language: Language) -> str:
        """Say what the code means."""
        return MEANINGS[self.code][language]
