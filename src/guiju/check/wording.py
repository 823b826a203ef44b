"""The imported Chinese text as the checks read it: addressed sentences, and what stands before a place in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from guiju.bilingual import Bilingual
from guiju.check.codes import Code
from guiju.check.context import Context
from guiju.check.diagnostic import Skipped
from guiju.law.address import Address
from guiju.law.provisions import Text

NUMBER = "[0-9零〇一二两三四五六七八九十百]+"
PERIOD = re.compile(rf"({NUMBER})\s*(?:个)?\s*(工作日|个月|日|天|月|年)")
_SENTENCE = re.compile("[^。]+。?")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence (up to 。) at its address."""

    address: Address
    text: str


def sentences(text: Text) -> Iterator[Sentence]:
    """Walk the sentences of a law in order."""
    for address in text.addresses():
        for match in _SENTENCE.finditer(_words(text, address)):
            yield Sentence(address, match[0].strip())


def provisions(text: Text) -> Iterator[Sentence]:
    """Walk the paragraphs and items of a law in order, each whole."""
    for address in text.addresses():
        yield Sentence(address, _words(text, address))


def whole(text: Text, address: Address) -> str:
    """Return the words of a provision with everything below it."""
    return "\n".join(_words(text, below) for below in text.addresses() if address.contains(below))


def _words(text: Text, address: Address) -> str:
    provision = text.at(address)
    words: str = getattr(provision, "text")  # noqa: B009 - addresses() names paragraphs and items only
    return words


def chinese(context: Context, code: Code) -> Iterator[tuple[str, Text] | Skipped]:
    """Give each chosen law with its Chinese text, or say that the check is skipped for want of it."""
    for law in context.laws:
        text = context.texts.get(law)
        if text is None:
            yield Skipped(
                code,
                law,
                Bilingual(
                    f"{law} 的中文文本还没有导入，此项检查未做（或者只按规则集做了一部分）：guiju law import FILE",
                    f"the Chinese text of {law} has not been imported, so this check was not made, or only as far as "
                    f"the rulebook goes: guiju law import FILE",
                ),
            )
        else:
            yield law, text
