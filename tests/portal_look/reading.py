"""Reads rendered HTML back as a tree, refusing what is not well formed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

VOID = frozenset({"meta", "link", "img", "input", "br", "hr"})


@dataclass
class Element:
    name: str
    attributes: dict[str, str | None]
    parent: Element | None = None
    children: list[Element] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def get(self, name: str) -> str:
        return self.attributes.get(name) or ""

    def has(self, name: str) -> bool:
        return name in self.attributes

    @property
    def classes(self) -> list[str]:
        return self.get("class").split()

    @property
    def text(self) -> str:
        """All text within, in order, spaces folded."""
        return " ".join("".join(self._all_texts()).split())

    def _all_texts(self) -> Iterator[str]:
        children = iter(self.children)
        for text in self.texts:
            if text == "\0":
                yield from next(children)._all_texts()
            else:
                yield text

    def walk(self) -> Iterator[Element]:
        yield self
        for child in self.children:
            yield from child.walk()

    def all(self, name: str = "", **attributes: str) -> list[Element]:
        """Find elements by name and attributes; `class_` is one class among several."""
        css = attributes.pop("class_", None)
        return [
            one
            for one in self.walk()
            if (not name or one.name == name)
            and (css is None or css in one.classes)
            and all(one.get(key) == value for key, value in attributes.items())
        ]

    def one(self, name: str = "", **attributes: str) -> Element:
        found = self.all(name, **attributes)
        assert len(found) == 1, f"{len(found)} × {name} {attributes}"
        return found[0]


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.at = Element("", {})

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute of {tag} stands twice: {names}"
        new = Element(tag, dict(attrs), self.at)
        self.at.children.append(new)
        self.at.texts.append("\0")
        if tag not in VOID:
            self.at = new

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.at.name == tag, f"</{tag}> closes <{self.at.name}>"
        assert self.at.parent is not None
        self.at = self.at.parent

    def handle_data(self, data: str) -> None:
        self.at.texts.append(data)


def read(html: object) -> Element:
    """Parse a page or a component."""
    builder = _Builder()
    builder.feed(str(html))
    builder.close()
    assert builder.at is builder.root, f"<{builder.at.name}> is never closed"
    return builder.root
