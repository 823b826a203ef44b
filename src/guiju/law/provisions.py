"""The text of one version of one law in one language, addressed down to the item."""

from collections.abc import Iterator

import msgspec

from guiju.law.address import Address
from guiju.law.errors import NoSuchProvision


class Item(msgspec.Struct, frozen=True):
    """An item (项): its text without its number."""

    text: str


class Paragraph(msgspec.Struct, frozen=True):
    """A paragraph (款): its text, and the items that it introduces."""

    text: str
    items: tuple[Item, ...] = ()


class Division(msgspec.Struct, frozen=True):
    """A chapter (章) or section (节); its title is no part of any provision's text."""

    number: int
    title: str


class Article(msgspec.Struct, frozen=True):
    """An article (条), with the heading that its publisher gave it, if any."""

    number: int
    heading: str | None
    chapter: Division | None
    section: Division | None
    paragraphs: tuple[Paragraph, ...]


class Text(msgspec.Struct, frozen=True):
    """One version of one law in one language; articles in order."""

    law: str
    language: str
    version: str
    articles: tuple[Article, ...]

    @property
    def name(self) -> str:
        """How this text is called in messages: ``mail4 4.0 zh``."""
        return f"{self.law} {self.version} {self.language}"

    def at(self, address: Address) -> Article | Paragraph | Item:
        """Give the provision at an address.

        Raises NoSuchProvision saying how far the numbers go.
        """
        if address.law != self.law:
            raise NoSuchProvision(f"{address} is not in {self.name}, which is another law")
        article = next((article for article in self.articles if article.number == address.article), None)
        if article is None:
            raise NoSuchProvision(f"{address} does not exist: {self.name} has articles 1 to {len(self.articles)}")
        if address.paragraph is None:
            return article
        if address.paragraph > len(article.paragraphs):
            raise NoSuchProvision(
                f"{address} does not exist: article {article.number} of {self.name} has paragraphs "
                f"1 to {len(article.paragraphs)}"
            )
        paragraph = article.paragraphs[address.paragraph - 1]
        if address.item is None:
            return paragraph
        if address.item > len(paragraph.items):
            has = f"items 1 to {len(paragraph.items)}" if paragraph.items else "no items"
            raise NoSuchProvision(f"{address} does not exist: {address.parent} of {self.name} has {has}")
        return paragraph.items[address.item - 1]

    def addresses(self) -> Iterator[Address]:
        """Walk every paragraph and item in order: each is a text that stands at its own address."""
        for article in self.articles:
            for number, paragraph in enumerate(article.paragraphs, start=1):
                yield Address(self.law, article.number, number)
                for item in range(1, len(paragraph.items) + 1):
                    yield Address(self.law, article.number, number, item)

    def counts(self) -> tuple[int, int, int]:
        """Count articles, paragraphs and items."""
        paragraphs = [paragraph for article in self.articles for paragraph in article.paragraphs]
        return len(self.articles), len(paragraphs), sum(len(paragraph.items) for paragraph in paragraphs)
