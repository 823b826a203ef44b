"""Words of obligation, permission and prohibition, and where they stand.

Chinese legal prose states a duty with 应当 and often without any word (由……责令改正); English cannot. So a
duty word that only the English has says nothing, while a permission or a prohibition in one language alone does.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Force(StrEnum):
    """What a modal word does with an act."""

    DUTY = "duty"
    RECOMMENDATION = "recommendation"
    PERMISSION = "permission"
    RELEASE = "release"
    PROHIBITION = "prohibition"


@dataclass(frozen=True, slots=True)
class Modal:
    """One modal word in a text."""

    force: Force
    start: int
    end: int


_CHINESE: Final = (
    (Force.PROHIBITION, r"不得|(?<!或者)禁止(?!类|的|、限制|或者限制)|严禁"),
    (Force.RELEASE, r"可以?不|不需|无需|不必|不予|不承担|不适用|不追究"),
    (
        Force.PERMISSION,
        r"可以(?!随时|采取的|有效|明显|接入|影响)|有权|"
        r"(?<![许认])可(?=依法|根据|豁免|减轻|免除|免予|对|向|在|按照)",
    ),
    (Force.DUTY, r"(?<!对)应当|必须|(?<!无)须(?!知)|应(?=依|按|及时|立即|满足|在)"),
)

_OF_EFFECT: Final = (
    r"(?:\s+(?:also|materially|significantly|seriously|adversely|substantially|still))*\s+(?:affect|endanger|"
    r"cause|result|occur|generate|trigger|lead|pose|impair|harm|aggravate|mitigate|influence|create|arise)\b"
)
"""What follows a "may" that tells a possibility and gives no permission."""

_ENGLISH: Final = (
    (
        Force.RELEASE,
        r"may\s+not\s+be\s+required|(?:is|are)\s+not\s+required|need\s+not|may\s+be\s+(?:waived|exempted)|"
        r"shall\s+not\s+bear|shall\s+not\s+apply|do(?:es)?\s+not\s+apply|no\s+(?:[\w-]+\s+)+shall\s+be\s+"
        r"(?:borne|imposed|pursued)|may\s+[^.;]{0,40}?\bwithout\b|may\s+not\s+be\s+disclosed",
    ),
    (
        Force.PROHIBITION,
        r"(?:shall|must|should)\s+not\b|may\s+not\b|\bno\s+[\w\s]+?\s+(?:may|shall)|"
        r"\bnor\s+(?:may|shall)|(?:is|are|be)\s+prohibited|\brefrain(?:s|ing)?\s+from",
    ),
    (Force.DUTY, r"\bshall\b|\bmust\b|(?:is|are)\s+(?:required|obligated|obliged|tasked)\b"),
    (Force.RECOMMENDATION, r"(?<!or )\bshould\b(?!\s+(?:it|the|there|AI|know)\b)"),
    (
        Force.PERMISSION,
        rf"\bmay\b(?!{_OF_EFFECT})|(?:has|have|had)\s+the\s+(?:right|authority|power)|(?:is|are)\s+entitled",
    ),
)


def chinese_modals(text: str) -> tuple[Modal, ...]:
    """Find the modal words of a Chinese text, in order."""
    return _find(_CHINESE, text)


def english_modals(text: str) -> tuple[Modal, ...]:
    """Find the modal words of an English text, in order."""
    return _find(_ENGLISH, text)


def _find(patterns: tuple[tuple[Force, str], ...], text: str) -> tuple[Modal, ...]:
    """Earlier patterns take their words away from later ones: 可以不 is a release and no permission."""
    found: list[Modal] = []
    for force, pattern in patterns:
        for match in re.finditer(pattern, text, re.IGNORECASE):
            if not any(modal.start < match.end() and match.start() < modal.end for modal in found):
                found.append(Modal(force, match.start(), match.end()))
    return tuple(sorted(found, key=lambda modal: modal.start))
