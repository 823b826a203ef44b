"""A comparison of versions as text for people and as JSON for programs."""

from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from guiju.law.address import Address
from guiju.law.citation import Language
from guiju.law.provisions import Text
from guiju.law.versions.changes import Change, Kind
from guiju.law.versions.words import KINDS, PHRASES, changed_words, title_of


def as_text(old: Text, new: Text, changes: Sequence[Change], language: Language) -> str:
    """Print each article with its origin and what changed in it, down to the items; unchanged ones are counted."""
    lines = [f"{old.name} → {new.name}", ""]
    for change in changes:
        if change.kind is not Kind.UNCHANGED or change.moved:
            lines.extend(_lines(change, language, 0))
    lines += ["", _summary(changes, language)]
    return "\n".join(lines)


def as_json(old: Text, new: Text, changes: Sequence[Change]) -> str:
    """Give one JSON object: both texts' names, counts by kind, and the changes with their parts."""
    encoded = msgspec.json.encode(
        {
            "old": _named(old),
            "new": _named(new),
            "counts": {kind: _counts(changes)[kind] for kind in Kind},
            "changes": [_record(change) for change in changes],
        }
    )
    return msgspec.json.format(encoded, indent=2).decode()


def _lines(change: Change, language: Language, depth: int) -> Iterator[str]:
    indent = "  " * depth
    likeness = f"  {change.likeness:.2f}" if change.likeness is not None and change.likeness < 1 else ""
    places = f"{_places(change.old)} → {_places(change.new)}"
    yield f"{indent}{places}  {title_of(change, language)}{likeness}"
    if not change.parts or len(change.parts) > 1:
        yield from (f"{indent}    {line}" for line in changed_words(change, language))
    for part in change.parts:
        if part.kind is not Kind.UNCHANGED or part.moved:
            yield from _lines(part, language, depth + 1)


def _places(addresses: Sequence[Address]) -> str:
    return ", ".join(str(address).partition(":")[2] for address in addresses) or "·"


def _summary(changes: Sequence[Change], language: Language) -> str:
    counts = _counts(changes)
    named = [f"{counts[kind]} {KINDS[language][kind]}" for kind in Kind if counts[kind]]
    named.append(f"{sum(change.moved for change in changes)} {PHRASES[language]['moved']}")
    return ("，" if language == "zh" else ", ").join(named)


def _counts(changes: Sequence[Change]) -> Counter[Kind]:
    return Counter(change.kind for change in changes)


def _named(text: Text) -> dict[str, str]:
    return {"law": text.law, "language": text.language, "version": text.version}


def _record(change: Change) -> dict[str, object]:
    return {
        "kind": change.kind,
        "moved": change.moved,
        "old": [str(address) for address in change.old],
        "new": [str(address) for address in change.new],
        "likeness": change.likeness,
        "numbers": {"lost": change.wording.numbers_lost, "gained": change.wording.numbers_gained},
        "modals": {"lost": change.wording.modals_lost, "gained": change.wording.modals_gained},
        "parts": [_record(part) for part in change.parts],
    }
