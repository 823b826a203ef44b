"""The passages of one version: articles, paragraphs with their items, and items, each with all its words."""

from guiju.law.address import Address
from guiju.law.provisions import Text


class Passages:
    """The words at every address of a text, and the addresses of each level in order."""

    def __init__(self, text: Text) -> None:
        self.words: dict[Address, str] = {}
        self.articles: list[Address] = []
        self.paragraphs: list[Address] = []
        for article in text.articles:
            within = []
            for number, paragraph in enumerate(article.paragraphs, start=1):
                address = Address(text.law, article.number, number)
                items = [item.text for item in paragraph.items]
                for position, item in enumerate(items, start=1):
                    self.words[Address(text.law, article.number, number, position)] = item
                self.words[address] = "\n".join([paragraph.text, *items])
                self.paragraphs.append(address)
                within.append(self.words[address])
            self.articles.append(Address(text.law, article.number))
            self.words[self.articles[-1]] = "\n".join(within)

    def items_of(self, paragraph: Address) -> list[Address]:
        """List the items of a paragraph in order."""
        return sorted(address for address in self.words if address.item and address.parent == paragraph)
