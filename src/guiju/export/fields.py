"""The small pieces that an OSCAL document consists of."""

from __future__ import annotations

import re
from typing import Any, Final

from guiju.bilingual import Bilingual
from guiju.export.naming import NAMESPACE, both
from guiju.export.wording import one_line

Json = dict[str, Any]

OURS: Final = NAMESPACE.urn
"""The namespace of names that OSCAL does not define."""

LANGUAGE_TAGS: Final = {"zh": "zh-CN", "en": "en"}
_MARKUP: Final = re.compile(r"([\\`*_~^\[\]<>{}])")
_BLOCK: Final = re.compile(r"^([0-9]*)([-+#=.)])")


def markup(text: str) -> str:
    """Put plain text on one line in which OSCAL's Markdown finds no markup."""
    return _BLOCK.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", one_line(text)))


def prop(name: str, value: str, meaning: Bilingual | None = None, *, uuid: str | None = None) -> Json:
    """Return a property of our own; `meaning` says in both languages what the value stands for."""
    found: Json = {"name": name, "ns": OURS, "value": one_line(value)}
    if uuid is not None:
        found["uuid"] = uuid
    if meaning is not None:
        found["remarks"] = markup(both(meaning))
    return found


def standard_prop(name: str, value: str) -> Json:
    """Return a property whose name OSCAL defines."""
    return {"name": name, "value": value}


def link(rel: str, href: str, text: str) -> Json:
    """Return a link."""
    return {"rel": rel, "href": href, "text": markup(text)}


def part(name: str, control: str, short: str, text: Bilingual) -> Json:
    """Return a part that holds the same text in both languages, each an item with its own language."""
    items = [
        {
            "id": f"{control}_{short}.{language}",
            "name": "item",
            "class": language,
            "props": [prop("lang", tag)],
            "prose": markup(text.get(language)),
        }
        for language, tag in LANGUAGE_TAGS.items()
    ]
    return {"id": f"{control}_{short}", "name": name, "parts": items}
