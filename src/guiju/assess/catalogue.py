"""The catalogue of words for profiles: every fact and event, with the provisions that use it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from guiju.bilingual import Bilingual
from guiju.engine.collection import Rulebooks
from guiju.engine.norms import Norm
from guiju.engine.vocabulary import EventSpec, FactSpec
from guiju.law.address import Address

Word = FactSpec | EventSpec


def words(books: Rulebooks) -> dict[str, Word]:
    """Return all facts and events by name, in the order of the vocabulary."""
    return {**books.facts, **books.events}


def name_of(word: Word) -> str:
    """Return the name under which a word stands in a profile."""
    return word.fact if isinstance(word, FactSpec) else word.event


def provisions(books: Rulebooks) -> dict[str, tuple[Address, ...]]:
    """Find for every fact and event the provisions in whose conditions, clocks, fulfilment or fines it stands.

    A fact that only decides whether a law applies at all is listed under the provisions on its scope.
    """
    found: dict[str, dict[Address, None]] = {name: {} for name in words(books)}
    for book in books.books:
        for name in book.scope.facts:
            found[name].update(dict.fromkeys(book.scope_cites))
        for norm in book.norms:
            for name in _used(norm, set(_parts(book.scope))):
                found[name][norm.address] = None
    return {name: tuple(sorted(addresses)) for name, addresses in found.items()}


def data(books: Rulebooks, chosen: list[Word]) -> dict[str, list[dict[str, Any]]]:
    """Turn chosen words into plain data for JSON: `facts` and `events`."""
    used = provisions(books)
    facts = [_fact(word, used) for word in chosen if isinstance(word, FactSpec)]
    events = [_event(word, used) for word in chosen if isinstance(word, EventSpec)]
    return {"facts": facts, "events": events}


def _used(norm: Norm, scope: set[Any]) -> Iterator[str]:
    if norm.condition is not None:
        for part in _parts(norm.condition):
            if part not in scope:
                yield from part.facts
                yield from part.events
    for clock in (*norm.deadlines, *norm.retentions):
        if isinstance(clock.anchor, str):
            yield clock.anchor
    if norm.fulfilled_by is not None:
        if norm.fulfilled_by.event is not None:
            yield norm.fulfilled_by.event
        if norm.fulfilled_by.condition is not None:
            yield from norm.fulfilled_by.condition.facts
    yield from (fine.share_of for fine in norm.fines if fine.share_of is not None)


def _parts(node: Any) -> tuple[Any, ...]:
    """Split a condition into the parts that are joined by `and`."""
    return node.children if node.kind == "and" else (node,)


def _fact(spec: FactSpec, used: dict[str, tuple[Address, ...]]) -> dict[str, Any]:
    return {
        "fact": spec.fact,
        "of": spec.of,
        "type": spec.type,
        "unit": _both(spec.unit),
        "choices": list(spec.choices),
        "question": _both(spec.question),
        "help": _both(spec.help),
        "asked": spec.asked,
        "provisions": [str(address) for address in used[spec.fact]],
    }


def _event(spec: EventSpec, used: dict[str, tuple[Address, ...]]) -> dict[str, Any]:
    return {
        "event": spec.event,
        "of": spec.of,
        "attributes": dict(spec.attributes or {}),
        "planned": spec.planned,
        "label": _both(spec.label),
        "question": _both(spec.question),
        "provisions": [str(address) for address in used[spec.event]],
    }


def _both(text: Bilingual | None) -> dict[str, str] | None:
    return None if text is None else {"zh": text.zh, "en": text.en}
