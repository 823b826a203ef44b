"""Pages as a reader sees them: ids, links and words, without what is meant for machines."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_VOID = {"meta", "link", "img", "input", "br", "path", "circle", "rect"}


@dataclass
class Page:
    """What a page has: ids, addresses that it leads to, and its words, each with the language that it is marked as."""

    ids: Counter[str] = field(default_factory=Counter)
    links: list[str] = field(default_factory=list)
    pieces: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(" ".join(words for _, words in self.pieces).split())

    def words_in(self, language: str) -> str:
        return " ".join(words for code, words in self.pieces if code.startswith(language))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self.open: list[tuple[str, str]] = [("", "")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.page.ids[str(given["id"])] += 1
        if tag == "a" and given.get("href"):
            self.page.links.append(str(given["href"]))
        if tag not in _VOID:
            self.open.append((tag, given.get("lang") or self.open[-1][1]))

    def handle_endtag(self, tag: str) -> None:
        while len(self.open) > 1:
            if self.open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open[-1][0] not in ("script", "style"):
            self.page.pieces.append((self.open[-1][1], data))


def read(html: str | bytes) -> Page:
    """Read a page."""
    reader = _Reader()
    reader.feed(html.decode() if isinstance(html, bytes) else html)
    return reader.page
