"""A rulebook as an OSCAL catalog (NIST Open Security Controls Assessment Language, JSON): one control a norm."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from typing import Any, Final

from guiju.engine.collection import Rulebooks
from guiju.engine.norms import Norm, Rulebook
from guiju.export.controls import Controls
from guiju.export.fields import Json, markup, prop
from guiju.export.naming import both, chapter_of, chapter_title, cite, stable_uuid
from guiju.law.address import Address

OSCAL_VERSION: Final = "1.1.3"
REMARKS: Final = (
    "各项规范为对条文的概括和编码，并非法律原文；以中文文本为准。 · "
    "The norms are summaries and encodings in other words, not the wording of the law; "
    "the Chinese text is authoritative."
)


def as_oscal(books: Rulebooks, law: str, last_modified: dt.date) -> str:
    """Write one law's norms as an OSCAL catalog; the same norms on the same day are the same bytes.

    `last_modified` is written as the first moment of that day in the PRC. Raises UnknownNameError if there is no such
    law.
    """
    book = books.book(law)
    controls = Controls(book, books)
    catalog: Json = {
        "metadata": _metadata(book),
        "groups": _chapters(book, controls),
        "back-matter": {"resources": controls.resources()},
    }
    # The identifier follows the content, so that a revised document has its own, as the standard asks.
    content = json.dumps(catalog, ensure_ascii=False, sort_keys=True)
    catalog["metadata"] |= {"last-modified": f"{last_modified.isoformat()}T00:00:00+08:00"}
    return json.dumps({"catalog": {"uuid": stable_uuid(content), **catalog}}, ensure_ascii=False, indent=2) + "\n"


def _metadata(book: Rulebook) -> Json:
    since = "" if book.in_force_from is None else book.in_force_from.isoformat()
    props = [
        prop("law", book.key),
        prop("law-status", book.status),
        *([prop("in-force-from", since)] if since else []),
        prop("scope", book.scope.text),
        *(prop("scope-cites", str(address)) for address in book.scope_cites),
    ]
    return {
        "title": markup(both(book.title)),
        "version": book.version,
        "oscal-version": OSCAL_VERSION,
        "props": props,
        "remarks": markup(REMARKS),
    }


def _chapters(book: Rulebook, controls: Controls) -> list[Json]:
    """Group by chapter, and within it by article; articles outside any chapter stand by themselves."""
    groups: list[Json] = []
    for chapter, norms in itertools.groupby(book.norms, chapter_of):
        articles = [
            _article(Address(book.key, number), list(within), controls)
            for number, within in itertools.groupby(norms, lambda n: n.address.article)
        ]
        if chapter is None:
            groups.extend(articles)
        else:
            title = markup(both(chapter_title(chapter)))
            groups.append(
                {"id": f"{book.key}-chapter-{chapter}", "class": "chapter", "title": title, "groups": articles}
            )
    return groups


def _article(address: Address, norms: list[Norm], controls: Controls) -> dict[str, Any]:
    return {
        "id": f"{address.law}-article-{address.article}",
        "class": "article",
        "title": markup(both(cite(address))),
        "controls": [controls.control(norm) for norm in norms],
    }
