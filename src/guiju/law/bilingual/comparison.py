"""Two languages of one law, compared provision by provision."""

from collections.abc import Iterator
from typing import Final

from guiju.law.address import Address
from guiju.law.bilingual.differences import Code, Difference, Severity
from guiju.law.bilingual.force import compare_force
from guiju.law.bilingual.numbers import compare_numbers, compare_references
from guiju.law.bilingual.quoting import quote
from guiju.law.bilingual.sentences import without_counterpart
from guiju.law.bilingual.words import compare_words
from guiju.law.citation import Language
from guiju.law.compare import align
from guiju.law.errors import LawError
from guiju.law.provisions import Article, Text

_CHECKS: Final = (compare_numbers, compare_references, compare_force, compare_words)
_QUOTED: Final[dict[Language, int]] = {"zh": 12, "en": 40}
"""Characters that are enough to find a sentence again."""


class LanguagesUnfit(LawError):  # noqa: N818 - a finding about the two texts
    """Two texts are not the Chinese and the English of one version of one law."""


def compare_languages(chinese: Text, english: Text) -> tuple[Difference, ...]:
    """List the suspected differences, by address and code.

    Raises LanguagesUnfit if the texts are not Chinese and English of one law in one version.
    """
    if (chinese.language, english.language) != ("zh", "en"):
        raise LanguagesUnfit(f"{chinese.name} and {english.name}: give the Chinese text first, then the English")
    if (chinese.law, chinese.version) != (english.law, english.version):
        raise LanguagesUnfit(f"{chinese.name} and {english.name} are not one version of one law: import both again")
    found = [*_structure(chinese, english)]
    for address in align(chinese, english).shared:
        texts = _words(chinese, address), _words(english, address)
        for check in _CHECKS:
            found.extend(check(address, *texts))
        found.extend(_sentences(address, *texts))
    return tuple(sorted(found, key=lambda difference: (difference.address, difference.code)))


def _structure(chinese: Text, english: Text) -> Iterator[Difference]:
    alignment = align(chinese, english)
    for address in alignment.only_left:
        quote = _beginning(_words(chinese, address), "zh")
        yield Difference(Code.PROVISION, Severity.MAJOR, address, quote, None)
    for address in alignment.only_right:
        quote = _beginning(_words(english, address), "en")
        yield Difference(Code.PROVISION, Severity.MAJOR, address, None, quote)


def _sentences(address: Address, chinese: str, english: str) -> Iterator[Difference]:
    for sentence in without_counterpart(chinese, "zh", english, "en"):
        yield Difference(Code.SENTENCE, Severity.MAJOR, address, _beginning(sentence.text, "zh"), None)
    for sentence in without_counterpart(english, "en", chinese, "zh"):
        yield Difference(Code.SENTENCE, Severity.MAJOR, address, None, _beginning(sentence.text, "en"))


def _beginning(text: str, language: Language) -> str:
    return quote(text, 0, 0, language, and_next=_QUOTED[language])


def _words(text: Text, address: Address) -> str:
    provision = text.at(address)
    return "" if isinstance(provision, Article) else provision.text
