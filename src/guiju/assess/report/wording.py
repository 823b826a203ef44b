"""The wording of the law beside our own words: quoted from the texts that the user has imported, marked as such."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guiju.assess.report.words import say
from guiju.bilingual import Bilingual
from guiju.engine.norms import Rulebook
from guiju.law.address import Address
from guiju.law.errors import NoSuchProvision
from guiju.law.provisions import Article, Item, Paragraph, Text

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph with its items, as published; or an item alone."""

    text: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """What one imported text says at a provision; no passages where it has no such provision."""

    lang: str
    source: str
    passages: tuple[Passage, ...]


class Wordings:
    """The imported texts, one for each law and language."""

    def __init__(self, texts: Iterable[Text], books: Sequence[Rulebook]) -> None:
        versions = {book.key: book.version for book in books}
        self._texts: dict[tuple[str, str], Text] = {}
        for text in texts:
            place = (text.law, text.language)
            if place not in self._texts or text.version == versions.get(text.law):
                self._texts[place] = text

    def of(self, address: Address) -> tuple[Quote, ...]:
        """Quote a provision, Chinese first; nothing where no text of the law has been imported."""
        return tuple(_quote(text, address) for text in self._of_law(address.law))

    def about(self, book: Rulebook) -> list[Bilingual]:
        """Say from which texts the provisions of a law are quoted, and what has not been imported."""
        texts = self._of_law(book.key)
        told = []
        if texts:
            told.append(say("quoted_from", sources=", ".join(text.name for text in texts)))
        missing = [lang for lang in LANGUAGES if (book.key, lang) not in self._texts]
        if missing:
            told.append(say("not_imported_" + "_".join(missing)))
        return told

    def _of_law(self, law: str) -> list[Text]:
        found = (self._texts.get((law, lang)) for lang in LANGUAGES)
        return [text for text in found if text is not None]


def _quote(text: Text, address: Address) -> Quote:
    try:
        passages = _passages(text.at(address))
    except NoSuchProvision:
        passages = ()
    return Quote(text.language, text.name, passages)


def _passages(provision: Article | Paragraph | Item) -> tuple[Passage, ...]:
    if isinstance(provision, Item):
        return (Passage(provision.text),)
    paragraphs = provision.paragraphs if isinstance(provision, Article) else (provision,)
    return tuple(Passage(p.text, tuple(item.text for item in p.items)) for p in paragraphs)
