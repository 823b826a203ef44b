"""Duty, permission and prohibition in one provision, held against each other."""

from collections.abc import Iterator
from typing import Final

from guiju.law.address import Address
from guiju.law.bilingual.differences import Code, Difference, Severity
from guiju.law.bilingual.modals import Force, Modal, chinese_modals, english_modals
from guiju.law.bilingual.quoting import quote
from guiju.law.citation import Language

_WORDS_AFTER: Final[dict[Language, int]] = {"zh": 6, "en": 16}
"""Characters after a modal word that tell which act it is about."""


def compare_force(address: Address, chinese: str, english: str) -> Iterator[Difference]:
    """Report permissions and prohibitions of one language only, and duties that English weakens."""
    ours, theirs = _by_force(chinese_modals(chinese)), _by_force(english_modals(english))
    yield from _permissions(address, (chinese, ours), (english, theirs))
    yield from _prohibitions(address, (chinese, ours), (english, theirs))
    if theirs[Force.RECOMMENDATION]:
        first, duties = theirs[Force.RECOMMENDATION][0], ours[Force.DUTY]
        shown = _quoted(duties[0], chinese, "zh") if duties else None
        yield Difference(Code.WEAKER_DUTY, Severity.NOTE, address, shown, _quoted(first, english, "en"))


Side = tuple[str, dict[Force, list[Modal]]]


def _permissions(address: Address, ours: Side, theirs: Side) -> Iterator[Difference]:
    """English may have fewer: one "may" carries a list of acts, and a release says the same the other way."""
    (chinese, here), (english, there) = ours, theirs
    permitted, allowed = here[Force.PERMISSION], there[Force.PERMISSION]
    if permitted and not allowed and not there[Force.RELEASE]:
        shown = _quoted(permitted[0], chinese, "zh")
        yield Difference(Code.PERMISSION, Severity.MAJOR, address, shown, None)
    elif len(allowed) > len(permitted) + len(here[Force.RELEASE]):
        quoted = _quoted(permitted[0], chinese, "zh") if permitted else None
        yield Difference(Code.PERMISSION, Severity.MAJOR, address, quoted, _quoted(allowed[-1], english, "en"))


def _prohibitions(address: Address, ours: Side, theirs: Side) -> Iterator[Difference]:
    (chinese, here), (english, there) = ours, theirs
    if bool(here[Force.PROHIBITION]) == bool(there[Force.PROHIBITION]):
        return
    if here[Force.PROHIBITION]:
        shown = _quoted(here[Force.PROHIBITION][0], chinese, "zh")
        yield Difference(Code.PROHIBITION, Severity.MAJOR, address, shown, None)
    else:
        shown = _quoted(there[Force.PROHIBITION][0], english, "en")
        yield Difference(Code.PROHIBITION, Severity.MAJOR, address, None, shown)


def _by_force(modals: tuple[Modal, ...]) -> dict[Force, list[Modal]]:
    return {force: [modal for modal in modals if modal.force is force] for force in Force}


def _quoted(modal: Modal, text: str, language: Language) -> str:
    return quote(text, modal.start, modal.end, language, and_next=_WORDS_AFTER[language])
