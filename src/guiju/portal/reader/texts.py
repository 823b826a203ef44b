"""The published texts, where the operator has imported them: read once, and again when the files have changed."""

from __future__ import annotations

import functools
import logging
from pathlib import Path

from guiju.bilingual import Bilingual
from guiju.law.address import Address
from guiju.law.errors import NoSuchProvision, StoreError
from guiju.law.provisions import Article, Text
from guiju.law.store import SECONDARY_VERSIONS, TextStore, data_folder

LANGUAGES = ("zh", "en")
DRAFT = "draft"

Stamp = tuple[tuple[str, int, int], ...]
_logger = logging.getLogger(__name__)


class Texts:
    """The imported texts of one moment. Compared by identity: what is made from them is kept as long as they are."""

    def __init__(self, texts: tuple[Text, ...]) -> None:
        self.all = texts
        self._main = {(text.law, text.language): text for text in texts if text.version not in SECONDARY_VERSIONS}
        self._articles = {
            (text.law, text.language): {article.number: article for article in text.articles}
            for text in self._main.values()
        }

    def of(self, law: str, language: str) -> Text | None:
        """Return the law itself in a language; None where it has not been imported."""
        return self._main.get((law, language))

    def draft_of(self, law: str) -> Text | None:
        """Return the draft of a law in Chinese; None where it has not been imported."""
        return next((t for t in self.all if (t.law, t.language, t.version) == (law, "zh", DRAFT)), None)

    def languages_of(self, law: str) -> tuple[str, ...]:
        """List the languages in which a law has been imported, the authoritative one first."""
        return tuple(language for language in LANGUAGES if (law, language) in self._main)

    def article(self, law: str, language: str, number: int) -> Article | None:
        """Return an article in a language."""
        return self._articles.get((law, language), {}).get(number)

    def words(self, address: Address, language: str) -> str:
        """Return the words that stand at a paragraph or an item; empty where nothing was imported."""
        text = self.of(address.law, language)
        if text is None:
            return ""
        try:
            provision = text.at(address)
        except NoSuchProvision:
            return ""
        return "" if isinstance(provision, Article) else provision.text


def texts() -> Texts:
    """Return the imported texts. A damaged file is logged, and then no text is shown."""
    folder = data_folder()
    return _read(folder, stamp_of(folder))


def stamp_of(folder: Path) -> Stamp:
    """Say which files there are: their names, sizes and times."""
    try:
        found = [(path.name, path.stat()) for path in sorted((folder / "laws").glob("*.json"))]
    except OSError:
        return ()
    return tuple((name, known.st_mtime_ns, known.st_size) for name, known in found)


def heading(article: Article | None) -> str:
    """Return the heading that the publisher gave an article; empty without."""
    return (article.heading or "") if article else ""


def headings(shelf: Texts, law: str, number: int) -> Bilingual | None:
    """Return the publisher's headings of an article; None where there are none."""
    zh, en = (heading(shelf.article(law, language, number)) for language in LANGUAGES)
    return Bilingual(zh=zh or en, en=en.capitalize() or zh) if zh or en else None


@functools.lru_cache(maxsize=1)
def _read(folder: Path, stamp: Stamp) -> Texts:
    if not stamp:
        return Texts(())
    try:
        return Texts(TextStore(folder).all())
    except StoreError:
        _logger.warning("an imported text cannot be read; the law reader shows none", extra={"event": "law_text"})
        return Texts(())
