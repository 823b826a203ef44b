"""Reads a report as a browser would, and makes organisations of any size to report on."""

from __future__ import annotations

import copy
import datetime as dt
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from guiju.assess.assessment import Assessment
from guiju.assess.report.html import render_html
from guiju.engine.questions import next_questions

VOID = frozenset(("area", "br", "hr", "img", "input", "link", "meta", "wbr", "path", "circle", "line", "rect"))
"""Elements without content; the last four are those of SVG that are always written closed."""
INLINE = frozenset(("a", "b", "i", "strong", "span", "code", "time"))
LOADING = {"src", "srcset", "data", "action", "poster", "background", "manifest"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    parent: Element | None
    nodes: list[Element | str] = field(default_factory=list)

    @property
    def children(self) -> list[Element]:
        return [node for node in self.nodes if isinstance(node, Element)]

    def text(self, lang: str | None = None) -> str:
        """What is read; with `lang`, without the parts in the other language."""
        return " ".join(self._raw(lang).split())

    def _raw(self, lang: str | None) -> str:
        found = []
        for node in self.nodes:
            if isinstance(node, str):
                found.append(node)
            elif lang is None or node.attributes.get("lang") in (None, lang):
                inner = node._raw(lang)
                found.append(inner if node.tag in INLINE else f" {inner} ")
        return "".join(found)

    def all(self, tag: str) -> list[Element]:
        found = [self] if self.tag == tag else []
        return found + [element for child in self.children for element in child.all(tag)]


class Page(HTMLParser):
    """A parsed report. Fails on tags that are not closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.source = html
        self.root = Element("root", {}, None)
        self.elements: list[Element] = []
        self._open = self.root
        self.feed(html)
        self.close()
        assert self._open is self.root, f"<{self._open.tag}> is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self._open)
        self._open.nodes.append(element)
        self.elements.append(element)
        if tag not in VOID:
            self._open = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self._open.tag == tag, f"</{tag}> closes <{self._open.tag}>"
        assert self._open.parent is not None
        self._open = self._open.parent

    def handle_data(self, data: str) -> None:
        self._open.nodes.append(data)

    def ids(self) -> list[str]:
        return [e.attributes["id"] for e in self.elements if "id" in e.attributes]

    def by_id(self, name: str) -> Element:
        return next(e for e in self.elements if e.attributes.get("id") == name)

    def section(self, name: str) -> Element:
        """The section with this heading's id."""
        return next(e for e in self.elements if e.tag == "section" and e.attributes.get("aria-labelledby") == name)


def page_of(assessment: Assessment, lang: str = "en") -> Page:
    questions = next_questions(assessment.cases, assessment.norms)
    return Page(render_html(assessment, lang, questions))


def with_systems(provider: dict[str, Any], count: int) -> dict[str, Any]:
    """The same organisation with many systems, which differ in users, role and dates."""
    profile = copy.deepcopy(provider)
    first = profile["systems"][0]
    profile["systems"] = []
    for number in range(1, count + 1):
        system = {**first, "name": f"System {number}", "registered_users": 9_000 + 95_000 * (number % 13)}
        if number % 3 == 0:
            system |= {"develops": True, "only_auxiliary_technology": False, "is_foundation_model": True}
        if number % 5 == 0:
            del system["registered_users"]
        profile["systems"].append(system)
        day = dt.date(2026, 9, 1) + dt.timedelta(days=3 * number)
        profile["events"].append({"event": "users_exceeded_10k", "date": day, "system": system["name"]})
        if number % 4 == 0:
            ahead = {"event": "service_termination_planned", "date": dt.date(2027, 4, number % 28 + 1)}
            profile["events"].append({**ahead, "system": system["name"]})
    return profile
